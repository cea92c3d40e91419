"""Seals on the screen (P-70 to P-76): the application, and one seal with its image, its record and what may be done with it."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from content_types.person import Person
from content_types.seal import Purpose, Seal, SealKind
from content_types.unit import Unit
from govrepo import clock
from govrepo.files import UploadError, attachment
from govrepo.files.streaming import disposition
from policies import seal as policy
from policies import seal_application as form
from policies.engine import Refused, act
from policies.permissions import Permission as P

from .acting import SIGNATURE_FILES
from .acts import Button, attempt, buttons, done, mend, url
from .case import timeline
from .i18n import _

TEMPLATES = "views:templates/seal/"
REGISTER = "/registers/seals"
BADGES = {
    "applied": "wait",
    "rejected": "back",
    "approved": "wait",
    "made": "info",
    "active": "done",
    "suspended": "bad",
    "replaced": "stop",
    "destroyed": "stop",
}
SAID = {
    "approve": _("已批准，待保密员制作。"),
    "reject": _("未批准，申请人会看到理由。"),
    "make": _("印章已制作，待保管人启用。"),
    "activate": _("印章已启用。"),
    "report_loss": _("已挂失，印章即刻停用。"),
    "note": _("审计员意见已登记。"),
    "restore": _("已解挂，印章恢复使用。"),
    "change_keeper": _("已更换保管人，待新保管人启用。"),
    "ask_destroy": _("销毁申请已提交，待厅领导批准。"),
    "approve_destroy": _("已批准销毁，待保密员办理。"),
    "refuse_destroy": _("已不批准销毁。"),
    "destroy": _("印章已销毁，密钥已作废，印模留存备查。"),
}
NOTED = {
    "reject": _("理由"),
    "report_loss": _("丢失或者损坏的情况"),
    "note": _("意见"),
    "restore": _("说明"),
    "change_keeper": _("交接情况"),
    "ask_destroy": _("书面申请的文号或者名称"),
    "refuse_destroy": _("理由"),
}
"""The acts that ask for words, and what for."""
NEXT = ("approve", "make", "activate")
"""The acts that bring a new seal on: everybody who reads it sees whose turn it is."""
DECIDING = ("approve_destroy", "refuse_destroy")
CONFIRM = {"destroy": _("密钥销毁后不能恢复。确认销毁？")}
TEXTS = ("purpose", "kind", "name", "diameter_mm", "physical", "letter", "workstation")


@view_config(
    context=Unit,
    name="apply_seal",
    permission=P.SEAL_APPLY,
    request_method=("GET", "POST"),
    files=("scan",),
    renderer=TEMPLATES + "apply.pt",
)
def apply(context: Unit, request: Any) -> Any:
    """The written application, keyed in with its scan; with ``replaces`` it takes the place of a seal (变更, 换领)."""
    old = _old(context, request.params.get("replaces", ""))
    errors: dict[str, Any] = {}
    if request.method == "POST":
        try:
            seal = form.apply(context, _wanted(request, old), request.actor)
            return done(request, _("申请已提交，待厅领导批准。"), url(seal, ""))
        except Refused as refused:
            errors = mend(request, refused)
    return _form(context, request, old, errors)


def _old(unit: Unit, uid: str) -> Seal | None:
    """The seal to be replaced; raises HTTPNotFound for one that the unit has not."""
    if not uid:
        return None
    found = next((each for each in form.seals_of(unit) if each.uid == uid), None)
    if found is None:
        raise HTTPNotFound
    return found


def _wanted(request: Any, old: Seal | None) -> form.Wanted:
    typed = {name: request.POST.get(name, "").strip() for name in TEXTS}
    return form.Wanted(**typed, upload=upload_of(request), keeper=_person(request), replaces=old)


def _person(request: Any) -> Person | None:
    found: Person | None = request.root["people"].get(request.POST.get("keeper", ""))
    return found


def upload_of(request: Any) -> str:
    """The id of the finished upload of the scan; a plain file of a browser without scripts becomes one. Empty for none."""
    plain = next((each for each in request.POST.getall("scan") if hasattr(each, "filename")), None)
    if plain is None:
        return str(request.POST.get("scan_upload", ""))
    try:
        upload = request.registry.uploads.accept(request.account.id, plain)
    except UploadError:
        return "-"  # No upload of anybody: the guard says at the field that there is none.
    request.POST.add("scan_upload", upload)
    return str(upload)


def uploads(request: Any) -> list[dict[str, Any]]:
    """The uploads that came with a form, to be shown again when something else must be mended."""
    found = []
    for each in request.POST.getall("scan_upload"):
        try:
            status = request.registry.uploads.status(each, request.account.id)
        except UploadError:
            continue
        found.append({"id": each, "name": status.filename, "size": status.size})
    return found


def _form(unit: Unit, request: Any, old: Seal | None, errors: dict[str, Any]) -> dict[str, Any]:
    kind = old.kind if old else SealKind.OFFICIAL
    size = form.size_of(unit, kind)
    first = {
        "purpose": str(Purpose.MAKE if old is None else Purpose.RENEW),
        "kind": str(kind),
        "name": unit.name if kind is SealKind.OFFICIAL or old is None else old.name,
        "diameter_mm": str(size.diameter_mm),
        "physical": old.physical if old else "",
        "workstation": old.workstation if old else "",
        "keeper": old.keeper.id if old else "",
    }
    return {
        "title": _("申请印章") if old is None else _("申请变更或者换领印章"),
        "crumbs": [(_("印章登记簿"), f"{REGISTER}?unit={unit.code}")],
        "unit": unit,
        "old": old,
        "kinds": [(str(each), words) for each, words in form.KINDS.items()],
        "purposes": [(str(each), form.PURPOSES[each]) for each in (Purpose.CHANGE, Purpose.RENEW)],
        "keepers": keepers(unit),
        "size": size,
        "emblem": form.EMBLEMS[size.emblem],
        "chunk": request.registry.govrepo_settings.upload_chunk_bytes,
        "uploads": uploads(request),
        "values": first | _typed(request),
        "errors": errors,
    }


def keepers(unit: Unit) -> list[tuple[str, Any]]:
    """Whom a form offers as keeper of the unit's seals."""
    found = [(each.id, f"{each.name}（{each.login}）") for each in form.possible_keepers(unit)]
    return [("", _("请选择")), *found]


