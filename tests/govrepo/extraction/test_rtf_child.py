"""The child's reading of RTF, called directly on samples that do no harm."""

import pytest

from govrepo.extraction import rtf_child


@pytest.mark.parametrize(
    ("source", "most", "expected"),
    [
        (r"{\rtf1\ansi\ansicpg936 \'b4\'ba\'d4\'cb\par}", 9, "春运\n"),
        (r"{\rtf1\uc1 \u26149?\u-28672?}", 9, "春退"),
        (r"{\rtf1\uc0 \u-10174\u-8265}", 9, "𠮷"),
        (r"{\rtf1 abcdef}", 3, "abc"),
    ],
)
def test_text_within_bounds(tmp_path, source, most, expected):
    path = tmp_path / "a.rtf"
    path.write_text(source, encoding="ascii")
    assert rtf_child.main({"path": str(path), "max_chars": most}) == [expected]
