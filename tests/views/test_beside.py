"""What is shown beside a list: the same reading as on each object's own page (R-7.1)."""

from tests.desk import drain_work, path_of
from tests.views.test_register_entry import registered
from tests.views.test_registering import fields_of, uid_of


def test_of_a_sending_and_of_an_entry(desk, shared_app):
    path = desk("jm.clerk").send(
        desk("jm.approver"), "jiangmen", ["gd-office"], title="关于航道的报告", number="江府〔2013〕801号"
    )
    drain_work(shared_app)
    panel = desk("jm.clerk").get(f"{path}/beside")
    assert "江府〔2013〕801号" in panel.text
    assert f'href="{path}/"' in panel.text
    registry = desk("office.registry1")
    inbox = registry.get("/exchange/gd-office/waiting")
    link = (
        next(row for row in inbox.html.select("tbody tr") if "航道" in row.text)
        .select_one("a[data-open]")["href"]
        .rstrip("/")
    )
    registry.post(f"{link}/open")
    registry.act(link, "sign_for")
    form = registry.get(f"/exchange/gd-office/enter?d={uid_of(registry, link)}")
    entry = path_of(registry.post("/exchange/gd-office/enter", fields_of(form))).rstrip("/")
    assert f"{entry}/page?file=" in registry.get(f"{entry}/beside").text


def test_paper_has_no_file_to_show(desk):
    entry = registered(desk, from_no="江府〔2013〕802号")
    assert "纸质来文，没有电子文件" in desk("office.registry1").get(f"{entry}/beside").text
