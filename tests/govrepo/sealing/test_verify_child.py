"""The child tells what is on a file, and judges nobody."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from govrepo.sealing import verify_child
from govrepo.sealing.verify_child import main
from tests import hostile
from tests.sealing import slotted


def told(folder, content):
    (folder / "a.pdf").write_bytes(content)
    return main({"path": str(folder / "a.pdf")})


def test_seals_and_time_stamps_are_told_in_their_order(tmp_path, joint):
    found = told(tmp_path, joint.content)
    assert [mark["field"] for mark in found["marks"]] == [
        "Seal3",
        "Timestamp3",
        "Seal1",
        "Timestamp1",
        "Seal2",
        "Timestamp2",
    ]
    assert [mark["stamp"] for mark in found["marks"]] == [False, True] * 3
    assert all(mark["intact"] and mark["whole"] and not mark["modified"] and mark["token"] for mark in found["marks"])
    assert (found["problem"], found["empty"], found["covered"]) == ("", 0, True)


def test_each_time_stamp_tells_which_lists_it_proves(tmp_path, joint):
    found = told(tmp_path, joint.content)
    proven = [set(mark["lists"]) for mark in found["marks"] if mark["stamp"]]
    assert proven[0] < proven[1] < proven[2] == set(range(len(found["lists"])))


def test_an_encrypted_file_is_not_looked_into(tmp_path):
    assert told(tmp_path, hostile.MAKERS["owner-password"]()) == {"problem": "encrypted"}


def changed(change):
    with pikepdf.open(io.BytesIO(slotted())) as document:
        change(document)
        output = io.BytesIO()
        document.save(output)
        return output.getvalue()


def act(kind):
    return Dictionary(S=Name(kind), JS="app.alert(1)", F="x.exe")


ACTIVE = {
    "a script at opening": lambda document: setattr(document.Root, "OpenAction", act("/JavaScript")),
    "a program at opening": lambda document: setattr(document.Root, "OpenAction", act("/Launch")),
    "acts of the document": lambda document: setattr(document.Root, "AA", Dictionary()),
    "acts of a page": lambda document: setattr(document.pages[2], "AA", Dictionary()),
    "scripts": lambda document: setattr(document.Root, "Names", Dictionary(JavaScript=Dictionary())),
    "files": lambda document: setattr(document.Root, "Names", Dictionary(EmbeddedFiles=Dictionary())),
    "a link that starts a program": lambda document: setattr(document.pages[3].Annots[0], "A", act("/Launch")),
    "a file on a page": lambda document: document.pages[3].Annots.append(Dictionary(Subtype=Name.FileAttachment)),
}


@pytest.mark.parametrize("what", ACTIVE)
def test_whatever_acts_is_told(tmp_path, what):
    assert told(tmp_path, changed(ACTIVE[what]))["problem"] == "active"


def test_going_to_a_page_at_opening_is_no_act(tmp_path):
    def first_page(document):
        document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])

    assert told(tmp_path, changed(first_page))["problem"] == ""


def test_more_signatures_than_anybody_makes_are_too_large(tmp_path):
    def many(document):
        mark = Dictionary(Type=Name.Sig)
        fields = [document.make_indirect(Dictionary(FT=Name.Sig, T=f"S{number}", V=mark)) for number in range(61)]
        document.Root.AcroForm = Dictionary(Fields=Array(fields))

    assert told(tmp_path, changed(many)) == {"problem": "too-large"}


def test_more_lists_than_decades_bring_are_too_large(tmp_path, monkeypatch, one):
    monkeypatch.setattr(verify_child, "_MOST_KEPT", 3)
    assert told(tmp_path, one.content) == {"problem": "too-large"}


def test_a_signature_of_an_unknown_kind_is_broken_and_not_passed_over(tmp_path, one):
    strange = one.content.replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.detachex", 1)
    seal = told(tmp_path, strange)["marks"][0]
    assert (seal["field"], seal["intact"]) == ("Seal1", False)
