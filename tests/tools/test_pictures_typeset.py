"""The pictures of the layouts are of samples that say so."""

import importlib.util
from pathlib import Path

import pytest

from govrepo.typeset import Format, default_fonts, typeset
from tests.govrepo.typeset.measures import sheets

ROOT = Path(__file__).resolve().parent.parent.parent
spec = importlib.util.spec_from_file_location("pictures_typeset", ROOT / "tools" / "pictures_typeset.py")
tool = importlib.util.module_from_spec(spec)
spec.loader.exec_module(tool)


def test_each_format_has_its_picture():
    assert {plate.format for plate in tool.SAMPLES.values()} == set(Format)
    assert {path.stem for path in tool.FOLDER.glob("typeset_*.png")} == {f"typeset_{name}" for name in tool.SAMPLES}


@pytest.mark.parametrize("name", tool.SAMPLES)
def test_a_sample_says_that_it_is_one(name: str):
    assert "示例" in sheets(tool.SAMPLES[name])[0].text
    assert (tool.FOLDER / f"typeset_{name}.png").stat().st_size < 60_000


def test_a_picture_shows_the_first_two_pages_and_the_place_of_the_seal():
    drawn = tool.picture(typeset(tool.SAMPLES["order"], default_fonts())).convert("RGB")
    assert drawn.width > 2 * 595
    assert any(
        max(abs(a - b) for a, b in zip(colour, (240, 128, 128), strict=True)) < 40 for _, colour in drawn.getcolors()
    )
