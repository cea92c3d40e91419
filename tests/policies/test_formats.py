"""Which files a sending carries and which it must not (R-N4.2, R-N4.3, P-51)."""

import pytest

from content_types.file_object import FileRole
from policies.formats import missing_files, role_fits, unfit_files
from tests.policies.bench import EDITABLE, ORIGINAL, SCAN


def missing(document):
    return [reason.article for reason in missing_files(document)]


@pytest.fixture
def document(bench):
    return bench.draft().document


@pytest.mark.parametrize("code", ["txt", "doc", "docx", "wps", "odt", "rtf"])
def test_r_n4_2_the_listed_equivalents_are_editable(bench, document, code):
    document.files = (bench.file(*SCAN), bench.file(FileRole.EDITABLE, f"正文.{code}", code))
    assert missing(document) == []


def test_r_n4_2_a_scan_that_is_no_pdf_is_none(bench, document):
    document.files = (bench.file(FileRole.SCAN, "扫描.png", "png"), bench.file(*EDITABLE))
    assert missing(document) == ["R-N4.2(a)"]


def test_r_n4_2_an_attachment_is_not_the_editable_file(bench, document):
    document.files = (bench.file(*SCAN), bench.file(FileRole.ATTACHMENT, "附件.doc", "doc"))
    assert missing(document) == ["R-N4.2(b)"]


@pytest.mark.parametrize(("plate", "seal"), [(True, False), (False, True)])
def test_r_n4_2_one_system_is_not_enough(document, plate, seal):
    document.unit.has_plate, document.unit.has_seal = plate, seal
    document.files = ()
    assert missing(document) == ["R-N4.2(a)", "R-N4.2(b)"]


def test_r_n4_3_with_both_the_sealed_original_alone_will_do(bench, document):
    document.unit.has_plate = document.unit.has_seal = True
    assert missing(document) == ["R-N4.3"]
    document.files = (bench.file(*ORIGINAL),)
    assert missing(document) == []


def test_an_informal_item_needs_one_file(bench, document):
    document.informal = True
    assert missing(document) == []
    document.files = ()
    assert missing(document) == ["R-23.2"]


@pytest.mark.parametrize(
    ("name", "value", "articles"),
    [
        ("state", "waiting", ["P-51"]),
        ("encrypted", True, ["R-N4.2"]),
        ("problem", "unreadable", ["P-51"]),
        ("active", ("javascript",), ["P-51"]),
        ("active", ("macros",), ["P-51"]),
        ("active", ("open-action", "launch"), ["P-51"]),
        ("active", ("open-action", "additional-actions"), []),
        ("pages", 7, []),
    ],
)
def test_unfit_files_are_named(document, name, value, articles):
    setattr(document.files[0], name, value)
    reasons = unfit_files(document)
    assert [reason.article for reason in reasons] == articles
    assert all(reason.text.mapping["name"] == "扫描.pdf" for reason in reasons)


@pytest.mark.parametrize(
    ("role", "fits", "unfit"),
    [
        (FileRole.SCAN, ("pdf",), ("doc", "png", "ofd", "unknown")),
        (FileRole.ORIGINAL, ("pdf",), ("docx", "unknown")),
        (FileRole.EDITABLE, ("txt", "wps", "rtf"), ("pdf", "xlsx", "unknown")),
        (FileRole.ATTACHMENT, ("pdf", "xlsx", "png"), ("unknown",)),
    ],
)
def test_which_type_fits_which_role(role, fits, unfit):
    assert all(role_fits(role, code) for code in fits)
    assert not any(role_fits(role, code) for code in unfit)
