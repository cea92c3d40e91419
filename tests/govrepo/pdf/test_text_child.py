"""The child's reading, called directly on samples that do no harm."""

import pytest

from govrepo.pdf import text_child
from tests import hostile


@pytest.mark.parametrize(
    ("chars", "pages", "expected"),
    [(100, 9, ["One two", "Three"]), (100, 1, ["One two"]), (7, 9, ["One two"]), (9, 9, ["One two", "Th"])],
)
def test_text_within_bounds(tmp_path, chars, pages, expected):
    path = tmp_path / "a.pdf"
    path.write_bytes(hostile.pdf("One two", "Three"))
    assert text_child.main({"path": str(path), "max_chars": chars, "max_pages": pages}) == expected
