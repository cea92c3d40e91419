"""The preview of a draft: its first pages, marked, made in the sandbox, kept nowhere, never waiting for others."""

import io

import pytest
from PIL import Image

from govrepo.typeset import Fonts
from policies import draft_preview as policy
from policies.draft_preview import PreviewError, preview
from tests.policies.outgoing import BODY, Chain


@pytest.fixture
def chain(bench):
    return Chain(bench)


def test_the_first_pages_of_a_draft(chain):
    made = preview(chain.draft(), chain.bench.registry)
    with Image.open(io.BytesIO(made.image)) as picture:
        assert (picture.format, picture.width) == ("PNG", policy.WIDTH)
    assert (made.shown, made.pages, made.missing) == (2, 2, ())


def test_no_more_pages_than_are_bounded(chain):
    made = preview(chain.draft(body="\n".join([BODY] * 120)), chain.bench.registry)
    assert made.shown == policy.PAGES < made.pages


def test_a_character_that_no_font_has_is_named(chain):
    (missing,) = preview(chain.draft(body="某地𪚥某村。"), chain.bench.registry).missing
    assert missing.startswith("𪚥")


def test_an_empty_draft_has_a_preview(chain):
    assert preview(chain.draft(title="", body="", mains=(), kind="", series=None), chain.bench.registry).pages == 2


def test_whoever_comes_while_others_are_served_is_asked_to_come_again(chain):
    with policy._AT_ONCE, policy._AT_ONCE:
        with pytest.raises(PreviewError) as caught:
            preview(chain.draft(), chain.bench.registry)
        assert caught.value.busy
    assert preview(chain.draft(), chain.bench.registry).pages


def test_fonts_that_are_not_there_are_said(chain, monkeypatch, tmp_path):
    monkeypatch.setattr(policy, "fonts_of", lambda _registry: Fonts(tmp_path))
    with pytest.raises(PreviewError) as caught:
        preview(chain.draft(), chain.bench.registry)
    assert (caught.value.words, caught.value.busy) == (policy.PROBLEMS["fonts"], False)
