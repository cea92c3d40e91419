"""Packing the database: the administrator asks, the worker does it, the journal says both (R-8.1, R-7.2)."""

from typing import Any

from govrepo import clock, upkeep
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import ALLOWED, Event
from govrepo.upkeep import Pack, PackRunningError
from govrepo.work import enqueue
from policies.actor import Actor, system_actor
from policies.administration import journal, refuse, require
from policies.engine import Reason
from policies.permissions import Permission as P

ACTION = "database.pack"
LEAST_DAYS, MOST_DAYS = 1, 3650


def ask(root: Any, days: str, actor: Actor) -> Pack:
    """Have the database packed, keeping the revisions of the last ``days`` as typed; raise Refused."""
    require(P.DATABASE_PACK, root, actor, ACTION)
    number = int(days) if days.strip().isascii() and days.strip().isdecimal() else 0
    if not LEAST_DAYS <= number <= MOST_DAYS:
        refuse([Reason(_("请填写 1 至 3650 之间的天数。"), "R-8.1", "days")], root, ACTION)
    wanted = Pack(clock.now(), actor.id, actor.name, number)
    try:
        site(root).upkeep.ask(wanted)
    except PackRunningError:
        refuse([Reason(_("已有一次压缩在等待或进行，请等它完成。"), "R-8.1", "days")], root, ACTION)
    enqueue(root, ACTION)
    journal(ACTION, root, actor, days=number)
    return wanted


def pack(job: Any) -> None:
    """Work handler: pack, and journal how it went in the name of the system."""
    if job.root.upkeep.running is None:
        return
    upkeep.pack(job)
    done = job.root.upkeep.packs[-1]
    details = {"before": done.before, "after": done.after, "error": done.error}
    journal("database.packed", job.root, system_actor(job.registry), **details)


def includeme(config: Any) -> None:
    """Declare the work."""
    config.add_journal_events(
        "database",
        _("数据库"),
        Event("pack", _("申请压缩数据库"), {"days": _("保留旧版本的天数")}),
        Event(
            "packed",
            _("压缩数据库"),
            {"before": _("压缩前的字节数"), "after": _("压缩后的字节数"), "error": _("错误")},
            (ALLOWED,),
        ),
    )
    config.add_work_handler(ACTION, pack)
