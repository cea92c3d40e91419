"""Properties: the declared facts of an object that an administrator may see (R-8.3: never a document's content)."""

from typing import Any

from persistent import Persistent
from pyramid.view import view_config

from content_types.appointment import Appointment
from content_types.division import Division
from content_types.exchange_box import ExchangeBox
from content_types.person import Person
from content_types.unit import Unit
from govrepo import clock
from policies.permissions import Permission as P
from views.i18n import _
from views.manage import frame

SHEETS: dict[type, tuple[tuple[str, Any], ...]] = {
    Unit: (
        ("code", _("单位代码")),
        ("name", _("全称")),
        ("short_name", _("规范化简称")),
        ("kind", _("单位类型")),
        ("level", _("层级")),
        ("document_codes", _("机关代字")),
        ("groups", _("收文分组")),
        ("connection", _("联通状态")),
        ("has_plate", _("制版系统")),
        ("has_seal", _("盖章系统")),
        ("box_name", _("交换箱")),
    ),
    Division: (("code", _("处室代码")), ("name", _("名称")), ("box_name", _("交换箱"))),
    Person: (
        ("id", _("编号")),
        ("login", _("账号")),
        ("name", _("姓名")),
        ("post", _("职务")),
        ("established", _("在编")),
        ("status", _("状态")),
    ),
    Appointment: (
        ("role", _("角色")),
        ("scope", _("范围")),
        ("since", _("起")),
        ("until", _("止")),
        ("capacity", _("身份")),
        ("basis", _("依据")),
    ),
    ExchangeBox: (("title", _("名称")), ("kind", _("箱类型")), ("checks_per_day", _("每日查收次数"))),
}
"""What is shown of each type; a type that is not named shows the common facts only."""

COMMON = (("uid", _("标识")), ("state", _("状态")), ("created", _("建立时间")))


@view_config(
    context=Persistent,
    name="properties",
    permission=P.MANAGE_VIEW,
    request_method="GET",
    renderer="views:templates/manage/properties.pt",
)
def properties(context: Any, request: Any) -> dict[str, Any]:
    """The facts of an object."""
    sheet = next((rows for cls, rows in SHEETS.items() if isinstance(context, cls)), ())
    facts = [(label, _words(getattr(context, name))) for name, label in (*sheet, *COMMON) if hasattr(context, name)]
    return frame(request, context, "properties") | {"facts": facts}


def _words(value: Any) -> Any:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or "—"
    if hasattr(value, "tzinfo"):
        return f"{clock.local(value):%Y-%m-%d %H:%M:%S}"
    return "—" if value is None else str(value)
