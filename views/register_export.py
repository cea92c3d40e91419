"""A long register's way to a file on the screen (design.md sect. 10): how far it is, and the download for whoever ordered it."""

from typing import Any

from pyramid.view import view_config

from content_types.register_export import RegisterExport
from govrepo.files import attachment
from policies.engine import act
from policies.permissions import Permission as P
from policies.register_export import KEPT, STATES
from policies.search_asked import ask_again, page_named

from .acts import url
from .i18n import _

TEMPLATES = "views:templates/register_export/"
BADGES = {"making": "wait", "ready": "done", "dropped": "bad", "expired": "stop"}


@view_config(context=RegisterExport, permission=P.EXPORT_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: RegisterExport, request: Any) -> dict[str, Any]:
    """One export: what was asked for, and how far it is."""
    declared = page_named(context.register)
    asked = ask_again(context.register, request.actor, request.root, context.asked)
    used = asked.in_words() if asked is not None else []
    return {
        "title": _("导出：${title}", mapping={"title": declared.title}),
        "active_area": "registers",
        "crumbs": [(_("登记簿"), "/registers"), (declared.title, _address(context))],
        "facts": [
            *used,
            (_("文件格式"), context.wanted),
            (_("导出时间"), request.fmt.instant(context.created)),
            (_("保留到"), request.fmt.instant(context.created + KEPT)),
        ],
        **progress(context, request),
    }


def _address(export: RegisterExport) -> str:
    """Where what was exported is shown."""
    return str(export.asked.get("address") or f"/registers/{export.register}")


@view_config(
    context=RegisterExport,
    name="progress",
    permission=P.EXPORT_READ,
    request_method="GET",
    renderer=TEMPLATES + "progress.pt",
)
def progress(context: RegisterExport, _request: Any) -> dict[str, Any]:
    """How far it is, which the page asks for by itself until it is ready."""
    return {
        "export": context,
        "here": url(context),
        "state": STATES[context.state],
        "badge": BADGES[context.state],
    }


@view_config(context=RegisterExport, name="download", permission=P.EXPORT_READ, request_method="POST")
def download(context: RegisterExport, request: Any) -> Any:
    """The file, on record."""
    act(context, "download", request.actor)
    return attachment(context.stored, context.filename, request)
