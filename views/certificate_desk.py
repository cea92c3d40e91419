"""The security officer's desk: the register of certificates (证书登记簿, domain.md part 6) by state, person and end (R-9.1)."""

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.view import view_config

from content_types.site import Site
from govrepo import clock
from govrepo.catalog import EVERYTHING, Eq, Query, Range, register
from govrepo.catalog import Any as AnyOf
from policies import certificate as policy
from policies.permissions import Permission as P

from .certificate import row
from .exchange_box import page_key
from .i18n import _

PAGE = 50
NAMED_ALIKE = 500
"""People whom a part of a name may find."""
FOLDERS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "review": (_("待审核"), ("applied",)),
    "to_issue": (_("待发放"), ("approved",)),
    "issued": (_("待启用"), ("issued",)),
    "active": (_("在用"), ("active",)),
    "suspended": (_("已挂失"), ("suspended",)),
    "expiring": (_("即将到期"), ()),
    "closed": (_("已结束"), ("rejected", "revoked", "expired")),
    "all": (_("全部"), ()),
}


@view_config(
    context=Site,
    name="certificates",
    permission=P.CERTIFICATE_READ,
    request_method="GET",
    renderer="views:templates/certificate/desk.pt",
)
def desk(context: Site, request: Any) -> dict[str, Any]:
    """One folder of the register, perhaps of one person or up to an end."""
    folder = request.GET.get("state", "review")
    if folder not in FOLDERS:
        raise HTTPBadRequest
    found = register(context, "certificates")
    query = query_of(request, folder) & _filters(context, request)
    sort = "valid_to" if folder in ("active", "expiring") else "applied"
    try:
        page = found.query(query, sort=sort, limit=PAGE, after=page_key(request))
    except ValueError as error:
        raise HTTPBadRequest from error
    return {
        "title": _("证书登记簿"),
        "tabs": [
            (words, f"/certificates?state={name}", count(context, request, name), name == folder)
            for name, (words, _states) in FOLDERS.items()
        ],
        "folder": folder,
        "rows": [row(each) for each in page.objects],
        "pager": _pager(request, folder, page, found.count(query)),
        "values": {name: request.GET.get(name, "") for name in ("person", "until")},
        "errors": {},
    }


def _pager(request: Any, folder: str, page: Any, total: int) -> dict[str, Any]:
    kept = {"state": folder} | {name: request.GET[name] for name in ("person", "until") if request.GET.get(name)}
    further = urlencode(kept | {"after": ".".join(map(str, page.next_key))}) if page.next_key else ""
    previous = f"?{urlencode(kept)}" if request.GET.get("after") else None
    return {
        "previous": previous,
        "next": f"?{further}" if further else None,
        "shown": len(page.objects),
        "total": total,
    }


def query_of(request: Any, folder: str) -> Query:
    """What lies in a folder of the desk."""
    if folder == "expiring":
        return policy.expiring(request.registry)
    states = FOLDERS[folder][1]
    return AnyOf("state", states) if states else EVERYTHING


def count(root: Site, request: Any, folder: str) -> int:
    """How many lie in a folder."""
    return register(root, "certificates").count(query_of(request, folder))


def _filters(root: Site, request: Any) -> Query:
    """Of one person, by login name or name; valid until a day at most."""
    query: Query = EVERYTHING
    person, until = request.GET.get("person", "").strip(), request.GET.get("until", "").strip()
    if person:
        query = query & AnyOf("person", tuple(_people(root, person)))
    if until:
        query = query & Range("valid_to", 1, clock.micros(_end_of(until)))
    return query


def _people(root: Site, words: str) -> list[str]:
    """The ids of those whom a part of the name finds; a name nobody has finds nothing."""
    found = register(root, "people").query(Eq("words", words.casefold()), sort="order", limit=NAMED_ALIKE).objects
    return [each.id for each in found] or [""]


def _end_of(day: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time.min, clock.LOCAL) + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise HTTPBadRequest from error
