"""With what a seal is set (P-71, P-72; ADR 0019)."""

import pytest

from govrepo import clock
from govrepo.sealing import SealingError
from govrepo.trust.data import renew_due_crls
from policies.seal_hand import hand_of
from tests.policies.outgoing import Chain
from tests.policies.test_sealing import seal_for


@pytest.fixture
def seal(bench, authority):
    renew_due_crls(bench.root, bench.registry, clock.now())
    return seal_for(Chain(bench))


def test_the_hand_is_of_the_seal_and_the_site(bench, seal):
    hand = hand_of(seal, bench.registry)
    assert hand.certificate.public_key() == hand_of(seal, bench.registry).certificate.public_key()
    assert hand.image.startswith(b"\x89PNG")
    assert (hand.diameter_mm, len(hand.chain), len(hand.crls)) == (50, 2, 2)
    assert hand.sign(b"octets")


def test_a_key_that_is_not_there_is_told(bench, seal):
    seal.key_name = "nokey"
    with pytest.raises(SealingError) as caught:
        hand_of(seal, bench.registry)
    assert caught.value.kind == "key"


def test_so_is_an_authority_that_is_not_there(bench, seal, monkeypatch):
    monkeypatch.setattr(bench.registry, "authorities", None)
    with pytest.raises(SealingError) as caught:
        hand_of(seal, bench.registry)
    assert caught.value.kind == "key"
