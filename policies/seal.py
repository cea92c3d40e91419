"""The seal's workflow (印章, domain.md 5.9, 4.12; P-12, P-13, P-70 to P-76; SOD-4, SOD-8).

The unit applies (``seal_application.py``), a leader of the operating office approves, the security officer makes (``seal_making.py``), the
named keeper puts into use. Who wants to set a seal asks :func:`seal_of`, :func:`usable` and :func:`may_use`.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any

from content_types.certificate import Statement
from content_types.seal import Application, Purpose, Seal, SealKind
from content_types.unit import Unit
from govrepo import clock
from govrepo.catalog import Eq, Query, Range, register
from govrepo.i18n import _
from policies import seal_making as making
from policies.actor import Actor
from policies.engine import Act, Reason, Table, Transition, record
from policies.permissions import Permission as P
from policies.seal_application import (
    ACTION,
    OPEN,
    PRESENT,
    is_keeper,
    keep_scan,
    letter_problems,
    scan_problems,
    seals_of,
)

STATES = {
    "applied": _("待批准"),
    "rejected": _("未批准"),
    "approved": _("待制作"),
    "made": _("待启用"),
    "active": _("在用"),
    "suspended": _("已挂失"),
    "replaced": _("已更换"),
    "destroyed": _("已销毁"),
}


# What the chain asks.


def seal_of(unit: Unit, at: datetime) -> Seal | None:
    """The unit's official seal that was in use at an instant; whether it may be set, :func:`usable` says."""
    found = [each for each in seals_of(unit) if each.kind is SealKind.OFFICIAL and each.state_at(at) == "active"]
    return found[-1] if found else None


def usable(seal: Seal, at: datetime) -> Reason | None:
    """Why a seal may not be set at an instant: its state, its certificate's time, its unit, its name (P-12, P-13, P-71, P-73)."""
    state, unit, name = seal.state_at(at), seal.unit, {"name": seal.name}
    if state != "active":
        words = name | {"state": STATES[state]}
        return Reason(_("印章“${name}”的状态是“${state}”，不能使用。", mapping=words), "P-73")
    if seal.valid_from is None or seal.valid_to is None or not seal.valid_from <= at < seal.valid_to:
        return Reason(_("印章“${name}”的证书不在有效期内，请申请换领。", mapping=name), "P-71")
    if unit.state_at(at) != "active":
        return Reason(_("印章“${name}”所属单位不在用。", mapping=name), "P-13")
    if not seal.bears_name_on(clock.local(at).date()):
        return Reason(_("单位已经更名，印章“${name}”须重新制作。", mapping=name), "P-12")
    return None


def may_use(seal: Seal, actor: Actor, at: datetime) -> list[Reason]:
    """Every reason why this person may not set this seal now, from where he or she is (P-72)."""
    asked = (usable(seal, at), _kept_by(seal, actor.person), at_workstation(seal, actor))
    return [reason for reason in asked if reason is not None]


def at_workstation(seal: Seal, actor: Actor) -> Reason | None:
    """P-72: from the dedicated workstation, where it is given as a network address; a name in words is for people to heed."""
    try:
        wanted = ip_address(seal.workstation)
    except ValueError:
        return None
    words = {"address": seal.workstation}
    there = actor.address == str(wanted)
    return None if there else Reason(_("此印章只能在专用的工作站（${address}）上使用。", mapping=words), "P-72")


def _kept_by(seal: Seal, person: Any) -> Reason | None:
    if person is not None and seal.keeper is person and is_keeper(person, seal.unit):
        return None
    words = {"name": seal.keeper.name}
    return Reason(_("此印章由${name}专人保管，其他人不能使用。", mapping=words), "P-72")


# Guards.


def not_the_applicant(act: Act) -> Reason | None:
    """P-70, SOD-4: nobody approves or makes what he or she applied for."""
    own = act.context.application.by is act.actor.person
    return Reason(_("本人的申请须由他人办理。"), "SOD-4") if own else None


def not_the_keeper(act: Act) -> Reason | None:
    """P-70: nobody approves or makes the seal that he or she will keep."""
    own = act.context.keeper is act.actor.person
    return Reason(_("不得为自己保管的印章办理审批、制作。"), "P-70") if own else None


def not_who_asked(act: Act) -> Reason | None:
    """SOD-4: nobody approves or carries out the destruction that he or she asked for."""
    asked = act.context.ending
    return Reason(_("本人的申请须由他人办理。"), "SOD-4") if asked and asked.by is act.actor.person else None


