"""The bar of steps and whose turn it is (R-24.4): who did what when, and by name who is next."""

import pytest
from pyramid.traversal import find_resource

from govrepo import clock
from tests.app import running, site
from tests.desk import words
from tests.making import Chain, drafted, equip
from tests.policies.bench import local
from views.outgoing_steps import bar, next_step, stages, turn, unsealed


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("steps")) as app:
        clock.travel(local("2013-01-07 10:00"))
        equip(app)
        yield app
    clock.reset()


@pytest.fixture(scope="module")
def chain(app):
    return Chain(app)


def steps(page):
    """The bar as it is shown: label and state, and who did it."""
    shown = page.html.select(".gr-steps li")
    return [
        (each.b.text, each["class"][0].removeprefix("gr-step-"), each.small.text if each.small else "")
        for each in shown
    ]


def test_r_24_4_each_step_says_who_and_when(app, chain):
    path = drafted(app)
    chain.signed(path)
    found = steps(chain.page("leader", path))
    assert [label for label, _state, _note in found] == [
        "拟稿", "核稿", "签发", "发文复核", "制版编号", "校对", "领导复核", "盖章", "发出", "办结",
    ]  # fmt: skip
    assert [state for _label, state, _note in found] == ["done"] * 3 + ["now"] + ["todo"] * 6
    with site(app) as root:
        names = [root.logins[login].name for login in ("zh1.officer", "zh1.head", "office.leader")]
    assert [note for _label, _state, note in found[:3]] == [f"{name} 01-07\u00a010:00" for name in names]


def test_who_is_next_stands_by_name(app, chain):
    path = drafted(app)
    with site(app) as root:
        head, leader, officer = (root.logins[login].name for login in ("zh1.head", "office.leader", "zh1.officer"))
    assert f"送核稿，由经办人{officer}办理" in words(chain.page("officer", path))
    chain.act("officer", path, "submit")
    page = words(chain.page("officer", path))
    assert f"处室主要负责同志（{head}）" in page
    assert f"厅领导（{leader}）" in page
    assert "核准人" not in page.split("拟稿处室")[0], "whom nobody has appointed is not named"


def test_s_8_the_principal_leader_is_named_for_an_important_document(app, chain):
    path = drafted(app, important=True)
    chain.act("officer", path, "submit")
    chain.act("head", path, "agree", note="同意。")
    with site(app) as root:
        name = root["units"]["gd-office"].principal_leader.name
    assert f"签发，由主要负责人{name}办理" in words(chain.page("officer", path))


def test_the_way_depends_on_series_and_equipment(app):
    plain, flagged = drafted(app, "gd-office"), drafted(app)
    with site(app) as root:
        document = find_resource(root, plain)
        assert "领导复核" not in [stage.label for stage in stages(document)]
        assert "领导复核" in [stage.label for stage in stages(find_resource(root, flagged))]
        document.unit.has_seal = False
        assert [stage.label for stage in stages(document)][-3:] == ["挂接扫描件", "发出", "办结"]
        document.state = "rechecked"
        assert turn(document) == "attach_scan"
        document.unit.has_seal = True
        assert turn(document) == "plate_done"


def test_what_is_over_has_nobody_next(app):
    path = drafted(app)
    with site(app) as root:
        document = find_resource(root, path)
        for state in ("concluded", "filed"):
            document.state = state
            assert next_step(document) == ""
            assert {state for _label, state, _note in bar(document)} == {"done"}
        document.state = "void"
        assert "bad" in {state for _label, state, _note in bar(document)}


def test_s_7_the_issuers_that_have_not_sealed(app):
    path = drafted(app)
    with site(app) as root:
        document = find_resource(root, path)
        document.issuers = (root["units"]["caizheng"],)
        assert unsealed(document) == [document.unit, document.issuers[0]]
        document.state = "sealing"
        assert "省财政厅" in str(next_step(document).mapping["who"].mapping["units"])
