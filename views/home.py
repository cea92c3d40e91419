"""The first page: what waits for this person, as counted links (reference: screens C.2.1)."""

from datetime import timedelta
from typing import Any

from pyramid.view import view_config

from content_types.site import Site
from govrepo import clock, rules, work
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range, register
from policies.alarm import open_alarms
from policies.appointment import holders_of
from policies.certificate import expiring
from policies.content_release import to_decide
from policies.countersignature import waiting as to_countersign
from policies.drafting_desk import desks_of
from policies.duty_shift import desk_box, gaps_ahead
from policies.evidence_package import unsigned
from policies.exchange_box import boxes_of, readable_carriers, sees_inbox, sees_outbox
from policies.finding import to_note
from policies.journal_gap import unexplained
from policies.permissions import Permission as P
from policies.registers.keys import box_state
from policies.roles import SEAL_GRANTS, Role
from policies.seal_application import applies_for
from policies.system_change import system_changes
from policies.tasks import KINDS, count_of, paper_overdue
from policies.unit import AGREED, WAITING, administered, decides, unchecked_today

from .acts import url
from .assignment import mine
from .certificate_desk import count
from .i18n import _
from .navigation import in_states
from .permission_change import waiting
from .suspension import waiting_for_leader


@view_config(context=Site, permission=P.SITE_VIEW, request_method="GET", renderer="views:templates/home/page.pt")
def page(context: Site, request: Any) -> dict[str, Any]:
    """The tasks of every box the person works, and what was distributed to them."""
    boxes = [(box, tasks(request, box)) for box in boxes_of(request.actor, context)]
    return {
        "title": _("待办"),
        "boxes": boxes,
        "mine": len(mine(request, "open")),
        "making": counted(request, "outgoing"),
        "makes": bool(desks_of(request.actor, context, P.DOCUMENT_VIEW)),
        "entries": counted(request, "register_entries"),
        "seals": counted(request, "seals") + seal_registers(request),
        "changes": waiting(request),
        "certificates": certificate_tasks(request, context),
        "running": running(request, context),
        "url": url,
    }


def running(request: Any, root: Site) -> list[tuple[Any, str, Any]]:
    """The pages of those who run the system: (words, address, number or nothing)."""
    pages = (
        (P.WORK_VIEW, _("工作队列中的死信"), "@@work", lambda: work.summary(root).dead),
        (P.CERTIFICATE_READ, _("证书登记簿"), "certificates", str),
        (P.SEAL_READ, _("印章登记簿"), "registers/seals", str),
        (P.INCIDENTS_VIEW, _("故障报告"), "faults", str),
        (P.INCIDENTS_VIEW, _("证书使用警报"), "faults", lambda: len(root.trust.alarms)),
        (P.JOURNAL_READ, _("审计日志"), "@@journal", str),
        (P.EVIDENCE_MAKE, _("证据包待签名"), "evidence", lambda: unsigned(root)),
        (P.FINDING_READ, _("责任认定"), "findings", str),
        (P.JOURNAL_SEAL, _("封存期间"), "@@journal_periods", str),
        (P.CHECKPOINT_COUNTERSIGN, _("检查点待复签"), "countersignatures", lambda: len(to_countersign(root))),
        (P.ALARM_ACKNOWLEDGE, _("警报待处理"), "@@alarms", lambda: open_alarms(root)),
        (P.GAP_EXPLAIN, _("日志缺口待查明"), "journal_gaps", lambda: unexplained(root)),
        (P.SUSPENSION_READ, _("紧急停用"), "suspensions", str),
        (P.INSPECTION_VIEW, _("设备抽查"), "inspections", str),
        (P.UNIT_PREPARE, _("使用单位"), "unit_list", str),
        (P.SYSTEM_CHANGE_READ, _("接入和功能变更"), "system_changes", str),
        (P.SYSTEM_CHANGE_ASSESS, _("接入和功能变更：待评估"), "system_changes", lambda: _changes(request, "submitted")),
        (P.SYSTEM_CHANGE_DECIDE, _("接入和功能变更：待决定"), "system_changes", lambda: _changes(request, "assessed")),
        (P.UNIT_MANAGE, _("单位：已批准，待办理"), "unit_list", lambda: register(root, "units").count(AGREED)),
        (P.MANAGE_HOME, _("系统管理"), "@@manage", str),
    )
    allowed = (page for page in pages if request.has_permission(page[0], root))
    lines = [(label, url(root, name), count()) for _permission, label, name, count in allowed]
    waiting = waiting_for_leader(request.actor, root)
    lines += [(_("停用待决定"), url(root, "suspensions"), waiting)] if waiting else []
    waiting = to_decide(root, request.actor)
    lines += [(_("内容调阅待决定"), url(root, "content_releases"), waiting)] if waiting else []
    waiting = to_note(root, request.actor)
    lines += [(_("责任认定待阅知"), url(root, "findings"), waiting)] if waiting else []
    lines += duty_lines(request, root)
    return lines + unit_tasks(request, root)


