"""Verifies the seals on a file: a sandboxed child takes the PDF apart, this process judges what it tells (:mod:`govrepo.sealing.judge`)."""

import base64
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from govrepo.sandbox import SandboxError, run
from govrepo.sealing.findings import BAD, UNREADABLE, Trust, Verification
from govrepo.sealing.judge import Facts, Mark, judge

_MALFORMED = (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion, x509.DuplicateExtension)
"""What certificates and lists that are none may raise."""
_CHILD = "govrepo.sealing.verify_child"


def verify(path: Path, trust: Trust, at: datetime) -> Verification:
    """What the seals on a file are worth as of an instant (``clock.now()``). Whatever the file is, there is an answer in time.

    Raises SandboxError("busy") only, which says nothing about the file.
    """
    try:
        return judge(_facts(run(_CHILD, {"path": str(path.resolve())})), trust, at)
    except SandboxError as error:
        if error.kind == "busy":
            raise
        return Verification(BAD, (), UNREADABLE if error.kind == "failed" else error.kind)
    except _MALFORMED:
        return Verification(BAD, (), UNREADABLE)


def _facts(told: Mapping[str, Any]) -> Facts:
    if "marks" not in told:
        return Facts(told["problem"])
    return Facts(
        told["problem"],
        tuple(map(_mark, told["marks"])),
        told["empty"],
        told["covered"],
        tuple(x509.load_der_x509_certificate(_octets(each)) for each in told["certificates"]),
        tuple(x509.load_der_x509_crl(_octets(each)) for each in told["lists"]),
    )


def _mark(told: Mapping[str, Any]) -> Mark:
    return Mark(
        field=told["field"],
        revision=told["revision"],
        stamp=told["stamp"],
        signer=x509.load_der_x509_certificate(_octets(told["signer"])) if told["signer"] else None,
        claimed=datetime.fromisoformat(told["claimed"]) if told["claimed"] else None,
        intact=told["intact"],
        modified=told["modified"],
        whole=told["whole"],
        token=_octets(told["token"]),
        digest=_octets(told["digest"]),
        lists=tuple(told["lists"]),
    )


def _octets(text: str) -> bytes:
    return base64.b64decode(text)
