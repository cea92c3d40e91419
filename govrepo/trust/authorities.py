"""The in-house certification authority, for a site that has none outside (domain.md art. 25-28; design.md sect. 8).

A folder holds, for each authority, its certificate (``users.cer``, DER) and its key (``users.key``, PKCS#8 encrypted with the passphrase):
the root; below it the authority of users and that of seals; and the time stamp certificate. Nothing of it ever enters ZODB. The root's
key signs at the founding only, so ``root.key`` may be moved to a safe afterwards; the root's own list of revoked authorities (``root.crl``)
is made at the founding and holds for the root's life, unless a newer one replaces the file.
"""

import os
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from govrepo import clock

ROOT_DAYS = 3650
AUTHORITY_DAYS = 1825
BACKDATED = timedelta(minutes=5)
"""Machines whose clocks are a little slow must accept a new certificate."""
PREFIX = "urn:govrepo:principal:"
SEAL_PREFIX = "urn:govrepo:seal:"

ROOT, USERS, SEALS, TSA = "root", "users", "seals", "tsa"
TITLES = {ROOT: "根CA", USERS: "用户CA", SEALS: "印章CA", TSA: "时间戳"}

Key = ec.EllipticCurvePrivateKey
Revoked = Mapping[str, tuple[datetime, str]]
"""Serial (as :func:`serial_of`) to the instant and the reason, a value of ``x509.ReasonFlags``."""


def serial_of(certificate: x509.Certificate) -> str:
    """A certificate's serial number as journal, index and people write it: upper-case hexadecimal, as openssl prints it."""
    digits = f"{certificate.serial_number:X}"
    return digits if len(digits) % 2 == 0 else f"0{digits}"


class Authorities:
    """The authorities of one folder. Keys are read when they are needed, so the root's may be away."""

    def __init__(self, folder: Path, passphrase: bytes) -> None:
        self.folder, self.passphrase = folder, passphrase
        self._keys: dict[str, Key] = {}
        self._certificates = {
            name: x509.load_der_x509_certificate((folder / f"{name}.cer").read_bytes()) for name in TITLES
        }

    @classmethod
    def create(cls, folder: Path, passphrase: bytes, name: str) -> "Authorities":
        """Found the authorities in a new folder; ``name`` is the site's, in every subject. Raises FileExistsError."""
        _found(folder, passphrase, name)
        return cls(folder, passphrase)

    @classmethod
    def load(cls, folder: Path, passphrase: bytes) -> "Authorities":
        """The authorities founded earlier. Raises OSError or ValueError for a folder that lacks or spoils a certificate."""
        return cls(folder, passphrase)

    @property
    def anchors(self) -> tuple[x509.Certificate, ...]:
        """What trust ends at: the root."""
        return (self._certificates[ROOT],)

    @property
    def intermediates(self) -> tuple[x509.Certificate, ...]:
        """The authorities below the root."""
        return (self._certificates[USERS], self._certificates[SEALS])

    @property
    def root_crl(self) -> bytes:
        """The root's list of revoked authorities, DER."""
        return (self.folder / "root.crl").read_bytes()

    def certificate(self, name: str) -> x509.Certificate:
        """The certificate of ``root``, ``users``, ``seals`` or ``tsa``."""
        return self._certificates[name]

    def key(self, name: str) -> Key:
        """The private key of one of them. Raises FileNotFoundError when it is kept elsewhere, ValueError for a wrong passphrase."""
        if name not in self._keys:
            self._keys[name] = _read_key(self.folder / f"{name}.key", self.passphrase)
        return self._keys[name]

    def issue_user(self, public_key: Any, person_id: str, name: str, days: int) -> x509.Certificate:
        """A person's certificate: for logging in and signing, named ``urn:govrepo:principal:<person id>`` (R-26.1)."""
        usage = (_usage(digital_signature=True), (ExtendedKeyUsageOID.CLIENT_AUTH,))
        return self._issue(USERS, public_key, name, PREFIX + person_id, days, usage)

    def issue_seal(self, public_key: Any, seal_id: str, name: str, days: int) -> x509.Certificate:
        """A seal's certificate: for signing what cannot be denied, and never for logging in."""
        usage = (_usage(digital_signature=True, content_commitment=True), ())
        return self._issue(SEALS, public_key, name, SEAL_PREFIX + seal_id, days, usage)

    def sign_crl(self, revoked: Revoked, number: int, now: datetime, days: int, issuer: str = USERS) -> bytes:
        """A list of revoked certificates of one authority, DER; ``number`` must grow from list to list."""
        return _crl(self._certificates[issuer], self.key(issuer), revoked, number, (now, days))

    def _issue(
        self, issuer: str, public_key: Any, name: str, uri: str, days: int, usage: tuple[x509.KeyUsage, Any]
    ) -> x509.Certificate:
        above = self._certificates[issuer]
        subject = x509.Name([*_organisation(above), x509.NameAttribute(NameOID.COMMON_NAME, name)])
        alternative = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri)])
        builder = _builder(subject, above.subject, public_key, above.public_key(), days)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(usage[0], critical=True).add_extension(alternative, critical=False)
        if usage[1]:
            builder = builder.add_extension(x509.ExtendedKeyUsage(list(usage[1])), critical=False)
        return builder.sign(self.key(issuer), hashes.SHA256())