def duty_lines(request: Any, root: Site) -> list[tuple[Any, str, Any]]:
    """The duty desk for whoever works it, and for whoever keeps the roster its gaps (R-16.1)."""
    box = desk_box(root)
    if box is None:
        return []
    lines = [(_("值班台"), url(box, "duty"), "")] if request.has_permission(P.DUTY_WORK, box) else []
    lines += [(_("值班表"), url(box, "roster"), "")] if request.has_permission(P.DUTY_READ, box) else []
    if not request.has_permission(P.DUTY_KEEP, box):
        return lines
    empty = len(gaps_ahead(box, request.registry.govrepo_settings))
    return lines + ([(_("值班表有空班"), url(box, "roster"), empty)] if empty else [])


def _changes(request: Any, state: str) -> int:
    """How many requests for a connection or a change of functions are in a state (R-13.1)."""
    return sum(each.state == state for each in system_changes(request.root, request.actor))


def counted(request: Any, register_name: str) -> list[tuple[Any, str, int]]:
    """What waits of the rows of a register: (words, address, number), only what is not nought."""
    kinds = (kind for kind in KINDS if kind.register == register_name)
    found = [(kind.words, f"/my_tasks#{kind.key}", count_of(kind, request.actor, request.root)) for kind in kinds]
    return [line for line in found if line[2]]


def seal_registers(request: Any) -> list[tuple[Any, str, str]]:
    """The registers of seals and of their use, for those who apply for, keep or release with a unit's seals (P-18, P-72)."""
    held = {each for role, granted in SEAL_GRANTS if request.actor.holds(role) for each in granted}
    pages = (
        (P.SEAL_READ, _("印章登记簿"), "/registers/seals"),
        (P.SEAL_USES_READ, _("用印登记"), "/registers/seal_uses"),
    )
    lines = [(label, address, "") for permission, label, address in pages if permission in held]
    units = applies_for(request.actor, request.root)
    return lines + [
        (_("申请印章：${unit}", mapping={"unit": unit.short_name}), url(unit, "apply_seal"), "") for unit in units
    ]


def unit_tasks(request: Any, root: Site) -> list[tuple[Any, str, Any]]:
    """What of units concerns a leader, who approves, and a unit's administrator, who looks every working day (5.8, P-21)."""
    if decides(request.actor, root):
        waiting = register(root, "units").count(WAITING)
        return [(_("单位申请待批准"), "/unit_list?show=waiting", waiting)] if waiting else []
    unchecked = unchecked_today(root)
    mine = administered(request.actor, root)
    lines = [(_("本单位管理：${unit}", mapping={"unit": unit.short_name}), url(unit, ""), "") for unit in mine]
    return lines + [(_("今日尚未核对本单位配置"), url(unit, ""), 1) for unit in mine if unit in unchecked]


def certificate_tasks(request: Any, root: Site) -> list[tuple[Any, str, int]]:
    """What a person's certificates ask for, and for those who keep them what waits at the desk: only what is not nought."""
    found, own = register(root, "certificates"), Eq("person", request.account.id)
    soon = expiring(request.registry)
    lines = [
        (_("我的证书：待启用"), "/my_certificates", found.count(own & Eq("state", "issued"))),
        (_("我的证书：即将到期"), "/my_certificates", found.count(own & soon)),
    ]
    if decides(request.actor, root):
        lines += _security_officers(root)
    if request.has_permission(P.CERTIFICATE_REVIEW, root):
        lines.append((_("证书申请：待审核"), "/certificates?state=review", count(root, request, "review")))
    if request.has_permission(P.CERTIFICATE_KEEP, root):
        lines.append((_("证书：待发放"), "/certificates?state=to_issue", count(root, request, "to_issue")))
        lines.append((_("证书：即将到期"), "/certificates?state=expiring", count(root, request, "expiring")))
    if request.has_permission(P.CERTIFICATE_READ, root):
        lines.append((_("证书：挂失中"), "/certificates?state=suspended", count(root, request, "suspended")))
    return [line for line in lines if line[2]]


