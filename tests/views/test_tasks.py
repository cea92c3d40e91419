"""My tasks on the screen: every role of domain.md 7.1 walks its list, and each line leads to a page that answers."""

import pytest

from content_types.appointment import Appointment
from govrepo import clock
from govrepo.catalog import register
from policies.roles import Role
from tests.app import site
from tests.attacks import scene
from tests.desk import Desk, words
from tests.policies.bench import Bench, local
from tests.policies.test_register_entry import CLERK, LEADER, OFFICER, handed
from tests.policies.test_registering import registered

NOTHING_YET: list[str] = []
"""Roles whose objects come with the outgoing chain and the records system; their own certificate is all they have to see to."""
ROLES = {
    Role.ADMINISTRATOR: ("admin", ["权限变更待执行", "单位：已批准，待办理"]),
    Role.APPRAISER: ("lvyou.approver", NOTHING_YET),
    Role.ARCHIVIST: ("linye.approver", ["登记件：待归档"]),
    Role.AUDITOR: ("auditor", ["权限变更待审核", "权限变更待复核"]),
    Role.CASE_OFFICER: ("zh2.officer", ["我的草稿", "登记件：待承办", "分办给我的", "登记件：已办结，待归结"]),
    Role.DUTY_OFFICER: ("office.duty", ["待签收"]),
    Role.HEAD: ("zh2.head", ["待核准", "登记件：本处室在办", "登记件：申请重办，待决定"]),
    Role.LIAISON: ("liaison", NOTHING_YET),
    Role.OFFICE_LEADER: ("office.leader", ["待核准", "登记件：待批示", "单位申请待批准"]),
    Role.PLATE_MAKER: ("wujia.approver", NOTHING_YET),
    Role.PROOFREADER: ("tongji.approver", NOTHING_YET),
    Role.RECEIVER: ("zh2.receiver", ["待签收"]),
    Role.RECHECK_CLERK: ("tiyu.approver", NOTHING_YET),
    Role.REGISTRY_CLERK: ("office.registry1", ["待签收", "登记件：待初审、拟办", "登记件：待交办", "登记件：超时限，待催办"]),
    Role.SEAL_KEEPER: ("keji.approver", NOTHING_YET),
    Role.SECURITY_OFFICER: ("security", ["证书申请：待审核", "证书：待发放"]),
    Role.SUPERVISOR: ("wenhua.approver", NOTHING_YET),
    Role.TECHNICIAN: ("tech", ["证书申请：待审核"]),
    Role.UNIT_ADMINISTRATOR: ("jm.admin", ["今日尚未核对本单位配置"]),
    Role.UNIT_APPROVER: ("jm.approver", ["待核准"]),
    Role.UNIT_ARCHIVIST: ("shenji.approver", NOTHING_YET),
    Role.UNIT_CLERK: ("jm.clerk", ["我的草稿", "已核准，待发送", "退件待签收", "待签收"]),
    Role.UNIT_SEAL_KEEPER: ("jisheng.approver", NOTHING_YET),
}  # fmt: skip
SCENES = (
    "draft", "submitted", "released", "office_submitted", "sent_returned", "pending_office", "pending_zh2", "pending_jm", "task",
    "change", "change_approved", "change_executed", "applied_certificate", "approved_certificate",
)  # fmt: skip


@pytest.fixture(scope="module")
def busy(shared_app):
    """A site where something waits for everybody."""
    for name in SCENES:
        scene.make(shared_app, name)
    with site(shared_app) as root:
        clock.travel(local("2013-01-07 10:00"))
        _entries(Bench(root, shared_app.registry))
        for role, (login, _wanted) in ROLES.items():
            person = root.logins[login]
            if role not in {each.role for each in person.appointments(clock.now())}:
                person.appoint(Appointment(role, "unit:gd-office", clock.now(), basis="test"))
    return shared_app


def _entries(bench):
    """Register entries in every open state, a division's informal item waiting for release, and units to be decided on."""
    registered(bench, number="江府〔2013〕31号")
    proposed = registered(bench, number="江府〔2013〕32号")
    bench.act(CLERK, proposed, "propose", note="拟办")
    instructed = registered(bench, number="江府〔2013〕33号")
    bench.act(CLERK, instructed, "propose", note="拟办")
    bench.act(LEADER, instructed, "instruct", note="同意")
    handling = handed(bench, registered(bench, number="江府〔2013〕34号"))
    handling.due = local("2013-01-04 00:00").date()  # As if handed over a while ago.
    concluded = handed(bench, registered(bench, number="江府〔2013〕35号"))
    bench.act(OFFICER, concluded, "conclude", note="已办")
    closed = handed(bench, registered(bench, number="江府〔2013〕36号"))
    bench.act(OFFICER, closed, "conclude", note="已办")
    bench.act(CLERK, closed, "file")
    bench.act(CLERK, closed, "ask_reopen", note="新情况")
    register(bench.root, "register_entries").changed(handling)
    draft = bench.draft(OFFICER, "gd-office-zh2", ("gd-office-zh1",), informal=True)
    bench.act(OFFICER, draft, "submit")
    bench.draft(OFFICER, "gd-office-zh2", ("gd-office-zh1",), informal=True)
    for code, acts in (("zhuhai", ("request_rename",)), ("zhongshan", ("request_rename", "approve_change"))):
        scene.unit(code, *acts)(bench)


@pytest.mark.parametrize("role", Role)
def test_7_1_every_role_sees_what_is_next_and_each_line_leads_there(busy, desk, role):
    login, wanted = ROLES[role]
    who = desk(login)
    page = who.get("/my_tasks")
    shown = words(page)
    assert [each for each in wanted if each not in shown] == []
    assert who.get("/").html.select_one("a[href='/my_tasks']")
    links = {link["href"] for link in page.html.select("main td a, main .gr-tasks a")}
    assert bool(links) or not wanted
    for each in sorted(links):
        who.get(each)


def test_part_5_late_ones_are_marked_and_the_oldest_come_first(busy):
    """Part 10: an entry past its day, a plain delivery unsigned after the next half-day."""
    clock.travel(local("2013-01-08 16:00"))
    page = Desk(busy, "office.registry1").get("/my_tasks")
    clock.travel(local("2013-01-07 10:00"))
    (overdue,) = page.html.select("section[aria-labelledby=late] tbody tr")
    assert "2013-01-04 超时限" in " ".join(overdue.text.split())
    rows = page.html.select("section[aria-labelledby=sign] tbody tr")
    since = [row.select("td")[4].text for row in rows]
    assert since == sorted(since)
    assert all("2013-01-07 17:30 超时限" in " ".join(row.text.split()) for row in rows)


def test_who_has_nothing_to_do_is_told_so(busy, desk):
    assert "没有待办" in words(desk("wujia.approver").get("/my_tasks"))
