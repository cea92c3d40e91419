"""The site: its parts and its services (domain.md part 4, containment)."""

from content_types.site import PARTS, Site
from govrepo.objectmap import SiteObjectMap


def test_a_new_site_has_its_parts_and_its_object_map(bench):
    site = bench.registry.content.create("Root")
    assert isinstance(site, Site)
    assert set(site) == set(PARTS)
    assert isinstance(site.__objectmap__, SiteObjectMap)
    assert site.__objectmap__.path_for(site["units"].__oid__) == ("", "units")


def test_services_are_attributes_and_have_no_url(bench):
    for name in ("work", "registers", "files", "numbers", "journal_markers", "calendar", "logins", "box_index"):
        assert getattr(bench.root, name) is not None
        assert name not in bench.root