def name_current(act: Act) -> Reason | None:
    """P-12: the ring still bears the unit's name."""
    if act.context.bears_name_on(clock.local(act.now).date()):
        return None
    return Reason(_("印文与单位现在的名称不符，请重新申请。"), "P-12")


def unit_in_service(act: Act) -> Reason | None:
    """P-13: the unit is in service, or about to be."""
    stands = act.context.unit.state in ("approved", "active")
    return None if stands else Reason(_("该单位不在用。"), "P-13")


def keeper_holds(act: Act) -> Reason | None:
    """P-72: the named keeper holds the role."""
    if is_keeper(act.context.keeper, act.context.unit):
        return None
    words = {"name": act.context.keeper.name}
    return Reason(_("保管人${name}不再担任本单位的印章保管员，请更换保管人。", mapping=words), "P-72")


def named_keeper(act: Act) -> Reason | None:
    """P-72: only the named keeper (专人), with the role."""
    return _kept_by(act.context, act.actor.person)


def on_the_spot(act: Act) -> Reason | None:
    """P-72: at the dedicated workstation."""
    return at_workstation(act.context, act.actor)


def in_time(act: Act) -> Reason | None:
    """The certificate is valid today."""
    valid = act.context.valid_from <= act.now < act.context.valid_to
    return None if valid else Reason(_("证书不在有效期内。"), "P-71")


def auditor_has_noted(act: Act) -> Reason | None:
    """Since the loss report an auditor has put a note on record, as with certificates (5.6)."""
    notes, losses = act.context.auditor_notes, act.context.losses
    noted = bool(notes) and notes[-1].at >= losses[-1].at
    return None if noted else Reason(_("解挂须先有审计员的意见。"), "5.6")


def not_ending(act: Act) -> Reason | None:
    """One application for destruction at a time."""
    return Reason(_("已有销毁申请在办理。"), "P-70") if act.context.ending else None


def ending_asked(act: Act) -> Reason | None:
    """A decision needs an application that was not decided on."""
    asked = act.context.ending
    waits = asked is not None and asked.approved_by is None
    return None if waits else Reason(_("没有等待审批的销毁申请。"), "P-70")


def ending_approved(act: Act) -> Reason | None:
    """P-70: destroyed after approval only."""
    asked = act.context.ending
    agreed = asked is not None and asked.approved_by is not None
    return None if agreed else Reason(_("销毁还没有经厅领导批准。"), "P-70")


# Guards over what was typed.


def words_given(act: Act) -> Reason | None:
    """Words were given."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请填写说明。"), "5.9", "note")


def paper_given(act: Act) -> list[Reason]:
    """P-70, P-73: by written application, with its scan."""
    letter, upload = str(act.given.get("note", "")), str(act.given.get("upload", ""))
    named = [reason._replace(field="note") for reason in letter_problems(letter)]
    return [*named, *scan_problems(upload, act.actor)]


def other_keeper(act: Act) -> Reason | None:
    """P-72: handed over to another keeper of the unit, and nobody names himself or herself."""
    person = act.given.get("keeper")
    if person is None or not is_keeper(person, act.context.unit):
        return Reason(_("请选择保管人：须是本单位的印章保管员。"), "P-72", "keeper")
    if person in (act.context.keeper, act.actor.person):
        return Reason(_("请选择另一位保管员。"), "P-72", "keeper")
    return None


# Effects.


def keep_approval(act: Act) -> None:
    """Who approved."""
    act.context.application = act.context.application._replace(approved_by=act.actor.person)


def supersede(act: Act) -> None:
    """What it takes the place of is over from now on (P-12, P-73)."""
    old = act.context.replaces
    if old is not None and old.state in PRESENT:
        old.replaced_by = act.context
        end(act, old, "replaced", "superseded", "supersede")


def block(act: Act) -> None:
    """P-73: suspended at once."""
    words = str(act.given.get("note", ""))
    act.context.losses = (*act.context.losses, Statement(act.actor.person, act.now, words))
    making.hold(act)


def keep_note(act: Act) -> None:
    """The auditor's note."""
    statement = Statement(act.actor.person, act.now, str(act.given["note"]))
    act.context.auditor_notes = (*act.context.auditor_notes, statement)


def unblock(act: Act) -> None:
    """The block is lifted."""
    making.release(act)


def change_keeper(act: Act) -> None:
    """P-72: the new keeper puts it into use again; until then it rests."""
    act.context.keeper = act.given["keeper"]


def ask_ending(act: Act) -> None:
    """Keep the written application for its destruction."""
    filename, scan = keep_scan(act.context, str(act.given["upload"]), act.actor, ACTION)
    letter = str(act.given["note"]).strip()
    act.context.ending = Application(Purpose.DESTROY, act.actor.person, act.now, letter, filename, scan)