@view_config(context=Seal, permission=P.SEAL_READ, request_method="GET", renderer=TEMPLATES + "page.pt")
def page(context: Seal, request: Any) -> dict[str, Any]:
    """One seal: its image, its facts, its record, and what may be done."""
    unit, fmt = context.unit, request.fmt
    linked = (("old", context.replaces), ("new", context.replaced_by))
    uses = f"/registers/seal_uses?seal={unit.code}%2F{context.uid}"
    return {
        "title": context.name,
        "crumbs": [(_("印章登记簿"), f"{REGISTER}?unit={unit.code}")],
        "seal": context,
        "here": url(context),
        "alt": _("印模：${name}", mapping={"name": context.name}),
        "state": policy.STATES[context.state],
        "badge": BADGES[context.state],
        "kind": form.KINDS[context.kind],
        "trouble": policy.usable(context, clock.now()) if context.state == "active" else None,
        "ending": context.ending if context.state in form.PRESENT else None,
        "facts": facts(context, fmt),
        "certificate": certificate_facts(context, fmt),
        "papers": papers(context, fmt),
        "buttons": acts_shown(context, request),
        "forms": NOTED,
        "next": (*NEXT, "approve_destroy", "destroy"),
        "confirms": CONFIRM,
        "others": {name: url(other, "") for name, other in linked if other},
        "may_replace": _may_replace(context, request),
        "uses": uses if request.has_permission(P.SEAL_USES_READ, context) else None,
        "events": timeline(context, policy.TABLE.begun),
    }


def acts_shown(seal: Seal, request: Any) -> list[Button]:
    """What this person may do, then what is his or her business but rests, and the next step, with the reasons why not."""
    found = buttons(request, seal).values()
    asked = seal.ending is not None and seal.ending.approved_by is None
    shown = [
        each
        for each in found
        if (each.name in NEXT or request.has_permission(policy.TABLE.transition(each.name).permission, seal))
        and (asked or each.name not in DECIDING)
    ]
    return sorted(shown, key=lambda each: not each.allowed)


def _may_replace(seal: Seal, request: Any) -> str | None:
    """Where a change or renewal is applied for, for whoever may."""
    if seal.state not in form.PRESENT or not request.has_permission(P.SEAL_APPLY, seal):
        return None
    return f"{url(seal.unit, 'apply_seal')}?replaces={seal.uid}"


def facts(seal: Seal, fmt: Any) -> list[tuple[Any, Any]]:
    """What stands on the application and in the record."""
    nothing = fmt.day(None)
    approved = seal.application.approved_by
    return [
        (_("单位"), seal.unit.name),
        (_("印文"), seal.name),
        (_("印章种类"), form.KINDS[seal.kind]),
        (_("直径"), _("${size} 毫米", mapping={"size": seal.face.diameter_mm})),
        (_("中央图案"), nothing if seal.kind is SealKind.SIGNATURE else form.EMBLEMS[seal.face.emblem]),
        (_("所依托的实物印章"), seal.physical),
        (_("保管人"), seal.keeper.name),
        (_("专用工作站"), seal.workstation or nothing),
        (_("申请事项"), form.PURPOSES[seal.application.purpose]),
        (_("申请人"), seal.application.by.name),
        (_("批准人"), approved.name if approved else nothing),
        (_("制作人"), seal.made_by.name if seal.made_by else nothing),
    ]