def _security_officers(root: Site) -> list[tuple[Any, str, int]]:
    """The security officers' own certificates that a leader may issue, since an officer never issues the own one (ADR 0014)."""
    people = [person.id for person in holders_of(root, f"{Role.SECURITY_OFFICER}@site", clock.now())]
    waiting = AnyOf("person", people or [""]) & Eq("state", "approved")
    found = register(root, "certificates").query(waiting, sort="applied", limit=20).objects
    return [(_("保密员的证书：待发放"), url(each, ""), 1) for each in found]


def tasks(request: Any, box: Any) -> list[tuple[Any, str, int]]:
    """What waits in a box: (words, address, number), only what is not nought."""
    lines = _inbox_tasks(box) if sees_inbox(request.actor, box) else []
    if request.has_permission(P.DELIVERY_CONSENT, box):
        asked = register(box, "deliveries").count(AnyOf("asks", [f"print {box.__name__}"]))
        lines.append((_("申请打印，待答复"), "/my_tasks#print", asked))
    if sees_outbox(request.actor, box):
        lines += _outbox_tasks(request, box)
    if request.has_permission(P.PAPER_RECEIVE, box):
        late = Eq("box_state", box_state(str(box.__name__), "expected")) & paper_overdue()
        lines.append((_("逾期未收到的纸质件"), url(box, "paper"), register(box, "paper_items").count(late)))
    return [line for line in lines if line[2]]


def _inbox_tasks(box: Any) -> list[tuple[Any, str, int]]:
    here, found = Eq("box", box.__name__), register(box, "deliveries")
    waiting = here & Eq("state", "pending")
    return [
        (_("待签收"), url(box, "waiting"), found.count(waiting)),
        (_("其中特急"), url(box, "waiting"), found.count(waiting & Eq("urgency", "most_urgent"))),
        (_("其中加急"), url(box, "waiting"), found.count(waiting & Eq("urgency", "urgent"))),
        (_("已签收，待分办"), url(box, "signed"), found.count(here & Eq("state", "signed"))),
    ]


def _outbox_tasks(request: Any, box: Any) -> list[tuple[Any, str, int]]:
    where, found = readable_carriers(request.actor, box), register(box, "dispatches")
    lines = []
    if request.has_permission(P.DISPATCH_RELEASE, box):
        lines.append((_("待核准"), url(box, "drafts"), found.count(in_states(where, ["submitted"]))))
        asked = AnyOf("asks", [f"circulate {name}" for name in where])
        words, number = _("收文单位请求扩大发送范围，待答复"), register(box, "deliveries").count(asked)
        lines.append((words, "/my_tasks#circulation", number))
    if request.has_permission(P.DISPATCH_COMPOSE, box):
        lines.append((_("已核准，待发送"), url(box, "drafts"), found.count(in_states(where, ["released"]))))
        lines.append((_("退件待签收"), url(box, "sent"), _came_back(box, where, "returned")))
        lines.append((_("投递失败"), url(box, "sent"), _came_back(box, where, "failed")))
        hours = rules.value(box, request.registry.govrepo_settings, "sender_check_hours")
        words = _("发送满${hours}小时，待查询签收情况", mapping={"hours": hours})
        lines.append((words, url(box, "sent"), len(_unchecked(box, where, hours))))
    return lines


def _unchecked(box: Any, where: list[str], hours: int) -> list[Any]:
    """The dispatches whose check is due (P-38): sent so many hours ago, not all settled, not looked after yet."""
    long_ago = clock.micros(clock.now() - timedelta(hours=hours))
    query = in_states(where, ["sent"]) & Range("sent", 1, long_ago)
    found = register(box, "dispatches").query(query, sort="sent", limit=200).objects
    return [dispatch for dispatch in found if dispatch.checked_at is None]


def _came_back(box: Any, where: list[str], state: str) -> int:
    """How many of the box's sendings were returned or could not be delivered."""
    query = AnyOf("from_carrier", where) & Eq("state", state) & Eq("internal", 0)
    return register(box, "deliveries").count(query)
