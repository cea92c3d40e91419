"""Keeping a search leads back to where it was asked (domain.md part 6); the whole story is in test_search.py."""

from tests.desk import path_of


def test_a_register_is_kept_under_a_name_and_leads_back(desk):
    clerk = desk("gz.clerk")
    kept = clerk.post("/save_search", {"name": "退文", "page": "/registers/returns?reason=format"})
    assert path_of(kept) == "/registers/returns?reason=format"
    page = clerk.get("/search")
    link = next(a for a in page.html.select(".gr-kept a") if a.text == "退文")
    assert link["href"] == "/registers/returns?reason=format"
    uid = page.html.select_one(".gr-kept input[name=search]")["value"]
    assert "已删除" in clerk.post("/remove_search", {"search": uid}).follow().text


def test_what_is_unknown_is_refused(desk):
    desk("gz.clerk").post("/remove_search", {"search": "q-none"}, status=400)
