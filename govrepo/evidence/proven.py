"""One entry of the journal with all that proves it: its text, the proof that a checkpoint holds it, the checkpoint's signature and time stamp.

The text is the entry as it was hashed (canonical JSON); the proof is that of RFC 9162; the checkpoint is signed by the system and stamped by
a time stamp authority (RFC 3161), so that the entry, and whatever it names by a digest, was there at that instant.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cryptography import x509

from govrepo.evidence.strict import exactly
from govrepo.evidence.verdict import NoEvidenceError, Verdict, bad, good, unproven
from govrepo.journal.chain import canonical
from govrepo.journal.checkpoint import Checkpoint, NoCheckpointError, parse
from govrepo.journal.entry import ENTRY_FIELDS
from govrepo.journal.merkle import includes, leaf
from govrepo.trust.timestamp import BadTimeStampError, verify_token

if TYPE_CHECKING:
    from govrepo.journal import Journal, Record

KEYS = {"body", "proof", "checkpoint"}
CHECKPOINT_KEYS = {"text", "signature", "stamp"}
HASH_BYTES = 32


def body_of(record: "Record") -> str:
    """The text of an entry as it stands in the journal and was hashed."""
    said = {name: getattr(record.entry, name) for name in ENTRY_FIELDS}
    micros = round(record.time.timestamp() * 1_000_000)
    return canonical(
        said | {"seq": record.seq, "time": micros, "txn": record.txn, "prev": record.prev, "voids": record.voids}
    )


def prove(journal: "Journal", record: "Record", stamps: Mapping[int, bytes]) -> dict[str, Any] | None:
    """An entry with its proof as plain JSON values; None while no checkpoint holds it. ``stamps`` are tokens by size of checkpoint."""
    found = journal.inclusion(record.seq)
    if found is None:
        return None
    checkpoint, proof = found
    token = stamps.get(checkpoint.size)
    return {
        "body": body_of(record),
        "proof": [each.hex() for each in proof],
        "checkpoint": {
            "text": checkpoint.text,
            "signature": checkpoint.signature,
            "stamp": base64.b64encode(token).decode() if token else None,
        },
    }


def check(said: Any, key: str, trusted: Iterable[x509.Certificate]) -> Iterator[Verdict]:
    """Check a proven entry; ``key`` is the system's public key, empty if none was given. Raises :class:`NoEvidenceError`."""
    exactly(said, KEYS, "journal")
    exactly(said["checkpoint"], CHECKPOINT_KEYS, "checkpoint")
    entry = entry_of(said)
    try:
        checkpoint = parse(said["checkpoint"]["text"], said["checkpoint"]["signature"])
        _hexadecimal(checkpoint.signature)
        proof = [_hash(each) for each in said["proof"]]
    except (NoCheckpointError, ValueError, TypeError, KeyError) as error:
        raise NoEvidenceError(f"checkpoint or proof: {error}") from error
    yield _inclusion(entry, said["body"], checkpoint, proof)
    yield _signature(checkpoint, key)
    yield _stamp(checkpoint, said["checkpoint"]["stamp"], list(trusted))


def entry_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the entry says. Raises :class:`NoEvidenceError` unless it is written in the one form of an entry."""
    try:
        entry = json.loads(said["body"])
        fits = isinstance(entry, dict) and canonical(entry) == said["body"] and isinstance(entry["seq"], int)
    except (ValueError, TypeError, KeyError) as error:
        raise NoEvidenceError(f"journal: {error}") from error
    if not fits:
        raise NoEvidenceError("journal: the entry is not in the one form of an entry")
    return dict(entry)


def _inclusion(entry: dict[str, Any], body: str, checkpoint: Checkpoint, proof: list[bytes]) -> Verdict:
    seq = entry["seq"]
    held = includes(bytes.fromhex(checkpoint.root), checkpoint.size, seq, leaf(body.encode()), proof)
    words = f"entry {seq} is in the tree over {checkpoint.size} entries"
    return Verdict(
        "inclusion", held, words if held else f"the proof does not lead from entry {seq} to the checkpoint's root"
    )


def _signature(checkpoint: Checkpoint, key: str) -> Verdict:
    if not key:
        held = checkpoint.is_signed_by(checkpoint.key)
        words = "signed by the key it names; give --key to know whose it is" if held else "the signature does not fit"
        return Verdict("checkpoint", None if held else False, words)
    held = checkpoint.is_signed_by(key)
    return Verdict(
        "checkpoint",
        held,
        f"signed by the system on {checkpoint.time.isoformat()}" if held else "not signed by this system",
    )


def _stamp(checkpoint: Checkpoint, stamp: Any, trusted: list[x509.Certificate]) -> Verdict:
    if stamp is None:
        return unproven("time stamp", "the checkpoint bears none yet")
    if not trusted:
        return unproven("time stamp", "give --authorities to check it")
    try:
        token = base64.b64decode(stamp, validate=True)
        time = verify_token(token, hashlib.sha256(checkpoint.text.encode()).digest(), trusted)
    except (BadTimeStampError, binascii.Error, ValueError, TypeError) as error:
        return bad("time stamp", str(error))
    return good("time stamp", f"stamped {time.isoformat()}")


def _hash(text: Any) -> bytes:
    octets = _hexadecimal(text)
    if len(octets) != HASH_BYTES:
        raise ValueError("a proof is made of hashes of 64 hexadecimal digits")
    return octets


def _hexadecimal(text: Any) -> bytes:
    """Octets in their one form: small letters, no blanks."""
    octets = bytes.fromhex(text)
    if octets.hex() != text:
        raise ValueError("hexadecimal digits are written in small letters, without blanks")
    return octets
