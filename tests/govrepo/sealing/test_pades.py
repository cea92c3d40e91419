"""What is written into the file."""

import io
import logging

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore

from govrepo.sealing.pades import field_name, write_seal, write_stamp
from tests.sealing import FIELD_NAMES, slotted


def reader(content):
    return PdfFileReader(io.BytesIO(content))


def names(content):
    return {name for name, _value, _field in enumerate_sig_fields(reader(content))}


def test_the_first_seal_makes_the_fields_of_all(office):
    hand = office.hand()
    sealed, slot = write_seal(slotted(3), hand, hand.crls, 1, 3)
    assert names(sealed) == {*FIELD_NAMES, "Timestamp2"}
    assert (slot.page, field_name(1)) == (3, "Seal2")


def test_certificates_and_lists_come_along_and_nothing_stands_behind_the_time_stamp(office):
    hand = office.hand()
    sealed, _ = write_seal(slotted(), hand, hand.crls, 0, 1)
    store = DocumentSecurityStore.read_dss(reader(sealed))
    assert {each.get_object().data for each in store.crls} == set(hand.crls)
    seal, stamp = reader(sealed).embedded_signatures
    assert (seal.sig_object_type, stamp.sig_object_type) == ("/Sig", "/DocTimeStamp")
    assert stamp.evaluate_signature_coverage().name == "ENTIRE_FILE"


def test_a_renewal_brings_newer_lists_along(office, one):
    stamped = write_stamp(one.content, office.trust(), office.stamp)
    assert len(reader(stamped).embedded_timestamp_signatures) == 2
    assert reader(stamped).embedded_signatures[-1].evaluate_signature_coverage().name == "ENTIRE_FILE"
    (newer,) = [each for each in office.crls() if each != office.authorities.root_crl]
    store = DocumentSecurityStore.read_dss(reader(write_stamp(one.content, office.trust(), office.stamp)))
    assert len(store.crls) > len(one.hands[0].crls)
    assert newer


def test_sealing_says_nothing_into_the_log(office, caplog):
    hand = office.hand()
    with caplog.at_level(logging.WARNING):
        write_seal(slotted(), hand, hand.crls, 0, 1)
    assert caplog.records == []
