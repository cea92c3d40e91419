"""Certificates for tests, good and hostile: what the in-house authority would never issue."""

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from webtest import TestApp

from govrepo import clock
from govrepo.trust import data
from govrepo.trust.authorities import PREFIX, found, serial_of
from govrepo.trust.envelope import Envelope, pack
from govrepo.trust.signatures import sign_text

USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
    "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def name(common):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def uri(person):
    return x509.UniformResourceIdentifier(PREFIX + person)


def usage(*allowed):
    return x509.KeyUsage(**{each: each in allowed for each in USAGES})


def new_key():
    return ec.generate_private_key(ec.SECP256R1())


def signed(builder, key):
    return builder.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def _builder(subject, issuer, key, issuer_key, start, end):
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() + timedelta(days=start))
        .not_valid_after(clock.now() + timedelta(days=end))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )


class Authority:
    """An authority of tests, below another one or a root."""

    def __init__(self, common="某CA", above=None, *, length=None, start=-1, end=900, key=None):
        self.key = key or new_key()
        self.above = above or self
        builder = _builder(name(common), self.above.name(common), self.key, self.above.key, start, end)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=length), critical=True)
        builder = builder.add_extension(usage("key_cert_sign", "crl_sign"), critical=True)
        self.certificate = signed(builder, self.above.key)

    def name(self, common):
        return self.certificate.subject if hasattr(self, "certificate") else name(common)

    def issue(
        self,
        person="p1",
        key=None,
        *,
        names=None,
        eku=(ExtendedKeyUsageOID.CLIENT_AUTH,),
        ku=("digital_signature",),
        start=-1,
        end=365,
    ):
        """A leaf; ``names`` replaces the one SAN, None for ``eku`` leaves the extension out."""
        key = key or new_key()
        builder = _builder(name("某人"), self.certificate.subject, key, self.key, start, end)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        if ku:
            builder = builder.add_extension(usage(*ku), critical=True)
        if eku:
            builder = builder.add_extension(x509.ExtendedKeyUsage(list(eku)), critical=False)
        names = [uri(person)] if names is None else names
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return signed(builder, self.key)

    def crl(self, *entries, number=1, days=7, start=0, extensions=(), key=None):
        """A list; each entry is a certificate and a reason."""
        at = clock.now() + timedelta(days=start)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        builder = builder.last_update(at).next_update(at + timedelta(days=days))
        builder = builder.add_extension(x509.CRLNumber(number), critical=False)
        for extension in extensions:
            builder = builder.add_extension(extension, critical=True)
        for certificate, reason in entries:
            entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(at)
            if reason is not None:
                entry = entry.add_extension(x509.CRLReason(reason), critical=False)
            builder = builder.add_revoked_certificate(entry.build())
        return signed(builder, key or self.key)


def found_authorities(app):
    """Give an application of tests its in-house authority; the site's memory gets a list of revoked certificates."""
    from tests.app import site  # noqa: PLC0415 - Certificates alone need no application.

    app.registry.authorities = found(app.registry.govrepo_settings, "某省政府系统")
    with site(app) as root:
        data.renew_crl(root, app.registry, clock.now())


def equip(app, login, days=365, key=None):
    """Issue a sample person a certificate of the in-house authority and bind it; key and certificate."""
    from tests.app import site  # noqa: PLC0415 - As above.

    key = key or new_key()
    with site(app) as root:
        person = root.logins[login]
        certificate = app.registry.authorities.issue_user(key.public_key(), person.id, person.name, days)
        root.trust.bind(serial_of(certificate), person.id)
    return key, certificate


def signed_text(text, key, certificate):
    """A signed text as it is sent to the site."""
    return pack(Envelope(text, sign_text(text, key), certificate.public_bytes(Encoding.DER)))


def certificate_login(app, key, certificate, address="10.0.0.7", *, text=None, status="*", browser=None):
    """Log in with a certificate through the form; the browser and the answer."""
    browser = browser or TestApp(app, extra_environ={"REMOTE_ADDR": address})
    form = browser.get("/login/certificate").forms[0]
    form["signed"] = signed_text(text or browser.get("/login/challenge").text, key, certificate)
    return browser, form.submit(status=status)


def stamping_certificate(root, *, usage=(ExtendedKeyUsageOID.TIME_STAMPING,), critical=True):
    """A certificate for time stamps below a root of tests, and its key."""
    key = new_key()
    builder = _builder(name("时间戳"), root.certificate.subject, key, root.key, -1, 900)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage(list(usage)), critical=critical)
    return signed(builder, root.key), key
