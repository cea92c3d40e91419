"""Checking what others have said of a checkpoint, off-line: its time stamp and the auditor's countersignature (SOD-12).

A countersignature (``.countersign``) is JSON: the text that the auditor was shown and signed, which names the checkpoint's file by its
SHA-256, the signature, the certificate and its authorities (docs/evidence.md). Nothing here needs more than ``cryptography``.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from cryptography import x509

from govrepo.journal.checkpoint import Checkpoint
from govrepo.trust.path import PERSON, NoPathError, check_path
from govrepo.trust.signatures import BadSignatureError, verify_text
from govrepo.trust.timestamp import BadTimeStampError, from_response, verify_token

FORMAT = "govrepo-countersignature-1"
ACT = "countersignature.sign"
_LINE = r"^{}: (.*)$"


class BadTestimonyError(ValueError):
    """A time stamp or countersignature that does not hold; the words name the file and say why."""


class Countersignature(NamedTuple):
    """A countersignature as read: the text signed, the signature, the certificate, those above it."""

    text: str
    signature: bytes
    certificate: x509.Certificate
    authorities: list[x509.Certificate]

    def line(self, label: str) -> str:
        """What the text says behind a label. Raises ValueError unless it says it once."""
        found = re.findall(_LINE.format(label), self.text, re.MULTILINE)
        if len(found) != 1:
            raise ValueError(f"the text does not say {label} once")
        return str(found[0])

    @property
    def signed_at(self) -> datetime:
        """When the text was made for signing."""
        return datetime.fromisoformat(self.line("生成时间"))


class Tally(NamedTuple):
    """How many checkpoints of a folder bear a time stamp, and how many a countersignature; all of them were checked."""

    stamps: int
    countersignatures: int


def write(facts: Mapping[str, Any]) -> bytes:
    """A countersignature as its file."""
    return (json.dumps({"format": FORMAT, **facts}, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read(content: bytes) -> Countersignature:
    """A countersignature out of its file. Raises ValueError or KeyError for what is none."""
    said = json.loads(content)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError("no countersignature of a form known here")
    load = x509.load_pem_x509_certificate
    above = [load(each.encode()) for each in said["authorities"]]
    return Countersignature(
        said["text"],
        base64.b64decode(said["signature"], validate=True),
        load(said["certificate"].encode()),
        above,
    )


def check_countersignature(
    checkpoint: Checkpoint, content: bytes, trusted: Iterable[x509.Certificate]
) -> Countersignature:
    """Check that a countersignature is a person's over this checkpoint. Raises :class:`BadTestimonyError`.

    With nothing trusted, the certificates it brings along are taken, which shows only that they belong together.
    """
    try:
        said = read(content)
        _check_text(said, checkpoint)
        verify_text(said.text, said.signature, said.certificate)
        anchors = list(trusted) or [each for each in said.authorities if each.issuer == each.subject]
        check_path(said.certificate, said.authorities, anchors, said.signed_at, PERSON)
    except BadSignatureError as error:
        raise BadTestimonyError("the auditor's signature does not fit") from error
    except NoPathError as error:
        raise BadTestimonyError(f"the auditor's certificate is not trusted: {error}") from error
    except (ValueError, TypeError, KeyError, AttributeError, x509.InvalidVersion) as error:
        raise BadTestimonyError(str(error)) from error
    return said


def _check_text(said: Countersignature, checkpoint: Checkpoint) -> None:
    if said.line("版本摘要") != hashlib.sha256(checkpoint.text.encode()).hexdigest():
        raise ValueError("it is over another checkpoint")
    if not said.line("办理").endswith(f"({ACT})"):
        raise ValueError("it is no countersignature but another act")


def check_folder(
    folder: Path, checkpoints: Iterable[Checkpoint], trusted: Iterable[x509.Certificate]
) -> tuple[Tally, list[str]]:
    """Check every time stamp and countersignature in a folder of checkpoints; how many hold, and what is wrong, in words.

    A time stamp is checked only where something is trusted.
    """
    by_size, anchors = {each.size: each for each in checkpoints}, list(trusted)
    stamps, wrong = _try(_stamps(folder, by_size, anchors) if anchors else iter(()))
    countersignatures, also = _try(_countersignatures(folder, by_size, anchors))
    return Tally(stamps, countersignatures), [*wrong, *also]


def _try(checks: Iterator[str]) -> tuple[int, list[str]]:
    found = list(checks)
    return found.count(""), [each for each in found if each]


def _stamps(folder: Path, checkpoints: Mapping[int, Checkpoint], trusted: list[x509.Certificate]) -> Iterator[str]:
    for path in sorted(folder.glob("*.tsr")):
        try:
            digest = hashlib.sha256(_of(path, checkpoints).text.encode()).digest()
            verify_token(from_response(path.read_bytes()), digest, trusted)
            yield ""
        except (OSError, BadTestimonyError, BadTimeStampError) as error:
            yield f"{path.name}: {error}"


def _countersignatures(
    folder: Path, checkpoints: Mapping[int, Checkpoint], trusted: list[x509.Certificate]
) -> Iterator[str]:
    for path in sorted(folder.glob("*.countersign")):
        try:
            check_countersignature(_of(path, checkpoints), path.read_bytes(), trusted)
            yield ""
        except (OSError, BadTestimonyError) as error:
            yield f"{path.name}: {error}"


def _of(path: Path, checkpoints: Mapping[int, Checkpoint]) -> Checkpoint:
    found = checkpoints.get(int(path.stem)) if path.stem.isdecimal() else None
    if found is None:
        raise BadTestimonyError("there is no checkpoint of that name")
    return found
