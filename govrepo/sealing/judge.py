"""Judges what a verification found: certificates, lists of revoked ones, time stamps. No PDF comes here; the trust never enters the child.

The rules (ETSI EN 319 102-1 in plain words, docs/sealing.md): a time stamp is believed if its certificate is good at the instant until which the stamp
itself is proven to exist: the present for the last one, the instant of the next believed one for those before. A seal is judged as of the
earliest instant a believed stamp shows, or of the present if there is none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.x509.oid import NameOID

from govrepo.sealing import findings
from govrepo.sealing.findings import SealFinding, Trust, Verification, seal_uri
from govrepo.trust.authorities import serial_of
from govrepo.trust.lists import HELD, age, is_list_of, is_revoked, reason_of
from govrepo.trust.path import SEAL, NoPathError, check_path
from govrepo.trust.timestamp import BadTimeStampError, check_token

Chain = Sequence[x509.Certificate]
_Lists = list[x509.CertificateRevocationList]


@dataclass(frozen=True)
class Mark:
    """One signature as the child tells it: a seal, or (``stamp``) an archive time stamp. ``lists`` are places in :class:`Facts`.lists at its revision."""

    field: str
    revision: int
    stamp: bool
    signer: x509.Certificate | None
    claimed: datetime | None
    intact: bool
    modified: bool
    whole: bool
    token: bytes
    digest: bytes
    lists: tuple[int, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What the child tells of a file. ``covered``: a seal or time stamp is over it to its last octet."""

    problem: str
    marks: tuple[Mark, ...] = ()
    empty: int = 0
    covered: bool = True
    certificates: tuple[x509.Certificate, ...] = ()
    lists: tuple[x509.CertificateRevocationList, ...] = ()


@dataclass(frozen=True)
class _Standing:
    """How a certificate stood: ``problem`` or empty, and when it was revoked, be it later."""

    problem: str = ""
    revoked_at: datetime | None = None


def judge(facts: Facts, trust: Trust, at: datetime) -> Verification:
    """The verdict over a file as of an instant."""
    bench = _Bench(facts, trust, at)
    seals = tuple(bench.finding(mark) for mark in facts.marks if not mark.stamp)
    problems = {facts.problem, *(each.problem for each in seals)} - {""}
    worst = min(problems, key=findings.ORDER.index, default="")
    if not seals and facts.problem in (findings.ENCRYPTED, findings.TOO_LARGE, findings.MODIFIED):
        return Verification(findings.BAD, (), facts.problem)
    if not seals:
        return Verification(findings.UNSEALED, (), worst, facts.empty)
    verdict = findings.GOOD if not worst else findings.UNKNOWN if worst == findings.NO_EVIDENCE else findings.BAD
    return Verification(verdict, seals, worst, facts.empty)


