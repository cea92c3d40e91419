"""The tree: level by level, open along the way, never more than a page, and nothing loaded that is not shown."""

from content_types.content import Shelf
from tests.app import site
from tests.attacks import scene
from views.manage.tree import SHOWN, nodes, tree


def lines(page):
    return [" ".join(link.text.split()) for link in page.html.select("li > a")]


def test_a_branch_is_a_fragment_of_lines_that_open_further(desk):
    page = desk("admin").get("/units/@@tree")
    assert "<html" not in page.text
    assert "fagai 广东省发展和改革委员会" in lines(page)
    assert page.html.select_one("details")["hx-get"].endswith("/@@tree")


def test_a_large_folder_shows_the_first_and_leads_to_contents(desk):
    page = desk("admin").get("/people/@@tree")
    assert len(lines(page)) == SHOWN + 1
    assert page.html.select("li > a")[-1]["href"] == "/people/@@contents"


def test_the_tree_of_a_page_is_open_along_the_way(desk):
    page = desk("admin").get("/exchange/zhuhai/inbox/@@contents")
    here = page.html.select_one(".gr-objects [aria-current]")
    assert (here["href"], here.text) == ("/exchange/zhuhai/inbox/@@contents", "inbox")
    assert [each["href"] for each in page.html.select(".gr-objects details[open] > ul > li > a[aria-current]")] == [
        "/exchange/zhuhai/inbox/@@contents"
    ]


def test_what_comes_in_volume_is_named_and_not_opened(shared_app, desk):
    """R-8.3: no title of a document."""
    path = scene.make(shared_app, "signed_office")["signed_office"]
    page = desk("admin").get(path.rsplit("/", 1)[0] + "/@@tree")
    assert path.rsplit("/", 1)[1] in lines(page)
    assert "春运" not in page.text
    desk("admin").get(f"{path}/@@tree", status=404)


def test_of_ten_thousand_children_only_the_shown_are_loaded(shared_app):
    with site(shared_app) as root:
        large = root["incidents"]["large"] = Shelf()
        for number in range(10_000):
            large[f"n{number:05}"] = Shelf()
    with site(shared_app) as root:
        jar = root._p_jar
        jar.cacheMinimize()
        jar.getTransferCounts(clear=True)
        assert len(list(nodes(root["incidents"]["large"]))) == SHOWN + 1
        assert jar.getTransferCounts()[0] < 3 * SHOWN
        jar.cacheMinimize()
        jar.getTransferCounts(clear=True)
        tree(root["incidents"]["large"])
        assert jar.getTransferCounts()[0] < 6 * SHOWN
