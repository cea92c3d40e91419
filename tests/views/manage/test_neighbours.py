"""Which boxes stand in for a box, over HTTP (R-12.3)."""

from tests.app import site
from tests.desk import journaled, words


def test_r_12_3_the_administrator_names_them_in_order(shared_app, desk):
    admin = desk("admin")
    assert "综合一处" in words(admin.get("/@@neighbours"))
    form = {"box": "gd-office-zh1", "first": "gd-office-zh2", "second": "gd-office-zh3", "basis": "秘书处安排"}
    admin.post("/@@neighbours", form)
    with site(shared_app) as root:
        assert [each.__name__ for each in root["exchange"]["gd-office-zh1"].neighbours] == [
            "gd-office-zh2",
            "gd-office-zh3",
        ]
    assert "综合二处、综合三处" in words(admin.get("/@@neighbours"))
    admin.post("/@@neighbours", form)
    assert len(journaled(shared_app, "box.set_neighbours")) == 1


def test_r_12_3_a_box_is_not_its_own_neighbour_and_none_stands_twice(desk):
    admin = desk("admin")
    own = {"box": "gd-office-zh2", "first": "gd-office-zh2", "second": "", "basis": "x"}
    assert "交换箱不能是自己的邻近交换箱" in words(admin.post("/@@neighbours", own, status=422))
    twice = {"box": "gd-office-zh2", "first": "gd-office", "second": "gd-office", "basis": "x"}
    assert "邻近交换箱重复" in words(admin.post("/@@neighbours", twice, status=422))
    admin.get("/@@neighbours?box=nowhere", status=404)
    assert admin.get("/@@neighbours?box=gd-office-zh2").html.select_one("#f-first") is not None
    assert desk("tech").get("/@@neighbours?box=gd-office-zh2").html.select_one("#f-first") is None
