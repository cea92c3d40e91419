"""Versions of a draft: what differs, and what an old one brings back (domain.md 4.5)."""

import pytest

from content_types.production import BodyAttachment
from policies import text_versions as policy
from policies.text_versions import Text
from tests.policies.outgoing import Chain


@pytest.fixture
def chain(bench):
    return Chain(bench)


def test_title_body_and_each_attachment_are_compared():
    old = Text("关于甲的通知", "一、加强领导", (BodyAttachment("名单", "甲"), BodyAttachment("图册")))
    new = Text("关于乙的通知", "一、加强领导", (BodyAttachment("名单", "甲\n乙"),))
    found = policy.compare(old, new)
    assert [line.kind for line in found.title] == ["changed"]
    assert [line.kind for line in found.body] == ["same"]
    assert [[line.kind for line in each] for each in found.attachments] == [["same", "same", "in"], ["out"]]
    assert not found.same
    assert policy.compare(old, old).same


def test_an_old_text_is_written_as_it_stood(chain):
    document = chain.draft()
    chain.act("officer", document, "edit", began=0, values={"body": "第一稿"})
    chain.act("officer", document, "edit", began=1, values={"body": "第二稿"})
    first = policy.version(document, 1)
    chain.act("officer", document, "edit", began=2, values=policy.brought_back(first), note="取回第1稿")
    assert (document.body, document.title) == ("第一稿", first.title)
    assert [each.number for each in policy.versions_of(document)] == [3, 2, 1]
    assert policy.versions_of(document)[0].note == "取回第1稿"


def test_what_was_never_saved_has_no_versions(chain):
    document = chain.draft()
    assert policy.versions_of(document) == ()
    assert policy.version(document, 1) is None
