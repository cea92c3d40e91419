"""The child's side of :mod:`govrepo.sealing.verify`: takes a PDF apart with pyHanko and tells what is on it. It judges no certificate.

It runs as a plain file in a sandbox and imports nothing of govrepo. For each signature: whether the signed octets are those, whether they are the
whole file of then, and whether what came afterwards is permitted (difference analysis).
"""

import base64
import hashlib
import logging
import mmap
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

from asn1crypto.cms import ContentInfo
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

_DIGESTS = ("sha256", "sha384", "sha512")
_KINDS = ("/ETSI.CAdES.detached", "/adbe.pkcs7.detached", "/ETSI.RFC3161")
_MOST_NODES, _MOST_MARKS, _MOST_KEPT = 20_000, 60, 300
_ACTIVE = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition")
_ACTIVE_ANNOTATIONS = ("/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Sound", "/Screen")

_LAST = 1_000_000
"""The revision of what cannot be read."""

Answer = dict[str, Any]


def main(arguments: Mapping[str, Any]) -> Answer:
    """Answer ``problem``, the signatures as ``marks`` in the order of their revisions, and the certificates and lists enclosed.

    ``empty`` counts fields without a signature; ``covered`` says whether a signature or time stamp is over the file to its last octet.
    """
    logging.disable(logging.CRITICAL)
    with open(arguments["path"], "rb") as file:  # noqa: PTH123 - It shall fail as open() does.
        reader = PdfFileReader(file, strict=True)
        if reader.encrypted:
            return {"problem": "encrypted"}
        problem = _problem(reader)
        if problem == "too-large":
            return {"problem": problem}
        fields = list(enumerate_sig_fields(reader))
        filled = [(name, field) for name, value, field in fields if value is not None]
        if len(filled) > _MOST_MARKS:
            return {"problem": "too-large"}
        store = _Store(reader)
        marks = sorted((_mark(reader, *each, store) for each in filled), key=lambda mark: mark["revision"])
        covered = any(mark["end"] for mark in marks)
        if _signatures_written(file) > len(filled):
            problem = "modified"  # There is one that no field leads to any more.
        if store.is_too_large():
            return {"problem": "too-large"}
        told = {"problem": problem, "marks": marks, "empty": len(fields) - len(filled), "covered": covered}
        return told | store.answer()


class _Store:
    """What the file brings along: certificates, and lists with the place each has among all."""

    def __init__(self, reader: Any) -> None:
        self._certificates: dict[bytes, None] = {}
        self._lists: dict[bytes, int] = {}
        self.lists_at(reader)

    def keep(self, certificate: Any) -> str:
        octets = certificate.dump()
        self._certificates[octets] = None
        return _text(octets)

    def lists_at(self, resolver: Any) -> list[int]:
        """The places of the lists that are in the file at a revision."""
        try:
            store = DocumentSecurityStore.read_dss(resolver)
        except NoDSSFoundError:
            return []
        for certificate in store.load_certs():
            self.keep(certificate)
        return [self._lists.setdefault(_list(crl), len(self._lists)) for crl in store.crls]

    def is_too_large(self) -> bool:
        """Whether it is more than a joint issue gathers in decades: each piece costs the judge some milliseconds."""
        return len(self._certificates) + len(self._lists) > _MOST_KEPT

    def answer(self) -> Answer:
        return {
            "certificates": [_text(each) for each in self._certificates],
            "lists": [_text(each) for each in self._lists],
        }


def _list(reference: Any) -> bytes:
    return bytes(reference.get_object().read_data(DecodePurpose.CRL))


def _mark(reader: Any, name: str, field: Any, store: _Store) -> Answer:
    """One signature. What cannot be read is broken, and keeps nobody from reading the others."""
    mark: Answer = {"field": name[:100], "revision": _LAST, "stamp": False, "signer": "", "claimed": None}
    mark |= dict.fromkeys(("intact", "modified", "whole", "end"), False)
    mark |= {"token": "", "digest": "", "lists": []}
    try:
        mark["stamp"] = field.get_object()["/V"].get("/Type") == "/DocTimeStamp"
        found = EmbeddedPdfSignature(reader, field, name)
        mark["revision"] = found.signed_revision
        if found.sig_object.get("/SubFilter") in _KINDS and found.external_md_algorithm in _DIGESTS:
            coverage = found.evaluate_signature_coverage()
            mark["whole"] = coverage >= SignatureCoverageLevel.ENTIRE_REVISION
            mark["end"] = coverage == SignatureCoverageLevel.ENTIRE_FILE
            mark |= _stamp(found, store) if mark["stamp"] else _seal(found, store)
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, NotImplementedError, RecursionError):
        pass
    return mark


