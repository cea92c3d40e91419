"""The register entry as it is kept (4.10)."""

from content_types.register_entry import Channel, Facts, RegisterEntry
from govrepo import clock


def test_what_came_in_any_other_way_than_by_exchange_is_paper():
    facts = Facts("某单位", "某事", clock.from_micros(0))
    assert not RegisterEntry(None, "office", facts).paper
    assert RegisterEntry(None, "office", facts._replace(channel=Channel.FAX)).paper
    assert RegisterEntry(None, "office", facts).title == "某事"
