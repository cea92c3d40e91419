"""Verification of seals at the receiver (P-51, P-52, R-N4.3): what is verified, when, and what it means together."""

from datetime import timedelta
from pathlib import Path

import pytest
from pyramid.traversal import resource_path

from content_types.file_object import FileRole
from content_types.verification import SealCheck
from govrepo import clock
from govrepo.sealing import seal as seal_file
from govrepo.trust.authorities import Authorities
from govrepo.trust.data import renew_due_crls
from policies import verification
from policies.seal_hand import hand_of
from policies.verification import BAD, GOOD, UNKNOWN, UNSEALED
from tests.govrepo.sealing.test_verify import rotated
from tests.policies import seals
from tests.policies.bench import ORIGINAL, SCAN, later
from tests.sealing import Office, digest, slotted

CLERK = "office.registry1"
CROOKED = b"%PDF-1.7 /ByteRange [0 1 2 3]"
"""Says that it is signed, and is not even a PDF."""


def checked(verdict, file, problem=""):
    """A file with the outcome of a verification done just now under no trust."""
    file.seals = SealCheck(verdict, problem, (), file.sha256, "", clock.now())
    return file


@pytest.fixture
def dispatch(bench):
    return bench.sent()


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        ([], UNSEALED),
        ([UNSEALED], UNSEALED),
        ([GOOD, UNSEALED], GOOD),
        ([GOOD, GOOD], GOOD),
        ([UNKNOWN, GOOD], UNKNOWN),
        ([BAD, UNKNOWN, GOOD], BAD),
        ([None, GOOD], UNKNOWN),
    ],
)
def test_p_52_the_worst_counts(bench, verdicts, together):
    document = bench.draft().document
    files = [bench.file(*ORIGINAL) for _each in verdicts]
    document.files = tuple(checked(each, file) if each else file for each, file in zip(verdicts, files, strict=True))
    assert verification.verdict(document) == together


def test_only_what_may_bear_the_issuers_seal_is_verified(bench, dispatch):
    roles = [(FileRole.ATTACHMENT, "附件.pdf", "pdf"), (FileRole.ORIGINAL, "正本.ofd", "ofd"), SCAN, ORIGINAL]
    files = [bench.file(*each, CROOKED) for each in roles]
    dispatch.document.files = tuple(files)
    for file in files:
        verification.look_at(file, dispatch.document, bench.registry)
    assert [file.seals is not None for file in files] == [False, False, True, True]


def test_r_n4_2_a_scan_without_seal_is_never_bad(bench, dispatch):
    bench.fan_out(dispatch)
    delivery = dispatch.tracking.deliveries["gd-office"]
    assert (delivery.verification, verification.mark(delivery)) == ("unknown", UNSEALED)
    assert not verification.lacks_seal(dispatch.document)
    assert dispatch.document.files[0].seals.verdict == UNSEALED
    entry = bench.journaled("verification.made")[-1]
    assert entry.details["verdict"] == UNSEALED
    assert entry.details["sha256"] == dispatch.document.files[0].sha256


def test_p_51_what_claims_a_seal_and_has_none_is_not_passed(bench, dispatch):
    dispatch.document.files = (bench.file(*ORIGINAL, CROOKED),)
    bench.fan_out(dispatch)
    delivery = dispatch.tracking.deliveries["gd-office"]
    assert verification.mark(delivery) in (BAD, UNKNOWN)
    assert dispatch.document.files[0].seals.problem


def test_r_n4_3_a_fully_deployed_unit_owes_a_seal(bench, dispatch):
    document = dispatch.document
    document.files = (checked(UNSEALED, bench.file(*ORIGINAL)),)
    assert not verification.lacks_seal(document)
    document.unit.has_plate = document.unit.has_seal = True
    assert verification.lacks_seal(document)
    document.files = (checked(GOOD, document.files[0]),)
    assert not verification.lacks_seal(document)


def test_p_52_the_digest_is_compared_with_what_was_sent(bench, dispatch):
    dispatch.document.files[0].stored.size += 1
    bench.fan_out(dispatch)
    assert verification.mark(dispatch.tracking.deliveries["gd-office"]) == BAD


def times(bench):
    return len(bench.journaled("verification.made"))


def test_at_arrival_it_is_verified_again_when_something_has_changed(bench, dispatch):
    """Of a file with a seal: its content, what is trusted, or a day that has gone by."""
    file = bench.file(*ORIGINAL, CROOKED)
    dispatch.document.files = (file,)
    for changed, looked in (
        (lambda: None, 1),
        (lambda: None, 0),
        (lambda: later(hours=25), 1),
        (lambda: setattr(file, "seals", file.seals._replace(trust="other")), 1),
        (lambda: setattr(file, "seals", file.seals._replace(sha256="other")), 1),
    ):
        changed()
        before = times(bench)
        verification.at_arrival(dispatch.document, bench.registry)
        assert times(bench) - before == looked


