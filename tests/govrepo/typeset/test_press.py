"""A plate becomes a PDF."""

from pathlib import Path

import pytest

from govrepo.typeset import Fonts, TypesetError, default_fonts, typeset
from tests.govrepo.typeset.plates import plate


def test_a_document_becomes_a_pdf():
    made = typeset(plate(), default_fonts())
    assert made.pdf.startswith(b"%PDF-1.7")
    assert (made.pages, made.missing) == (2, ())


def test_without_fonts_it_is_said_what_to_do(tmp_path: Path):
    with pytest.raises(TypesetError, match="make fonts") as caught:
        typeset(plate(), Fonts(tmp_path))
    assert caught.value.kind == "fonts"