def _stamp(found: Any, store: _Store) -> Answer:
    """An archive time stamp: its token, what it must be over, and the lists it proves."""
    digest = found.compute_digest()
    token = ContentInfo.load(found.pkcs7_content).dump()  # Without the padding behind it.
    lists = store.lists_at(found.reader.get_historical_resolver(found.signed_revision))
    padded = not found.pkcs7_content[len(token) :].strip(b"\0")
    intact = padded and _is_over(found.signed_data, digest)
    return {"token": _text(token), "digest": _text(digest), "lists": lists, "intact": intact}


def _seal(found: Any, store: _Store) -> Answer:
    for each in found.other_embedded_certs:
        store.keep(each)
    token, fits = _token(found)
    told = {"signer": store.keep(found.signer_cert), "claimed": _claimed(found), **token}
    found.compute_integrity_info(DEFAULT_DIFF_POLICY)
    permitted = found.summarise_integrity_info()["docmdp_ok"] is True
    return told | {"modified": not permitted, "intact": fits and _is_intact(found)}


def _signatures_written(file: BinaryIO) -> int:
    """How many signatures the octets of the file show; they cannot be packed, since they say where they lie."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as octets:
        return len(re.findall(rb"/ByteRange\b", octets))


def _claimed(found: Any) -> str | None:
    """When the signer says it was; without a zone it counts as UTC."""
    claimed: datetime | None = found.self_reported_timestamp
    if claimed is None:
        return None
    return (claimed if claimed.tzinfo else claimed.replace(tzinfo=UTC)).isoformat()


def _is_intact(found: Any) -> bool:
    if found.signed_data["encap_content_info"]["content"].native is not None:
        return False
    same, valid = validate_sig_integrity(found.signer_info, found.signer_cert, "data", found.compute_digest())
    return bool(same and valid)


def _token(found: Any) -> tuple[Answer, bool]:
    """The time stamp on the signature itself, and whether it is over it; none fits as well."""
    tokens = list(find_cms_attribute_iter(found.signer_info["unsigned_attrs"], "signature_time_stamp_token"))
    if not tokens:
        return {}, True
    signed = tokens[0]["content"]
    algorithm = signed["encap_content_info"]["content"].parsed["message_imprint"]["hash_algorithm"]["algorithm"].native
    digest = hashlib.new(algorithm, found.signer_info["signature"].native).digest()
    return {"token": _text(tokens[0].dump()), "digest": _text(digest)}, _is_over(signed, digest)


def _is_over(signed: Any, digest: bytes) -> bool:
    """Whether a time stamp's signature fits, and it is over a digest. Whose it is, is judged elsewhere."""
    content, signer = signed["encap_content_info"]["content"], signed["signer_infos"][0]
    actual = hashlib.new(signer["digest_algorithm"]["algorithm"].native, bytes(content)).digest()
    certificate = extract_certs_for_validation(signed).signer_cert
    same, valid = validate_sig_integrity(signer, certificate, "tst_info", actual)
    return bool(same and valid and content.parsed["message_imprint"]["hashed_message"].native == digest)


def _problem(reader: Any) -> str:
    """Whether the file does something when it is opened, carries files, or has more pages than anybody has looked at."""
    active = _acts(reader.root.get("/OpenAction")) or "/AA" in reader.root
    names = reader.root.get("/Names", {})
    active = active or "/JavaScript" in names or "/EmbeddedFiles" in names
    for count, page in enumerate(_nodes(reader.root["/Pages"])):
        if count > _MOST_NODES:
            return "too-large"
        active = active or "/AA" in page or any(map(_is_active, page.get("/Annots", ())))
    return "active" if active else ""


def _nodes(root: Any) -> Iterator[Any]:
    """The nodes of the page tree, each reference as often as it occurs."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(each.get_object() for each in node.get("/Kids", ()))


def _is_active(annotation: Any) -> bool:
    annotation = annotation.get_object()
    return annotation.get("/Subtype") in _ACTIVE_ANNOTATIONS or "/AA" in annotation or _acts(annotation.get("/A"))


def _acts(action: Any) -> bool:
    return hasattr(action, "get") and action.get("/S") in _ACTIVE


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
