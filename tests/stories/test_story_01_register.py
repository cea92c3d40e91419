"""Story 1 (domain.md part 8) whole: sent to 省政府, signed for, registered, proposed, instructed, handed on, assigned, concluded, answered.

"Expect: one register number, full history, two signature times." """

from tests.app import drain
from tests.desk import Desk, journaled, path_of, row_link, rows, words
from tests.stories.test_story_09 import enter, uid_of

TITLE = "关于申请调整排水管网改造项目资金安排的请示"
BOX, GOVERNMENT = "/exchange/gd-office", "/exchange/gd-government"


def do(who, entry, act, **fields):
    return who.post(f"{entry}/do", {"act": act, **fields})


def test_the_office_registers_and_a_division_answers(app, at):
    at("2013-01-07 10:05")
    clerk, approver = Desk(app, "jm.clerk"), Desk(app, "jm.approver")
    sent = clerk.send(approver, "jiangmen", ["gd-government"], title=TITLE, kind="请示", signer="江上舟")
    drain(app)
    registry, leader = Desk(app, "office.registry1"), Desk(app, "office.leader")
    assert registry.get("/pulse").json["boxes"]["gd-government"]["waiting"] == 1, "the bell"
    delivery = row_link(registry.get(f"{GOVERNMENT}/waiting"), TITLE)
    registry.post(f"{delivery}/open")
    assert "已签收 0" in words(clerk.get(sent)), "opened is not signed for"
    at("2013-01-07 10:20")
    registry.act(delivery, "sign_for")
    line, *_paper = rows(clerk.get(sent))
    assert "已签收" in line
    assert "2013-01-07 10:20" in line
    assert registry_name(registry) in line

    entry = path_of(enter(registry, GOVERNMENT, uid_of(registry, delivery))).rstrip("/")
    assert "厅收〔2013〕1号" in rows(registry.get(f"{BOX}/entries"))[0]
    drain(app)
    assert "已送达 1，已签收 1" in words(clerk.get(sent))
    assert "已登记" in rows(clerk.get(sent))[0]
    assert "厅收" not in words(clerk.get(sent)), "the register is the office's own"
    do(registry, entry, "propose", note="拟请综合二处研办")
    assert "1 登记件：待批示" in words(leader.get("/"))
    do(leader, entry, "instruct", note="同意，请抓紧")
    assert "没有待办" in words(leader.get("/my_tasks"))
    Desk(app, "zh2.officer").get(f"{entry}/", status=403)
    do(registry, entry, "hand_to", lead="zh2", due="2013-01-18", note="请按时答复")
    _the_division_receives(app, at)

    handler = Desk(app, "zh2.officer")
    assert "1 登记件：待承办" in words(handler.get("/"))
    assert [row for row in rows(handler.get("/my_tasks")) if "厅收〔2013〕1号" in row and "2013-01-18" in row]
    assert TITLE in rows(handler.get("/assigned"))[0]
    at("2013-01-07 10:45")
    do(registry, entry, "urge", note="请于 18 日前办结")
    do(handler, entry, "conclude", note="拟批复同意")
    at("2013-01-08 09:00")
    registry, handler = Desk(app, "office.registry1"), Desk(app, "zh2.officer")
    answer = _the_division_replies(app, handler)
    options = handler.get(f"{entry}/do?act=reply").html.select("select[name=reply] option")
    reply = next(each["value"] for each in options if "批复" in each.text)
    do(handler, entry, "reply", reply=reply)
    assert "所复来文 厅收〔2013〕1号" in words(handler.get(answer)), "S-4: the reply links back"
    registry.act(entry, "file")
    _the_register_shows_it_all(registry, entry)
    _it_is_all_on_record(app, registry, entry)


def registry_name(registry):
    """How the clerk is called on the screen."""
    return registry.get("/").html.select_one("use[href$='#person']").find_parent("summary").text.split()[0]


def _the_division_receives(app, at):
    receiver = Desk(app, "zh2.receiver")
    mine = row_link(receiver.get("/exchange/gd-office-zh2/waiting"), TITLE)
    at("2013-01-07 10:40")
    receiver.post(f"{mine}/open")
    receiver.act(mine, "sign_for")
    assert "登记件 厅收〔2013〕1号" in words(receiver.get(f"{mine}/"))
    assert "本件已由" in words(receiver.get(f"{mine}/"))
    form = receiver.get(f"/exchange/gd-office-zh2/distribute?d={uid_of(receiver, mine)}")
    officer = next(each["value"] for each in form.html.select("input[name=people]") if "经办人" in each.parent.text)
    chosen = [("d", uid_of(receiver, mine)), ("people", officer), ("lead", officer)]
    receiver.post("/exchange/gd-office-zh2/distribute", chosen)


def _the_division_replies(app, handler):
    path = path_of(
        handler.compose("gd-office", ["jiangmen"], title="关于排水管网改造项目资金的批复", kind="批复", number="粤办函〔2013〕1号", signer="某厅长")
    ).removesuffix("/edit")  # fmt: skip
    drain(app)
    handler.act(path, "submit")
    Desk(app, "office.leader").act(path, "release")
    handler.act(path, "send")
    return path


def _the_register_shows_it_all(registry, entry):
    page = words(registry.get(f"{entry}/"))
    for text in (
        "已归结",
        "答复公文粤办函〔2013〕1号",
        "答复日期2013-01-08",
        "拟请综合二处研办",
        "同意，请抓紧",
        "请于 18 日前办结",
        "拟批复同意",
        "正式归档",
    ):
        assert text in page
    assert rows(registry.get(f"{BOX}/entries")) == []
    assert "已归结" in rows(registry.get(f"{BOX}/entries?show=all"))[0]


def _it_is_all_on_record(app, registry, entry):
    uid = entry.rpartition("/")[2]
    done = [each.action for each in journaled(app, result="allowed") if each.subject_uid == uid]
    done = [action for action in done if action.startswith("register_entry.")]  # Readings stand there, too.
    steps = ["register", "propose", "instruct", "hand_to", "urge", "conclude", "reply", "file"]
    assert done == [f"register_entry.{step}" for step in steps]
    (number,) = rows(registry.get("/registers/office"))
    assert "厅收〔2013〕1号" in number, "one register number"
    signed = journaled(app, "delivery.sign_for", "allowed")
    times = [record.time for record in app.registry.journal.entries(action="delivery.sign_for")]
    assert len(signed) == len(set(times)) == 2, "two signature times: the office's and the division's"
