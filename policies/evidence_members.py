"""What goes into an evidence package (R-7.3; domain.md 7.2): entries with their proofs, facts of the objects, certificates, authorities, lists.

Of an object only its identity, state, history and the digests of its version and files are told: never content, and no title of a document.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyramid.traversal import find_resource, resource_path

from content_types.content import HistoryEntry
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.evidence.certificates import name_of
from govrepo.evidence.package import AUTHORITIES, LISTS, entry_name
from govrepo.evidence.proven import prove
from govrepo.journal import Record
from govrepo.journal.chain import canonical
from govrepo.trust.data import trust_store
from govrepo.trust.lists import fingerprint
from policies.engine import table_of

OBJECTS = "objects/"

Members = list[tuple[str, bytes]]


class NotProvenYetError(Exception):
    """An entry that no checkpoint holds yet."""


def members(root: Any, registry: Any, records: Iterable[Record]) -> Members:
    """Every file of a package but its manifest and signatures, in order. Raises NotProvenYetError."""
    chosen = list(records)
    return [
        *_entries(root, registry, chosen),
        *_objects(root, chosen),
        *_certificates(root, chosen),
        *_authorities(root, registry),
    ]


def _entries(root: Any, registry: Any, records: list[Record]) -> Iterator[tuple[str, bytes]]:
    stamps = root.journal_witnesses.stamps
    for record in records:
        said = prove(registry.journal, record, stamps)
        if said is None:
            raise NotProvenYetError(record.seq)
        yield entry_name(record.seq), canonical(said).encode()


def _objects(root: Any, records: list[Record]) -> Iterator[tuple[str, bytes]]:
    paths = {record.entry.subject_uid: record.entry.subject for record in records if record.entry.subject_uid}
    told: dict[str, dict[str, Any]] = {}
    for uid, path in paths.items():
        found = _at(root, path)
        if getattr(found, "uid", None) != uid:
            told[uid] = {"uid": uid, "path": path, "there": False}
            continue
        for each in (found, *_beside(found)):
            told[each.uid] = facts(each)
    for uid, said in sorted(told.items()):
        yield f"{OBJECTS}{uid}.json", canonical(said).encode()


def _at(root: Any, path: str) -> Any:
    try:
        return find_resource(root, path)
    except (KeyError, UnicodeDecodeError):
        return None


def _beside(found: Any) -> list[Any]:
    """The dispatch and the document that an object of the exchange belongs to."""
    near = [getattr(found, name, None) for name in ("dispatch", "document")]
    return [each for each in near if getattr(each, "uid", None)]


def facts(found: Any) -> dict[str, Any]:
    """What is told of an object: plain JSON values, no content."""
    said: dict[str, Any] = {"uid": found.uid, "path": resource_path(found), "there": True, "type": type(found).__name__}
    said["state"] = getattr(found, "state", "")
    said["version"] = _version(found)
    said["history"] = [_line(each) for each in getattr(found, "history", ())]
    if hasattr(found, "files") and hasattr(found, "digest"):
        said["number"] = found.number
        said["version"] = found.digest()
        said["files"] = [{"uid": each.uid, "sha256": each.sha256, "size": each.size} for each in found.files]
    return said


def _version(found: Any) -> str:
    try:
        return str(table_of(found).version(found))
    except LookupError:
        return ""


def _line(each: HistoryEntry) -> dict[str, str]:
    return {
        "at": clock.local(each.at).isoformat(),
        "actor": each.actor,
        "name": each.actor_name,
        "act": each.transition,
        "from": each.source,
        "to": each.target,
        "attested": each.attestation.digest if each.attestation else "",
    }


def _certificates(root: Any, records: list[Record]) -> Iterator[tuple[str, bytes]]:
    """Those that the register of certificates has; an imported one it lacks is found in the object that was signed with it."""
    serials = sorted({record.entry.certificate for record in records if record.entry.certificate})
    issued = _issued(root, serials)
    signed = _signed_with(root, records, set(serials) - issued.keys())
    for serial in serials:
        der = issued.get(serial) or signed.get(serial)
        if der:
            yield name_of(serial), x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def _issued(root: Any, serials: list[str]) -> dict[str, bytes]:
    listed = register(root, "certificates")
    found = [listed.query(Eq("serial", serial), sort="applied", limit=1).objects for serial in serials]
    return {each.serial: each.der for objects in found for each in objects}


def _signed_with(root: Any, records: list[Record], serials: set[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for record in records:
        if record.entry.certificate not in serials:
            continue
        for each in getattr(_at(root, record.entry.subject), "history", ()):
            if each.attestation is not None and each.attestation.serial in serials:
                found[each.attestation.serial] = each.attestation.certificate
    return found


def _authorities(root: Any, registry: Any) -> Iterator[tuple[str, bytes]]:
    store = trust_store(root, registry)
    known = (*store.anchors, *store.intermediates)
    for each in known:
        yield f"{AUTHORITIES}{fingerprint(each)[:16]}.pem", each.public_bytes(Encoding.PEM)
    for each in known:
        crl = store.crl_of(each)
        if crl is not None:
            yield f"{LISTS}{fingerprint(each)[:16]}.crl", crl.public_bytes(Encoding.DER)
