"""What a verification of the seals on a file said (验证结果, domain.md 4.9 ``verify``; P-51, P-52), as it is kept with the file."""

from datetime import datetime
from typing import NamedTuple


class SealNote(NamedTuple):
    """One seal on a file. The fields are those of :class:`govrepo.sealing.SealFinding`, in its order; see there."""

    field: str
    name: str
    seal_uri: str
    serial: str
    signed_at: datetime | None
    timestamped: bool
    level: str
    intact: bool
    trusted: bool | None
    revoked_at: datetime | None
    modified_after: bool
    whole: bool
    problem: str


class SealCheck(NamedTuple):
    """One verification of a file: the verdict (``good``, ``bad``, ``unknown``, ``unsealed``), the worst problem, each seal.

    ``sha256`` is of the content that was looked at, ``trust`` of what was trusted then: with other authorities or newer lists of
    revoked certificates the same file may be judged otherwise.
    """

    verdict: str
    problem: str
    seals: tuple[SealNote, ...]
    sha256: str
    trust: str
    at: datetime
