"""The journal's timed job runs in the worker and settles markers (design.md sect. 7)."""

from govrepo import work
from govrepo.journal import witness
from govrepo.journal.checkpoint import exported
from govrepo.trust.timestamp import from_response, verify_token
from tests.app import running, site
from tests.pki import found_authorities


def test_the_worker_prunes_the_markers_of_settled_transactions(tmp_path):
    with running(tmp_path) as app:
        with site(app) as root:
            from govrepo.journal import Entry  # noqa: PLC0415 - Only this test journals by itself.

            app.registry.journal.append(Entry("site.founded", "system"), root)
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


def test_a_checkpoint_is_stamped_when_it_is_made(tmp_path):
    with running(tmp_path) as app:
        found_authorities(app)
        work.drain(app.registry)
        folder = tmp_path / "var" / "checkpoints"
        (signed,) = exported(folder)
        response = (folder / f"{signed.size:012d}.tsr").read_bytes()
        at = verify_token(from_response(response), witness.digest(signed), app.registry.authorities.anchors)
        assert abs((at - signed.time).total_seconds()) < 60
        with site(app) as root:
            assert dict(root.journal_witnesses.stamps) == {signed.size: from_response(response)}