def approve_ending(act: Act) -> None:
    """Who approved the destruction."""
    act.context.ending = act.context.ending._replace(approved_by=act.actor.person)


def drop_ending(act: Act) -> None:
    """What was refused waits no longer; the history keeps it."""
    act.context.ending = None


def destroy(act: Act) -> None:
    """P-70: the key is destroyed and the certificate revoked; image and record stay."""
    making.unmake(act, act.context, "cessationOfOperation")


def end(act: Act, seal: Seal, state: str, reason: str, name: str) -> None:
    """Another act ends this seal: a new seal's, or its unit's (P-12, P-13)."""
    source, seal.state = seal.state, state
    making.unmake(act, seal, reason)
    record(TABLE, name, Act(seal, act.actor, act.now, {}), source)


def end_seals(unit: Unit, act: Act) -> None:
    """P-13: with its unit every seal ends, and what was applied for is not made."""
    for seal in seals_of(unit):
        if seal.state in (*OPEN, *PRESENT):
            end(act, seal, "destroyed", "cessationOfOperation", "end_with_unit")


def renamed(unit: Unit) -> None:
    """P-12: the register of seals learns that the unit bears another name; its seals rest until they are made anew."""
    for seal in seals_of(unit):
        register(seal, "seals").changed(seal)


def expiring(registry: Any) -> Query:
    """The query for seals in use whose certificate ends soon, or has ended."""
    until = clock.now() + timedelta(days=registry.govrepo_settings.certificate_warn_days)
    return Eq("state", "active") & Range("valid_to", 1, clock.micros(until))


_APPROVING = (not_the_applicant, not_the_keeper, unit_in_service, name_current)
_MAKING = (*_APPROVING, keeper_holds, making.can_be_made)
TABLE = Table(
    noun="seal",
    label=_("印章"),
    begun={"apply": _("申请印章"), "supersede": _("由新印章取代"), "end_with_unit": _("随单位终止")},
    content_type="Seal",
    initial="applied",
    states=STATES,
    transitions=(
        Transition("approve", _("批准制作印章"), ("applied",), "approved", P.SEAL_APPROVE, _APPROVING, effects=(keep_approval,), article="P-70"),
        Transition("reject", _("不批准制作印章"), ("applied",), "rejected", P.SEAL_APPROVE, (not_the_applicant,), (words_given,), article="P-70"),
        Transition("make", _("制作印章"), ("approved",), "made", P.SEAL_MAKE, _MAKING, (making.can_be_drawn,), (making.make,), article="P-70"),
        Transition("activate", _("启用印章"), ("made",), "active", P.SEAL_USE, (named_keeper, on_the_spot, in_time, name_current, unit_in_service), effects=(supersede,), article="P-72", signed=True),
        Transition("report_loss", _("挂失印章"), ("active",), "suspended", P.SEAL_REPORT_LOSS, (), (words_given,), (block,), article="P-73"),
        Transition("note", _("审计员意见"), ("suspended",), None, P.SEAL_NOTE, (), (words_given,), (keep_note,), article="5.6"),
        Transition("restore", _("解挂印章"), ("suspended",), "active", P.SEAL_MAKE, (not_the_keeper, auditor_has_noted, in_time, name_current, keeper_holds), (words_given,), (unblock,), article="5.9"),
        Transition("change_keeper", _("更换保管人"), ("made", "active"), "made", P.SEAL_APPLY, (), (other_keeper, words_given), (change_keeper,), article="P-72"),
        Transition("ask_destroy", _("申请销毁印章"), PRESENT, None, P.SEAL_APPLY, (not_ending,), (paper_given,), (ask_ending,), article="P-70"),
        Transition("approve_destroy", _("批准销毁印章"), PRESENT, None, P.SEAL_APPROVE, (ending_asked, not_who_asked), effects=(approve_ending,), article="P-70"),
        Transition("refuse_destroy", _("不批准销毁印章"), PRESENT, None, P.SEAL_APPROVE, (ending_asked, not_who_asked), (words_given,), (drop_ending,), article="P-70"),
        Transition("destroy", _("销毁印章"), PRESENT, "destroyed", P.SEAL_MAKE, (ending_approved, not_who_asked), effects=(destroy,), article="P-70"),
    ),
    register="seals",
    version=lambda seal: seal.fingerprint,
    facts=lambda seal: {"serial": seal.serial, "image": seal.image_sha256},
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table; the worker removes the keys of seals that are over."""
    config.add_policy_table(Seal, TABLE)
    config.add_work_handler("seal.destroy_key", making.destroy_key)
