"""The child's side of :mod:`govrepo.pdf.inspect`: walks through a PDF with pypdf, within pypdf's own limits as well.

It runs as a plain file in a sandbox and imports nothing of govrepo.
"""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

#: pypdf's defaults stop a bomb in memory but not in time; these stop it within a second.
_LIMITS = Configuration(
    zlib_maximum_output_length=20_000_000,
    lzw_maximum_output_length=20_000_000,
    run_length_maximum_output_length=20_000_000,
    stream_decoding_work_maximum_length=60_000_000,
    page_tree_maximum_entries=5_000,
    page_tree_maximum_page_entries=50_000,
)
_MOST_OBJECTS = 50_000
_MOST_NODES = 400_000
_MOST_SIGNATURES = 100

_ACTIVE = {
    "/JavaScript": "javascript",
    "/JS": "javascript",
    "/Launch": "launch",
    "/EmbeddedFile": "embedded-file",
    "/EmbeddedFiles": "embedded-file",
    "/RichMedia": "rich-media",
    "/XFA": "xfa",
    "/SubmitForm": "submit-form",
    "/ImportData": "import-data",
    "/GoToR": "remote-goto",
    "/GoToE": "embedded-goto",
    "/OpenAction": "open-action",
    "/AA": "additional-actions",
    "/3D": "3d",
    "/Sound": "sound",
    "/Movie": "movie",
}


def main(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Answer ``pages``, ``encrypted``, ``active_content``, ``signatures`` and ``error`` of the PDF at ``path``."""
    logging.disable(logging.CRITICAL)
    with apply_configuration(_LIMITS):
        reader = PdfReader(arguments["path"], strict=False)
        answer = {"pages": 0, "encrypted": reader.is_encrypted, "active_content": [], "signatures": [], "error": ""}
        if reader.is_encrypted and not reader.decrypt(""):
            return answer | {"error": "needs-password"}
        pages = len(reader.pages)
        objects = list(_objects(reader))
        answer |= {"pages": pages, "active_content": _active_content(objects), "signatures": _signatures(objects)}
        return answer | {"error": "" if pages else "no-pages"}


def _objects(reader: PdfReader) -> Iterator[Any]:
    """The file's numbered objects, each once. One that cannot be read yields ``None``: it may hide anything."""
    numbers = sorted({number for generation in reader.xref.values() for number in generation} | set(reader.xref_objStm))
    for number in numbers[:_MOST_OBJECTS]:
        try:
            yield reader.get_object(number)
        except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            yield None
    if len(numbers) > _MOST_OBJECTS:
        yield None


def _active_content(objects: list[Any]) -> list[str]:
    found = {"unreadable-object"} if None in objects else set()
    for count, node in enumerate(node for item in objects for node in _nodes(item)):
        if count > _MOST_NODES:
            return sorted(found | {"unreadable-object"})
        found.update(_marks(node))
    return sorted(found)


def _nodes(item: Any) -> Iterator[DictionaryObject]:
    """The dictionaries inside one object; references are not followed, for their targets are objects themselves."""
    open_items = [item]
    while open_items:
        node = open_items.pop()
        if isinstance(node, DictionaryObject):
            yield node
            open_items.extend(dict.values(node))
        elif isinstance(node, ArrayObject):
            open_items.extend(list.__iter__(node))


def _marks(node: DictionaryObject) -> Iterator[str]:
    for key, value in dict.items(node):
        if key in _ACTIVE:
            yield _ACTIVE[key]
        if key in ("/S", "/Subtype", "/Type") and isinstance(value, NameObject) and value in _ACTIVE:
            yield _ACTIVE[value]


def _signatures(objects: list[Any]) -> list[str]:
    """Names of the signature fields that are filled; an empty field is no signature."""
    names = [
        str(item.get("/T", ""))[:100]
        for item in objects
        if isinstance(item, DictionaryObject) and item.get("/FT") == "/Sig" and item.get("/V") is not None
    ]
    return sorted(names)[:_MOST_SIGNATURES]
