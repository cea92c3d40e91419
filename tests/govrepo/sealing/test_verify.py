"""Whatever was done to a sealed file is seen (the tamper matrix of docs/sealing.md), and whatever a file is, there is an answer in time."""

import contextlib
import io
import sys
import time
from dataclasses import replace
from datetime import timedelta
from random import Random

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    StreamObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pypdf import PdfReader, PdfWriter

from govrepo import clock
from govrepo.sandbox import SandboxError
from govrepo.sealing import Trust, verify
from govrepo.sealing.judge import judge
from govrepo.sealing.verify_child import main
from govrepo.trust.authorities import Authorities, serial_of
from tests import hostile
from tests.govrepo.sealing.conftest import FOUNDED, SEALED
from tests.sealing import Office, slotted

verifying = sys.modules["govrepo.sealing.verify"]


def said(office, folder, content, trust=None):
    """Verdict, worst problem, and the problem of each seal; without the half second that a child takes to start."""
    (folder / "checked.pdf").write_bytes(content)
    told = main({"path": str(folder / "checked.pdf")})
    return in_short(judge(verifying._facts(told), trust or office.trust(), clock.now()))


def asked(office, folder, content):
    """The same of a real child."""
    (folder / "checked.pdf").write_bytes(content)
    return in_short(verify(folder / "checked.pdf", office.trust(), clock.now()))


def in_short(found):
    return found.verdict, found.problem, [each.problem for each in found.seals]


