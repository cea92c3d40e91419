"""The child's compiling, called directly."""

from govrepo.typeset import default_fonts, press, typeset_child
from govrepo.typeset.wording import wording
from tests.govrepo.typeset.plates import plate


def test_a_template_gives_a_pdf_and_its_facts():
    fonts = default_fonts()
    order = {
        "template": str(press._TEMPLATES / "document.typ"),
        "fonts": str(fonts.folder),
        "plate": wording(plate()) | {"fonts": fonts.families()},
    }
    answer = typeset_child.main(order)
    assert answer["facts"]["pages"] == 2
    assert answer["facts"]["text"] == 1
    assert answer["pdf"].startswith("JVBERi0")
