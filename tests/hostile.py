"""Makes hostile and harmless sample files, for whoever tests what an uploaded file can do.

``make("cyclic-tree", folder)`` writes one sample of :data:`MAKERS`. No sample takes long to make or much room on disk:
the bombs are packed.
"""

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

A4 = (595, 842)
_NOISE = random.Random(1).randbytes  # noqa: S311 - noise, not a secret.


def pdf(*pages: str, size: tuple[float, float] = A4) -> bytes:
    """A plain PDF with a line of text on each page; a page of no words carries no text."""
    with pikepdf.new() as document:
        font = document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for words in pages or ("Hello",):
            page = document.add_blank_page(page_size=A4)
            page.MediaBox = Array([0, 0, *size])
            if words:
                page.Resources = Dictionary(Font=Dictionary(F=font))
                page.Contents = Stream(document, f"BT /F 24 Tf 50 700 Td ({words}) Tj ET".encode())
        return _saved(document)


def zero_bomb(megabytes: int, layers: int = 1) -> bytes:
    """A deflated stream of so many megabytes of blanks, made from one block that repeats."""
    packer = zlib.compressobj(9)
    start = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    body = start + block * megabytes + b"\x03\x00"
    for _ in range(layers - 1):
        body = zlib.compress(body, 9)
    return body