def updated(content, change):
    """The file with something appended, as an editor of PDFs does it; the old octets stay."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    assert output.getvalue().startswith(content)
    return output.getvalue()


def overlay(writer):
    painted = StreamObject(stream_data=b"q 1 0 0 rg 100 100 300 300 re f Q")
    writer.add_stream_to_page(0, writer.add_object(painted))


def free_text(writer):
    page = writer.find_page_for_modification(0)[0].get_object()
    words = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name("/FreeText"), "/Contents": TextStringObject("forged")}
    place = ArrayObject(map(NumberObject, [100, 100, 300, 200]))
    note = DictionaryObject({**{pdf_name(key): value for key, value in words.items()}, pdf_name("/Rect"): place})
    page["/Annots"] = ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def added_field(writer):
    append_signature_field(writer, SigFieldSpec("Forged", on_page=0, box=(10, 10, 100, 100)))


def moved_seal(writer):
    field = writer.root["/AcroForm"]["/Fields"][0]
    field["/Rect"] = ArrayObject(map(NumberObject, [10, 10, 182, 182]))
    writer.update_container(field)


def rotated(content):
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    writer.pages[0].rotate(90)
    return written(writer)


def rewritten(content):
    return written(PdfWriter(clone_from=io.BytesIO(content)))


def written(writer):
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def flipped(content):
    at = content.index(b"/MediaBox") + 13
    return content[:at] + b"1" + content[at + 1 :]


def signature_flipped(content):
    """An octet of the signature itself, which no digest is over."""
    return changed_digit(content, content.index(b"/Contents <") + 2000)


def stamp_flipped(content):
    """An octet of the archive time stamp itself."""
    return changed_digit(content, content.rindex(b"/Contents <") + 2000)


def changed_digit(content, at):
    return content[:at] + (b"0" if content[at : at + 1] != b"0" else b"1") + content[at + 1 :]


TAMPERED = {
    "an octet was changed": (flipped, "broken"),
    "an octet of the signature was changed": (signature_flipped, "broken"),
    "an octet of the archive time stamp was changed": (stamp_flipped, "broken"),
    "octets were put behind the end": (lambda content: content + b"% a remark\n", "modified"),
    "something was painted over a page": (lambda content: updated(content, overlay), "modified"),
    "a note was put on a page": (lambda content: updated(content, free_text), "modified"),
    "a page was turned": (rotated, "modified"),
    "a signature field was added": (lambda content: updated(content, added_field), "modified"),
    "the seal was moved": (lambda content: updated(content, moved_seal), "modified"),
    "the file was written anew": (rewritten, "broken"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_seen(office, one, tmp_path, how):
    tamper, problem = TAMPERED[how]
    assert said(office, tmp_path, tamper(one.content)) == ("bad", problem, [problem])


@pytest.mark.parametrize("how", ["something was painted over a page", "a page was turned"])
def test_tampering_with_a_joint_issue_is_seen_by_each_seal(office, joint, tmp_path, how):
    tamper, problem = TAMPERED[how]
    assert said(office, tmp_path, tamper(joint.content)) == ("bad", problem, [problem] * 3)


def test_a_child_says_the_same(office, one, tmp_path):
    assert asked(office, tmp_path, one.content) == said(office, tmp_path, one.content) == ("good", "", [""])
    assert asked(office, tmp_path, flipped(one.content)) == ("bad", "broken", ["broken"])


def test_another_root_is_not_trusted(office, one, tmp_path):
    with clock.frozen(FOUNDED):
        other = Office(Authorities.create(tmp_path / "other" / "trust", b"secret words", "另一省"))
    assert said(other, tmp_path, one.content) == ("bad", "untrusted", ["untrusted"])
    assert said(office, tmp_path, one.content, Trust(())) == ("bad", "untrusted", ["untrusted"])


def test_a_certificate_revoked_after_sealing_leaves_the_seal_good_and_says_when(office, one):
    serial, then = serial_of(one.hands[0].certificate), SEALED + timedelta(days=29)
    with clock.frozen(SEALED + timedelta(days=30)):
        found = verify(one.path, office.trust({serial: (then, "keyCompromise")}), clock.now())
    assert (found.verdict, found.seals[0].revoked_at) == ("good", then)


def test_a_certificate_revoked_before_sealing_spoils_the_seal_even_if_reported_late(office, one):
    serial, then = serial_of(one.hands[0].certificate), SEALED - timedelta(hours=1)
    with clock.frozen(SEALED + timedelta(days=30)):
        found = verify(one.path, office.trust({serial: (then, "keyCompromise")}), clock.now())
    assert (found.verdict, found.problem, found.seals[0].trusted) == ("bad", "revoked", False)


def test_one_spoilt_seal_of_a_joint_issue_spoils_it(office, joint):
    serial = serial_of(joint.hands[1].certificate)
    found = verify(joint.path, office.trust({serial: (SEALED, "keyCompromise")}), clock.now())
    assert (found.verdict, found.problem) == ("bad", "revoked")
    assert [each.problem for each in found.seals] == ["", "revoked", ""]


def test_rolling_back_the_last_seal_leaves_fewer_seals_and_an_empty_place(office, joint):
    """The file alone cannot show it; the caller compares the digest that was sent."""
    earlier = joint.path.with_name("2.pdf")
    assert joint.content.startswith(earlier.read_bytes())
    found = verify(earlier, office.trust(), clock.now())
    assert (found.verdict, len(found.seals), found.empty) == ("good", 2, 1)


def test_stripping_all_seals_leaves_an_unsealed_file(office, tmp_path):
    assert said(office, tmp_path, slotted()) == ("unsealed", "", [])


def test_a_seal_that_is_hidden_is_missed(office, one, joint, tmp_path):
    at = one.content.rindex(b"/AcroForm")
    hidden = one.content[:at] + b"/QcroForm" + one.content[at + 9 :]
    assert said(office, tmp_path, hidden) == ("bad", "modified", [])
    at = joint.content.rindex(b"/AcroForm")
    assert said(office, tmp_path, joint.content[:at] + b"/QcroForm" + joint.content[at + 9 :])[0] == "bad"


@pytest.mark.parametrize(("traces", "answer"), [(["/Perms"], ("unsealed", "", [])), ([], ("bad", "modified", []))])
def test_a_stripped_field_leaves_an_unsealed_file_or_traces(office, one, tmp_path, traces, answer):
    with pikepdf.open(io.BytesIO(one.content)) as document:
        for key in ("/AcroForm", *traces):
            del document.Root[key]
        for page in document.pages:
            page.Annots = pikepdf.Array()
        output = io.BytesIO()
        document.save(output)
    assert said(office, tmp_path, output.getvalue()) == answer


def test_a_stale_list_does_not_change_what_is_proven(office, one):
    trust = office.trust()
    assert verify(one.path, trust, SEALED + timedelta(days=400)).verdict == "good"


def test_no_octet_can_be_changed_unseen(office, one, tmp_path):
    """A hundred at random, most of them outside the pixels of the image. The digits of the last time stamp may be written in small letters."""
    content, random, trust = one.content, Random(1), office.trust()  # noqa: S311 - Places, no secrets.
    image = range(content.index(b"/Image") + 500, content.index(b"/Contents <") - 30_000)
    places = [place for place in range(len(content)) if place not in image]
    for place in random.sample(places, 100):
        changed = bytearray(content)
        changed[place] ^= 1 << random.randrange(8)
        if changed.lower() != content.lower():
            # What is raised here is a file that cannot be read.
            with contextlib.suppress(PdfError, *verifying._MALFORMED):
                assert said(office, tmp_path, changed, trust)[0] == "bad", place


PROBLEMS = {
    "plain": ("unsealed", ""),
    "flate-bomb": ("unsealed", ""),
    "image-bomb": ("unsealed", ""),
    "javascript": ("unsealed", "active"),
    "embedded-file": ("unsealed", "active"),
    "signature-fields": ("bad", "broken"),
    "needs-password": ("bad", "encrypted"),
    "owner-password": ("bad", "encrypted"),
    "cyclic-tree": ("bad", "unreadable"),
    "truncated": ("bad", "unreadable"),
    "garbage": ("bad", "unreadable"),
    "empty": ("bad", "unreadable"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_each_hostile_file_has_its_answer_in_time(office, tmp_path, name):
    started = time.monotonic()
    assert asked(office, tmp_path, hostile.MAKERS[name]())[:2] == PROBLEMS[name]
    assert time.monotonic() - started < 15


def raw(*objects):
    """A PDF with a right table of its objects, which a strict reader reads."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))


