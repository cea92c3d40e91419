"""Story 9: a department sends directly to a division, which chooses office or division registration (R-19.1 to R-19.5)."""

from tests.app import drain, site
from tests.desk import Desk, journaled, path_of, words

BOX, OFFICE = "/exchange/gd-office-zh1", "/exchange/gd-office"
DOCUMENT = {"number": "粤财〔2013〕2号", "title": "关于预算执行情况的函", "kind": "函"}


def arrived(app, receiver, box, **fields):
    """财政厅's document, signed for; the delivery's address."""
    Desk(app, "caizheng.clerk").send(Desk(app, "caizheng.approver"), "caizheng", [box], **DOCUMENT | fields)
    drain(app)
    row = receiver.get(f"/exchange/{box}/waiting").html.select_one("tbody tr a[data-open]")["href"].rstrip("/")
    receiver.post(f"{row}/open")
    receiver.act(row, "sign_for")
    return row


def fields_of(page):
    form = page.html.select_one("main form.gr-form")
    given = {each["name"]: each.get("value", "") for each in form.select("input[name]") if each["name"] != "csrf_token"}
    for each in form.select("select"):
        chosen = each.select_one("option[selected]") or each.select_one("option")
        given[each["name"]] = chosen["value"]
    given.pop("not_same", None)
    return given


def enter(who, box, uid, status=303, **changed):
    page = who.get(f"{box}/enter?d={uid}")
    return who.post(f"{box}/enter", fields_of(page) | changed, status=status)


def uid_of(who, path):
    """The uid in the address of the form that registers, or of the distribution."""
    link = who.get(path + "/").html.select_one("a[href*='?d=']")["href"]
    return link.rpartition("=")[2]


def test_story_9(app, at):
    at("2013-01-07 10:05")
    receiver, registry = Desk(app, "zh1.receiver"), Desk(app, "office.registry1")
    first = arrived(app, receiver, "gd-office-zh1")
    uid = uid_of(receiver, first)
    receiver.act(first, "forward")
    assert "已转机要档案科登记厅文：待签收。" in words(receiver.get(first + "/"))
    refused = receiver.post(
        f"{BOX}/enter", {**fields_of(receiver.get(f"{BOX}/enter?d={uid}")), "not_same": "yes"}, status=403
    )
    assert "本件已转机要档案科登记厅文" in words(refused)

    row = registry.get(f"{OFFICE}/waiting").html.select_one("tbody tr a[data-open]")["href"].rstrip("/")
    registry.post(f"{row}/open")
    registry.act(row, "sign_for")
    entry = path_of(enter(registry, OFFICE, uid_of(registry, row)))
    assert "厅收〔2013〕1号" in words(registry.get(entry))
    assert "已转机要档案科登记厅文：厅收〔2013〕1号，已登记。" in words(receiver.get(first + "/")), "the link it keeps"
    assert "登记件 厅收〔2013〕1号" not in words(receiver.get(first + "/"))  # Not handed to this division yet.

    second = arrived(app, receiver, "gd-office-zh1", number="粤财〔2013〕3号", title="关于两会的函")
    made = path_of(enter(receiver, BOX, uid_of(receiver, second), not_same="yes"))
    assert "综合一处收〔2013〕1号" in words(receiver.get(made))
    registry.get(made, status=404)  # Not even that it is there (7.2: o = own scope).
    assert [each.result for each in journaled(app, "register_entry.register")] == ["refused", "allowed", "allowed"]


def test_story_9_without_the_editable_file(app, at):
    """R-19.3: refused, naming the file."""
    at("2013-01-07 10:05")
    receiver = Desk(app, "zh1.receiver")
    path = arrived(app, receiver, "gd-office-zh1")
    with site(app) as root:  # No page can bring this about: the file was lost on the way.
        (delivery,) = [each for month in root["exchange"]["gd-office-zh1"]["inbox"].values() for each in month.values()]
        delivery.document.files = delivery.document.files[:1]
    assert "缺少可编辑文档" in words(receiver.act(path, "forward", status=403))
