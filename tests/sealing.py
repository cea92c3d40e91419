"""Sealing in tests: a file with places for seals, and a hand that seals it."""

import hashlib
import io
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
from cryptography.hazmat.primitives.asymmetric import ec
from pikepdf import Array, Dictionary, Name, Stream

from govrepo import clock
from govrepo.sealing import Hand, Trust, draw_seal, key_signs, seal
from govrepo.sealing.slots import PREFIX
from govrepo.trust.authorities import ROOT, SEALS, Authorities
from govrepo.trust.tsa import token

MIDDLES = ((300, 300), (450, 300), (150, 300))
"""The middles of the places on the last page."""
DIAMETER = 42
FIELD_NAMES = {"Seal1", "Seal2", "Seal3"}


def slotted(slots=1, pages=4):
    """A file as the typesetter leaves it: some pages, and on the last one empty links where seals go."""
    with pikepdf.new() as document:
        font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number in range(pages):
            page = document.add_blank_page(page_size=(595, 842))
            page.Resources = Dictionary(Font=Dictionary(F=font))
            page.Contents = Stream(document, f"BT /F 24 Tf 50 700 Td (Page {number + 1}) Tj ET".encode())
        page.Annots = Array([_link(document, number) for number in range(slots)])
        body = io.BytesIO()
        document.save(body, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return body.getvalue()


def _link(document, number):
    x, y = MIDDLES[number]
    action = Dictionary(S=Name.URI, URI=pikepdf.String(f"{PREFIX}{number}"))
    place = Array([x - 60, y - 60, x + 60, y + 60])
    return document.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=place, Border=Array([0, 0, 0]), A=action)
    )


@dataclass(frozen=True)
class Office:
    """An authority with its time stamps and what is trusted."""

    authorities: Authorities

    def crls(self, revoked=None, days=7, number=1):
        """The lists of now; ``revoked`` maps a serial to instant and reason."""
        own = self.authorities
        return (own.root_crl, own.sign_crl(revoked or {}, number, clock.now(), days, SEALS))

    def trust(self, revoked=None):
        own = self.authorities
        return Trust(own.anchors, own.intermediates, self.crls(revoked), own.anchors)

    def stamp(self, digest):
        return token(self.authorities, digest, clock.now())

    def hand(self, seal_id="s1", name="示例机关", days=365, **changes):
        """A seal that is in force, made now."""
        key = ec.generate_private_key(ec.SECP256R1())
        own = self.authorities
        made = Hand(
            image=IMAGE,
            diameter_mm=DIAMETER,
            certificate=own.issue_seal(key.public_key(), seal_id, name, days),
            chain=(own.certificate(SEALS), own.certificate(ROOT)),
            crls=self.crls(),
            sign=key_signs(key),
            stamp=self.stamp,
            stamping=own.anchors,
        )
        return replace(made, **changes)

    def sealed(self, folder, content, *seals, places=None):
        """A file sealed by ``s<number>`` into place number - 1, one after the other; what came of it."""
        done, hands, places = [], [], places or content.count(PREFIX.encode())
        for seal_id in seals:
            hands.append(self.hand(seal_id, f"示例机关{seal_id}"))
            source, target = folder / f"{len(done)}.pdf", folder / f"{len(done) + 1}.pdf"
            if not done:
                source.write_bytes(content)
            done.append(seal(source, target, hands[-1], int(seal_id[1:]) - 1, places, sha256=digest(source)))
        return SealedFile(folder / f"{len(done)}.pdf", tuple(hands), tuple(done))


@dataclass(frozen=True)
class SealedFile:
    """A sealed file, with the hands that sealed it and what they reported."""

    path: Path
    hands: tuple
    done: tuple

    @property
    def content(self):
        return self.path.read_bytes()


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


IMAGE = draw_seal("示例机关测试样章", DIAMETER, "star")
