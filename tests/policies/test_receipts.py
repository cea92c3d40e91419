"""Receipts: canonical, signed, and checkable without the site (domain.md 4.9)."""

import hashlib
import json

from govrepo import clock
from govrepo.trust.system_key import ALGORITHM, verify
from policies.engine import Act
from policies.receipts import receipt
from tests.policies.bench import local


def test_the_text_is_canonical_and_says_everything(bench):
    delivery = bench.opened()
    delivery.return_reason = "format"
    with clock.frozen(local("2013-01-07 10:20")):
        act = Act(delivery, bench.actor("office.registry1"), clock.now(), {})
        made = receipt(delivery, "returned", act)
        again = receipt(delivery, "returned", act)
    assert made == again
    words = json.loads(made.text)
    assert json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == made.text
    assert words["at"] == "2013-01-07T10:20:00+08:00"
    assert (words["reason"], words["status"], words["box"]) == ("format", "returned", "gd-office")
    assert (words["dispatch"], words["delivery"], words["number"]) == (
        delivery.dispatch.uid,
        delivery.uid,
        "江府〔2013〕2号",
    )


def test_it_is_signed_by_the_systems_key(bench):
    delivery = bench.opened()
    made = receipt(delivery, "signed", Act(delivery, bench.actor("office.registry1"), clock.now(), {}))
    key = bench.registry.system_key
    assert (made.key_id, made.algorithm) == (key.key_id, ALGORITHM)
    assert made.digest == hashlib.sha256(made.text.encode()).hexdigest()
    assert verify(key.public, made.text, made.signature)
    assert json.loads(made.text)["reason"] == ""
