"""The one form of a package's zip: the same bytes each time; traps are refused (R-7.3)."""

import io
import zipfile

import pytest

from govrepo.evidence import archive
from govrepo.evidence.verdict import NoEvidenceError

MEMBERS = [("manifest.json", b"{}"), ("entries/000000000001.json", b'{"a":1}')]


def test_it_is_written_in_one_form():
    octets = archive.write(MEMBERS)
    assert archive.write(MEMBERS) == octets
    assert archive.read(octets) == MEMBERS
    assert archive.in_one_form(octets, MEMBERS)
    assert not archive.in_one_form(archive.write(MEMBERS[::-1]), MEMBERS)


def other(name="manifest.json", kind=zipfile.ZIP_STORED, content=b"{}"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as packed:
        packed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", ["../x.json", "/etc/passwd", "a/b/c.json", "C:x", "x/../y", "a\\b", ".hidden"])
def test_no_path_leads_out(name):
    with pytest.raises(NoEvidenceError):
        archive.read(other(name))
    with pytest.raises(ValueError, match="no name"):
        archive.write([(name, b"")])


def test_nothing_grows_when_it_is_read():
    bomb = other(kind=zipfile.ZIP_DEFLATED, content=b"0" * 10_000_000)
    assert len(bomb) < 20_000
    with pytest.raises(NoEvidenceError, match="compressed"):
        archive.read(bomb)


def test_doubles_overlaps_and_crowds_are_refused(monkeypatch):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.json", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr("a.json", b"2")
    with pytest.raises(NoEvidenceError, match="twice"):
        archive.read(out.getvalue())
    monkeypatch.setattr(archive, "MOST", 1)
    with pytest.raises(NoEvidenceError, match="too many"):
        archive.read(archive.write(MEMBERS))
    monkeypatch.setattr(archive, "LARGEST", 10)
    with pytest.raises(NoEvidenceError, match="too large"):
        archive.read(archive.write(MEMBERS))


def test_members_do_not_claim_more_than_there_is():
    octets = bytearray(other(content=b"x" * 50))
    place = octets.rindex(b"PK\x01\x02")
    for offset in (place + 20, place + 24):
        octets[offset : offset + 4] = (10_000_000).to_bytes(4, "little")
    with pytest.raises(NoEvidenceError, match="larger"):
        archive.read(bytes(octets))


@pytest.mark.parametrize("octets", [b"", b"PK", b"no zip at all", b"\x00" * 100])
def test_what_is_no_zip(octets):
    with pytest.raises(NoEvidenceError):
        archive.read(octets)
