"""The text index follows the register of what is searched, from wherever it stands (design.md sect. 6)."""

import resource
import shutil
from contextlib import contextmanager

import pytest

from govrepo.catalog import register, settle
from govrepo.fulltext import SWEPT_ALL, Narrowed, Progress, parse
from policies import text_feed
from policies.text_feed import TextIndex, feed, rows_name, sweep_state


def keys(searching, typed="防汛"):
    return {hit.key for hit in searching.bench.registry.text_index.reader().newest(parse(typed), Narrowed(), 100)}


@pytest.fixture
def drafts(bench, searching):
    """Three drafts about floods, folded but not fed."""
    made = [bench.draft(title="关于防汛的报告", number=f"江府〔2013〕{number}号") for number in (11, 12, 13)]
    for each in made:
        bench.act("jm.clerk", each, "submit")
    searching.fold()
    return [each.document for each in made]


def progress(searching):
    return searching.bench.registry.text_index.reader().progress()


def test_a_new_index_is_swept_and_then_follows_the_log(bench, searching, drafts):
    assert keys(searching) == set()
    feed(bench.job())
    assert keys(searching) == {each.uid for each in drafts}
    assert (progress(searching).row, progress(searching).position) == (SWEPT_ALL, bench.root.text_log.end)
    drafts[0].title = "关于抗旱的报告"
    register(bench.root, "items").changed(drafts[0])
    searching.feed()
    assert keys(searching) == {each.uid for each in drafts[1:]}


def test_a_sweep_goes_on_where_it_stopped(bench, searching, drafts, monkeypatch):
    monkeypatch.setattr(text_feed, "SWEPT", 1)
    size = register(bench.root, "items").data.main.size
    assert sweep_state(bench.root, bench.registry) == (0, size)
    for _ in range(size - 1):
        feed(bench.job())
    done, of = sweep_state(bench.root, bench.registry)
    assert 0 < done < of
    assert 0 < len(keys(searching)) < 3
    for _ in range(3):
        feed(bench.job())
    assert sweep_state(bench.root, bench.registry) is None
    assert keys(searching) == {each.uid for each in drafts}


def test_the_log_is_forgotten_only_behind_what_is_committed(bench, searching, drafts):
    feed(bench.job())
    changes = bench.root.text_log
    register(bench.root, "items").changed(drafts[0])
    searching.fold()
    end = changes.end
    feed(bench.job())
    assert changes.reaches(end - 1)
    feed(bench.job())
    assert not changes.reaches(end - 1)
    assert changes.reaches(end)


def test_nothing_is_written_when_nothing_changed(bench, searching, drafts, monkeypatch):
    feed(bench.job())
    feed(bench.job())
    monkeypatch.setattr(TextIndex, "writer", None)
    feed(bench.job())


def test_a_log_that_does_not_reach_back_makes_the_index_anew(bench, searching, drafts):
    feed(bench.job())
    bench.root.text_log.append(["gone"])
    bench.root.text_log.append(["gone"])
    bench.root.text_log.trim(bench.root.text_log.end)
    feed(bench.job())
    assert keys(searching) == {each.uid for each in drafts}


def test_a_rebuilt_register_numbers_other_rows_and_makes_the_index_anew(bench, searching, drafts):
    feed(bench.job())
    items = register(bench.root, "items")
    before = rows_name(items.data.main)
    items.rebuild()
    bench.root._p_jar.add(items.data.main)
    feed(bench.job())
    assert progress(searching).rows == rows_name(items.data.main) != before
    assert keys(searching) == {each.uid for each in drafts}


def test_an_index_that_is_gone_or_spoiled_is_made_anew(bench, searching, drafts):
    text = bench.registry.text_index
    feed(bench.job())
    shutil.rmtree(text.folder)
    feed(bench.job())
    assert keys(searching) == {each.uid for each in drafts}
    text.close()
    (text.folder / "meta.json").write_text("{}")
    text.prepare()
    feed(bench.job())
    assert keys(searching) == {each.uid for each in drafts}


def test_it_is_made_anew_when_asked(bench, searching, drafts):
    feed(bench.job())
    bench.registry.text_index.forget()
    assert keys(searching) == set()
    feed(bench.job())
    assert keys(searching) == {each.uid for each in drafts}


def test_a_folder_taken_away_and_made_anew_under_the_writer(bench, searching, drafts):
    """As when an operator removes it while site and worker run, and the site's reader is the first to look."""
    feed(bench.job())
    text = bench.registry.text_index
    shutil.rmtree(text.folder)
    assert TextIndex(text.folder).reader().progress() == Progress()
    for each in drafts:
        register(bench.root, "items").changed(each)
    searching.feed()
    assert keys(searching) == {each.uid for each in drafts}


def test_an_index_that_is_spoiled_under_the_writer_is_made_anew(bench, searching, drafts):
    feed(bench.job())
    for path in bench.registry.text_index.folder.glob("*.term"):
        path.unlink()
    register(bench.root, "items").changed(drafts[0])
    searching.feed()
    assert keys(searching) == {each.uid for each in drafts}


@pytest.fixture
def full_disk():
    """No file can be written any more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    @contextmanager
    def full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return full


def test_after_a_full_disk_it_goes_on_where_it_stood(bench, searching, drafts, full_disk):
    feed(bench.job())
    stood = progress(searching)
    drafts[0].title = "关于抗旱的报告"
    register(bench.root, "items").changed(drafts[0])
    searching.fold()
    for _ in range(2):
        with full_disk(), pytest.raises(ValueError):  # noqa: PT011 - Tantivy raises no other.
            feed(bench.job())
    assert progress(searching) == stood
    feed(bench.job())
    assert keys(searching) == {each.uid for each in drafts[1:]}
    assert keys(searching, "抗旱") == {drafts[0].uid}


def test_a_check_says_nothing_of_what_follows_and_is_not_noted_yet(bench, searching):
    """What a dispatch's act changes of its document is noted when the dispatch is folded; a check must not call that wrong."""
    dispatch = bench.draft(title="关于防汛的报告")
    searching.fold()
    bench.act("jm.clerk", dispatch, "submit")
    items = register(bench.root, "items")
    assert items.check() != []
    settle(bench.root, bench.registry)
    assert items.check() == []
    assert bench.root.text_log.end > 0
