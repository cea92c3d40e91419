"""A person's certificates, and one certificate with everything that may be done with it (R-9.1 to R-9.3, R-26.1, R-28.1)."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest
from pyramid.response import Response
from pyramid.view import view_config

from content_types.certificate import Certificate
from content_types.site import Site
from govrepo import clock
from govrepo.files.streaming import disposition
from policies import certificate as policy
from policies import issuing, keys
from policies.engine import Refused
from policies.permissions import Permission as P

from .acts import attempt, buttons, done, mend, url
from .days import day_of
from .i18n import _

TEMPLATES = "views:templates/certificate/"
MINE = "/my_certificates"
APPLICATION = "/certificate_application"
BADGES = {
    "applied": "wait",
    "approved": "wait",
    "rejected": "back",
    "issued": "info",
    "active": "done",
    "suspended": "bad",
    "revoked": "stop",
    "expired": "stop",
}
OTHER_EVENTS = {"apply": _("申请"), "found": _("创始发放"), "supersede": _("由新证书取代")}
SAID = {
    "approve": _("已审核通过。"),
    "reject": _("已退回申请。"),
    "activate": _("证书已启用。"),
    "report_loss": _("已挂失，证书即刻停用。"),
    "note": _("审计员意见已登记。"),
    "restore": _("已解挂，证书恢复使用。"),
    "revoke": _("证书已注销。"),
    "renew": _("更新或补办的申请已提交，等待审核。"),
    "contact": _("联系已登记。"),
}
TEXTS = ("note", "reason", "fingerprint", "purpose", "carrier", "subject", "reference", "result")


@view_config(
    context=Site,
    name="my_certificates",
    permission=P.SITE_VIEW,
    request_method=("GET", "POST"),
    renderer=TEMPLATES + "mine.pt",
)
def mine(context: Site, request: Any) -> Any:
    """My certificates, in whatever state, the newest first, and the POST that activates the one just handed out.

    It may be used after a login by password alone: whoever has no certificate in use yet gets to one here (SOD-14).
    """
    found = policy.certificates_of(context, request.account)
    waiting = next((each for each in found if each.state == "issued"), None)
    errors: dict[str, Any] = {}
    if request.method == "POST":
        if waiting is None:
            raise HTTPBadRequest
        errors = attempt(request, waiting, "activate", fingerprint=request.POST.get("fingerprint", ""))
        if not errors:
            return done(request, SAID["activate"], MINE)
    return {
        "title": _("我的证书"),
        "rows": [row(each) for each in found],
        "waiting": waiting,
        "errors": errors,
        "values": _texts(request),
    }


def row(certificate: Certificate) -> dict[str, Any]:
    """A line of a list of certificates."""
    return {
        "url": url(certificate, ""),
        "certificate": certificate,
        "kind": policy.KINDS[certificate.kind],
        "state": policy.STATES[certificate.state],
        "badge": BADGES[certificate.state],
    }


@view_config(
    context=Site,
    name="certificate_application",
    permission=P.SITE_VIEW,
    request_method=("GET", "POST"),
    files=("request",),
    renderer=TEMPLATES + "apply.pt",
)
def apply(context: Site, request: Any) -> Any:
    """The prescribed form (R-28.1), and the POST that hands it in."""
    errors: dict[str, Any] = {}
    if request.method == "POST":
        given = {name: request.POST.get(name, "").strip() for name in ("kind", "purpose", "carrier")}
        try:
            policy.apply(context, request.actor, given | _public_key(request))
            return done(request, _("申请已提交，等待审核。"), MINE)
        except Refused as refused:
            errors = mend(request, refused)
    return {
        "title": _("申请数字证书"),
        "crumbs": [(_("我的证书"), MINE)],
        "kinds": [(str(kind), words) for kind, words in policy.KINDS.items()],
        "values": {"kind": "personal", **_texts(request)},
        "errors": errors,
    }


def _public_key(request: Any) -> dict[str, Any]:
    """The key handed in with an application, or that it could not be read."""
    data = file_of(request, "request")
    if not data:
        return {}
    try:
        return {"public_key": keys.public_der(keys.read_public_key(data))}
    except keys.BadKeyError:
        return {"key_fault": True}


def file_of(request: Any, name: str) -> bytes:
    """The content of a small file in a form; nothing where none was chosen."""
    field = request.POST.get(name)
    return field.file.read(keys.LARGEST + 1) if hasattr(field, "file") else b""


def _texts(request: Any) -> dict[str, str]:
    return {
        name: value
        for name, value in request.POST.items()
        if isinstance(value, str) and not name.startswith("password")
    }


@view_config(context=Certificate, permission=P.CERTIFICATE_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Certificate, request: Any) -> dict[str, Any]:
    """One certificate: its facts, its record, and what may be done."""
    return page_data(context, request)


def page_data(certificate: Certificate, request: Any, errors: dict[str, Any] | None = None) -> dict[str, Any]:
    """Everything the page shows. Before it is activated its owner does not see the fingerprint, which is to be confirmed."""
    own = certificate.person is request.account
    crumbs = [(_("我的证书"), MINE)] if own else [(_("证书登记簿"), "/certificates")]
    return {
        "title": _("${name}的数字证书", mapping={"name": certificate.person.name}),
        "crumbs": crumbs,
        "certificate": certificate,
        "here": url(certificate),
        "row": row(certificate),
        "facts": facts(certificate, request, hide=own and certificate.state == "issued"),
        "buttons": buttons(request, certificate),
        "previous": url(certificate.previous, "") if certificate.previous else None,
        "ways": [(name, words) for name, words in issuing.WAYS.items()],
        "reasons": [("", _("请选择")), *((name, words) for name, (words, _code) in policy.REASONS.items())],
        "events": events(certificate),
        "errors": errors or {},
        "values": {"undertaking": clock.today().isoformat(), "on": clock.today().isoformat(), **_texts(request)},
    }


def facts(certificate: Certificate, request: Any, *, hide: bool = False) -> list[tuple[Any, Any]]:
    """What stands on the application and in the certificate."""
    fmt, application, person = request.fmt, certificate.application, certificate.person
    rows = [
        (_("持有人"), person.name),
        (_("单位"), application.unit.name if application.unit else fmt.day(None)),
        (_("证书种类"), policy.KINDS[certificate.kind]),
        (_("用途"), application.purpose),
        (_("介质编号"), application.carrier or fmt.day(None)),
        (_("申请日期"), fmt.day(application.on)),
    ]
    if not certificate.serial:
        return rows
    issued = [
        (_("序列号"), certificate.serial),
        (_("颁发者"), certificate.issuer),
        (_("有效期自"), fmt.instant(certificate.valid_from)),
        (_("有效期至"), fmt.instant(certificate.valid_to)),
        (_("保密承诺书签署日期"), fmt.day(certificate.undertaking)),
    ]
    return [*rows, *issued, *([] if hide else [(_("证书指纹（SHA-256）"), certificate.fingerprint)])]


def events(certificate: Certificate) -> list[tuple[Any, Any, Any, Any]]:
    """The history as the timeline macro takes it."""
    titles = {each.name: each.title for each in policy.TABLE.transitions} | OTHER_EVENTS
    reasons = {name: words for name, (words, _code) in policy.REASONS.items()}
    return [
        (
            each.at,
            _("系统") if each.actor == "system" else each.actor_name,
            titles[each.transition],
            reasons.get(each.note, each.note),
        )
        for each in certificate.history
    ]


@view_config(
    context=Certificate,
    name="act",
    permission=P.CERTIFICATE_READ,
    request_method="POST",
    renderer=TEMPLATES + "page.pt",
)
def try_act(context: Certificate, request: Any) -> Any:
    """Any act but the issuing, which answers with a file."""
    name = request.POST.get("act", "")
    if name not in SAID:
        raise HTTPBadRequest
    data: dict[str, Any] = {each: request.POST[each].strip() for each in TEXTS if each in request.POST}
    if name == "renew":
        data["kind"] = str(context.kind)
    if name == "contact":
        data["on"] = day_of(request.POST.get("on", ""))
    errors = attempt(request, context, name, **data)
    return page_data(context, request, errors) if errors else done(request, SAID[name], url(context, ""))


@view_config(
    context=Certificate,
    name="issue",
    permission=P.CERTIFICATE_READ,
    request_method="POST",
    files=("file",),
    renderer=TEMPLATES + "page.pt",
)
def issue(context: Certificate, request: Any) -> Any:
    """Issue; a key pair made here is the answer itself, once, and is kept nowhere."""
    password = request.POST.get("password", "")
    given = {
        "receipt_signed": bool(request.POST.get("receipt_signed")),
        "undertaking": day_of(request.POST.get("undertaking", "")),
    }
    try:
        repeated = request.POST.get("password_again", "")
        way, file = request.POST.get("way", ""), file_of(request, "file")
        made = issuing.issue(context, request.actor, way, password=password, repeated=repeated, file=file, **given)
    except Refused as refused:
        return page_data(context, request, mend(request, refused))
    if not made:
        return done(request, _("已发放，等待本人启用。"), url(context, ""))
    return _download(made, f"{context.person.name}-{context.serial[-8:]}.p12")


def _download(content: bytes, filename: str) -> Response:
    response = Response(content, content_type="application/x-pkcs12", charset=None)
    response.content_disposition = disposition(filename)
    response.cache_control = "no-store, private"
    return response


@view_config(
    context=Certificate,
    name="form",
    permission=P.CERTIFICATE_READ,
    request_method="GET",
    renderer=TEMPLATES + "form.pt",
)
def form(context: Certificate, request: Any) -> dict[str, Any]:
    """The application form, the undertaking and the receipt, for paper (R-26.1, R-28.1)."""
    hide = context.person is request.account and context.state == "issued"
    return {
        "title": _("数字证书申请表"),
        "crumbs": [(context.title, url(context, ""))],
        "certificate": context,
        "facts": facts(context, request, hide=hide),
        "today": clock.today(),
    }


def includeme(config: Any) -> None:
    """Whoever has no certificate yet may apply for one and activate it (SOD-14); everything else of it asks for one."""
    config.add_uncertified_path(MINE)
    config.add_uncertified_path(APPLICATION)
