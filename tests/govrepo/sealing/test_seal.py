"""Sealing a file of our own: what it looks like, who agrees that it is right, what is refused, and how its evidence is renewed."""

import io
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from PIL import Image

from govrepo import clock
from govrepo.pdf import render
from govrepo.sealing import SealingError, Trust, key_signs, renew, seal, verify
from govrepo.trust.authorities import Authorities, serial_of
from govrepo.trust.tsa import NoTimeStampError, TimeStamps
from govrepo.typeset import default_fonts, typeset
from tests import hostile
from tests.govrepo.sealing.conftest import FOUNDED, SEALED
from tests.govrepo.trust.test_tsa import Outside, registry
from tests.govrepo.typeset.plates import plate
from tests.pki import Authority
from tests.sealing import IMAGE, MIDDLES, Office, digest, slotted


def tool(name):
    """A program that must be there in CI, and may be missing elsewhere."""
    if shutil.which(name) is None:
        said = f"{name} is not installed"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)
    return name


def signatures(content):
    """Each signature: itself, the octets it is over, when its dictionary says it was made, and what it permits, in the order of the file."""
    with pikepdf.open(io.BytesIO(content)) as document:
        found = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/ByteRange" in each]
        return [_signature(content, each) for each in sorted(found, key=lambda each: int(each.ByteRange[2]))]


def _signature(content, mark):
    a, b, c, d = map(int, mark.ByteRange)
    octets = content[a : a + b] + content[c : c + d]
    permits = int(mark.Reference[0].TransformParams.P) if "/Reference" in mark else None
    return bytes(mark.Contents), octets, str(mark.get("/M", "")), permits


def refused(folder, hand, content=None, slot=0, slots=1, **given):
    """The kind of the error with which a sealing is refused; nothing has been written."""
    source, target = folder / "source.pdf", folder / "target.pdf"
    source.write_bytes(slotted() if content is None else content)
    with pytest.raises(SealingError) as caught:
        seal(source, target, hand, slot, slots, sha256=given.get("sha256", digest(source)))
    assert sorted(each.name for each in folder.iterdir()) == ["source.pdf"]
    return caught.value.kind


def test_a_seal_is_good_and_says_whose_it_is_and_when_it_was_made(office, one):
    found = verify(one.path, office.trust(), clock.now())
    (one_seal,) = found.seals
    assert (found.verdict, found.problem, found.empty) == ("good", "", 0)
    assert (one_seal.field, one_seal.name, one_seal.seal_uri) == ("Seal1", "示例机关s1", "urn:govrepo:seal:s1")
    assert one_seal.serial == serial_of(one.hands[0].certificate)
    assert (one_seal.signed_at, one_seal.timestamped, one_seal.level) == (SEALED, True, "LTA")
    assert (one_seal.intact, one_seal.trusted, one_seal.whole, one_seal.modified_after) == (True, True, True, False)
    assert (one_seal.revoked_at, one_seal.problem) == (None, "")


def test_what_was_done_is_told(one):
    (done,) = one.done
    assert (done.field, done.page, done.at) == ("Seal1", 3, SEALED)
    left, bottom, right, top = done.place
    assert ((left + right) / 2, (bottom + top) / 2) == MIDDLES[0]
    assert (right - left) / 72 * 25.4 == pytest.approx(42)
    assert done.sha256 == digest(one.path)
    assert one.content.startswith(slotted()[:500])


