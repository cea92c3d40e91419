"""Writes seals and time stamps into a PDF (PAdES B-LTA) with pyHanko. What may be sealed is checked in :mod:`govrepo.sealing.seal`.

Each sealing appends to the file: the signature with its time stamp; the store of certificates and lists (DSS); an archive time stamp over all of
it. The first one makes the empty fields of all, and certifies that filling them is all that may still happen (DocMDP).
"""

import io
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from asn1crypto import crl as asn1_crl
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field, enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, TimestampDSSContentSettings
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from govrepo import clock
from govrepo.sealing.findings import Trust
from govrepo.sealing.hand import Hand, SealingError
from govrepo.sealing.slots import FIELD, POINTS_PER_MM, Slot, slots
from govrepo.sealing.stamper import DIGEST, HandSigner, Stamper, asn1

_STORE = DSSContentSettings(
    include_vri=False,
    next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
)
"""Certificates and lists are written together with the archive time stamp over them: nothing ever stands behind the last one."""

# It warns at each sealing that nothing will be fetched; nothing ever shall be.
logging.getLogger("pyhanko.sign.signers.pdf_signer").addFilter(
    lambda record: "fetching is not allowed" not in record.msg
)

OPACITY = 0.85
"""What lies under a seal stays legible."""


def write_seal(content: bytes, hand: Hand, crls: tuple[bytes, ...], slot: int, count: int) -> tuple[bytes, Slot]:
    """The file with a seal in place ``slot`` of ``count``, and the place. Raises SealingError."""
    with _told():
        writer = _writer(content)
        place, first = _prepare(writer, slot, count)
        trust = Trust((hand.chain[-1], *hand.stamping), hand.chain, crls)
        meta = PdfSignatureMetadata(
            field_name=field_name(slot),
            md_algorithm=DIGEST,
            subfilter=SigSeedSubFilter.PADES,
            certify=first,
            docmdp_permissions=MDPPerm.FILL_FORMS,
            embed_validation_info=True,
            use_pades_lta=True,
            timestamp_field_name=f"Timestamp{slot + 1}",
            dss_settings=_STORE,
            validation_context=_context(trust),
        )
        signer = _Signer(meta, HandSigner(hand), timestamper=Stamper(hand.stamp), stamp_style=_style(hand))
        return _octets(_apart(lambda: signer.sign_pdf(writer, existing_fields_only=True))), place


def _apart(work: Callable[[], Any]) -> Any:
    """Do something of pyHanko's in a thread of its own: it starts an event loop, which a thread that runs one already cannot."""
    with ThreadPoolExecutor(max_workers=1) as one:
        return one.submit(work).result()


def write_stamp(content: bytes, trust: Trust, stamp: Callable[[bytes], bytes]) -> bytes:
    """The file with another archive time stamp behind the last one. Raises SealingError."""
    with _told():
        stamper = PdfTimeStamper(Stamper(stamp))
        return _octets(
            _apart(
                lambda: stamper.timestamp_pdf(
                    _writer(content), DIGEST, _context(trust), dss_settings=_STORE.get_settings_for_ts()
                )
            )
        )


def field_name(slot: int) -> str:
    """The name of the signature field in a place."""
    return f"Seal{slot + 1}"


class _Signer(PdfSigner):
    """pyHanko's, with our clock."""

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        session = super().init_signing_session(*given, **named)
        session.system_time = clock.now()
        return session


def _reader(content: bytes) -> PdfFileReader:
    reader = PdfFileReader(io.BytesIO(content), strict=True)
    if reader.encrypted:
        raise SealingError("encrypted", "an encrypted file is not sealed")
    return reader


def _writer(content: bytes) -> IncrementalPdfFileWriter:
    return IncrementalPdfFileWriter.from_reader(_reader(content))


def _prepare(writer: IncrementalPdfFileWriter, slot: int, count: int) -> tuple[Slot, bool]:
    """See that the place is there and free, make all fields where there are none; the place, and whether this is the first seal."""
    places = slots(writer.prev)
    if sorted(places) != list(range(count)) or slot not in places:
        raise SealingError("no-slot", f"the file has places {sorted(places)}, asked for is {slot} of {count}")
    fields = {name: value for name, value, _reference in enumerate_sig_fields(writer.prev)}
    if fields.get(field_name(slot)) is not None:
        raise SealingError("filled", f"place {slot} is sealed already")
    if fields and field_name(slot) not in fields:
        raise SealingError("no-slot", f"the first seal left no field for place {slot}")
    if not fields:
        for number, place in sorted(places.items()):
            box = place.field_box
            append_signature_field(writer, SigFieldSpec(field_name(number), on_page=place.page, box=box))
    return places[slot], not fields


def _style(hand: Hand) -> StaticStampStyle:
    margin = (FIELD - hand.diameter_mm * POINTS_PER_MM) / 2
    if margin < 0:
        raise SealingError("image", f"a seal of {hand.diameter_mm} mm is too large")
    middle = SimpleBoxLayoutRule(
        AxisAlignment.ALIGN_MID,
        AxisAlignment.ALIGN_MID,
        margins=Margins.uniform(margin),
        inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
    )
    picture = PdfImage(_picture(hand.image), name="Seal")
    return StaticStampStyle(border_width=0, background=picture, background_layout=middle, background_opacity=OPACITY)


def _picture(image: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(image), formats=("PNG",)) as picture:
            return picture.convert("RGBA")
    except (OSError, ValueError) as error:
        raise SealingError("image", "the image of the seal cannot be read") from error


def _context(trust: Trust) -> ValidationContext:
    """What pyHanko judges certificates by while it collects evidence: off-line, by our clock. The hand was checked before, and hard."""
    return ValidationContext(
        trust_roots=[asn1(each) for each in (*trust.anchors, *trust.stamping)],
        other_certs=[asn1(each) for each in trust.intermediates],
        crls=[asn1_crl.CertificateList.load(each) for each in trust.crls],
        moment=clock.now(),
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


@contextmanager
def _told() -> Iterator[None]:
    """Turn what pyHanko raises into our error."""
    try:
        yield
    except SigningError as error:
        raise SealingError("untrusted", str(error)) from error
    except PdfError as error:
        raise SealingError("unreadable", str(error)) from error


def _octets(stream: Any) -> bytes:
    return bytes(stream.getbuffer())
