"""A signed text on its way to the site, as one text: the text itself, the signature and the signer's certificate, each armoured as in PEM.

``govrepo-sign`` writes it, the browser writes it, people can paste it.
"""

import base64
import binascii
import re
from typing import NamedTuple

TEXT, SIGNATURE, CERTIFICATE = "SIGNED TEXT", "SIGNATURE", "CERTIFICATE"
LARGEST = 512 * 1024
"""Characters of the largest envelope that is opened."""
_BLOCK = re.compile(r"-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----")


class BadEnvelopeError(Exception):
    """The text holds no signed text, or more than one."""


class Envelope(NamedTuple):
    """A text, a signature over it in UTF-8, and the signer's certificate in DER."""

    text: str
    signature: bytes
    certificate: bytes


def pack(envelope: Envelope) -> str:
    """The envelope as one text."""
    parts = (
        (TEXT, envelope.text.encode()),
        (SIGNATURE, envelope.signature),
        (CERTIFICATE, envelope.certificate),
    )
    return "".join(f"-----BEGIN {name}-----\n{_lines(value)}-----END {name}-----\n" for name, value in parts)


def unpack(words: str) -> Envelope:
    """The envelope out of a text. Raises BadEnvelopeError."""
    if len(words) > LARGEST:
        raise BadEnvelopeError("too large")
    blocks = _BLOCK.findall(words)
    if sorted(name for name, _value in blocks) != sorted((TEXT, SIGNATURE, CERTIFICATE)):
        raise BadEnvelopeError("text, signature and certificate are expected, each once")
    try:
        values = {name: base64.b64decode("".join(value.split()), validate=True) for name, value in blocks}
        return Envelope(values[TEXT].decode(), values[SIGNATURE], values[CERTIFICATE])
    except (binascii.Error, UnicodeDecodeError) as error:
        raise BadEnvelopeError("not armoured as in PEM") from error


def _lines(value: bytes) -> str:
    whole = base64.b64encode(value).decode()
    return "".join(f"{whole[at : at + 64]}\n" for at in range(0, len(whole), 64))
