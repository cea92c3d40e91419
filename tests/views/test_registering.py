"""Registering on one screen (R-19.1, R-19.4, R-N4.4, S-27): what is taken over, what is warned of, what is refused."""

import json
import threading

from content_types.number import Number
from govrepo.catalog import Eq, register
from tests.app import drain, site
from tests.desk import Desk, path_of, rows, words
from tests.stories.test_story_09 import fields_of, uid_of
from tests.views.test_register_entry import BOX, PAPER


def test_paper_mistakes_come_back_with_what_was_typed(desk):
    registry = desk("office.registry1")
    wrong = {
        "from_unit": "",
        "received": "2013-13-01",
        "copies": "many",
        "handling": "x",
        "urgency": "now",
        "channel": "x",
    }
    page = registry.post(f"{BOX}/enter", PAPER | wrong, status=422)
    found = {each["id"] for each in page.html.select(".gr-error")}
    assert found == {"e-from_unit", "e-received", "e-copies", "e-handling", "e-urgency"}
    assert page.html.select_one("#f-title")["value"] == PAPER["title"]
    desk("zh2.head").post("/exchange/gd-office-zh2/enter", PAPER, status=403)
    registry.get(f"{BOX}/enter?d=nothing", status=404)


def test_a_delivery_is_taken_over_and_its_twin_is_warned_of(desk):
    registry = desk("office.registry1")
    for number in ("江府〔2013〕61号", "江府〔2013〕62号"):
        desk("jm.clerk").send(desk("jm.approver"), "jiangmen", ["gd-office"], number=number, title=f"关于{number}的函")
    drain(registry.app)
    links = [each["href"].rstrip("/") for each in registry.get(f"{BOX}/waiting").html.select("tbody a[data-open]")]
    for each in links:
        registry.post(f"{each}/open")
        registry.act(each, "sign_for")
    first, second = links[-1], links[-2]
    page = registry.get(f"{BOX}/enter?d={uid_of(registry, first)}")
    taken = fields_of(page)
    assert (taken["from_unit"], taken["from_no"]) == ("江门市", "江府〔2013〕61号")
    assert page.html.select("figure img")
    entry = path_of(registry.post(f"{BOX}/enter", fields_of(page)))
    assert registry.get(entry).html.select("figure img")

    twin = registry.get(f"{BOX}/enter?d={uid_of(registry, second)}")
    assert "文件相同" in words(twin)  # Both carry the same scan.
    refused = registry.post(f"{BOX}/enter", fields_of(twin), status=422)
    assert "请核对" in words(refused)
    registry.post(f"{BOX}/enter", fields_of(twin) | {"not_same": "yes"})
    assert len([line for line in rows(registry.get(f"{BOX}/entries")) if "江府〔2013〕6" in line]) == 2
    assert "已登记" in words(registry.get(f"{first}/"))
    assert "已登记" in words(registry.get(f"{first}/receipt"))
    said = json.loads(registry.get(f"{first}/receipt.json").json["receipts"][-1]["text"])
    assert said["status"] == "registered"
    assert said["registered"] in words(registry.get(entry))
    number = registry.get(entry).html.select("figure img")[0]["src"]
    assert registry.get(number).content_type == "image/png"


def test_a_reserved_number_is_offered(desk):
    registry = desk("office.registry1")
    registry.post(f"{BOX}/enter", PAPER | {"from_no": "江府〔2013〕70号"})
    series = registry.get(f"{BOX}/series").html.select_one("a[data-open]")["href"].rstrip("/")
    registry.act(series, "reserve", note="会议材料", until="2013-01-31", year="2013")
    form = registry.get(f"{BOX}/enter")
    reserved = next(each for each in form.html.select("select[name=number] option") if "会议材料" in each.text)
    made = registry.post(f"{BOX}/enter", PAPER | {"from_no": "江府〔2013〕71号", "number": reserved["value"]})
    assert reserved.text.split()[0] in words(registry.get(path_of(made)))


WRITERS, EACH = 8, 4


def test_s_24_eight_clerks_at_once_get_each_number_once_and_skip_none(shared_app):
    """S-24: none twice, none left out, whoever comes first; the loser of a conflict is tried again."""
    clerks = [Desk(shared_app, "office.registry1") for _each in range(WRITERS)]
    start, answers = threading.Barrier(WRITERS), []

    def work(place):
        token = clerks[place].token
        start.wait()
        for each in range(EACH):
            form = PAPER | {
                "from_no": f"试〔2013〕{place * EACH + each + 1}号",
                "from_unit": "并发",
                "csrf_token": token,
            }
            answers.append(clerks[place].browser.post(f"{BOX}/enter", form, status="*").status_int)

    before = sequences(shared_app)
    threads = [threading.Thread(target=work, args=(place,)) for place in range(WRITERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert answers == [303] * (WRITERS * EACH)
    assert sequences(shared_app) == list(range(1, len(before) + WRITERS * EACH + 1))


def sequences(app):
    with site(app) as root:
        found = register(root, "numbers").query(Eq("box", "gd-office"), sort="order", limit=1000).objects
        assert all(isinstance(each, Number) for each in found)
        return sorted(each.sequence for each in found if each.series.code == "厅收")
