"""The paper item: what it says of itself, with a twin and without (domain.md 4.8)."""

import pytest

from content_types.paper_item import Claim, PaperItem, PaperKind


def test_with_a_twin_it_bears_the_documents_title_number_and_issuer(bench):
    delivery = bench.delivery()
    item = PaperItem(delivery.box, "twin", delivery=delivery, copies=2)
    assert (item.kind, item.copies, item.state) == (PaperKind.TWIN, 2, "expected")
    assert (item.title, item.number, item.sender) == (delivery.title, "江府〔2013〕2号", "江门市人民政府")
    assert (item.dispatch, item.document) == (delivery.dispatch, delivery.document)


def test_without_one_it_bears_what_was_keyed_in(bench):
    item = PaperItem(bench.box("gd-office"), PaperKind.FOUND)
    assert (item.title, item.number, item.sender, item.dispatch, item.document) == ("", "", "", None, None)
    item.claim = Claim("某市", "某府〔2013〕1号", "关于某事的函")
    assert (item.title, item.number, item.sender) == ("关于某事的函", "某府〔2013〕1号", "某市")


def test_a_kind_is_one_of_the_list(bench):
    with pytest.raises(ValueError, match="book"):
        PaperItem(bench.box("gd-office"), "book")
