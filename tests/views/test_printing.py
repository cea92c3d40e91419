"""Printing over HTTP (P-35, P-52, P-57 to P-61, S-11): copies, sheets, what goes with them, and who may see them."""

import io
import re

import pytest
from PIL import Image

from govrepo import clock
from govrepo.database import site as site_of
from govrepo.rules import RuleValue
from tests.app import running, site
from tests.attacks import scene
from tests.desk import Desk, journaled, lines, path_of, words
from tests.policies.bench import local

CLERK, LEADER = "office.registry1", "office.leader"


@pytest.fixture
def app(tmp_path):
    with running(tmp_path) as app:
        clock.travel(local("2013-01-07 10:00"))
        yield app
    clock.travel(local("2013-01-07 10:00"))  # The shared application lives on in that year.


@pytest.fixture(scope="module")
def made(shared_app):
    return scene.make(shared_app, "signed_office")


def take(desk, made, name="print", status=303, **data):
    wanted = {"act": name, "file": made["e"] if name == "download" else made["f"]} | data
    return desk.post(f"{made['signed_office']}/take", wanted, status=status)


@pytest.fixture(scope="module")
def printed(shared_app, desk, made):
    """The address of a print of two copies."""
    return path_of(take(desk(CLERK), made, copies="2"))


def sheets(page):
    return page.html.select(".gr-paper-sheet")


def test_p_61_every_sheet_says_which_page_whose_and_when(desk, made, printed):
    page = desk(CLERK).get(printed)
    assert len(sheets(page)) == 2, "a page, two copies"
    for serial, sheet in zip(("001", "002"), sheets(page), strict=True):
        foot = " ".join(sheet.select_one(".gr-paper-foot").text.split())
        for said in (made["uid"], "第 1 页，共 1 页", f"份号 {serial}", "打印 2013-01-07"):
            assert said in foot
        assert foot.split()[-1] in page.text


def test_p_61_the_words_on_a_seam_are_the_same_on_both_its_sheets(shared_app, desk):
    made = scene.make(shared_app, "signed_office")
    with site(shared_app) as root:
        delivery = _find(root, made["signed_office"])
        delivery.document.files[0].pages = 3
    page = desk(CLERK).get(path_of(take(desk(CLERK), made)))
    before = [each.select_one(".gr-paper-before").text for each in sheets(page)]
    after = [each.select_one(".gr-paper-after").text for each in sheets(page)]
    assert after == [*before[1:], before[0]], "and the last sheet joins the first"
    assert len(set(after)) == 3
    assert all(made["uid"] in each for each in after)


def _find(root, path):
    for name in path.split("/")[1:]:
        root = root[name]
    return root


def test_p_57_a_formal_copy_says_that_it_is_handled_like_paper(desk, printed):
    assert "打印件与纸质公文同等管理" in desk(CLERK).get(printed).text


def test_s_11_a_further_copy_bears_the_copying_organs_mark_and_date(desk, printed):
    first, second = sheets(desk(CLERK).get(printed))
    assert "翻印机关" not in first.text
    assert re.search(r"翻印机关：\S+\s+翻印日期：2013年1月7日", second.text)


def test_the_receipt_stamp_stands_beside_the_first_page(desk, printed):
    for sheet in sheets(desk(CLERK).get(printed)):
        stamp = sheet.select_one(".gr-paper-stamp")
        assert "收文单位" in stamp.text
        assert "2013-01-07" in stamp.text
        assert stamp.find_parent(class_="gr-paper-page") is None, "never on the page"


def test_p_35_a_page_is_an_image_and_the_file_never_leaves(desk, printed, made):
    image = sheets(desk(CLERK).get(printed))[0].img["src"]
    answer = desk(CLERK).get(image)
    assert answer.content_type == "image/png"
    assert "private" in answer.headers["Cache-Control"]
    with Image.open(io.BytesIO(answer.body)) as picture:
        assert picture.width >= 2067
    take(desk(CLERK), made, "download", file=made["f"], purpose="x", system="y", status=422)
    for query in ("?n=0&p=7", "?n=0&p=-1", "?n=0", "?n=0&p=" + "9" * 5000, "?p=0", "?n=x&p=0", "?n=99&p=0"):
        desk(CLERK).get(f"{made['signed_office']}/sheet{query}", status=404)
    for query in ("", "?n=99", "?n=-1"):
        desk(CLERK).get(f"{made['signed_office']}/sheets{query}", status=404)


def test_the_sheets_are_for_who_printed_them(desk, printed):
    image = printed.replace("sheets", "sheet") + "&p=0"
    for address in (printed, image):
        assert "这次打印已经结束" in words(desk("office.registry2").get(address, status=403))
        desk(LEADER).get(address, status=403)
        desk("jm.clerk").get(address, status=404)


