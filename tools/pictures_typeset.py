"""Draws docs/images/typeset_*.png: each layout of :mod:`govrepo.typeset`, from made-up documents that say so.

A ring marks the place that is kept for a seal. Run it after a change of a template: ``python tools/pictures_typeset.py``.
"""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw
from pypdfium2 import PdfDocument

from govrepo.typeset import Attachment, Format, Plate, Typeset, default_fonts, typeset

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
SCALE, COLOURS, BETWEEN = 1.0, 16, 12
BODY = """（本页为版式示例，文字均为虚构。）为展示公文版式，现就示例事项通知如下：
一、示例总体要求
示例文字用于填充版心，每面22行、每行28个字。示例文字用于填充版心，每面22行、每行28个字。
（一）示例分项。楷体标题之后接排正文，第三层、第四层标题用仿宋体。
1. 示例事项。示例文字用于填充版心，每面22行、每行28个字。
（1）示例小项。示例文字用于填充版心。
二、示例工作安排
示例文字用于填充版心，每面22行、每行28个字。示例文字用于填充版心，每面22行、每行28个字。示例文字用于填充版心。"""


def sample(**other: Any) -> Plate:
    """A notice of an organ that does not exist."""
    values: dict[str, Any] = {
        "format": Format.DOCUMENT,
        "mark": ("示例省人民政府文件",),
        "number": "示府〔2013〕1号",
        "title": "示例省人民政府关于展示公文版式的通知",
        "recipients": ("各示例市人民政府", "示例省政府各部门"),
        "body": BODY,
        "attachments": (Attachment("示例名单"), Attachment("示例管理办法")),
        "signature": ("示例省人民政府",),
        "date": date(2013, 1, 5),
        "copies_to": ("示例省委办公厅", "示例省人大常委会办公厅", "示例省政协办公厅"),
        "printed_by": "示例省人民政府办公厅",
        "printed_on": date(2013, 1, 6),
    }
    return Plate(**(values | other))


JOINT = ("示例省发展和改革委员会", "示例省财政厅", "示例省教育厅")
SAMPLES = {
    "document": sample(note="此件为版式示例"),
    "joint": sample(
        mark=(*JOINT, "文件"),
        number="示发改〔2013〕2号",
        title="关于联合展示公文版式的请示",
        recipients=("示例省人民政府",),
        signature=JOINT,
        signers=("示某某", "例某", "样某某"),
        attachments=(),
        note="联系人：示某，电话：000-00000000",
        copies_to=(),
    ),
    "letter": sample(
        format=Format.LETTER,
        mark=("示例省人民政府办公厅",),
        number="示办函〔2013〕3号",
        title="关于展示信函版式的函",
        signature=("示例省人民政府办公厅",),
        urgency="加急",
        attachments=(),
    ),
    "order": sample(
        format=Format.ORDER,
        mark=("示例省人民政府令",),
        number="第1号",
        title="",
        recipients=(),
        body="（本页为版式示例，文字均为虚构。）《示例省公文版式展示办法》已经示例会议通过，现予公布，自2013年2月1日起施行。",
        attachments=(),
        signature=("省长",),
        signers=("示某",),
    ),
    "minutes": sample(
        format=Format.MINUTES,
        mark=("示例省人民政府常务会议纪要",),
        number="〔2013〕1号",
        title="关于展示纪要版式的会议纪要",
        recipients=(),
        body=BODY.splitlines()[0].replace("通知如下：", "纪要如下。"),
        attachments=(),
        signature=("示例省人民政府办公厅",),
        attendees=("出席：示某某、例某、样某某、示某、例某某", "请假：样某", "列席：示例单位负责人"),
    ),
    "draft": sample(draft=True, attachments=()),
}


def picture(made: Typeset) -> Image.Image:
    """The first two pages beside each other, in few colours."""
    with pikepdf.open(io.BytesIO(made.pdf)) as places, PdfDocument(made.pdf) as document:
        pages = [_page(document, places, number) for number in range(min(2, made.pages))]
    width = sum(page.width for page in pages) + BETWEEN * (len(pages) + 1)
    both = Image.new("RGB", (width, pages[0].height + 2 * BETWEEN), "#c8c8c8")
    for number, page in enumerate(pages):
        both.paste(page, (BETWEEN + number * (page.width + BETWEEN), BETWEEN))
    return both.quantize(COLOURS, dither=Image.Dither.NONE)


def _page(document: PdfDocument, places: pikepdf.Pdf, number: int) -> Image.Image:
    page: Image.Image = document[number].render(scale=SCALE).to_pil().convert("RGB")
    for annotation in places.pages[number].get("/Annots", []):
        left, bottom, right, top = (float(side) * SCALE for side in annotation.Rect)
        ImageDraw.Draw(page).ellipse((left, page.height - top, right, page.height - bottom), outline="#f08080")
    return page


def main() -> None:
    """Draw them all."""
    for name, plate in SAMPLES.items():
        place = FOLDER / f"typeset_{name}.png"
        picture(typeset(plate, default_fonts())).save(place, optimize=True)
        print(f"{place.name}: {place.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
