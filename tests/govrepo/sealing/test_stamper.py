"""pyHanko asks for time stamps and signatures; our functions answer."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from govrepo import clock
from govrepo.sealing import SealingError
from govrepo.sealing.stamper import HandSigner, Stamper, asn1
from govrepo.trust.tsa import NoTimeStampError


def looped(coroutine):
    """Run it in a thread of its own: a browser's test may have left an event loop in this one."""
    with ThreadPoolExecutor(max_workers=1) as one:
        return one.submit(asyncio.run, coroutine).result()


def test_a_token_is_what_the_function_gives(office):
    found = looped(Stamper(office.stamp).async_timestamp(bytes(32), "sha256"))
    info = found["content"]["encap_content_info"]["content"].parsed
    assert info["message_imprint"]["hashed_message"].native == bytes(32)
    assert info["gen_time"].native == clock.now()


def test_no_token_is_an_error_of_sealing(office):
    def nobody(_digest):
        raise NoTimeStampError("nobody answers")

    for stamp, algorithm in ((nobody, "sha256"), (office.stamp, "sha512")):
        with pytest.raises(SealingError) as caught:
            looped(Stamper(stamp).async_timestamp(bytes(32), algorithm))
        assert caught.value.kind == "time-stamp"


def test_the_hand_signs_and_brings_its_chain(office):
    hand = office.hand(sign=lambda octets: b"signed " + octets)
    signer = HandSigner(hand)
    assert signer.signing_cert.dump() == asn1(hand.certificate).dump()
    assert {each.dump() for each in signer.cert_registry} >= {asn1(each).dump() for each in hand.chain}
    assert looped(signer.async_sign_raw(b"octets", "sha256")) == b"signed octets"
    assert len(looped(signer.async_sign_raw(b"octets", "sha256", dry_run=True))) == 512


def test_only_one_digest_is_signed_with(office):
    with pytest.raises(SealingError):
        looped(HandSigner(office.hand()).async_sign_raw(b"octets", "sha1"))
