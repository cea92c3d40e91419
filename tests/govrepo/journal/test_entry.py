import dataclasses

import pytest

from govrepo.journal import Entry


def test_an_entry_says_allowed_and_nothing_else_unless_told():
    entry = Entry("delivery.sign_for", "person:p0012")
    assert (entry.result, entry.reason, entry.subject, entry.certificate) == ("allowed", "", "", "")
    assert entry.details == {}


def test_an_entry_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Entry("login.fail", "anonymous").actor = "system"


def test_details_do_not_follow_the_callers_dictionary():
    given = {"boxes": ["b1"]}
    entry = Entry("dispatch.send", "person:p1", details=given)
    given["boxes"].append("b2")
    assert entry.details == {"boxes": ["b1"]}


@pytest.mark.parametrize("action", ["", "send", "Dispatch.send", "dispatch.", "dispatch.send now", "dispatch.send\n"])
def test_an_action_reads_noun_and_verb(action):
    with pytest.raises(ValueError, match="noun"):
        Entry(action, "person:p1")


def test_an_entry_names_its_actor():
    with pytest.raises(ValueError, match="actor"):
        Entry("dispatch.send", "")


@pytest.mark.parametrize("details", [{"at": object()}, {"blob": b"x"}])
def test_details_are_plain_json(details):
    with pytest.raises(TypeError, match="plain JSON"):
        Entry("dispatch.send", "person:p1", details=details)


def test_details_hold_no_infinite_numbers():
    with pytest.raises(ValueError, match="JSON"):
        Entry("dispatch.send", "person:p1", details={"size": float("inf")})
