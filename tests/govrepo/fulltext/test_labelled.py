"""Recall and precision (R-20): generated searches over generated documents, each answered a second time by plain comparison."""

import random

import pytest

from benchmarks.fulltext import LABELLED, QUERIES, entry, fill, labelled
from govrepo.fulltext import Narrowed, Reader, matches, parse

JUDGED = 200
"""Documents that are judged without the index as well."""


@pytest.fixture(scope="module")
def entries():
    draw = random.Random(5)  # noqa: S311 - Texts, no secrets.
    return [entry(number, draw) for number in range(LABELLED)]


@pytest.fixture(scope="module")
def reader(entries, tmp_path_factory):
    folder = tmp_path_factory.mktemp("labelled")
    fill(folder, entries)
    return Reader(folder)


def test_every_search_finds_all_that_is_right_and_nothing_else(entries, reader):
    draw, found_some = random.Random(6), 0  # noqa: S311 - As above.
    texts = [each.body for each in entries]
    for _ in range(QUERIES):
        typed, right = labelled(texts, draw)
        query = parse(typed)
        found = {hit.key for hit in reader.newest(query, Narrowed(), LABELLED)}
        assert found == right, typed
        assert reader.count(query, Narrowed()) == len(right)
        judged = {each.key for each in entries[:JUDGED] if matches(query, each.title, each.body)}
        assert judged == {key for key in right if int(key) < JUDGED}, typed
        found_some += bool(right)
    assert found_some > QUERIES * 0.9
