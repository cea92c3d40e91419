"""Drafting: what is saved, what is refused, the rules while typing, who has a draft in hand (domain.md 3.1, 3.2, 5.1; S-1 to S-8)."""

from datetime import timedelta

import pytest
import transaction

from content_types.production import BodyAttachment, CheckOut
from content_types.register_entry import Channel, Facts
from govrepo import clock
from policies import drafting as policy
from policies import outgoing_guards as guards
from policies.drafting import sketch
from policies.engine import Refused, may
from policies.number_series import begin as begin_series
from policies.outgoing_document import TABLE
from policies.registering import enter_in_register
from tests.policies.bench import later
from tests.policies.outgoing import Chain


@pytest.fixture
def chain(bench):
    return Chain(bench)


def edit(chain, document, began=None, **values):
    began = policy.saves(document) if began is None else began
    chain.act("officer", document, "edit", began=began, values=values)


def refused(chain, document, who="officer", **data):
    with pytest.raises(Refused) as caught:
        chain.act(who, document, "edit", **data)
    return [(reason.article, reason.field) for reason in caught.value.reasons]


def found(reasons):
    return [(reason.article, reason.field) for reason in reasons]


# Saving.


def test_what_was_typed_is_saved(chain, bench):
    document = chain.draft()
    values = {
        "title": "关于甲的通知",
        "body": "一、甲",
        "mains": (bench.box("foshan"),),
        "important": True,
        "copies_printed": 30,
    }
    edit(chain, document, **values)
    assert {name: getattr(document, name) for name in values} == values
    assert document.kind == "通知"


def test_nothing_but_the_drafters_part_is_written(chain):
    document = chain.draft()
    edit(chain, document, number="粤府〔2013〕9号", state="sealed", drafter=None, title="x")
    assert (document.number, document.state, document.drafter) == ("", "draft", chain.people["officer"])


def test_each_new_text_is_a_version(chain):
    document = chain.draft()
    edit(chain, document, body="甲")
    edit(chain, document, note="附注")
    edit(chain, document, attachments=(BodyAttachment("名单"),))
    assert [each.number for each in document.versions.newest_first()] == [2, 1]
    assert document.versions.get(2).by is chain.people["officer"]


def test_a_draft_without_text_has_no_version(chain):
    document = chain.draft(title="", body="")
    edit(chain, document, kind="函")
    assert document.versions is None


def test_nobody_writes_over_what_was_saved_meanwhile(chain):
    document = chain.draft()
    edit(chain, document, began=0, body="甲")
    assert refused(chain, document, began=0, values={"body": "乙"}) == [("5.1", "form")]
    assert document.body == "甲"
    edit(chain, document, began=1, body="乙")
    assert document.body == "乙"


def test_r_24_5_only_the_case_officer_writes(chain, bench):
    document = chain.draft()
    colleague = bench.as_role(bench.person("zh1.officer"), "case_officer@division:zh1")
    assert found(may(document, "edit", colleague).reasons) == [("R-24.5", "")]


@pytest.mark.parametrize("who", ["head", "leader", "recheck", "plate", "proof", "keeper"])
def test_7_2_nobody_else_in_the_chain_writes(chain, who):
    document = chain.draft()
    for name in ("edit", "check_out", "check_in"):
        assert not may(document, name, chain.actor(who))


def test_what_was_submitted_is_not_written_any_more(chain):
    document = chain.reviewed()
    assert refused(chain, document, began=0, values={}) == [("5.1", "")]


def test_p_3_a_classified_text_is_not_even_saved(chain):
    document = chain.draft()
    assert refused(chain, document, began=0, values={"classification": "secret", "body": "密"}) == [
        ("P-3", "classification")
    ]
    assert "密" not in document.body


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "甲" * 501),
        ("body", "甲" * 100_001),
        ("mains_text", "甲" * 1_001),
        ("attachments", (BodyAttachment("名单", "甲" * 200_001),)),
        ("attachments", (BodyAttachment("名单"),) * 51),
    ],
)
def test_no_text_is_longer_than_a_document(chain, name, value):
    assert refused(chain, chain.draft(), began=0, values={name: value}) == [("5.1", name)]


def test_s_27_the_series_is_one_of_the_box(chain, bench):
    other = begin_series(bench.box("jiangmen"), "江府", "document", bench.actor("jm.clerk"))
    assert refused(chain, chain.draft(), began=0, values={"series": other}) == [("S-27", "series")]
    assert policy.series_for(chain.box) == [chain.series]
    chain.series.state = "ended"
    assert policy.series_for(chain.box) == []


# Which incoming document is answered.


def _entry(bench, division):
    entry = enter_in_register(
        bench.box("gd-office"),
        Facts("江门市人民政府", "关于甲的请示", clock.now(), Channel.PAPER),
        bench.actor("office.registry1"),
    )
    bench.act("office.registry1", entry, "propose", note="请办")
    bench.act("office.registry1", entry, "hand_to", lead=bench.root["units"]["gd-office"][division], due=None)
    return entry