class _Bench:
    """One file before its judge: which time stamps are believed comes first, since all else is judged as of them."""

    def __init__(self, facts: Facts, trust: Trust, at: datetime) -> None:
        self._facts, self._trust, self._at = facts, trust, at
        self._others = (*facts.certificates, *trust.intermediates)
        self._given = [x509.load_der_x509_crl(each) for each in trust.crls]
        self._proofs: list[tuple[int, datetime, frozenset[int]]] = []
        self._signed: dict[x509.Certificate, tuple[_Lists, list[tuple[int, x509.CertificateRevocationList]]]] = {}
        self._believe()

    def _believe(self) -> None:
        """The archive time stamps that are believed, the last one first."""
        stamps = [mark for mark in self._facts.marks if mark.stamp and mark.whole and mark.intact]
        until = self._at
        for mark in sorted(stamps, key=lambda mark: mark.revision, reverse=True):
            instant = self._stamped(mark, until)
            if instant is not None:
                self._proofs.append((mark.revision, instant, frozenset(mark.lists)))
                until = instant

    def _stamped(self, mark: Mark, until: datetime) -> datetime | None:
        """The instant of a token that existed at ``until``, if it is believed."""
        if not mark.token:
            return None
        try:
            trusted = (*self._trust.anchors, *self._trust.stamping)
            instant, chain = check_token(mark.token, mark.digest, trusted, until)
        except BadTimeStampError:
            return None
        gone = [_revoked(each, self._lists_of(issuer)) for each, issuer in pairwise(chain)]
        return instant if instant <= until and not any(each is not None and each <= until for each in gone) else None

    def finding(self, mark: Mark) -> SealFinding:
        """What a seal is worth."""
        proven = min((instant for revision, instant, _ in self._proofs if revision > mark.revision), default=None)
        stamped = self._stamped(mark, proven or self._at)
        instant = stamped or proven
        standing = self._standing(mark, instant)
        problem = self._damage(mark) or standing.problem
        undecided = standing.problem == findings.NO_EVIDENCE
        return SealFinding(
            field=mark.field,
            name=_name(mark.signer),
            seal_uri=seal_uri(mark.signer),
            serial=serial_of(mark.signer) if mark.signer else "",
            signed_at=instant or mark.claimed,
            timestamped=instant is not None,
            level=self._level(stamped is not None, proven is not None),
            intact=mark.intact,
            trusted=None if undecided else not standing.problem,
            revoked_at=standing.revoked_at,
            modified_after=mark.modified or not self._facts.covered,
            whole=mark.whole,
            problem=problem,
        )

    def _damage(self, mark: Mark) -> str:
        """A seal is broken with itself and with each time stamp that was put over it."""
        over = [each for each in self._facts.marks if each.stamp and each.revision > mark.revision]
        if not mark.intact or not all(each.intact for each in over):
            return findings.BROKEN
        return findings.MODIFIED if mark.modified or not mark.whole or not self._facts.covered else ""

    def _level(self, stamped: bool, proven: bool) -> str:
        if not stamped:
            return "B"
        if not self._facts.lists:
            return "T"
        return "LTA" if proven else "LT"

    def _standing(self, mark: Mark, instant: datetime | None) -> _Standing:
        """How the seal's certificate and those above it stood when the seal was made, as far as that is proven."""
        if mark.signer is None or not seal_uri(mark.signer):
            return _Standing(findings.NO_SEAL)
        chain = self._path(mark.signer, instant or self._at)
        return self._listed(mark, chain, instant) if chain else self._pathless(mark, mark.signer, instant)

    def _path(self, signer: x509.Certificate, as_of: datetime) -> Chain:
        """The way from a certificate to one that is trusted, as of an instant, or nothing."""
        try:
            return check_path(signer, self._others, self._trust.anchors, as_of, SEAL)
        except NoPathError:
            return ()

    def _pathless(self, mark: Mark, signer: x509.Certificate, instant: datetime | None) -> _Standing:
        """A certificate that led nowhere then. Without a time stamp, what was in force when the seal says it was made may have been."""
        chain = self._path(signer, mark.claimed) if instant is None and mark.claimed else ()
        if chain:
            then = self._listed(mark, chain, None)
            return then if then.problem == findings.REVOKED else _Standing(findings.NO_EVIDENCE, then.revoked_at)
        ever = any(self._path(signer, each) for each in (signer.not_valid_before_utc, signer.not_valid_after_utc))
        return _Standing(findings.EXPIRED if ever else findings.UNTRUSTED)

    def _listed(self, mark: Mark, chain: Chain, instant: datetime | None) -> _Standing:
        """What the lists of revoked certificates say."""
        as_of = instant or self._at
        revoked, covered = [], True
        for each, issuer in pairwise(chain):
            lists = self._lists_of(issuer)
            revoked.append(_revoked(each, lists))
            covered = covered and any(_covers(crl, as_of) for crl in lists)
        first = min((each for each in revoked if each is not None), default=None)
        if first is not None and first <= as_of:
            was = instant is not None or mark.claimed is None or first <= mark.claimed
            return _Standing(findings.REVOKED if was else findings.NO_EVIDENCE, first)
        return _Standing("" if covered else findings.NO_EVIDENCE, first)

    def _lists_of(self, issuer: x509.Certificate) -> _Lists:
        """An issuer's lists: those given, and those in the file that are proven to be from a time when it could issue."""
        if issuer not in self._signed:  # Checking a signature is what takes time here.
            given = [crl for crl in self._given if is_list_of(crl, issuer)]
            enclosed = [(place, crl) for place, crl in enumerate(self._facts.lists) if is_list_of(crl, issuer)]
            self._signed[issuer] = (given, enclosed)
        given, enclosed = self._signed[issuer]
        begins, ends = issuer.not_valid_before_utc, issuer.not_valid_after_utc
        return [*given, *(crl for place, crl in enclosed if begins <= self._since(place) <= ends)]

    def _since(self, place: int) -> datetime:
        """Since when a list in the file is proven to exist."""
        return min((instant for _, instant, lists in self._proofs if place in lists), default=self._at)


def _name(certificate: x509.Certificate | None) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME) if certificate else []
    return str(names[0].value) if names else ""


def _covers(crl: x509.CertificateRevocationList, instant: datetime) -> bool:
    """Whether a list speaks of an instant: it was in force then, or was made later."""
    ends = crl.next_update_utc
    return crl.last_update_utc > instant or (crl.last_update_utc <= instant and ends is not None and instant < ends)


def _revoked(certificate: x509.Certificate, lists: Iterable[x509.CertificateRevocationList]) -> datetime | None:
    """Since when a certificate is revoked: by the newest list, or for good by any (an authority may drop what has expired)."""
    lists = list(lists)
    newest = max(lists, key=age, default=None)
    found = []
    for crl in lists:
        entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
        lasting = entry is not None and (crl is newest or reason_of(entry) is not HELD)
        if entry is not None and lasting and is_revoked(crl, certificate.serial_number):
            found.append(entry.revocation_date_utc)
    return min(found, default=None)
