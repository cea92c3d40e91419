"""The object map leaves out what comes in volume (design.md sect. 3)."""

from types import SimpleNamespace

from content_types.content import Shelf
from govrepo.objectmap import SiteObjectMap


def test_volume_types_get_no_object_id():
    thing = SimpleNamespace(volume=True)
    objectmap = SiteObjectMap(None)
    assert objectmap.add(thing, ("", "thing")) is None
    assert not hasattr(thing, "__oid__")
    assert not objectmap.objectid_to_path


def test_all_others_do():
    shelf, objectmap = Shelf(), SiteObjectMap(None)
    oid = objectmap.add(shelf, ("", "shelf"))
    assert objectmap.path_for(oid) == ("", "shelf")
