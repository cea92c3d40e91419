"""A person's certificate at work over HTTP: asks for texts, signs them as a browser does, brings the signatures back."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo.trust.envelope import Envelope, pack
from tests.pki import equip


def as_browsers(key, text):
    """An ECDSA signature as WebCrypto makes it: r and s side by side."""
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


class Signer:
    """A key with its certificate; it signs for whoever's desk is given."""

    def __init__(self, key, certificate):
        self.key, self.certificate = key, certificate

    @classmethod
    def of(cls, app, login, **more):
        """A sample person's own, issued and bound."""
        return cls(*equip(app, login, **more))

    def texts(self, desk, path, act, fields=(), status=200):
        """The texts for an act on the object at a path."""
        return desk.post(f"{path}/prepare", [("act", act), *fields], status=status).json["texts"]

    def brought(self, texts):
        """The fields that bring the signatures back."""
        der = self.certificate.public_bytes(Encoding.DER)
        return [("signed", pack(Envelope(each["text"], as_browsers(self.key, each["text"]), der))) for each in texts]

    def act(self, desk, path, act, fields=(), status=303):
        """Ask, sign, do."""
        signed = self.brought(self.texts(desk, path, act, fields))
        return desk.post(f"{path}/act", [("act", act), *fields, *signed], status=status)
