"""A package as the site makes it, without the site: a journal of some entries, a checkpoint, the auditor's signature."""

import base64
import hashlib
from datetime import timedelta

from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock
from govrepo.evidence import archive
from govrepo.evidence.certificates import name_of
from govrepo.evidence.package import ACT, AUDITOR, FORMAT, MANIFEST, SYSTEM, entry_name
from govrepo.evidence.proven import prove
from govrepo.journal.chain import canonical
from govrepo.journal.witness import digest
from govrepo.trust import attestation
from govrepo.trust.attestation import Statement
from govrepo.trust.authorities import Authorities, serial_of
from govrepo.trust.signatures import sign_text
from govrepo.trust.system_key import SystemKey
from govrepo.trust.tsa import token
from tests.govrepo.journal.support import Place, act
from tests.pki import new_key

DOCUMENT = b'{"there":true,"uid":"d1"}'


class Sample:
    """``members`` by name in order, and what a third party was given: ``key`` and ``trusted``."""

    def __init__(self, folder):
        self.system = SystemKey.load(folder / "key.pem")
        self.authorities = Authorities.create(folder / "trust", b"words", "某省")
        self.signer = new_key()
        self.certificate = self.authorities.issue_user(self.signer.public_key(), "p1", "张三", 365)
        self.key, self.trusted = self.system.public, list(self.authorities.anchors)
        self.place = Place(folder)
        for number in range(5):
            self.place.journal.append_now(act(f"/d{number}", certificate=serial_of(self.certificate)))
        self.checkpoint = self.place.journal.checkpoint(self.system, folder / "checkpoints")
        self.members = self.package()

    def rest(self):
        journal = self.place.journal
        stamps = {self.checkpoint.size: token(self.authorities, digest(self.checkpoint), clock.now())}
        entries = [(entry_name(each.seq), prove(journal, each, stamps)) for each in journal.entries(limit=3)]
        above = [*self.authorities.anchors, *self.authorities.intermediates]
        return [
            *((name, canonical(said).encode()) for name, said in entries),
            ("objects/d1.json", DOCUMENT),
            (name_of(serial_of(self.certificate)), self.certificate.public_bytes(Encoding.PEM)),
            *((f"authorities/{number}.pem", each.public_bytes(Encoding.PEM)) for number, each in enumerate(above)),
        ]

    def package(self, rest=None, **changes):
        rest = self.rest() if rest is None else rest
        files = [
            {"name": name, "size": len(octets), "sha256": hashlib.sha256(octets).hexdigest()} for name, octets in rest
        ]
        said = {
            "format": FORMAT, "package": "e1", "journal": self.place.journal.genesis(), "made_at": "2013-01-05T09:00:00+08:00",
            "made_by": "person:p1", "made_by_name": "张三", "purpose": "测试", "query": {"module": "document"}, "files": files,
        } | changes  # fmt: skip
        manifest = canonical(said).encode()
        signature = bytes.fromhex(self.system.sign(manifest.decode()))
        return [(MANIFEST, manifest), (SYSTEM, signature), (AUDITOR, self.signed(manifest)), *rest]

    def signed(self, manifest, **changes):
        facts = {
            "origin": "https://x", "act": f"签名 ({ACT})", "subject": "证据包", "uid": "e1", "path": "/admin",
            "version": hashlib.sha256(manifest).hexdigest(), "person": "张三 (person:p1)", "capacity": "审计员",
        } | changes  # fmt: skip
        now = clock.now()
        text = attestation.canonical(Statement(**facts), "0" * 32, now, now + timedelta(minutes=5))
        said = {
            "text": text, "algorithm": "ES256", "form": "raw",
            "signature": base64.b64encode(sign_text(text, self.signer)).decode(),
            "certificate": self.certificate.public_bytes(Encoding.PEM).decode(),
        }  # fmt: skip
        return canonical(said).encode()

    def zip(self, members=None):
        return archive.write(self.members if members is None else members)
