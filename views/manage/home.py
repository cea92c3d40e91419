"""The management home: what each officer has to do next, and every area of the management as a plain list (design.md sect. 10).

:data:`AREAS` is the one list of the management's pages: a new page gets its line here, and stands in the home page and in the side
column of whoever may open it. :data:`TASKS` counts what waits.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from pyramid.view import view_config

from content_types.site import Site
from govrepo import clock, work
from govrepo.catalog import Eq, register
from govrepo.database import evolution_steps
from govrepo.journal.condition import troubles
from policies.alarm import open_alarms
from policies.countersignature import waiting
from policies.duty_shift import gaps_of_site
from policies.faults import divisions_without_receiver
from policies.journal_gap import unexplained
from policies.permissions import Permission as P
from policies.rules import RULES
from policies.unit import AGREED
from views.home import certificate_tasks
from views.i18n import _
from views.manage import site_page
from views.separation_of_duties import findings


class Page(NamedTuple):
    """One page of the management: its permission, name, address, and what is done there."""

    permission: P
    label: Any
    url: str
    about: Any


AREAS: tuple[tuple[Any, tuple[Page, ...]], ...] = (
    (
        _("人员与权限"),
        (
            Page(P.PEOPLE_VIEW, _("人员"), "/@@people", _("查人员、任职；建账号，重置密码")),
            Page(P.MANAGE_VIEW, _("角色与任职"), "/@@roles", _("每个角色能办什么，由谁担任")),
            Page(P.CHANGE_READ, _("权限变更登记簿"), "/changes", _("申请、审核、执行、复核")),
            Page(P.CHANGE_REVIEW, _("指定代收"), "/designations", _("处室主要负责同志指定的代收人；逐件复核")),
            Page(P.APPOINTMENTS_VIEW, _("授权现状"), "/registers/appointments", _("现有任职，按角色和范围")),
            Page(P.SEPARATION_VIEW, _("职责分离检查"), "/separation", _("每夜检查的结果和全部规则")),
            Page(P.HANDOVER_READ, _("岗位交接"), "/handovers", _("三员换人的交接记录")),
            Page(P.TRAINING_VIEW, _("培训记录"), "/trainings", _("登记和查看培训")),
            Page(P.ACCESS_EXPLAIN, _("谁能做什么"), "/@@explain", _("谁能做什么，为什么；现在或过去某一天")),
            Page(P.MANAGE_VIEW, _("访问控制变更"), "/@@access", _("提案、审核、执行；与权限表的差异")),
            Page(P.JOURNAL_READ, _("审计日志"), "/@@journal", _("谁在何时做了什么；核验与取证")),
            Page(P.EVIDENCE_READ, _("证据包"), "/evidence", _("从审计日志提取的证据，可离线核验")),
            Page(P.RELEASE_READ, _("内容调阅"), "/content_releases", _("申请调阅的公文，厅领导的决定")),
            Page(P.FINDING_READ, _("责任认定"), "/findings", _("认定的责任及其证据")),
            Page(P.JOURNAL_SEAL, _("封存期间"), "/@@journal_periods", _("封存一段审计日志；已封存的期间")),
            Page(P.ALARM_READ, _("警报"), "/@@alarms", _("须审计员核实的情况")),
            Page(P.CHECKPOINT_READ, _("检查点复签"), "/countersignatures", _("每日复签审计日志的检查点")),
            Page(P.GAP_READ, _("日志缺口"), "/journal_gaps", _("日志与业务数据不一致之处")),
            Page(P.CERTIFICATE_READ, _("证书登记簿"), "/certificates", _("申请、审核、发放、挂失")),
            Page(P.SEAL_READ, _("印章登记簿"), "/registers/seals", _("申请、批准、制作、保管、挂失、销毁")),
            Page(P.CERTIFICATE_KEEP, _("外部CA"), "/authorities", _("信任外部CA、吊销列表")),
            Page(P.SUSPENSION_READ, _("紧急停用"), "/suspensions", _("停用情况，报告与解除")),
            Page(P.INSPECTION_VIEW, _("设备抽查"), "/inspections", _("安排抽查，登记检查情况")),
            Page(P.MANAGE_VIEW, _("会话"), "/@@sessions", _("谁正在登录；结束会话")),
        ),
    ),
    (
        _("业务规则"),
        (
            Page(P.UNIT_VIEW, _("使用单位"), "/unit_list", _("申请、批准、开通、更名、合并、注销；联通情况")),
            Page(P.MANAGE_VIEW, _("业务设置"), "/@@settings", _("现行、将行、已废的值及其依据")),
            Page(P.MANAGE_VIEW, _("词表"), "/@@vocabularies", _("退文理由、紧急程度、文种")),
            Page(P.MANAGE_VIEW, _("交换箱可收范围"), "/@@accepts", _("每个交换箱不收哪些文种")),
            Page(P.MANAGE_VIEW, _("邻近交换箱"), "/@@neighbours", _("故障时由哪些交换箱代收")),
            Page(P.MANAGE_VIEW, _("工作日历"), "/@@calendar", _("节假日和调休上班")),
        ),
    ),
    (
        _("运行"),
        (
            Page(P.DUTY_READ, _("值班表"), "/duty_roster", _("谁在何时值班，有无空班")),
            Page(P.INCIDENTS_VIEW, _("故障"), "/faults", _("故障报告，没有收文员的处室")),
            Page(P.WORK_VIEW, _("工作队列"), "/@@work", _("后台工作、定时工作、死信")),
            Page(P.SYSTEM_CHANGE_READ, _("接入和功能变更"), "/system_changes", _("申请、同意、评估、实施")),
            Page(P.MANAGE_VIEW, _("登记簿索引"), "/@@catalog", _("大小、用时、慢的查询；核对和重建")),
            Page(P.MANAGE_VIEW, _("数据库"), "/@@database", _("大小、压缩、升级步骤")),
            Page(P.MANAGE_VIEW, _("内容"), "/@@contents", _("逐级查看站点里的对象")),
        ),
    ),
)


class Task(NamedTuple):
    """Something that may wait for an officer: its permission, words, address, and how many there are."""

    permission: P
    label: Any
    url: str
    number: Callable[[Any, Any], int]


TASKS: tuple[Task, ...] = (
    Task(
        P.CHANGE_REVIEW,
        _("件权限变更待审核"),
        "/changes?state=submitted",
        lambda root, _registry: _changes(root, "submitted"),
    ),
    Task(
        P.CHANGE_EXECUTE,
        _("件权限变更待执行"),
        "/changes?state=approved",
        lambda root, _registry: _changes(root, "approved"),
    ),
    Task(
        P.CHANGE_REVIEW,
        _("件权限变更待复核"),
        "/changes?state=executed",
        lambda root, _registry: _changes(root, "executed"),
    ),
    Task(
        P.CHECKPOINT_COUNTERSIGN,
        _("个检查点待复签"),
        "/countersignatures",
        lambda root, _registry: len(waiting(root)),
    ),
    Task(P.ALARM_ACKNOWLEDGE, _("个警报待处理"), "/@@alarms", lambda root, _registry: open_alarms(root)),
    Task(P.GAP_EXPLAIN, _("处日志缺口待查明"), "/journal_gaps", lambda root, _registry: unexplained(root)),
    Task(P.SEPARATION_VIEW, _("个职责分离问题"), "/separation", lambda root, _registry: findings(root)),
    Task(P.ACCESS_REVIEW, _("项访问控制变更待审核"), "/@@access", lambda root, _registry: _proposals(root, "proposed")),
    Task(
        P.ACCESS_EXECUTE, _("项访问控制变更待执行"), "/@@access", lambda root, _registry: _proposals(root, "approved")
    ),
    Task(P.WORK_MANAGE, _("死信，须重试或放弃"), "/@@work", lambda root, _registry: int(work.summary(root).dead)),
    Task(
        P.INCIDENTS_VIEW,
        _("个处室没有收文员"),
        "/faults",
        lambda root, _registry: len(divisions_without_receiver(root, clock.now())),
    ),
    Task(
        P.DUTY_KEEP,
        _("处值班空班"),
        "/duty_roster",
        lambda root, registry: len(gaps_of_site(root, registry.govrepo_settings)),
    ),
    Task(
        P.PEOPLE_VIEW,
        _("个账号已停用或在交接"),
        "/@@people?state=suspended",
        lambda root, _registry: _accounts(root, "suspended") + _accounts(root, "handover"),
    ),
    Task(
        P.UNIT_MANAGE,
        _("个单位已批准，待开通、更名、合并或者注销"),
        "/unit_list?show=agreed",
        lambda root, _registry: int(register(root, "units").count(AGREED)),
    ),
    Task(P.MANAGE_VIEW, _("项设置将要生效"), "/@@settings", lambda root, _registry: coming_rules(root)),
    Task(
        P.MANAGE_VIEW,
        _("个升级步骤没有完成"),
        "/@@database",
        lambda root, registry: sum(done is None for _name, done in evolution_steps(root, registry)),
    ),
    Task(
        P.CALENDAR_CHANGE,
        _("个年度还没有设节假日"),
        "/@@calendar",
        lambda root, _registry: int(not has_holidays(root, clock.today().year)),
    ),
)


def _changes(root: Any, state: str) -> int:
    return int(register(root, "permission_changes").count(Eq("state", state)))


def _proposals(root: Any, state: str) -> int:
    return int(register(root, "access_proposals").count(Eq("state", state)))


def _accounts(root: Any, state: str) -> int:
    return int(register(root, "people").count(Eq("state", state)))


def coming_rules(root: Any) -> int:
    """How many settings have a value that takes effect later."""
    now = clock.now()
    return sum(any(each.since > now for each in root.rules.of(name)) for name in RULES)


def has_holidays(root: Any, year: int) -> bool:
    """Whether any day of a year was set in the work calendar."""
    return any(True for _day in root.calendar.exceptions.keys(min=f"{year}-01-01", max=f"{year}-12-31"))


@view_config(
    context=Site,
    name="manage",
    permission=P.MANAGE_HOME,
    request_method="GET",
    renderer="views:templates/manage/home.pt",
)
def home(context: Site, request: Any) -> dict[str, Any]:
    """What waits for this officer, and where everything is."""
    open_to = [task for task in TASKS if request.has_permission(task.permission, context)]
    counted = [(task.label, task.url, task.number(context, request.registry)) for task in open_to]
    waiting = [line for line in counted if line[2]] + certificates_waiting(request, context)
    warned = any(request.has_permission(each, context) for each in (P.DATABASE_PACK, P.JOURNAL_READ))
    warnings = troubles(request.registry) if warned else []
    more = {"tasks": waiting, "warnings": warnings, "areas": request.management_areas}
    return site_page(_("系统管理"), **more) | {"crumbs": []}


def certificates_waiting(request: Any, root: Site) -> list[tuple[Any, str, int]]:
    """What waits at the desk of those who keep the certificates; one's own stands on the first page."""
    return [line for line in certificate_tasks(request, root) if line[1].startswith("/certificates")]


def areas(request: Any) -> list[tuple[Any, list[tuple[Page, bool]]]]:
    """The areas with the pages this person may open, each with whether it is the page shown."""
    found = [(label, [_line(request, page) for page in pages if _may(request, page)]) for label, pages in AREAS]
    return [(label, pages) for label, pages in found if pages]


def _may(request: Any, page: Page) -> bool:
    return bool(request.has_permission(page.permission, request.root))


def _line(request: Any, page: Page) -> tuple[Page, bool]:
    return page, request.path.replace("/@@", "/") == page.url.replace("/@@", "/")


def includeme(config: Any) -> None:
    """Offer the areas to the side column of every management page."""
    config.add_request_method(areas, "management_areas", reify=True)
