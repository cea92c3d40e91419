"""The child's side of :mod:`govrepo.files.sniff`: looks into a file with libmagic, zipfile and olefile.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

import codecs
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import magic
import olefile

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 1024
_MOST_MEMBERS = 2_000
_MOST_UNPACKED = 512 * 1024**2
#: Office files hold XML that packs well; beyond these together it is a bomb.
_SMALL, _STEEPEST = 20 * 1024**2, 100

#: A file that begins so is of this type, if libmagic agrees.
_SIGNATURES = {
    b"%PDF-": ("pdf", "application/pdf"),
    b"{\\rtf": ("rtf", "text/rtf"),
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"II*\x00": ("tiff", "image/tiff"),
    b"MM\x00*": ("tiff", "image/tiff"),
}
#: A zip with these members is of this type.
_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "OFD.xml": "ofd",
}
#: An OLE2 file with this stream is of this type.
_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_MACROS = {"Macros", "VBA", "_VBA_PROJECT_CUR", "_VBA_PROJECT"}

_HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|script|iframe|svg)\b", re.IGNORECASE)
_SCRIPT = re.compile(rb"^(\xef\xbb\xbf)?\s*(#!|<\?php|<%|@echo\b)", re.IGNORECASE)
_EXECUTABLE_MIMES = re.compile(
    r"application/(x-(pie-)?executable|x-sharedlib|x-object|x-dosexec|x-mach-binary|vnd\.microsoft\.portable-executable|"
    r"x-msi|java-archive|x-java-applet)"
)
_SCRIPT_MIMES = ("text/x-shellscript", "text/x-msdos-batch", "text/x-php", "text/javascript", "application/javascript")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class RefusedError(Exception):
    """Nobody should take this file; the argument is the code of the reason."""


def main(arguments: Mapping[str, Any]) -> str:
    """Answer ``code:refusal:macros`` for the file at ``path``; the name only tells wps from doc."""
    path = Path(arguments["path"])
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        mime = magic.from_file(str(path), mime=True)
        _refuse_programs(head, mime)
        code, macros = _look(path, head, mime, arguments["filename"])
    except RefusedError as refusal:
        return f"unknown:{refusal}:"
    return f"{code}::{'macros' if macros else ''}"


def _refuse_programs(head: bytes, mime: str) -> None:
    if head.startswith((b"MZ", b"\x7fELF")) or _EXECUTABLE_MIMES.fullmatch(mime):
        raise RefusedError("executable")
    if mime in ("text/html", "image/svg+xml") or _HTML.search(head):
        raise RefusedError("html")
    if mime in _SCRIPT_MIMES or _SCRIPT.match(head):
        raise RefusedError("script")


def _look(path: Path, head: bytes, mime: str, filename: str) -> tuple[str, bool]:
    zipped = zipfile.is_zipfile(path)  # Looks for the directory at the end, whatever stands at the beginning.
    if (zipped and not head.startswith(_ZIP)) or head.find(b"%PDF-") > 0:
        raise RefusedError("polyglot")
    if head.startswith(_ZIP):
        return _look_into_zip(path)
    if head.startswith(_OLE):
        return _look_into_ole(path, filename)
    for signature, (code, expected) in _SIGNATURES.items():
        if head.startswith(signature):
            return code if mime == expected else "unknown", False
    return "txt" if _is_text(path) else "unknown", False


def _look_into_zip(path: Path) -> tuple[str, bool]:
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive.infolist(), path.stat().st_size)
            names = set(archive.namelist())
            return _zip_code(archive, names), any(name.endswith("vbaProject.bin") for name in names)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise RefusedError("bad-zip") from error


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    names = [member.filename for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise RefusedError("encrypted")
    if len(set(names)) != len(names) or any(_leaves_folder(name) for name in names):
        raise RefusedError("bad-zip")
    unpacked, packed = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    steep = unpacked > _SMALL and unpacked > _STEEPEST * packed
    if len(members) > _MOST_MEMBERS or unpacked > _MOST_UNPACKED or packed > size or steep:
        raise RefusedError("bomb")


def _leaves_folder(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name)


def _zip_code(archive: zipfile.ZipFile, names: set[str]) -> str:
    if {"mimetype", "content.xml"} <= names:
        with archive.open("mimetype") as member:
            return "odt" if member.read(100) == b"application/vnd.oasis.opendocument.text" else "unknown"
    found = [
        code for part, code in _PARTS.items() if part in names and (code == "ofd" or "[Content_Types].xml" in names)
    ]
    if len(found) > 1:
        raise RefusedError("polyglot")
    return found[0] if found else "unknown"


def _look_into_ole(path: Path, filename: str) -> tuple[str, bool]:
    try:
        with olefile.OleFileIO(str(path)) as container:
            names = {entry[-1] for entry in container.listdir(streams=True, storages=True)}
    except OSError:
        return "unknown", False
    if "EncryptedPackage" in names:
        raise RefusedError("encrypted")
    code = next((code for stream, code in _STREAMS.items() if stream in names), "unknown")
    is_wps = code == "doc" and filename.lower().endswith(".wps")
    return "wps" if is_wps else code, bool(names & _MACROS)


def _is_text(path: Path) -> bool:
    """Whether the whole file is UTF-8 or GB18030 without control characters; an empty file is none."""
    return path.stat().st_size > 0 and any(_decodes(path, encoding) for encoding in ("utf-8-sig", "gb18030"))


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while piece := file.read(256 * 1024):
                if _CONTROL.search(decoder.decode(piece)):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
