"""Paper at the sender's, from outside: covers with their code, what became of each parcel, sending again (R-N2.1, R-N2.2, P-34)."""

import pytest
import segno
from pyramid.traversal import resource_path

from content_types.official_document import SpecialAttachment
from govrepo import clock
from policies import paper_code
from tests.app import site
from tests.attacks import scene
from tests.desk import drain_work, journaled, lines, words
from tests.policies.bench import Bench
from views.paper_cover import QUIET, qr

BOOK = SpecialAttachment("规划图册", 2, "messenger")


@pytest.fixture(scope="module")
def sent(shared_app):
    """A sending to three boxes with a special attachment: its address."""
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        dispatch = bench.delivered(
            mains=("gd-government", "guangzhou"),
            copies=("shenzhen",),
            **scene.ELEMENTS | {"special_attachments": (BOOK,)},
        )
        bench.paper(dispatch)
        return resource_path(dispatch)


def test_r_n2_1_one_cover_a_parcel_in_the_order_of_the_recipients(sent, desk):
    page = desk("jm.clerk").get(f"{sent}/covers")
    covers = page.html.select("section.gr-cover")
    assert [each["aria-label"] for each in covers] == ["省政府", "省政府", "广州市", "广州市", "深圳市", "深圳市"]
    assert all(each.select_one("svg path")["d"].startswith("M") for each in covers)
    assert not page.html.select("[style]")
    codes = [each.select_one(".gr-cover-code p").text for each in covers]
    assert len({paper_code.read(code) for code in codes}) == 6


def test_p_34_the_cover_names_the_special_attachments_with_number_copies_and_channel(sent, desk):
    page = desk("jm.clerk").get(f"{sent}/covers?box=guangzhou&kind=special")
    [cover] = page.html.select("section.gr-cover")
    assert "规划图册（2份，专人送达）" in " ".join(cover.text.split())
    assert "特殊附件" in cover.text
    assert cover.select_one("ol li")


def test_there_is_no_cover_where_nothing_goes_on_paper(shared_app, sent, desk):
    draft = scene.make(shared_app, "draft")["draft"]
    desk("jm.clerk").get(f"{draft}/covers", status=404)
    desk("jm.clerk").get(f"{sent}/covers?box=zhuhai&kind=twin", status=404)


def test_the_code_drawn_is_the_code_of_the_standard_library():
    code = paper_code.make("x")
    drawn, matrix = qr(code), segno.make(code, error="m", micro=False).matrix
    assert drawn.width == len(matrix) + 2 * QUIET
    assert drawn.path.count("M") == sum(sum(1 for dark in row if dark) for row in matrix)
    assert drawn.path.startswith(f"M{QUIET} {QUIET}h1v1h-1z")


def test_r_n2_2_the_senders_page_says_what_became_of_each(sent, desk):
    page = desk("jm.clerk").get(f"{sent}/")
    table = page.html.find("section", {"aria-labelledby": "paper"})
    assert len(table.select("tbody tr")) == 6
    assert table.select_one(f"a[href='{sent}/covers']")
    assert table.select_one("a[href='/registers/paper?missing=paper']")
    assert "待收" in table.text
    assert "规划图册（2份，专人送达）" in words(page)


def test_lost_paper_is_sent_again_by_the_sender(shared_app, desk):
    path = scene.make(shared_app, "sent_lost")["sent_lost"]
    clerk, where = desk("jm.clerk"), {"box": "gd-government", "kind": "twin"}
    assert any("遗失" in line and "已补送" in line for line in lines(clerk.get(f"{path}/")))
    clerk.post(f"{path}/paper_again", where)
    assert journaled(shared_app, "paper_item.send_again")[-1].reason == "已补送"
    assert any("待收" in line and "已补送" not in line for line in lines(clerk.get(f"{path}/")))
    clerk.post(f"{path}/paper_again", where, status=403)
    clerk.post(f"{path}/paper_again", {"box": "x", "kind": "twin"}, status=404)


def test_r_12_5_story_8_a_sender_uses_paper_for_one_item_of_a_box_in_trouble(shared_app, desk):
    with site(shared_app) as root:
        unit = root["units"]["zhuhai"]
        unit.single_track_since = clock.today()
        bench = Bench(root, shared_app.registry)
        path = resource_path(bench.delivered(mains=("zhuhai", "guangzhou"), **scene.ELEMENTS))
    clerk, where = desk("jm.clerk"), {"box": "zhuhai", "note": "珠海交换箱故障"}
    assert "收文单位有故障" not in words(clerk.get(f"{path}/"))
    clerk.post(f"{path}/paper_fallback", where, status=403)
    desk("zh.clerk").post("/exchange/zhuhai/report", {"words": "收不到"})
    assert clerk.get(f"{path}/").html.select_one("select#f-box option")["value"] == "zhuhai"
    clerk.post(f"{path}/paper_fallback", {**where, "note": " "}, status=403)
    clerk.post(f"{path}/paper_fallback", {**where, "box": "guangzhou"}, status=403)
    clerk.post(f"{path}/paper_fallback", where)
    drain_work(shared_app)
    assert journaled(shared_app, "dispatch.send_paper")[-1].reason == "珠海交换箱故障"
    assert any("珠海市 故障改送纸质" in line and "待收" in line for line in lines(clerk.get(f"{path}/")))
    assert any("故障改送纸质" in line for line in lines(desk("zh.clerk").get("/registers/paper")))