def test_the_seal_lies_on_its_place_in_its_real_size(one):
    picture = Image.open(io.BytesIO(render(one.path, 3, 1600))).convert("RGB")
    green = picture.getchannel("G").crop((0, picture.height // 2, picture.width, picture.height))
    left, top, right, bottom = green.point(lambda value: 255 * (value < 200)).getbbox()
    scale = picture.width / 595
    assert (right - left) / scale == pytest.approx(42 / 25.4 * 72, abs=1)
    assert (left + right) / 2 / scale == pytest.approx(MIDDLES[0][0], abs=0.5)
    assert (picture.height / 2 - (top + bottom) / 2) / scale == pytest.approx(MIDDLES[0][1], abs=0.5)


def test_a_joint_issue_bears_all_its_seals_and_each_stays_good(office, joint):
    found = verify(joint.path, office.trust(), clock.now())
    assert found.verdict == "good"
    assert {each.field: each.name for each in found.seals} == {f"Seal{n}": f"示例机关s{n}" for n in (1, 2, 3)}
    assert [each.field for each in found.seals] == ["Seal3", "Seal1", "Seal2"]
    assert all(each.level == "LTA" and each.whole and not each.modified_after for each in found.seals)


def test_a_joint_issue_that_waits_for_a_seal_says_so(office, tmp_path):
    waiting = office.sealed(tmp_path, slotted(3), "s2")
    found = verify(waiting.path, office.trust(), clock.now())
    assert (found.verdict, found.empty) == ("good", 2)


def test_only_the_first_seal_certifies_and_filling_fields_is_all_it_permits(joint):
    assert [(made != "", permits) for _, _, made, permits in signatures(joint.content)] == [
        (True, 2), (False, None), (True, None), (False, None), (True, None), (False, None)
    ]  # fmt: skip


def test_our_clock_is_what_the_file_says(one):
    assert signatures(one.content)[0][2].startswith("D:20130506020000")


def test_what_our_typesetter_sets_is_sealed_where_it_says(office, tmp_path):
    made = typeset(plate(signature=("广东省人民政府办公厅", "广东省财政厅")), default_fonts())
    issued = office.sealed(tmp_path, made.pdf, "s1", "s2", places=2)
    assert verify(issued.path, office.trust(), clock.now()).verdict == "good"
    assert {each.page for each in issued.done} <= set(range(made.pages))
    with pikepdf.open(issued.path) as document, document.open_metadata() as metadata:
        assert metadata.pdfa_status == "2B"


def test_an_rsa_key_seals_as_well(office, tmp_path):
    key = rsa.generate_private_key(65537, 2048)
    hand = office.hand(
        certificate=office.authorities.issue_seal(key.public_key(), "s9", "示例", 30), sign=key_signs(key)
    )
    (tmp_path / "a.pdf").write_bytes(slotted())
    seal(tmp_path / "a.pdf", tmp_path / "b.pdf", hand, 0, 1, sha256=digest(tmp_path / "a.pdf"))
    assert verify(tmp_path / "b.pdf", office.trust(), clock.now()).verdict == "good"


def test_poppler_agrees(joint):
    said = subprocess.run([tool("pdfsig"), joint.path], capture_output=True, text=True, check=False).stdout
    parts = {re.search("Field Name: (.+)", part)[1]: part for part in re.split(r"Signature #\d", said)[1:]}
    assert set(parts) == {"Seal1", "Seal2", "Seal3", "Timestamp1", "Timestamp2", "Timestamp3"}
    for number in (1, 2, 3):
        assert "Signature is Valid" in parts[f"Seal{number}"]
        assert f"Common Name: 示例机关s{number}" in parts[f"Seal{number}"]
        assert "ETSI.CAdES.detached" in parts[f"Seal{number}"]


def test_poppler_and_we_agree_that_a_flipped_octet_breaks(one, tmp_path):
    (tmp_path / "a.pdf").write_bytes(flipped(one.content))
    said = subprocess.run([tool("pdfsig"), tmp_path / "a.pdf"], capture_output=True, text=True, check=False).stdout
    assert "Digest Mismatch" in said


def flipped(content):
    at = content.index(b"/MediaBox") + 13
    return content[:at] + b"1" + content[at + 1 :]


def test_openssl_agrees_with_signature_and_time_stamp(office, one, tmp_path):
    (root,) = office.authorities.anchors
    (tmp_path / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (cms, octets, *_), (token, stamped, *_) = signatures(one.content)
    for name, content in {"cms": cms, "octets": octets, "token": token, "stamped": stamped}.items():
        (tmp_path / name).write_bytes(content)
    against = ["-CAfile", "root.pem", "-attime", str(int(SEALED.timestamp()))]
    whole = [
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        "cms",
        "-content",
        "octets",
        "-purpose",
        "any",
        "-out",
        "out",
    ]
    for arguments in (whole, ["ts", "-verify", "-in", "token", "-token_in", "-data", "stamped"]):
        found = subprocess.run(
            [tool("openssl"), *arguments, *against], capture_output=True, text=True, cwd=tmp_path, check=False
        )
        assert found.returncode == 0, found.stderr
    (tmp_path / "octets").write_bytes(octets + b" ")
    assert subprocess.run(["openssl", *whole, *against], capture_output=True, cwd=tmp_path, check=False).returncode


def test_an_outside_time_stamp_authority_serves_as_well(tmp_path):
    clock.reset()  # OpenSSL stamps with the system's time.
    office = Office(Authorities.create(tmp_path / "trust", b"secret words", "某省"))
    outside = Authority("外部时间戳机构")
    (tmp_path / "roots.pem").write_bytes(outside.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "tsa").mkdir()
    server = Outside(tmp_path / "tsa", outside)
    stamps = TimeStamps(registry(tmp_path, tsa=server.address, tsa_certificates=str(tmp_path / "roots.pem")))
    hand = office.hand(stamp=stamps.stamp, stamping=tuple(stamps.trusted))
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(slotted())
    seal(source, target, hand, 0, 1, sha256=digest(source))
    server.shutdown()
    server.server_close()
    trust = office.trust()
    known = verify(target, replace(trust, stamping=tuple(stamps.trusted)), clock.now()).seals[0]
    assert (known.timestamped, known.level, known.problem) == (True, "LTA", "")
    unknown = verify(target, trust, clock.now()).seals[0]
    assert (unknown.timestamped, unknown.level, unknown.problem) == (False, "B", "")


def test_only_the_file_that_was_meant_is_sealed(office, tmp_path):
    assert refused(tmp_path, office.hand(), sha256="0" * 64) == "changed"


@pytest.mark.parametrize(("slot", "slots", "there"), [(0, 1, 0), (1, 1, 1), (0, 2, 1), (0, 1, 2), (-1, 1, 1)])
def test_a_file_without_such_a_place_is_refused(office, tmp_path, slot, slots, there):
    assert refused(tmp_path, office.hand(), slotted(there), slot, slots) == "no-slot"


def test_a_place_is_sealed_once(office, one, tmp_path):
    assert refused(tmp_path, office.hand(), one.content) == "filled"


def test_a_signed_file_without_our_field_is_refused(office, one, tmp_path):
    renamed = one.content.replace(b"(Seal1)", b"(Other)")
    assert refused(tmp_path, office.hand(), renamed) == "no-slot"


@pytest.mark.parametrize("days", [-200, 400])
def test_a_certificate_that_is_not_in_force_does_not_seal(office, tmp_path, days):
    hand = office.hand()
    with clock.frozen(SEALED + timedelta(days=days)):
        assert refused(tmp_path, replace(hand, crls=office.crls())) == "expired"


@pytest.mark.parametrize("reason", ["keyCompromise", "certificateHold"])
def test_a_revoked_or_held_certificate_does_not_seal(office, tmp_path, reason):
    hand = office.hand()
    crls = office.crls({serial_of(hand.certificate): (clock.now(), reason)})
    assert refused(tmp_path, replace(hand, crls=crls)) == "revoked"


def test_without_a_list_in_force_nothing_is_sealed(office, tmp_path):
    hand = office.hand()
    assert refused(tmp_path, replace(hand, crls=hand.crls[:1])) == "no-list"
    with clock.frozen(SEALED + timedelta(days=8)):
        assert refused(tmp_path, hand) == "no-list"


def test_a_certificate_of_another_authority_or_without_its_chain_does_not_seal(office, tmp_path):
    hand = office.hand()
    with clock.frozen(FOUNDED):
        other = Office(Authorities.create(tmp_path / "another" / "trust", b"x", "另一省"))
    folder = tmp_path / "folder"
    folder.mkdir()
    assert refused(folder, replace(hand, chain=other.hand().chain)) == "untrusted"
    assert refused(folder, replace(hand, chain=())) == "untrusted"


def test_a_persons_certificate_does_not_seal(office, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    person = office.authorities.issue_user(key.public_key(), "p1", "某人", 30)
    assert refused(tmp_path, office.hand(certificate=person, sign=key_signs(key))) == "not-seal"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("needs-password", "encrypted"),
        ("owner-password", "encrypted"),
        ("garbage", "unreadable"),
        ("truncated", "unreadable"),
        ("empty", "unreadable"),
    ],
)
def test_a_file_that_cannot_be_sealed_is_refused(office, tmp_path, name, kind):
    assert refused(tmp_path, office.hand(), hostile.MAKERS[name]()) == kind


@pytest.mark.parametrize("changes", [{"diameter_mm": 61}, {"image": b"no image"}, {"image": hostile.image("JPEG")}])
def test_an_image_that_is_none_or_too_large_is_refused(office, tmp_path, changes):
    assert refused(tmp_path, office.hand(**changes)) == "image"


def test_without_a_time_stamp_nothing_is_sealed(office, tmp_path):
    def stamp(_digest):
        raise NoTimeStampError("nobody answers")

    assert refused(tmp_path, office.hand(stamp=stamp)) == "time-stamp"


def test_a_file_that_is_not_there_is_refused(office, tmp_path):
    with pytest.raises(SealingError) as caught:
        seal(tmp_path / "a.pdf", tmp_path / "b.pdf", office.hand(), 0, 1, sha256="")
    assert caught.value.kind == "unreadable"


def test_the_image_is_the_only_thing_that_makes_a_sealed_file_large(one):
    assert len(one.content) < len(slotted()) + len(IMAGE) + 60_000


def later_office(folder):
    """An authority founded four years later, whose time stamps go on when those of the first one end."""
    with clock.frozen(FOUNDED + timedelta(days=1500)):
        return Office(Authorities.create(folder / "trust", b"secret words", "某省政府系统"))


def test_a_renewed_seal_outlives_the_certificate_of_its_time_stamps(office, one, tmp_path):
    next_office, target = later_office(tmp_path), tmp_path / "renewed.pdf"
    with clock.frozen(FOUNDED + timedelta(days=1600)):
        both = replace(office.trust(), stamping=(*office.authorities.anchors, *next_office.authorities.anchors))
        assert renew(one.path, target, both, next_office.stamp, sha256=digest(one.path)) == digest(target)
        assert target.read_bytes().startswith(one.content)
        assert verify(target, both, clock.now()).verdict == "good"
    old = replace(both, crls=())
    after = FOUNDED + timedelta(days=2500)
    assert verify(one.path, old, after).verdict == "unknown"
    renewed = verify(target, old, after)
    assert (renewed.verdict, renewed.seals[0].signed_at, renewed.seals[0].level) == ("good", SEALED, "LTA")


def test_what_can_no_longer_be_checked_is_not_renewed(office, one, tmp_path):
    next_office = later_office(tmp_path)
    both = replace(office.trust(), stamping=(*office.authorities.anchors, *next_office.authorities.anchors))
    with clock.frozen(FOUNDED + timedelta(days=1900)), pytest.raises(SealingError) as caught:
        renew(one.path, tmp_path / "b.pdf", both, next_office.stamp, sha256=digest(one.path))
    assert caught.value.kind == "not-good"
    assert not (tmp_path / "b.pdf").exists()


def test_only_a_sealed_file_is_renewed_and_only_the_one_that_was_meant(office, one, tmp_path):
    (tmp_path / "a.pdf").write_bytes(slotted())
    for source, sha256, kind in [
        (tmp_path / "a.pdf", digest(tmp_path / "a.pdf"), "not-good"),
        (one.path, "", "changed"),
        (tmp_path / "none.pdf", "", "unreadable"),
    ]:
        with pytest.raises(SealingError) as caught:
            renew(source, tmp_path / "b.pdf", Trust(()), office.stamp, sha256=sha256)
        assert caught.value.kind == kind