def archive(members: dict[str, bytes], *, packed: bool = True) -> bytes:
    """A zip of these members."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return body.getvalue()


def office(part: str, **more: bytes) -> bytes:
    """An office file in a zip, with its main part."""
    return archive({"[Content_Types].xml": b"<Types/>", part: b"<xml/>", **more})


def odt(mime: bytes = b"application/vnd.oasis.opendocument.text") -> bytes:
    """An OpenDocument file."""
    return archive({"mimetype": mime, "content.xml": b"<office:document-content/>"}, packed=False)


def ole(*streams: str) -> bytes:
    """A minimal OLE2 container (512-byte sectors) whose root holds empty streams of these names."""
    free, end = b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff"
    count = (len(streams) + 4) // 4
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00" + bytes(10)
    header += (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + bytes(4) + (4096).to_bytes(4, "little")
    header += end + bytes(4) + end + bytes(4) + bytes(4) + free * 108
    links = [(number + 2).to_bytes(4, "little") for number in range(count - 1)]
    table = b"\xfd\xff\xff\xff" + b"".join(links) + end
    entries = [_ole_entry("Root Entry", 5, 1 if streams else None, None)]
    entries += [
        _ole_entry(name, 2, None, number + 2 if number + 1 < len(streams) else None)
        for number, name in enumerate(streams)
    ]
    directory = b"".join(entries).ljust(512 * count, b"\x00")
    return header + table.ljust(512, b"\xff") + directory


def _ole_entry(name: str, kind: int, child: int | None, sibling: int | None) -> bytes:
    def link(number: int | None) -> bytes:
        return b"\xff\xff\xff\xff" if number is None else number.to_bytes(4, "little")

    encoded = name.encode("utf-16-le") + b"\x00\x00"
    head = encoded.ljust(64, b"\x00") + len(encoded).to_bytes(2, "little") + bytes([kind, 1])
    return head + link(None) + link(sibling) + link(child) + bytes(36) + b"\xfe\xff\xff\xff" + bytes(8)


def image(kind: str) -> bytes:
    """A tiny picture: ``PNG``, ``JPEG`` or ``TIFF``."""
    body = io.BytesIO()
    Image.new("L", (8, 8), 128).save(body, kind)
    return body.getvalue()


def _saved(document: pikepdf.Pdf, **options: object) -> bytes:
    body = io.BytesIO()
    document.save(body, compress_streams=False, **options)
    return body.getvalue()


def _with_contents(body: bytes, layers: int = 1, pages: int = 1) -> bytes:
    with pikepdf.new() as document:
        stream = Stream(document, b"")
        stream.write(body, filter=Array([Name.FlateDecode] * layers))
        shared = document.make_indirect(stream)
        for _ in range(pages):
            document.add_blank_page(page_size=A4).Contents = shared
        return _saved(document)


def _flate_bomb() -> bytes:
    return _with_contents(zero_bomb(200))


def _double_flate_bomb() -> bytes:
    return _with_contents(zero_bomb(200, layers=2), layers=2)


def _many_operators() -> bytes:
    return _with_contents(zlib.compress(b"BT /F 1 Tf (a) Tj ET\n" * 400_000, 1))


def _shared_heavy_stream() -> bytes:
    return _with_contents(zlib.compress(b"BT /F 1 Tf (a) Tj ET\n" * 10_000, 9), pages=100)


def _tree(count: int, kids: str) -> bytes:
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%%%EOF"
    ) % (count, kids.encode())


def _amplified_tree() -> bytes:
    """Seven levels of twenty references each: 20 to the power of 6 pages in a kilobyte."""
    levels = b"".join(
        b"%d 0 obj<</Type/Pages/Count 1/Kids[%s]>>endobj\n" % (level, b"%d 0 R " % (level + 1) * 20)
        for level in range(2, 8)
    )
    page = b"8 0 obj<</Type/Page/MediaBox[0 0 595 842]>>endobj\n"
    start = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    return start + levels + page + b"trailer<</Root 1 0 R/Size 9>>\n%%EOF"


def _scripted() -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        document.pages[0].AA = Dictionary(O=Dictionary(S=Name.Launch, F="x.exe"))
        return _saved(document)


def _embedding() -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.attachments["evil.exe"] = b"MZ" + bytes(100)
        return _saved(document)


def _encrypted(user: str) -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        return _saved(document, encryption=pikepdf.Encryption(owner="owner", user=user))


def _signature_fields() -> bytes:
    """One filled signature field and one empty one. The signature itself is worth nothing."""
    with pikepdf.open(io.BytesIO(pdf())) as document:
        filled = document.make_indirect(Dictionary(FT=Name.Sig, T="Seal", V=Dictionary(Type=Name.Sig)))
        empty = document.make_indirect(Dictionary(FT=Name.Sig, T="Empty"))
        document.Root.AcroForm = Dictionary(Fields=Array([filled, empty]))
        return _saved(document)


def _image_bomb() -> bytes:
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=A4)
        picture = Stream(document, b"")
        picture.write(zero_bomb(113), filter=Name.FlateDecode)
        size = {"Width": 30_000, "Height": 30_000, "BitsPerComponent": 1}
        for key, value in {"Type": Name.XObject, "Subtype": Name.Image, "ColorSpace": Name.DeviceGray, **size}.items():
            picture[f"/{key}"] = value
        page.Resources = Dictionary(XObject=Dictionary(I=picture))
        page.Contents = Stream(document, b"q 595 0 0 842 0 0 cm /I Do Q")
        return _saved(document)


def _zip_bomb() -> bytes:
    return office("word/document.xml", **{"word/big.xml": bytes(60 * 1024**2)})


MAKERS: dict[str, Callable[[], bytes]] = {
    "plain": pdf,
    "flate-bomb": _flate_bomb,
    "double-flate-bomb": _double_flate_bomb,
    "many-operators": _many_operators,
    "shared-heavy-stream": _shared_heavy_stream,
    "cyclic-tree": lambda: _tree(1_000_000, "2 0 R 2 0 R"),
    "big-count": lambda: _tree(999_999_999, "3 0 R"),
    "amplified-tree": _amplified_tree,
    "no-pages": lambda: _tree(0, ""),
    "javascript": _scripted,
    "embedded-file": _embedding,
    "signature-fields": _signature_fields,
    "needs-password": lambda: _encrypted("secret"),
    "owner-password": lambda: _encrypted(""),
    "huge-page": lambda: pdf(size=(720_000, 720_000)),
    "image-bomb": _image_bomb,
    "truncated": lambda: pdf("Hello", "World")[:300],
    "no-xref": lambda: pdf().rpartition(b"startxref")[0],
    "garbage": lambda: b"%PDF-1.7\n" + _NOISE(5000),
    "empty": lambda: b"",
    "html-as-pdf": lambda: b"<html><script>alert(1)</script></html>",
    "html-in-pdf": lambda: b"%PDF-1.4\n<html><script>alert(1)</script></html>\n" + pdf(),
    "pdf-after-junk": lambda: b"GIF89a" + pdf(),
    "zip-and-pdf": lambda: pdf() + archive({"a.txt": b"a"}),
    "executable": lambda: b"MZ" + bytes(58) + b"\x80" + bytes(67) + b"PE\x00\x00" + bytes(200),
    "elf": lambda: b"\x7fELF\x02\x01\x01" + bytes(200),
    "shell-script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "zip-bomb": _zip_bomb,
    "zip-of-many": lambda: archive({f"{number}": b"" for number in range(2001)}),
    "zip-slip": lambda: office("word/document.xml", **{"../../etc/passwd": b"x"}),
}


def make(name: str, folder: Path) -> Path:
    """Write one sample into a folder; return its path."""
    path = folder / f"{name}.bin"
    path.write_bytes(MAKERS[name]())
    return path
