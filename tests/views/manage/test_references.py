"""References: both directions, without the title of what comes in volume (R-8.3)."""

from substanced.interfaces import ReferenceType

from tests.app import site
from tests.attacks import scene
from tests.desk import rows, words


class Neighbours(ReferenceType):
    """A relation, for the test."""


def lines(page):
    """The rows of the page's tables, cell by cell."""
    return [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in page.html.select("tbody tr")]


def test_what_a_delivery_points_at(shared_app, desk):
    path = scene.make(shared_app, "signed_office")["signed_office"]
    page = desk("admin").get(f"{path}/@@references")
    found = {row[0]: row[1:] for row in lines(page)}
    assert found["box"][1] == "/exchange/gd-government"
    assert found["dispatch"][0] == "Dispatch"
    assert "/people/" in found["signed_by"][1]
    assert "春运" not in page.text


def test_what_points_at_a_box_is_counted_by_the_registers(shared_app, desk):
    before = lines(desk("admin").get("/exchange/gd-office-zh2/@@references"))[-2]
    scene.make(shared_app, "pending_zh2")
    after = lines(desk("admin").get("/exchange/gd-office-zh2/@@references"))[-2]
    assert after == ["来件", "deliveries", str(int(before[2]) + 1)]
    unit, person = (words(desk("admin").get(f"{path}/@@references")) for path in ("/units/jiangmen", "/people/p0001"))
    assert "由本单位发出的来件" in unit
    assert "分办给本人" in person
    division = lines(desk("admin").get("/units/gd-office/zh1/@@references"))
    assert division[-1][:2] == ["本处室人员", "people"]
    assert int(division[-1][2]) >= 3


def test_recipients_of_a_dispatch_and_references_of_the_object_map(shared_app, desk):
    path = scene.make(shared_app, "sent")["sent"]
    assert any(
        row[0] == "recipients" and row[1].startswith("ExchangeBox")
        for row in lines(desk("admin").get(f"{path}/@@references"))
    )
    with site(shared_app) as root:
        units = root["units"]
        root.__objectmap__.connect(units["foshan"], units["jiangmen"], Neighbours)
    assert any(
        "/units/jiangmen" in row and "指向" in row for row in rows(desk("admin").get("/units/foshan/@@references"))
    )
    assert any(
        "/units/foshan" in row and "来自" in row for row in rows(desk("admin").get("/units/jiangmen/@@references"))
    )


def test_what_points_at_nothing_says_so(desk):
    assert "没有登记簿记载" in words(desk("admin").get("/incidents/@@references"))