def test_s_4_an_entry_of_the_own_division_may_be_answered(chain, bench):
    mine, others = _entry(bench, "zh1"), _entry(bench, "zh2")
    assert policy.answerable(chain.actor("officer"), bench.root) == [mine]
    document = chain.draft()
    assert refused(chain, document, began=0, values={"answers": (others,)}) == [("S-4", "answers")]
    edit(chain, document, answers=(mine,))
    assert document.answers == (mine,)


def test_s_4_what_was_answered_stays_when_the_case_officer_changes(chain, bench):
    others, document = _entry(bench, "zh2"), chain.draft()
    document.answers = (others,)
    edit(chain, document, answers=(others,))
    assert document.answers == (others,)


# The rules while it is typed.


def test_the_rules_while_typing_are_those_of_submitting():
    submit = TABLE.transition("submit").guards
    assert set(submit) - {guards.own, guards.not_in_other_hands} == {
        guards.elements_complete,
        guards.kind_rules,
        guards.series_fits,
    }


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, []),
        ({"title": ""}, [("GB/T 9704", "title")]),
        ({"kind": "请示", "note": "联系人：甲"}, []),
        ({"kind": "请示"}, [("GB/T 9704", "note")]),
        ({"mains": ()}, [("P-31", "mains")]),
        ({"mains": (), "kind": "公告"}, []),
        ({"series": None}, [("S-27", "series")]),
        ({"classification": "secret"}, [("P-3", "classification")]),
    ],
)
def test_what_is_missing_is_said_of_what_is_typed(chain, values, said):
    document = chain.draft(copies=())
    made = sketch(chain.box, chain.actor("officer"), values, document)
    assert found(policy.problems(made, chain.actor("officer"))) == said


def test_s_1_s_7_are_said_while_typing(chain, bench):
    values = {"kind": "请示", "note": "甲", "copies": (bench.box("foshan"),), "issuers": (bench.box("foshan").unit,)}
    made = sketch(chain.box, chain.actor("officer"), values, chain.draft())
    assert found(policy.problems(made, chain.actor("officer"))) == [("S-1", "copies"), ("S-7", "issuers")]


def test_s_8_who_will_have_to_sign_is_said(chain):
    made = sketch(chain.box, chain.actor("officer"), {"important": True}, chain.draft())
    (hint,) = policy.hints(made)
    assert (hint.article, hint.text.mapping) == ("S-8", {"name": chain.people["leader"].name})
    chain.box.owner.principal_leader = None
    (hint,) = policy.hints(made)
    assert "没有登记" in hint.text


def test_a_sketch_leaves_the_draft_alone_and_is_never_stored(chain, bench):
    document = chain.draft()
    before = dict(vars(document))
    made = sketch(chain.box, chain.actor("officer"), {"title": "x"}, document)
    transaction.savepoint()
    assert vars(document) == before
    assert made._p_jar is None
    assert made.title == "x"
    assert made.body == document.body


def test_a_sketch_of_a_new_draft_is_the_drafters(chain, bench):
    made = sketch(chain.box, chain.actor("officer"), {})
    assert (made.drafter, made.division.code, made.unit) == (chain.people["officer"], "zh1", chain.box.unit)
    assert sketch(bench.box("jiangmen"), bench.actor("jm.clerk"), {}).division is None


def test_s_7_joint_issuers_are_offered_of_the_own_level(bench):
    offered = policy.issuers_for(bench.box("jiangmen"))
    assert {unit.level for unit in offered} == {bench.box("jiangmen").unit.level}
    assert bench.box("jiangmen").unit not in offered


# In whose hand it is.


def test_a_draft_is_checked_out_for_a_while(chain):
    document = chain.draft()
    chain.act("officer", document, "check_out")
    held = policy.holding(document)
    assert (held.person, held.until - document.history[-1].at) == (chain.people["officer"], timedelta(hours=2))
    assert policy.held_by_another(document, chain.actor("officer")) is None
    assert policy.held_by_another(document, chain.actor("head")) == held
    later(hours=2)
    assert policy.holding(document) is None


def test_what_another_holds_is_neither_saved_nor_checked_out(chain):
    """It was checked out by who was the case officer before (R-24.5)."""
    document = chain.draft()
    document.checked_out = CheckOut(chain.people["head"], clock.now() + policy.HELD)
    assert refused(chain, document, began=0, values={}) == [("5.1", "")]
    assert not may(document, "check_out", chain.actor("officer"))
    assert not may(document, "check_in", chain.actor("officer"))
    later(hours=2, minutes=1)
    edit(chain, document, body="甲")


def test_saving_and_checking_in_give_it_back(chain):
    document = chain.draft()
    chain.act("officer", document, "check_out")
    edit(chain, document, body="甲")
    assert document.checked_out is None
    chain.act("officer", document, "check_out")
    chain.act("officer", document, "check_in")
    assert document.checked_out is None
    assert not may(document, "check_in", chain.actor("officer"))


def test_why_a_draft_came_back_is_told_until_it_is_submitted_again(chain):
    document = chain.draft()
    assert policy.last_return(document) is None
    chain.act("officer", document, "submit")
    chain.act("head", document, "return", note="请补充依据。")
    assert policy.last_return(document).text == "请补充依据。"
    chain.act("officer", document, "submit")
    assert policy.last_return(document) is None
