"""What stands on a plate (domain.md 3.2, 3.4; S-3, S-7, P-12, P-75)."""

from datetime import date

import pytest

from content_types.production import BodyAttachment
from content_types.unit import FormerName
from govrepo.typeset import Attachment, Format
from policies.plate import fonts_of, format_of, plate_of, seal_mm
from tests.policies.outgoing import Chain


@pytest.fixture
def chain(bench):
    return Chain(bench)


@pytest.mark.parametrize(
    ("kind", "code", "layout"),
    [
        ("通知", "粤府", Format.DOCUMENT),
        ("通知", "粤府函", Format.LETTER),
        ("函", "粤府", Format.LETTER),
        ("命令(令)", "粤府令", Format.ORDER),
        ("纪要", "粤府", Format.MINUTES),
    ],
)
def test_the_layout_is_told_by_kind_and_series(chain, kind, code, layout):
    document = chain.draft(kind=kind)
    document.series.code = code
    assert format_of(document) is layout
    document.series = None
    assert format_of(document) in set(Format)


def test_a_notice_as_the_typesetter_takes_it(chain):
    plate = plate_of(chain.plating(attachments=(BodyAttachment("名单", "张三"),), note="此件公开发布"))
    assert (plate.mark, plate.number, plate.signature) == (
        ("广东省人民政府", "文件"),
        "粤府〔2013〕1号",
        ("广东省人民政府",),
    )
    assert plate.recipients == ("广州市人民政府", "深圳市人民政府")
    assert plate.copies_to == ("广东省财政厅",)
    assert (plate.date, plate.printed_on, plate.printed_by) == (
        date(2013, 1, 7),
        date(2013, 1, 7),
        "广东省人民政府办公厅",
    )
    assert (plate.attachments, plate.note) == ((Attachment("名单", "张三"),), "此件公开发布")
    assert (plate.signers, plate.sealed, plate.seal_mm, plate.draft) == ((), True, 50, False)


def test_a_collective_name_is_printed_instead_of_the_single_ones(chain):
    plate = plate_of(chain.draft(mains_text="各地级以上市人民政府", copies_text="省委各部委"), draft=True)
    assert (plate.recipients, plate.copies_to, plate.number, plate.draft) == (
        "各地级以上市人民政府",
        "省委各部委",
        "",
        True,
    )


def test_s_7_the_issuers_stand_in_the_mark_and_under_the_body(chain, bench):
    document = chain.draft(issuers=(bench.box("caizheng").unit,))
    plate = plate_of(document)
    assert plate.mark == ("广东省人民政府", "广东省财政厅", "文件")
    assert plate.signature == ("广东省人民政府", "广东省财政厅")
    document.kind = "函"
    assert plate_of(document).mark == ("广东省人民政府", "广东省财政厅")


def test_s_3_an_upward_document_bears_its_signer(chain, bench):
    document = chain.draft(signer="某省长")
    assert plate_of(document).signers == ()
    document.unit.level = 9
    assert plate_of(document).signers == ("某省长",)
    assert seal_mm(document) == 45


def test_an_order_bears_the_post_and_name_of_who_signed(chain):
    chain.people["leader"].post = "省长"
    plate = plate_of(chain.signed(kind="命令(令)", title="某办法"))
    assert (plate.mark, plate.signature, plate.signers) == (
        ("广东省人民政府令",),
        ("省长",),
        (chain.people["leader"].name,),
    )


def test_minutes_bear_their_own_name_and_no_seal(chain):
    document = chain.draft(kind="纪要", title="省政府常务会议纪要", attendees=("出席：某人",))
    plate = plate_of(document)
    assert (plate.mark, plate.sealed, plate.attendees) == (("省政府常务会议纪要",), False, ("出席：某人",))
    document.title = "关于某事的意见"
    assert plate_of(document).mark == ("广东省人民政府会议纪要",)


def test_p_12_the_names_are_those_of_the_day(chain, bench):
    document = chain.signed()
    unit = bench.box("guangzhou").unit
    unit.names = (FormerName("旧名称", "旧名", date(2013, 6, 1)),)
    assert plate_of(document).recipients[0] == "旧名称"


def test_the_fonts_are_there(bench):
    assert fonts_of(bench.registry).lacking() == []
