"""The child's reading of XML in a zip, called directly on samples that do no harm."""

from pathlib import Path

import pytest

from govrepo.extraction import office_child
from tests import hostile

SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_a_notice(name):
    (text,) = office_child.main({"path": str(SAMPLES / f"notice.{name}"), "type": name, "max_chars": 999})
    assert text.startswith("关于做好2013年春运工作的通知\n粤府办〔2013〕2号")
    assert office_child.main({"path": str(SAMPLES / f"notice.{name}"), "type": name, "max_chars": 4}) == ["关于做好"]


def test_parts_end_where_enough_has_been_read(tmp_path):
    slide = b'<sld xmlns:a="a"><a:p><a:t>abc</a:t></a:p></sld>'
    path = tmp_path / "a.pptx"
    path.write_bytes(hostile.archive({f"ppt/slides/slide{number}.xml": slide for number in range(5)}))
    assert office_child.main({"path": str(path), "type": "pptx", "max_chars": 6}) == ["abc\n", "ab"]


def test_a_declaration_of_a_document_type_is_refused(tmp_path):
    path = tmp_path / "a.odt"
    path.write_bytes(hostile.archive({"content.xml": b"<!DOCTYPE x><x/>"}))
    with pytest.raises(ValueError, match="declaration"):
        office_child.main({"path": str(path), "type": "odt", "max_chars": 6})
