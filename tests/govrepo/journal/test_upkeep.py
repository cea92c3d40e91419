"""The journal's timed job runs in the worker and settles markers (design.md sect. 7)."""

from govrepo import work
from tests.app import running, site


def test_the_worker_prunes_the_markers_of_settled_transactions(tmp_path):
    with running(tmp_path) as app:
        with site(app) as root:
            from govrepo.journal import Entry  # noqa: PLC0415 - Only this test journals by itself.

            app.registry.journal.append(Entry("test.act", "system"), root)
        with site(app) as root:
            before = len(list(root.journal_markers))
        assert work.drain(app.registry)["timed"] >= 1
        with site(app) as root:
            assert len(list(root.journal_markers)) < before + 1