CATALOG, PAGE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
TREES = {
    "a tree that is its own branch": raw(CATALOG, b"<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]>>"),
    "fifty thousand pages in a row": raw(CATALOG, b"<</Type/Pages/Count 50000/Kids[%s]>>" % (b"3 0 R " * 50_000), PAGE),
    "a million pages out of four objects": raw(
        CATALOG, *(b"<</Type/Pages/Count 1/Kids[%s]>>" % (b"%d 0 R " % number * 100) for number in (3, 4, 5)), PAGE
    ),
}


@pytest.mark.parametrize("name", TREES)
def test_a_page_tree_beyond_measure_is_too_large(office, tmp_path, name):
    assert asked(office, tmp_path, TREES[name]) == ("bad", "too-large", [])


@pytest.mark.parametrize("kind", ["time", "memory", "output", "crash"])
def test_a_file_beyond_the_limits_is_bad_and_its_problem_says_which(office, one, monkeypatch, kind):
    assert answered(monkeypatch, kind, one, office) == ("bad", kind)


def test_a_file_that_the_child_fails_on_is_unreadable(office, one, monkeypatch):
    assert answered(monkeypatch, "failed", one, office) == ("bad", "unreadable")


def test_a_busy_machine_is_no_answer(office, one, monkeypatch):
    with pytest.raises(SandboxError):
        answered(monkeypatch, "busy", one, office)


def answered(monkeypatch, kind, one, office):
    def fails(*_arguments):
        raise SandboxError(kind)

    monkeypatch.setattr(verifying, "run", fails)
    found = verify(one.path, office.trust(), clock.now())
    return found.verdict, found.problem


def test_a_file_that_is_not_there_is_an_answer(office, tmp_path):
    assert verify(tmp_path / "a.pdf", office.trust(), clock.now()).problem == "unreadable"


def test_a_list_in_the_file_that_is_none_is_an_answer(office, one, monkeypatch):
    told = {"problem": "", "marks": [], "empty": 0, "covered": True, "certificates": [], "lists": ["AAAA"]}
    monkeypatch.setattr(verifying, "run", lambda *_: told)
    assert verify(one.path, office.trust(), clock.now()).problem == "unreadable"


def test_a_sealed_file_that_acts_is_bad(office, tmp_path):
    with pikepdf.open(io.BytesIO(slotted())) as document:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        output = io.BytesIO()
        document.save(output)
    sealed = office.sealed(tmp_path, output.getvalue(), "s1")
    assert said(office, tmp_path, sealed.content) == ("bad", "active", [""])


def test_readers_of_pypdf_and_ours_see_the_same_pages(joint):
    assert len(PdfReader(joint.path).pages) == 4


def test_trust_in_time_stamps_may_come_from_elsewhere(office, one, tmp_path):
    trust = replace(office.trust(), stamping=())
    assert said(office, tmp_path, one.content, trust) == ("good", "", [""])
