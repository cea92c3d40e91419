"""Indexing: registers, rows, values, what is pending; no content."""

from tests.app import drain, site
from tests.attacks import scene
from tests.desk import words
from views.manage.indexing import _shown


def test_pending_first_then_a_row_with_its_values(shared_app, desk):
    path = scene.make(shared_app, "signed_office")["signed_office"]
    before = words(desk("admin").get(f"{path}/@@indexing"))
    assert "deliveries" in before
    assert "有变更待并入" in before
    with site(shared_app) as root:
        for name in ("deliveries", "dispatches"):
            root.registers.by_name[name].pending.close()
    for _time in range(3):
        drain(shared_app)
        later_()
    after = words(desk("admin").get(f"{path}/@@indexing"))
    assert "行号" in after
    assert "已并入" in after
    assert "gd-government:signed" in after
    assert "核对相符" in after
    assert "核对不符" not in after


def test_an_entry_that_differs_is_told(shared_app, desk):
    with site(shared_app) as root:
        unit = root["units"]["jiangmen"]
        main = root.registers.by_name["units"].main
        row = main.row_of[unit.uid]
        value = main.reverse("state")[row]
        main.forward("state")[value].remove(row)
    page = words(desk("tech").get("/units/jiangmen/@@indexing"))
    assert "核对不符" in page
    assert f"索引 state 漏列第 {row} 行" in page
    with site(shared_app) as root:
        root.registers.by_name["units"].main.forward("state")[value].insert(row)
    assert "核对相符" in words(desk("tech").get("/units/jiangmen/@@indexing"))


def later_():
    """Let the folding be due again."""
    from tests.policies.bench import later  # noqa: PLC0415 - Only here.

    later(seconds=2)


def test_a_value_that_is_content_is_not_shown():
    """R-8.3."""
    assert _shown("title", {"title": "关于春运"}) == "···"
    assert _shown("full_text", {"full_text": "关于春运"}) == "···"
    assert _shown("involved", {"involved": ("p1", "p2")}) == "p1、p2"
    assert _shown("state", {}) == ""


def test_what_no_register_lists_says_so(desk):
    assert "没有登记簿列出" in words(desk("admin").get("/units/@@indexing"))
