"""The verification on the delivery's page (P-51, P-52): mark, plain reasons, details, and again on demand."""

import pytest

from content_types.verification import SealCheck, SealNote
from govrepo import clock
from govrepo.i18n import plain
from govrepo.sealing import findings as problems
from policies.verification import BAD, GOOD, OTHER_UNIT, UNKNOWN, UNSEALED
from tests.app import drain, site
from tests.attacks import scene
from tests.desk import words
from views.verification import PROBLEMS, UNFINISHED, reasons

NOTE = SealNote(
    "Seal1", "示例机关测试样章", "urn:govrepo:seal:x", "0A1B", None, timestamped=True, level="LTA", intact=True, trusted=True,
    revoked_at=None, modified_after=False, whole=True, problem="",
)  # fmt: skip


@pytest.fixture
def made(shared_app):
    return scene.make(shared_app, "opened_office")


def judged(app, path, verdict, note=NOTE):
    """Let the files of a delivery have been verified with this outcome."""
    with site(app) as root:
        delivery = root
        for name in path.split("/")[1:]:
            delivery = delivery[name]
        file = delivery.document.files[0]
        notes = () if verdict == UNSEALED else (note._replace(signed_at=clock.now()),)
        file.seals = SealCheck(verdict, note.problem, notes, file.sha256, "", clock.now())
        passed = {GOOD: True, BAD: False}.get(verdict)
        delivery.findings = tuple(
            each._replace(passed=passed, detail=verdict) if each.check == "verify.seal" else each
            for each in delivery.findings
        )


def mark(page):
    return page.html.select_one(".gr-seal-mark").text.strip(), page.html.select_one(".gr-seal")["class"][1]


@pytest.mark.parametrize(
    ("verdict", "said", "css"),
    [
        (GOOD, "验证通过", "gr-seal-good"),
        (BAD, "验证不通过", "gr-seal-bad"),
        (UNKNOWN, "未能验证", "gr-seal-unknown"),
        (UNSEALED, "无电子印章", "gr-seal-unsealed"),
    ],
)
def test_p_52_a_mark_in_words_and_colour(shared_app, desk, made, verdict, said, css):
    judged(shared_app, made["opened_office"], verdict)
    assert mark(desk("office.registry1").get(f"{made['opened_office']}/")) == (said, css)


def test_p_51_the_details_of_a_seal(shared_app, desk, made):
    judged(shared_app, made["opened_office"], GOOD)
    page = words(desk("office.registry1").get(f"{made['opened_office']}/"))
    for said in (
        "示例机关测试样章",
        "证书序列号0A1B",
        "盖章时间2013-01-07",
        "有可信时间戳",
        "证书链可信",
        "未吊销",
        "LTA",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"intact": False, "problem": problems.BROKEN}, "盖章之后文件内容被改动，与印章不符"),
        ({"modified_after": True, "problem": problems.MODIFIED}, "盖章之后添加或者修改了不许改的内容"),
        ({"trusted": False, "problem": problems.UNTRUSTED}, "证书链不可信"),
        ({"trusted": None, "timestamped": False, "problem": problems.NO_EVIDENCE}, "没有时间戳，时间为盖章方自报"),
        ({"whole": False}, "只有允许的追加"),
    ],
)
def test_p_51_what_is_wrong_is_said_in_plain_words(shared_app, desk, made, changed, said):
    judged(shared_app, made["opened_office"], BAD, NOTE._replace(**changed))
    assert said in words(desk("office.registry1").get(f"{made['opened_office']}/"))


def test_every_problem_of_a_verification_has_its_words():
    listed = {*problems.ORDER, OTHER_UNIT} - {problems.TOO_LARGE}
    assert set(PROBLEMS) == listed
    assert len({plain(each) for each in (*PROBLEMS.values(), UNFINISHED)}) == len(listed) + 1


def test_p_52_bad_is_not_signed_for(shared_app, desk, made):
    judged(shared_app, made["opened_office"], BAD, NOTE._replace(problem=problems.BROKEN))
    page = desk("office.registry1").act(made["opened_office"], "sign_for", status=403)
    assert "验证不通过，只能退文" in words(page)


def test_a_unit_without_seal_system_is_told_apart(shared_app, desk, made):
    page = words(desk("office.registry1").get(f"{made['opened_office']}/"))
    assert "扫描件以所盖的实物印章为准" in page


def test_r_n4_3_a_missing_seal_is_said(shared_app, made):
    with site(shared_app) as root:
        delivery = root
        for name in made["opened_office"].split("/")[1:]:
            delivery = delivery[name]
        document, file = delivery.document, delivery.document.files[0]
        unit, role = document.unit, file.role
        unit.has_plate, unit.has_seal, file.role = True, True, "original"
        try:
            assert [str(each) for each in reasons(document)] == ["发文单位已部署盖章系统，正本却没有电子印章。"]
        finally:
            unit.has_plate, unit.has_seal, file.role = False, False, role


def test_p_52_the_receiver_asks_for_it_again(shared_app, desk, made):
    clerk, path = desk("office.registry1"), made["opened_office"]
    judged(shared_app, path, UNKNOWN)
    clerk.act(path, "verify_again")
    assert "正在重新验证" in words(clerk.get(f"{path}/"))
    clerk.act(path, "verify_again", status=403)
    drain(shared_app)
    page = clerk.get(f"{path}/")
    assert "正在重新验证" not in words(page)
    assert mark(page)[0] == "无电子印章"
