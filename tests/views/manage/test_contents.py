"""Contents: any folder's children, page by page; no title of a document (R-8.3)."""

from ZODB.ActivityMonitor import ActivityMonitor

from content_types.content import Shelf
from govrepo.database import database
from tests.app import site
from tests.attacks import scene
from tests.desk import rows


def test_the_root_lists_the_parts_of_the_site(desk):
    assert any("exchange" in row for row in rows(desk("admin").get("/@@contents")))


def test_large_folders_are_paged(desk):
    first = desk("admin").get("/people/@@contents")
    assert len(rows(first)) == 100
    following = first.html.find("a", string="下一页")["href"]
    second = desk("admin").get(f"/people/@@contents{following}")
    assert rows(second)[0] != rows(first)[0]
    assert rows(desk("admin").get("/people/@@contents?after=zzzz")) == []


def test_of_ten_thousand_children_one_page_is_loaded(shared_app, desk):
    """Whatever the size, a page costs its own rows and the way there: counted in objects read, not in time."""
    with site(shared_app) as root:
        large = root["incidents"]["crowd"] = Shelf()
        for number in range(10_000):
            large[f"n{number:05}"] = Shelf()
    admin, monitor = desk("admin"), ActivityMonitor()
    admin.get("/incidents/crowd/@@contents")
    shared = database(shared_app.registry)
    shared.cacheMinimize()
    shared.setActivityMonitor(monitor)
    page = admin.get("/incidents/crowd/@@contents?after=n04999")
    shared.setActivityMonitor(None)
    assert rows(page)[0].startswith("n05000")
    assert "10,000" in page.text
    assert 0 < sum(loads for _time, loads, _stores in monitor.log) < 500


def test_titles_of_documents_are_not_shown(shared_app, desk):
    path = scene.make(shared_app, "signed_office")["signed_office"]
    page = desk("admin").get(path.rsplit("/", 1)[0] + "/@@contents")
    assert path.rsplit("/", 1)[1] in page.text
    assert "春运" not in page.text


def test_what_is_no_folder_has_no_contents(shared_app, desk):
    desk("admin").get(scene.make(shared_app, "signed_office")["signed_office"] + "/@@contents", status=404)
