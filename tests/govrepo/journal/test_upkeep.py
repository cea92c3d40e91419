"""The journal's timed job runs in the worker and settles markers (design.md sect. 7)."""

from govrepo import work
from govrepo.journal.checkpoint import exported
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


def test_the_worker_signs_a_checkpoint_and_exports_it(tmp_path):
    with running(tmp_path) as app:
        work.drain(app.registry)
        (signed,) = exported(tmp_path / "var" / "checkpoints")
        assert signed.is_signed_by(app.registry.system_key.public)
        assert signed.journal == app.registry.journal.genesis()
