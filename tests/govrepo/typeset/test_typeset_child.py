"""The child's compiling, called directly."""

import base64
from typing import Any

import pytest

from govrepo.typeset import Plate, default_fonts, press, typeset_child
from govrepo.typeset.wording import wording
from tests.govrepo.typeset.plates import plate


def order(made: Plate) -> dict[str, Any]:
    fonts = default_fonts()
    return {
        "template": str(press._TEMPLATES / f"{made.format}.typ"),
        "fonts": str(fonts.folder),
        "standard": press.STANDARD,
        "plate": wording(made) | {"fonts": fonts.families()},
    }


def test_a_template_gives_a_pdf_and_its_facts():
    answer = typeset_child.main(order(plate()))
    assert base64.b64decode(answer["pdf"]).startswith(b"%PDF-1.7")
    facts = answer["facts"]
    assert (facts["pages"], facts["text"][0], facts["signature"][0]) == (2, 1, 2)


def test_recipients_that_fill_the_first_page_move():
    many = plate(recipients="广州市人民政府、" * 60)
    facts = typeset_child._facts(
        typeset_child._compiler(order(many), {"moved": False, "push": 0, "break_before": False})
    )
    assert facts["text"][0] > 1
    assert typeset_child._wanted(facts, order(many)["plate"]) == {"moved": True}
    assert typeset_child.main(order(many))["facts"]["text"][0] == 1


@pytest.mark.parametrize(
    ("last", "wanted"), [(540.0, {"push": pytest.approx(742 - 650 + 51)}), (600.0, {"break_before": True})]
)
def test_a_signature_alone_takes_text_with_it(last: float, wanted: dict[str, Any]):
    facts = {"text": [1, 0], "text_end": [2, 650.0], "last": [2, last], "signature": [3, 0], "bottom": 742, "pitch": 30}
    assert typeset_child._wanted(facts, {"recipients": "", "body": ["x"]}) == wanted
    assert typeset_child._wanted(facts | {"signature": [2, 700]}, {"recipients": "", "body": ["x"]}) == {}
    assert typeset_child._wanted(facts, {"recipients": "", "body": []}) == {}


def test_a_template_that_is_not_there_is_an_error():
    with pytest.raises(OSError, match="No such file"):
        typeset_child.main(order(plate()) | {"template": "/nowhere/document.typ"})