def _found(folder: Path, passphrase: bytes, name: str) -> None:
    """Make keys and certificates aside, then give the whole folder its name: it is there entirely or not at all."""
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder}: the authorities have been founded already")
    aside = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    aside.mkdir(parents=True, mode=0o700)
    keys = {each: ec.generate_private_key(ec.SECP256R1()) for each in TITLES}
    subjects = {each: _subject(name, title) for each, title in TITLES.items()}
    for each, key in keys.items():
        certificate = _authority(each, subjects, keys)
        (aside / f"{each}.cer").write_bytes(certificate.public_bytes(Encoding.DER))
        write_private(aside / f"{each}.key", _sealed(key, passphrase))
        if each == ROOT:
            crl = _crl(certificate, key, {}, 1, (clock.now(), ROOT_DAYS))
            (aside / "root.crl").write_bytes(crl)
    aside.rename(folder)


def _authority(name: str, subjects: Mapping[str, x509.Name], keys: Mapping[str, Key]) -> x509.Certificate:
    days = ROOT_DAYS if name == ROOT else AUTHORITY_DAYS
    builder = _builder(subjects[name], subjects[ROOT], keys[name].public_key(), keys[ROOT].public_key(), days)
    if name == TSA:
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        return builder.add_extension(stamping, critical=True).sign(keys[ROOT], hashes.SHA256())
    length = 1 if name == ROOT else 0
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=length), critical=True)
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    return builder.sign(keys[ROOT], hashes.SHA256())


def _builder(subject: x509.Name, issuer: x509.Name, key: Any, issuer_key: Any, days: int) -> x509.CertificateBuilder:
    now = clock.now().replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
    )


def _crl(issuer: x509.Certificate, key: Key, revoked: Revoked, number: int, validity: tuple[datetime, int]) -> bytes:
    now, days = validity
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.subject)
        .last_update(now.replace(microsecond=0))
        .next_update(now.replace(microsecond=0) + timedelta(days=days))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(identifier, critical=False)
    )
    for serial, (at, reason) in sorted(revoked.items()):
        builder = builder.add_revoked_certificate(_revoked(serial, at, reason))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _revoked(serial: str, at: datetime, reason: str) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(int(serial, 16)).revocation_date(at.replace(microsecond=0))
    return builder.add_extension(x509.CRLReason(x509.ReasonFlags(reason)), critical=False).build()


def _subject(name: str, title: str) -> x509.Name:
    country, organisation = NameOID.COUNTRY_NAME, NameOID.ORGANIZATION_NAME
    pairs = ((country, "CN"), (organisation, name), (NameOID.COMMON_NAME, f"{name} {title}"))
    return x509.Name([x509.NameAttribute(oid, value[:64]) for oid, value in pairs])


def _organisation(certificate: x509.Certificate) -> list[x509.NameAttribute[Any]]:
    return [each for each in certificate.subject if each.oid != NameOID.COMMON_NAME]


def _usage(**allowed: bool) -> x509.KeyUsage:
    names = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign "
        "encipher_only decipher_only"
    )
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names.split()})


def _sealed(key: Key, passphrase: bytes) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase))


def _read_key(path: Path, passphrase: bytes) -> Key:
    key = load_pem_private_key(path.read_bytes(), passphrase)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path} holds no key on an elliptic curve")
    return key


def write_private(path: Path, content: bytes) -> None:
    """Write a new file for its owner's eyes only, mode 0600. Raises FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def passphrase(path: Path) -> bytes:
    """The passphrase of the keys. Raises PermissionError if others than the file's owner may read it."""
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{path}: the passphrase must be readable by its owner alone (chmod 600)")
    return path.read_bytes().strip()


def found(settings: Any, name: str) -> Authorities:
    """The founding act's part: make the passphrase file, where there is none, and the authorities. Raises FileExistsError."""
    path = settings.path("trust_passphrase_file")
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32).encode())
    return Authorities.create(settings.path("trust_folder"), passphrase(path), name)


def existing(settings: Any) -> Authorities | None:
    """The site's authorities, or None while it has none."""
    folder = settings.path("trust_folder")
    if not (folder / "users.cer").exists():
        return None
    return Authorities.load(folder, passphrase(settings.path("trust_passphrase_file")))
