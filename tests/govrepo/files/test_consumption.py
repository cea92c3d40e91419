"""Removed after a commit, let go of in any case."""

import logging

import pytest
import transaction

from govrepo.files.consumption import Consumption


@pytest.fixture
def manager():
    return transaction.TransactionManager()


def test_a_commit_removes_and_lets_go(manager):
    done = []
    Consumption.join(manager, lambda: done.append("removed"), lambda: done.append("let go"))
    manager.commit()
    assert done == ["removed", "let go"]


def test_an_abort_only_lets_go(manager):
    done = []
    Consumption.join(manager, lambda: done.append("removed"), lambda: done.append("let go"))
    manager.abort()
    assert done == ["let go"]


def test_what_cannot_be_removed_is_logged_and_does_no_harm(manager, caplog):
    def fails():
        raise PermissionError("read-only")

    done = []
    Consumption.join(manager, fails, lambda: done.append("let go"))
    with caplog.at_level(logging.ERROR):
        manager.commit()
    assert done == ["let go"]
    assert "could not be removed" in caplog.text
