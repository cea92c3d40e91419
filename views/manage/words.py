"""Roles, scopes, permissions and persons in words, as the management pages show them."""

from typing import Any

from govrepo.i18n import joined, listed
from govrepo.security.acl import Authenticated
from policies.engine import tables
from policies.permissions import Permission as P
from policies.person import found_by
from policies.roles import ROLES, Role
from policies.scopes import place_of
from views.i18n import _

PERMISSIONS = {
    P.ACCESS_EXECUTE: _("执行访问控制变更"),
    P.ACCESS_EXPLAIN: _("询问访问权限"),
    P.ACCESS_PROPOSE: _("提出访问控制变更"),
    P.ACCESS_REVIEW: _("审核访问控制变更"),
    P.ACCOUNT_MANAGE: _("管理账号"),
    P.ALARM_READ: _("查看警报"),
    P.APPOINTMENTS_VIEW: _("查看任职"),
    P.BOX_CHECK_IN: _("登记查收"),
    P.BOX_CONFIGURE: _("设定交换箱可收范围"),
    P.BOX_REPORT_FAULT: _("报告故障"),
    P.BOX_VIEW: _("查看收件"),
    P.CALENDAR_CHANGE: _("修改工作日历"),
    P.CERTIFICATE_READ: _("查看证书"),
    P.CHANGE_READ: _("查看权限变更"),
    P.CHECKPOINT_READ: _("查看检查点"),
    P.CATALOG_REBUILD: _("核对、重建登记簿"),
    P.DATABASE_PACK: _("压缩数据库"),
    P.DELIVERY_READ: _("阅读来文"),
    P.DISPATCH_COMPOSE: _("起草公文"),
    P.DISPATCH_READ: _("阅读发文"),
    P.DOCUMENT_READ: _("阅读在办公文"),
    P.DOCUMENT_VIEW: _("查看在办公文"),
    P.DUTY_READ: _("查看值班安排"),
    P.ENTRY_READ: _("查看登记件"),
    P.EVIDENCE_READ: _("查看证据包"),
    P.EVIDENCE_MAKE: _("提取和签署证据"),
    P.FINDING_READ: _("查看责任认定"),
    P.GAP_READ: _("查看日志缺口"),
    P.HANDOVER_READ: _("查看交接"),
    P.INCIDENTS_VIEW: _("查看故障"),
    P.INCIDENT_READ: _("查看故障处理"),
    P.INCIDENT_HANDLE: _("处理故障"),
    P.JOURNAL_EXPORT: _("导出日志"),
    P.JOURNAL_READ: _("查看审计日志"),
    P.JOURNAL_SEAL: _("封存日志期间"),
    P.MANAGE_HOME: _("查看管理首页"),
    P.MANAGE_VIEW: _("查看站点管理"),
    P.OFFLINE_ENTER: _("补录"),
    P.OUTBOX_VIEW: _("查看发件"),
    P.PAPER_RECEIVE: _("收纸质件"),
    P.PEOPLE_VIEW: _("查看人员"),
    P.REGISTER_READ: _("查看登记簿"),
    P.RELEASE_ASK: _("申请调阅内容"),
    P.RELEASE_OPEN: _("阅读调阅的公文"),
    P.RELEASE_READ: _("查看调阅申请"),
    P.RULES_CHANGE: _("修改业务设置"),
    P.SEAL_READ: _("查看印章"),
    P.SEAL_USES_READ: _("查看用印登记"),
    P.SEPARATION_VIEW: _("查看职责分离报告"),
    P.SESSIONS_END: _("结束会话"),
    P.SITE_VIEW: _("登录后的首页"),
    P.SUBSTITUTE_DESIGNATE: _("指定代收人"),
    P.SUSPENSION_ORDER: _("紧急停用"),
    P.SUSPENSION_READ: _("查看停用"),
    P.INSPECTION_VIEW: _("查看设备抽查"),
    P.STATISTICS_READ: _("查看统计"),
    P.SYSTEM_CHANGE_READ: _("查看接入和功能变更"),
    P.TRAINING_RECORD: _("登记培训"),
    P.UNIT_VIEW: _("查看单位"),
    P.TRAINING_VIEW: _("查看培训"),
    P.UPLOAD_CREATE: _("上传文件"),
    P.VOCABULARY_CHANGE: _("修改词表"),
    P.WORK_MANAGE: _("管理工作队列"),
    P.WORK_VIEW: _("查看工作队列"),
}
"""What no act of a table names; all other permissions bear the names of the acts they allow."""


def permission_words(permission: str) -> Any:
    """A permission in words; empty where it has none yet."""
    if permission in PERMISSIONS:
        return PERMISSIONS[P(permission)]
    titles = dict.fromkeys(row.title for table in tables() for row in table.transitions if row.permission == permission)
    return listed(titles)


def role_words(principal: str) -> Any:
    """The role of a principal in words."""
    if principal == Authenticated:
        return _("已登录人员")
    role = principal.partition("@")[0]
    return ROLES[Role(role)].label if role in set(Role) else principal


def scope_words(root: Any, principal: str) -> Any:
    """The scope of a principal in words; empty for one without."""
    _role, _at, scope = principal.partition("@")
    kind, _colon, code = scope.partition(":")
    if kind == "division":
        return getattr(place_of(scope, root), "name", scope)
    if kind == "unit" and code in root["units"]:
        return root["units"][code].short_name
    return _("全站") if kind == "site" else scope


def carrier_words(carrier: Any) -> Any:
    """A carrier of an ACL in words."""
    if carrier.__parent__ is None:
        return _("站点")
    return getattr(carrier, "title", "") or carrier.__name__


def principal_words(root: Any, principal: str) -> Any:
    """A principal in words: scope and role."""
    scope = scope_words(root, principal)
    return joined([scope, role_words(principal)]) if scope else role_words(principal)


def one_person(root: Any, words: str) -> tuple[Any, Any]:
    """The person whom words stand for and no error, or None and what is wrong with them."""
    if not words.strip():
        return None, _("请填写账号、姓名或编号。")
    found = found_by(root, words)
    if not found:
        return None, _("没有这个人。")
    if len(found) > 1:
        return None, _(
            "有几个人叫这个名字，请填账号：${logins}", mapping={"logins": "、".join(p.login for p in found[:20])}
        )
    return found[0], None