def test_what_bears_no_seal_need_not_be_looked_at_again(bench, dispatch):
    verification.at_arrival(dispatch.document, bench.registry)
    before = times(bench)
    later(days=30)
    verification.at_arrival(dispatch.document, bench.registry)
    assert times(bench) == before


@pytest.mark.parametrize(("content", "signed"), [(b"", False), (b"%PDF-1.4", False), (CROOKED, True)])
def test_what_there_is_to_verify_is_told_without_reading_the_file_as_a_pdf(tmp_path: Path, content, signed):
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert verification.has_signature(path) is signed


# With real seals of a real authority.


@pytest.fixture
def office(bench, authority):
    renew_due_crls(bench.root, bench.registry, clock.now())
    return Office(authority)


@pytest.fixture
def sealed(bench, office, tmp_path):
    """A document with an original that bears the seal of this id, as the worker looks at it."""

    def of(*seals, change=lambda content: content):
        document = bench.draft().document
        content = office.sealed(tmp_path, slotted(len(seals)), *seals).content
        document.files = (bench.file(*ORIGINAL, change(content)),)
        verification.look_at(document.files[0], document, bench.registry)
        return document.files[0].seals

    return of


def test_p_52_a_good_seal_is_good(sealed):
    check = sealed("s1", "s2")
    assert (check.verdict, check.problem) == (GOOD, "")
    assert [(each.name, each.timestamped, each.problem) for each in check.seals] == [
        ("示例机关s1", True, ""), ("示例机关s2", True, ""),
    ]  # fmt: skip


def test_p_52_one_octet_more_or_less_is_bad(sealed):
    check = sealed("s1", change=lambda content: content.replace(b"842", b"841", 1))
    assert (check.verdict, check.problem) == (BAD, "broken")


def test_p_52_what_was_added_afterwards_is_bad(sealed):
    assert sealed("s1", change=rotated).verdict == BAD


def test_p_52_an_authority_nobody_trusts(sealed, bench, tmp_path, monkeypatch):
    other = Authorities.create(tmp_path / "other", b"passphrase", "某公司")
    check = sealed("s1")
    assert check.verdict == GOOD
    monkeypatch.setattr(bench.registry, "authorities", other)
    renew_due_crls(bench.root, bench.registry, clock.now())
    assert sealed("s1").problem == "untrusted"


def test_p_51_another_units_seal_is_bad(bench, office, tmp_path):
    """A seal of ours, good in itself, on the document of somebody else."""
    seal = seals.active(bench)
    document = bench.draft().document
    path = tmp_path / "1.pdf"
    (tmp_path / "0.pdf").write_bytes(slotted(1))
    done = seal_file(tmp_path / "0.pdf", path, hand_of(seal, bench.registry), 0, 1, sha256=digest(tmp_path / "0.pdf"))
    document.files = (bench.file(*ORIGINAL, path.read_bytes()),)
    assert done.field
    verification.look_at(document.files[0], document, bench.registry)
    assert (document.files[0].seals.verdict, document.files[0].seals.problem) == (BAD, "other-unit")
    document.unit = seal.unit
    verification.look_at(document.files[0], document, bench.registry)
    assert document.files[0].seals.verdict == GOOD


# On demand.


def test_the_receiver_has_it_verified_again(bench):
    delivery = bench.opened()
    bench.act(CLERK, delivery, "verify_again")
    assert delivery.check_asked_at is not None
    assert bench.refusal(CLERK, delivery, "verify_again") == ["P-52"]
    assert "verification.again" in bench.work()
    delivery.document.files[0].stored.size += 1
    later(minutes=1)
    bench.registry.work_handlers["verification.again"](bench.job(path=resource_path(delivery)))
    assert (delivery.check_asked_at, verification.mark(delivery)) == (None, BAD)
    assert [each.check for each in delivery.findings] == ["verify.digest", "verify.seal", "format.files"]
    assert clock.now() - delivery.document.files[0].seals.at < timedelta(minutes=1)


def test_p_51_what_was_not_opened_is_not_verified_again(bench):
    assert bench.refusal(CLERK, bench.delivery(), "verify_again") == ["P-51"]


def test_a_part_of_a_delivery_is_as_good_as_the_whole(bench):
    delivery = bench.signed()
    division = bench.root["units"]["gd-office"]["zh1"]
    bench.act(CLERK, delivery, "distribute", targets=((division, "lead"),))
    (inner,) = delivery.assignments
    bench.act("zh1.receiver", inner, "open")
    bench.act("zh1.receiver", inner, "verify_again")
    delivery.document.files[0].stored.size += 1
    bench.registry.work_handlers["verification.again"](bench.job(path=resource_path(inner)))
    assert [verification.mark(each) for each in (delivery, inner)] == [BAD, BAD]
    assert bench.refusal("zh1.receiver", inner, "sign_for") == ["P-52"]


def test_an_older_finding_says_nothing(bench):
    delivery = bench.opened()
    delivery.findings = tuple(each._replace(detail="") for each in delivery.findings)
    assert verification.mark(delivery) == UNKNOWN
