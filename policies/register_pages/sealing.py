"""Registers of seals and of their use (domain.md part 6 "seal use"; P-70 to P-76)."""

from typing import Any

from govrepo.catalog import EVERYTHING, Query
from govrepo.catalog import Any as AnyOf
from govrepo.i18n import _
from policies import seal as seals
from policies.actor import Actor
from policies.permissions import Permission as P
from policies.register_pages import words
from policies.register_pages.declaration import Column, RegisterPage, Visible
from policies.register_pages.filters import Choice, Holds, Period, Someone
from policies.seal_application import KINDS


def of_units(permission: P) -> Visible:
    """The rows of the units at which the actor holds the permission; all of them, for whoever holds it at the site."""

    def rows(actor: Actor, root: Any, asked: P) -> Query | None:
        if actor.allowed(asked, root):
            return EVERYTHING
        codes = [unit.code for unit in root["units"].values() if actor.allowed(asked, unit)]
        return AnyOf("unit", codes) if codes else None

    return Visible(permission, rows)


def seal_name(root: Any, key: str) -> Any:
    """A seal by its key in the register: its unit's code and its uid."""
    code, _slash, uid = key.partition("/")
    unit = root["units"].get(code, {})
    found = unit["seals"].get(uid) if "seals" in unit else None
    return key if found is None else found.name


def _made_by(seal: Any) -> str:
    return "" if seal.made_by is None else str(seal.made_by.name)


SEALS = RegisterPage(
    name="seals",
    title=_("印章登记簿"),
    print_title=_("印章登记簿"),
    register="seals",
    visible=(of_units(P.SEAL_READ),),
    columns=(
        Column(_("印文"), lambda seal: seal.name, look="main"),
        Column(_("单位"), lambda seal: seal.unit.short_name, sort="order"),
        Column(_("印章种类"), lambda seal: KINDS[seal.kind]),
        Column(_("直径（毫米）"), lambda seal: seal.face.diameter_mm),
        Column(_("保管人"), lambda seal: seal.keeper.name),
        Column(_("申请时间"), lambda seal: seal.created, sort="at", look="time"),
        Column(_("制作人"), _made_by),
        Column(_("有效期至"), lambda seal: seal.valid_to, sort="valid_to", look="time"),
        Column(_("状态"), lambda seal: seals.STATES[seal.state]),
    ),
    filters=(
        Holds("q", _("印文"), "words"),
        Choice("unit", _("单位"), "unit", said=words.unit_title),
        Choice("kind", _("印章种类"), "kind", said=words.of(KINDS)),
        Choice("state", _("状态"), "state", said=words.of(seals.STATES)),
        Someone("keeper", _("保管人"), "keeper"),
        Period("valid_to", _("有效期至"), "valid_to"),
    ),
    sort="order",
    opens=((lambda seal: seal, P.SEAL_READ),),
)

SEAL_USES = RegisterPage(
    name="seal_uses",
    title=_("用印登记"),
    print_title=_("用印登记簿"),
    register="seal_uses",
    visible=(of_units(P.SEAL_USES_READ),),
    columns=(
        Column(_("用印时间"), lambda use: use.at, sort="at", look="time"),
        Column(_("印章"), lambda use: use.seal.name),
        Column(_("标题"), lambda use: use.document_title, look="main"),
        Column(_("文号"), lambda use: use.number, look="number"),
        Column(_("页"), lambda use: use.page),
        Column(_("保管人"), lambda use: use.keeper.name),
        Column(_("工作站"), lambda use: use.workstation),
        Column(_("证书序列号"), lambda use: use.serial[-12:], look="number"),
        Column(_("用印后散列"), lambda use: use.digests.after[:12], look="number"),
    ),
    filters=(
        Choice("seal", _("印章"), "seal", said=seal_name),
        Period("at", _("用印时间"), "at"),
        Holds("q", _("标题、文号"), "words"),
    ),
    sort="-at",
    opens=((lambda use: use.seal, P.SEAL_READ),),
)

PAGES = (SEALS, SEAL_USES)
