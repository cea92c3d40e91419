import pytest
from pyramid.config import Configurator

from govrepo.database import SiteCreated, SitePrepared
from govrepo.journal import Entry, Event, JournalUnavailableError
from govrepo.settings import Settings
from govrepo.trust.system_key import SystemKey


def started(folder):
    """An application whose includeme has run; its event handlers are called as the database calls them."""
    config = Configurator()
    config.registry.govrepo_settings = Settings({"govrepo.var": str(folder / "var")})
    config.include("govrepo.journal")
    config.add_journal_events("site", "站点", Event("create", "建立"))
    config.add_journal_events("session", "登录", Event("login", "登录"))
    config.commit()
    return config.registry


def test_including_opens_the_journal_and_starts_are_reconciled(place):
    registry = started(place.folder)
    with place.session() as site:
        registry.notify(SiteCreated(site, registry))
        registry.notify(SitePrepared(site, registry))
        assert site.journal_markers.genesis == next(registry.journal.entries()).hash
        registry.journal.append(Entry("site.create", "system"), site)
        site._p_jar.transaction_manager.commit()
    registry.journal.close()
    again = started(place.folder)
    with place.session() as site:
        again.notify(SitePrepared(site, again))
    assert [each.entry.action for each in again.journal.entries()] == ["journal.found", "site.create"]
    again.journal.close()


def test_a_new_site_without_markers_is_given_them_and_others_keep_theirs(place):
    registry = started(place.folder)
    with place.session() as site:
        before = site.journal_markers
        registry.notify(SiteCreated(site, registry))
        assert site.journal_markers is before
        del site.journal_markers
        registry.notify(SiteCreated(site, registry))
        assert site.journal_markers is not before
        assert site.journal_markers.genesis == registry.journal.genesis()
    registry.journal.close()


def test_a_journal_taken_away_is_not_replaced_in_silence(place):
    registry = started(place.folder)
    with place.session() as site:
        registry.notify(SiteCreated(site, registry))
        site._p_jar.transaction_manager.commit()
        registry.journal.close()
        registry.govrepo_settings.path("journal").unlink()
        again = started(place.folder)
        with pytest.raises(JournalUnavailableError, match="not the one"):
            again.notify(SitePrepared(site, again))
        again.journal.close()


def test_a_site_does_not_start_with_an_older_copy_of_its_journal(place):
    registry = started(place.folder)
    path, folder = (registry.govrepo_settings.path(name) for name in ("journal", "checkpoints"))
    with place.session() as site:
        registry.notify(SiteCreated(site, registry))
        site._p_jar.transaction_manager.commit()
        registry.journal.close()
        older = path.read_bytes()
        again = started(place.folder)
        again.notify(SitePrepared(site, again))
        again.journal.append_now(Entry("journal.export", "system"))
        again.journal.checkpoint(SystemKey.load(place.folder / "key.pem"), folder)
        again.journal.close()
        path.write_bytes(older)
        last = started(place.folder)
        with pytest.raises(JournalUnavailableError, match="an older copy stands in its place"):
            last.notify(SitePrepared(site, last))
        last.journal.close()