def test_the_sheets_are_there_for_half_an_hour(app):
    made, clerk = scene.make(app, "signed_office"), Desk(app, CLERK)
    printed = path_of(take(clerk, made))
    clock.travel(local("2013-01-07 10:29"))
    clerk.get(printed)
    clock.travel(local("2013-01-07 10:32"))
    assert "这次打印已经结束" in words(clerk.get(printed, status=403))
    assert [each.action for each in journaled(app, result="refused")] == ["delivery.print"]


def test_p_35_beyond_the_quota_only_without_red_head_and_seal(app):
    made, clerk = scene.make(app, "signed_office"), Desk(app, CLERK)
    take(clerk, made, copies="9")
    assert "已用完" in words(take(clerk, made, status=403))
    page = clerk.get(path_of(take(clerk, made, "print_plain")))
    (sheet,) = sheets(page)
    assert sheet.text.count("脱密件 不作正式文件") == 2
    assert "正式份" not in sheet.text
    with Image.open(io.BytesIO(clerk.get(sheet.img["src"]).body)) as picture:
        assert picture.mode == "L", "no colour is left"
    told = lines(clerk.get("/registers/prints"))
    assert [each.split()[-4:-2] for each in told] == [["1", "脱密件"], ["9", "正式份"]]


@pytest.mark.parametrize("copies", ["0", "10", "x"])
def test_p_35_a_number_that_will_not_do_comes_back_at_its_field(desk, made, copies):
    page = take(desk(CLERK), made, copies=copies, status=422)
    assert "份数应为 1 至" in words(page)


def test_p_52_what_is_bad_is_not_printed(app):
    made, clerk = scene.make(app, "signed_office"), Desk(app, CLERK)
    printed = path_of(take(clerk, made))
    with site(app) as root:
        delivery = _find(root, made["signed_office"])
        delivery.findings = tuple(each._replace(passed=False) for each in delivery.findings)
    for name in ("print", "print_plain", "download"):
        assert "验证不通过，只能退文" in words(take(clerk, made, name, purpose="x", system="y", status=403))
    clerk.get(printed, status=403)
    assert clerk.get(f"{made['signed_office']}/").html.select_one("button[value=print]").has_attr("disabled")


def test_p_59_a_download_asks_what_for_and_where_to(app):
    made, clerk = scene.make(app, "signed_office"), Desk(app, CLERK)
    page = take(clerk, made, "download", purpose="起草办理意见", status=422)
    assert "请写明送入哪个系统" in words(page)
    assert "起草办理意见" in page.text, "what was typed is kept"
    answer = take(clerk, made, "download", purpose="起草办理意见", system="厅办公系统", status=200)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    (line,) = lines(clerk.get("/registers/prints"))
    assert "下载" in line
    assert line.endswith("起草办理意见，厅办公系统")
    assert "起草办理意见，厅办公系统" in words(clerk.get(f"{made['signed_office']}/"))


def test_p_58_request_consent_print(app):
    with site(app) as root:
        now = clock.now()
        site_of(root).rules.add("print_needs_consent", RuleValue(1, now, now, "", "", "厅办〔2013〕1号"))
    made, clerk, leader = scene.make(app, "signed_office"), Desk(app, CLERK), Desk(app, LEADER)
    path = made["signed_office"]
    assert "须经负责同志同意" in words(take(clerk, made, status=403))
    page = clerk.post(f"{path}/ask_print", {"kind": "formal", "copies": "2", "note": ""}, status=422)
    assert "请写明用途" in words(page)
    clerk.post(f"{path}/ask_print", {"kind": "formal", "copies": "2", "note": "呈领导阅"})
    assert "申请打印正式份 2 份：呈领导阅" in words(leader.get(f"{path}/"))
    clerk.act(path, "grant_print", status=403)
    leader.act(path, "refuse_print", status=422)
    leader.act(path, "grant_print")
    assert "已同意打印正式份 2 份" in words(clerk.get(f"{path}/"))
    take(clerk, made, copies="2")
    assert [each.action for each in journaled(app) if each.action in ("delivery.ask_print", "delivery.grant_print")]


def test_p_58_a_consent_is_signed(app):
    """Who has a certificate signs with it: the text to sign is there."""
    with site(app) as root:
        now = clock.now()
        site_of(root).rules.add("print_needs_consent", RuleValue(1, now, now, "", "", "厅办〔2013〕1号"))
    made, leader = scene.make(app, "signed_office"), Desk(app, LEADER)
    Desk(app, CLERK).post(f"{made['signed_office']}/ask_print", {"kind": "formal", "copies": "1", "note": "呈阅"})
    (prepared,) = leader.post(f"{made['signed_office']}/prepare", {"act": "grant_print"}, status=200).json["texts"]
    assert "同意打印" in prepared["text"]
