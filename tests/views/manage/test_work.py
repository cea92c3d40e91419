"""The work queue's page: dead letters are tried again or given up, with a reason, on record."""

import pytest

from govrepo import work
from tests.app import drain, site
from tests.desk import journaled, words


@pytest.fixture
def letter(shared_app):
    """A dead letter: work of a name that nobody does."""
    with site(shared_app) as root:
        work.enqueue(root, "file_object.inspect", path="/nowhere", file="f0")
    for _attempt in range(40):
        drain(shared_app)
        with site(shared_app) as root:
            dead = work.dead_letters(root)
            if dead:
                return dead[0].id
            _hurry(root)
    raise AssertionError("the work never died")


def _hurry(root):
    """Let the next attempt be due."""
    from tests.policies.bench import later  # noqa: PLC0415 - Only here.

    later(minutes=20)


def test_given_up_with_a_reason(shared_app, desk, letter):
    admin = desk("admin")
    assert "须写明理由" in admin.post("/@@work", {"act": "discard", "letter": letter}).follow().text
    admin.post("/@@work", {"act": "discard", "letter": letter, "reason": "试验"})
    assert journaled(shared_app, "work.discard")[-1].reason == "试验"
    assert "试验" in words(admin.get("/@@work"))


def test_nonsense(desk):
    admin = desk("admin")
    admin.post("/@@work", {"act": "delete", "letter": "x"}, status=400)
    assert "已不在队列中" in admin.post("/@@work", {"act": "retry", "letter": "x"}).follow().text
    assert "工作队列" in words(desk("tech").get("/@@work"))