def certificate_facts(seal: Seal, fmt: Any) -> list[tuple[Any, Any]]:
    """The certificate, once there is one."""
    if not seal.serial:
        return []
    return [
        (_("序列号"), seal.serial),
        (_("有效期自"), fmt.instant(seal.valid_from)),
        (_("有效期至"), fmt.instant(seal.valid_to)),
        (_("证书指纹（SHA-256）"), seal.fingerprint),
        (_("印模散列（SHA-256）"), seal.image_sha256),
    ]


def papers(seal: Seal, fmt: Any) -> list[dict[str, Any]]:
    """The written applications, each with its scan."""
    found = [("application", seal.application), *([("ending", seal.ending)] if seal.ending else [])]
    return [
        {
            "name": paper.filename,
            "size": paper.scan.size,
            "sha256": paper.scan.sha256,
            "url": f"{url(seal, 'scan')}?of={name}",
            "note": f"{paper.letter}　{paper.by.name}　{fmt.instant(paper.at)}",
        }
        for name, paper in found
    ]


@view_config(context=Seal, name="image.png", permission=P.SEAL_READ, request_method="GET")
def image(context: Seal, request: Any) -> Response:
    """The image of the seal; 404 until it is made."""
    if context.image is None:
        raise HTTPNotFound
    return attachment(context.image, f"{context.name}.png", request)


@view_config(context=Seal, name="scan", permission=P.SEAL_READ, request_method="GET")
def scan(context: Seal, request: Any) -> Response:
    """The scan of a written application; 404 for one that was never made."""
    found = {"application": context.application, "ending": context.ending}.get(request.GET.get("of", ""))
    if found is None:
        raise HTTPNotFound
    return attachment(found.scan, found.filename, request)


@view_config(context=Seal, name="certificate_file", permission=P.SEAL_READ, request_method="GET")
def certificate(context: Seal, _request: Any) -> Response:
    """The seal's certificate, DER; 404 until it is made."""
    if not context.der:
        raise HTTPNotFound
    answer = Response(context.der, content_type="application/pkix-cert", charset=None)
    answer.content_disposition = disposition(f"{context.name}.cer")
    return answer


@view_config(context=Seal, name="act", permission=P.SEAL_READ, request_method="POST", files=SIGNATURE_FILES)
def try_act(context: Seal, request: Any) -> Any:
    """An act that asks for nothing but its button."""
    name = request.POST.get("act", "")
    if name not in SAID or name in NOTED:
        raise HTTPBadRequest
    act(context, name, request.actor)
    return done(request, SAID[name], url(context, ""))


@view_config(
    context=Seal,
    name="do",
    permission=P.SEAL_READ,
    request_method=("GET", "POST"),
    files=("scan",),
    renderer=TEMPLATES + "do.pt",
)
def do(context: Seal, request: Any) -> Any:
    """The form of an act that asks for words, and its POST: the form again, with messages, if something must be mended."""
    name = request.params.get("act", "")
    if name not in NOTED:
        raise HTTPBadRequest
    errors: dict[str, Any] = {}
    if request.method == "POST":
        errors = attempt(request, context, name, **_given(request, name))
        if not errors:
            return done(request, SAID[name], url(context, ""))
    return {
        "title": policy.TABLE.transition(name).title,
        "crumbs": [(context.name, url(context, ""))],
        "here": url(context),
        "name_of_act": name,
        "button": buttons(request, context, (name,)).get(name),
        "words": NOTED[name],
        "keepers": keepers(context.unit),
        "chunk": request.registry.govrepo_settings.upload_chunk_bytes,
        "uploads": uploads(request),
        "values": _typed(request),
        "errors": errors,
    }


def _given(request: Any, name: str) -> dict[str, Any]:
    """What an act is given: words, and what else it asks for."""
    data: dict[str, Any] = {"note": request.POST.get("note", "").strip()}
    if name == "ask_destroy":
        data["upload"] = upload_of(request)
    if name == "change_keeper":
        data["keeper"] = _person(request)
    return data


def _typed(request: Any) -> dict[str, str]:
    return {name: value for name, value in request.POST.items() if isinstance(value, str)}
