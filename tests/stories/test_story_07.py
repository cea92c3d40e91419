"""Story 7 (domain.md part 8): urgent at night. A call announces it, the sender records it, the arrival is matched, the duty officer signs and telephones."""

from tests.app import drain, site
from tests.desk import Desk, journaled, path_of, row_link, words

TITLE = "关于珠江堤围险情的紧急报告"
OTHER = "关于仓库火灾的紧急报告"
DESK = "/exchange/gd-office"


def test_urgent_at_night(app, at):
    at("2013-01-11 16:00")
    _the_roster_is_made(app)
    at("2013-01-12 22:05")
    duty = Desk(app, "office.duty")
    _the_duty_officer_writes_down_the_call(at, duty)
    clerk = Desk(app, "jm.clerk")
    path = _released(app, clerk, Desk(app, "jm.approver"), TITLE, "jiangmen", "江府〔2013〕7号")
    at("2013-01-12 22:10")
    assert "须先电话通知省政府值班室" in words(clerk.act(path, "send", status=422))
    at("2013-01-12 22:13")
    clerk.act(path, "send", call_at="2013-01-12T22:12", caller="江门市府办 甲", called="省政府值班室 乙")
    drain(app)
    _it_is_matched_and_rings(duty)
    delivery = _the_duty_officer_signs(app, at, duty)
    _and_telephones_the_division(app, at, duty, delivery)
    _the_sender_sees_all_of_it(clerk, path)
    _a_second_city_does_not_call(app, at, duty)
    _the_night_is_handed_on(app, at, duty, delivery)


def _the_roster_is_made(app):
    registry = Desk(app, "office.registry1")
    roster = registry.get(f"{DESK}/roster")
    assert "空班" in words(roster)
    people = {each["value"]: each.parent.text for each in roster.html.select("input[name=officers]")}
    duty, first = (
        next(key for key, text in people.items() if text.strip() == f"{_name(app, login)} 机要档案科")
        for login in ("office.duty", "office.registry1")
    )
    fields = [
        ("first", "2013-01-11"),
        ("last", "2013-01-19"),
        ("turns", "08:30 17:30"),
        ("phone", "020-0000"),
        ("fill", "yes"),
    ]
    registry.post(f"{DESK}/roster", [*fields, ("officers", first), ("officers", duty), ("with_substitutes", "yes")])
    page = words(registry.get(f"{DESK}/roster?month=2013-01"))
    assert "今后几天有" not in page


def _name(app, login):

    with site(app) as root:
        return root.logins[login].name


def _the_duty_officer_writes_down_the_call(at, duty):
    at("2013-01-12 22:09")
    told = {"unit": "jiangmen", "urgency": "most_urgent", "title": "珠江堤围", "words": "稍后发来"}
    duty.post(f"{DESK}/phone", {"call_at": "2013-01-12T22:08", "caller": "江门市府办 甲", "called": "乙", **told})
    page = words(duty.get(f"{DESK}/duty"))
    assert "已来电、待到文 1" in page
    assert "当班" in page


def _released(app, clerk, approver, title, box, number):
    path = path_of(clerk.compose(box, ["gd-office"], title=title, number=number, urgency="most_urgent", kind="通知"))
    path = path.removesuffix("/edit")
    drain(app)
    clerk.act(path, "submit")
    approver.act(path, "release")
    return path


def _it_is_matched_and_rings(duty):
    pulse = duty.get("/pulse").json
    assert (pulse["urgency"], pulse["boxes"]["gd-office"]["urgent"]) == ("most_urgent", 1)
    page = duty.get(f"{DESK}/duty")
    assert page.html.select_one("#alert")["data-seconds"] == "5"
    assert "已来电、待到文" not in words(page)
    assert "已告知" in words(page)
    assert "已对应来文" in words(duty.get("/registers/phone_notices"))


def _the_duty_officer_signs(app, at, duty):
    delivery = row_link(duty.get(f"{DESK}/waiting"), TITLE)
    at("2013-01-12 22:15")
    duty.post(f"{delivery}/open")
    duty.act(delivery, "sign_for")
    receipt = words(duty.get(f"{delivery}/receipt"))
    assert "值班" in receipt
    assert "江门市府办 甲 打给 省政府值班室 乙" in words(duty.get(f"{delivery}/"))
    assert "值班" in words(duty.get("/registers/signatures"))
    return delivery


def _and_telephones_the_division(app, at, duty, delivery):
    at("2013-01-12 22:18")
    page = duty.get(f"{DESK}/duty")
    link = page.html.find("a", string="电话通知处室")["href"]
    assert "请选择所通知的处室" in words(duty.post(link, {"called": ""}, status=422))
    call = {"call_at": "2013-01-12T22:17", "caller": "丙", "called": "综合二处 丁", "division": "zh2"}
    duty.post(link, call)
    assert "丙 打给 综合二处 丁" in words(duty.get(f"{delivery}/"))
    assert len(journaled(app, "phone_notice.record")) == 3


def _the_sender_sees_all_of_it(clerk, path):
    page = words(clerk.get(path))
    assert "2013-01-12 22:15" in page
    assert "江门市府办 甲 打给 省政府值班室 乙" in page


def _a_second_city_does_not_call(app, at, duty):
    clerk = Desk(app, "fs.clerk")
    path = _released(app, clerk, Desk(app, "fs.approver"), OTHER, "foshan", "佛府〔2013〕8号")
    at("2013-01-12 22:30")
    clerk.act(path, "send", not_notified="yes")
    drain(app)
    for page in (words(clerk.get(path)), words(duty.get(row_link(duty.get(f"{DESK}/waiting"), OTHER) + "/"))):
        assert "未电话通知" in page
        assert "责任由发文单位承担" in page
    assert "未电话通知" in words(duty.get("/registers/unsigned"))


def _the_night_is_handed_on(app, at, duty, delivery):
    at("2013-01-13 08:20")
    duty = Desk(app, "office.duty")
    page = duty.get(f"{DESK}/duty")
    shift = page.html.find("form", action=lambda action: action and "duty_shifts" in action)["action"].removesuffix(
        "/act"
    )
    duty.act(shift, "hand_on", note="江门特急件已签收并电话通知综合二处；佛山特急件未签收")
    log = words(duty.get(f"{shift}/"))
    for told in (TITLE, OTHER, "江门市府办 甲 打给 乙", "丙 打给 综合二处 丁"):
        assert told in log
    at("2013-01-13 08:35")
    registry = Desk(app, "office.registry1")
    assert "值班交接：待确认接班" in words(registry.get("/my_tasks"))
    assert "佛山特急件未签收" in words(registry.get(f"{DESK}/duty"))
    registry.act(shift, "take")
    assert "已接班" in words(registry.get(f"{shift}/"))
    uid = registry.get(f"{DESK}/signed").html.select_one("input[name=selected]")["value"]
    registry.post(f"{DESK}/distribute", [("d", uid), ("targets", "division:zh2"), ("targets", "division:zh1")])
    due = words(registry.get(f"{DESK}/duty"))
    assert "待电话通知处室 1" in due  # 综合二处 was told at night, 综合一处 was not.
    assert "综合一处" in due
