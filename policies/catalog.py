"""Checking and rebuilding registers: the administrator asks, the worker does it in steps, the journal says both (R-8.1)."""

from typing import Any

from govrepo.catalog import Register, register, settle
from govrepo.catalog import run as runs
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import ALLOWED, Event
from govrepo.work import enqueue
from policies.actor import Actor, system_actor
from policies.administration import journal, refuse, require
from policies.engine import Reason
from policies.permissions import Permission as P

WORK = "catalog.step"
BREAK_OFF = "break_off"
RUNNING = {
    runs.CHECK: _("这个登记簿正在核对，请等它完成或先中止。"),
    runs.REBUILD: _("这个登记簿正在重建，请等它完成或先中止。"),
}


def ask(root: Any, name: str, act: str, actor: Actor) -> None:
    """Have a register checked or rebuilt by the worker, or break off what is under way; raise Refused.

    Raises LookupError for a register that does not exist, ValueError for another act.
    """
    found = register(root, name, actor.registry)
    if act not in (*runs.ACTS, BREAK_OFF):
        raise ValueError(act)
    action = f"catalog.{act}"
    require(P.CATALOG_REBUILD, root, actor, action)
    (_break_off if act == BREAK_OFF else _begin)(root, found, action, actor)
    journal(action, root, actor, register=name)


def _begin(root: Any, found: Register, action: str, actor: Actor) -> None:
    try:
        runs.begin(found, action.rpartition(".")[2], actor.id, actor.name)
    except runs.RunningError:
        under_way = runs.running(found)
        words = RUNNING[under_way.act if under_way else runs.REBUILD]
        refuse([Reason(words, "R-8.1", "act")], root, action)
    enqueue(root, WORK, register=found.declaration.name)


def _break_off(root: Any, found: Register, action: str, _actor: Actor) -> None:
    if runs.running(found) is None:
        refuse([Reason(_("现在没有核对或重建在进行。"), "R-8.1", "act")], root, action)
    runs.break_off(found)


def step(job: Any) -> None:
    """Work handler: a step of a check or rebuild, the next one enqueued; at the end, how it went stands in the journal."""
    root = site(job.root)
    found = register(root, job.payload["register"], job.registry)
    run = runs.running(found)
    if run is None:
        return
    if run.act == runs.CHECK:
        settle(root, job.registry)
    if runs.step(found, root):
        enqueue(root, WORK, **job.payload)
        return
    action = "catalog.checked" if run.act == runs.CHECK else "catalog.rebuilt"
    number = run.number if run.act == runs.CHECK else run.found
    actor = system_actor(job.registry)
    journal(action, root, actor, register=found.declaration.name, number=number, error=run.error)


def includeme(config: Any) -> None:
    """Declare the work and the events."""
    name = {"register": _("登记簿")}
    config.add_journal_events(
        "catalog",
        _("登记簿的索引"),
        Event("check", _("申请核对登记簿"), name),
        Event("rebuild", _("申请重建登记簿"), name),
        Event("break_off", _("中止核对或重建登记簿"), name),
        Event("checked", _("核对登记簿"), name | {"number": _("不符之处"), "error": _("错误")}, (ALLOWED,)),
        Event("rebuilt", _("重建登记簿"), name | {"number": _("列入的件数"), "error": _("错误")}, (ALLOWED,)),
    )
    config.add_work_handler(WORK, step)
