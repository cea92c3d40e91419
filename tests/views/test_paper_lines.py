"""Special attachments as they are typed and shown (P-34)."""

import pytest
from pyramid.traversal import resource_path

from content_types.official_document import SpecialAttachment
from tests.app import drain, site
from tests.attacks.scene import ELEMENTS
from tests.desk import path_of, words
from tests.policies.bench import Bench
from views.paper_lines import MOST, specials_in, specials_of, specials_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规划图册 2份", ("规划图册", 2)),
        ("规划图册2份", ("规划图册", 2)),
        ("规划图册，12 份", ("规划图册", 12)),
        ("规划图册（3份）", ("规划图册", 3)),
        ("图册一套", ("图册一套", 1)),
        ("2013年度份额表", ("2013年度份额表", 1)),
        ("2份", ("2份", 1)),
    ],
)
def test_p_34_a_line_is_a_title_and_perhaps_copies(text, expected):
    assert specials_in(text, "post") == (SpecialAttachment(*expected, "post"),)


def test_p_34_lines_read_back_and_bad_channels_and_floods_do_not_get_in():
    specials = specials_in("甲 2份\n\n乙\n", "x")
    assert specials == (SpecialAttachment("甲", 2, "confidential"), SpecialAttachment("乙", 1, "confidential"))
    assert specials_in(specials_text(specials), "confidential") == specials
    assert len(specials_in("甲\n" * 1000, "post")) == MOST


def test_p_34_each_is_shown_with_copies_and_channel_in_words():
    [shown] = specials_of((SpecialAttachment("甲", 2, "post"),))
    assert (shown["title"], shown["copies"], str(shown["channel"])) == ("甲", 2, "邮寄")


def test_p_34_what_was_typed_stands_numbered_under_its_heading_and_comes_back_in_the_form(shared_app, desk):
    clerk = desk("jm.clerk")
    answer = clerk.compose(
        "jiangmen", ["gd-office"], special="规划图册 2份\n样品", special_channel="messenger", number="江府〔2013〕61号"
    )
    page = clerk.get(path_of(answer))
    assert page.html.find("textarea", {"name": "special"}).text.strip() == "规划图册 2份\n样品"
    assert page.html.select_one("select[name=special_channel] option[selected]")["value"] == "messenger"
    page = clerk.get(path_of(answer).removesuffix("edit"))
    assert all(
        each in words(page)
        for each in ("特殊附件（另走纸质渠道）", "规划图册（2份，专人送达）", "样品（1份，专人送达）")
    )
    assert len(page.html.select("ol.mb-1 li")) == 2


def test_p_34_the_receiver_sees_them_beside_their_parcel(shared_app, desk):
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        elements = ELEMENTS | {"special_attachments": ("样品",)}
        delivery = bench.opened(box="gd-government", **elements)
        bench.paper(delivery.dispatch)
        path = resource_path(delivery)
    drain(shared_app)
    page = words(desk("office.registry1").get(f"{path}/"))
    assert "待收 特殊附件" in page
    assert "样品（1份，机要交通）" in page
