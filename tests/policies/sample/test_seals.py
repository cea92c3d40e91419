"""The sample seals: in use, kept by sample people, and visibly samples (P-70 to P-72)."""

from datetime import timedelta

import pytest

from govrepo import clock
from govrepo.trust import seal_keys
from policies.actor import actor_for
from policies.sample.letters import LETTERS
from policies.sample.seals import DAYS, SEALS
from policies.seal import may_use, seal_of

pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize(("code", "prefix"), SEALS)
def test_each_is_in_use_marked_and_kept(root, code, prefix):
    unit = root["units"][code]
    seal = seal_of(unit, clock.now())
    assert seal is not None
    assert (seal.sample, unit.has_seal, seal.keeper.login) == (True, True, f"{prefix}.seal")


@pytest.mark.parametrize("unit", [each.unit for each in SEALS])
def test_the_keeper_may_use_it_with_its_key(root, sample, unit):
    registry = sample.registry
    seal = seal_of(root["units"][unit], clock.now())
    assert may_use(seal, actor_for(seal.keeper, registry), clock.now()) == []
    assert seal_keys.load(registry.authorities, seal.key_name)


def test_they_are_older_than_the_documents(root):
    made = seal_of(root["units"]["gd-government"], clock.now()).history[-1].at
    assert made < clock.now() - timedelta(days=DAYS)
    assert max(letter.days for letter in LETTERS) < DAYS
