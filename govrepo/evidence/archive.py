"""The one form of an evidence package's zip (R-7.3): members side by side in a given order, not compressed, with nothing in it that varies.

Whoever has the members can write the same bytes again: so a byte changed anywhere in the file shows. Since nothing is compressed, a file
cannot grow when it is read, and nothing is ever unpacked to a disk.
"""

import io
import re
import zipfile
from collections.abc import Iterable

from govrepo.evidence.verdict import NoEvidenceError

LARGEST = 256 * 1024 * 1024
"""Bytes of the largest package that is looked at."""
MOST = 20_000
"""Members of the largest package."""
_NAME = re.compile(r"([a-z]+/)?[A-Za-z0-9-]+(\.[a-z]+)?")
_WHEN = (1980, 1, 1, 0, 0, 0)
_UNIX, _READ_ONLY, _VERSION = 3, 0o100444 << 16, 20

Members = list[tuple[str, bytes]]


def write(members: Iterable[tuple[str, bytes]]) -> bytes:
    """The members as a zip, in their order. Raises ValueError for a name that is none of a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, content in members:
            if not _NAME.fullmatch(name):
                raise ValueError(f"no name of a package's member: {name}")
            packed.writestr(_info(name), content)
    return out.getvalue()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _WHEN)
    info.create_system, info.external_attr = _UNIX, _READ_ONLY
    info.create_version = info.extract_version = _VERSION
    return info


def read(content: bytes) -> Members:
    """The members of a zip, in the order of its directory. Raises :class:`NoEvidenceError` for what is no package or would be a trap."""
    if len(content) > LARGEST:
        raise NoEvidenceError("the file is too large for an evidence package")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            listed = packed.infolist()
            _look_at(listed, len(content))
            return [(each.filename, packed.read(each)) for each in listed]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise NoEvidenceError(f"the zip is damaged: {error}") from error
    except (ValueError, OverflowError, IndexError) as error:
        raise NoEvidenceError(f"no evidence package: {error}") from error


def _look_at(listed: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse what no package has: paths, doubles, compression, encryption, members that claim more than there is."""
    if len(listed) > MOST:
        raise NoEvidenceError("the zip has too many members")
    names = set()
    for each in listed:
        if not _NAME.fullmatch(each.filename) or each.filename in names:
            raise NoEvidenceError(f"{each.filename!r} is no name of a member, or stands twice")
        if each.compress_type != zipfile.ZIP_STORED or each.compress_size != each.file_size or each.flag_bits & 1:
            raise NoEvidenceError(f"{each.filename} is compressed or encrypted, which nothing in a package is")
        names.add(each.filename)
    if sum(each.file_size for each in listed) > size:
        raise NoEvidenceError("the members claim to be larger than the file")


def in_one_form(content: bytes, members: Members) -> bool:
    """Whether a zip is what :func:`write` makes of its members, byte by byte."""
    return write(members) == content
