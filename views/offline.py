"""Off-line entry (补录, R-N4.4): the office's clerk enters the paper document of a unit that is not connected."""

from typing import Any

from pyramid.view import view_config

from content_types.dispatch import Address, DispatchKind, Recipient
from content_types.exchange_box import ExchangeBox
from content_types.unit import Connection
from govrepo.database import site
from policies import sending
from policies.dispatch import CHANNELS
from policies.engine import Refused, act
from policies.permissions import Permission as P

from .acts import done, url
from .compose import UPLOADS, by_field, fill_elements, fill_files, kept
from .i18n import _
from .reading import kind_choices

TEMPLATE = "views:templates/exchange_box/offline.pt"


@view_config(
    context=ExchangeBox,
    name="offline",
    permission=P.OFFLINE_ENTER,
    request_method=("GET", "POST"),
    files=tuple(UPLOADS),
    renderer=TEMPLATE,
)
def offline(context: ExchangeBox, request: Any) -> Any:
    """The form, and the POST that enters: one commit, or nothing; what was typed and uploaded stays."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        errors = _enter(context, request)
        if not errors:
            return done(request, _("已补录，文件随后出现在待签收中。"), url(context, "waiting"))
        request.tm.doom()
        request.response.status_int = 422
    return _form(context, request, errors)


def unconnected(box: ExchangeBox) -> list[Any]:
    """The units of the directory that cannot send by themselves yet (R-N5.1), in official order; no applicants."""
    units = (unit for unit in site(box)["units"].values() if unit.state == "active")
    return sorted((unit for unit in units if unit.connection is not Connection.CONNECTED), key=lambda unit: unit.rank)


def _enter(box: ExchangeBox, request: Any) -> dict[str, Any]:
    unit = next((each for each in unconnected(box) if each.code == request.POST.get("unit")), None)
    if unit is None:
        return {"unit": _("请选择来文单位。")}
    dispatch = sending.new_draft(box, request.actor, kind=DispatchKind.OFFLINE, unit=unit)
    dispatch.channel = request.POST.get("channel", "")
    dispatch.recipients = (Recipient(box, Address.MAIN),)
    errors = fill_elements(request, dispatch.document) | fill_files(request, dispatch)
    try:
        act(dispatch, "enter_offline", request.actor)
    except Refused as refused:
        return by_field(refused.reasons) | errors
    return errors


def _form(box: ExchangeBox, request: Any, errors: dict[str, Any]) -> dict[str, Any]:
    request.box_folder = (box, "waiting")
    return {
        "title": _("补录纸质来文"),
        "crumbs": [(box.title, url(box, "waiting"))],
        "box": box,
        "units": [("", _("请选择")), *((unit.code, unit.name) for unit in unconnected(box))],
        "channels": [("", _("请选择")), *CHANNELS.items()],
        "kinds": kind_choices(),
        "chunk": request.registry.govrepo_settings.upload_chunk_bytes,
        "kept": {name: kept(request, request.POST.getall(f"{name}_upload")) for name in UPLOADS},
        "values": dict(request.POST),
        "errors": errors,
    }
