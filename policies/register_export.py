"""The register export's life (design.md sect. 10): ordered by a person, made by the worker in pieces, taken by that person alone, gone in a day.

Each piece is one commit, so that the page sees how far it is and a stopped worker goes on where it was. The rights that count are those the
person has while it is made.
"""

from datetime import timedelta
from itertools import chain
from typing import Any

from pyramid.traversal import find_resource, resource_path
from substanced.util import set_acl

from content_types.content import month_shelf, shelf
from content_types.register_export import Piece, RegisterExport
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range, register
from govrepo.files import store
from govrepo.i18n import _
from govrepo.security.acl import Allow
from govrepo.translator import translator
from govrepo.work import enqueue
from policies.actor import Actor, actor_for, system_actor
from policies.administration import refuse
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.kept import keep_octets
from policies.permissions import Permission as P
from policies.register_pages.asked import Asked
from policies.register_pages.export import ACTION, FORMATS, filename, line, write
from policies.registers.keys import moment
from policies.search_asked import Results, ask_again, page_named

WORK = "register_export.make"
STEP = 1_000
"""Rows of a piece."""
MOST = {"csv": 100_000, "xlsx": 20_000}
"""Rows of one export. The last piece writes the file, and the worker does nothing else meanwhile: a second for CSV, four for xlsx."""
KEPT = timedelta(days=1)
STATES = {"making": _("正在制作"), "ready": _("可以下载"), "dropped": _("没有制作"), "expired": _("已过期")}


def order(asked: Asked | Results, wanted: str, locale: str) -> RegisterExport:
    """Have a register written as a file for the person who asked. Raises Refused for more rows than a file takes."""
    total = asked.count
    words = _("共${total}行，一次最多导出${most}行，请缩小条件。", mapping={"total": total, "most": MOST[wanted]})
    refuse([Reason(words)] if total > MOST[wanted] else [], asked.root, ACTION)
    actor = asked.actor
    kept = dict(asked.given) | {"sort": asked.sort}
    made: RegisterExport = actor.registry.content.create(
        "RegisterExport", asked.page.name, kept, wanted, locale, actor.person
    )
    made.total = total
    now = clock.now()
    month_shelf(shelf(asked.root["admin"], "register_exports"), now)[made.uid] = made
    set_acl(made, [(Allow, actor.id, (str(P.EXPORT_READ),))], registry=actor.registry)
    record(table_of(made), "order", Act(made, actor, now), "")
    enqueue(asked.root, WORK, path=resource_path(made))
    return made


def make(job: Any) -> None:
    """Work handler: the next piece, and after the last one the file."""
    export = find_resource(job.root, job.payload["path"])
    if export.state != "making":
        return
    asked = _asked(job, export)
    if asked is None:
        _turn(export, "drop", "dropped", job.registry)
        return
    say = translator(job.registry, export.locale).translate
    found = asked.rows(STEP, export.next_key)
    export.pieces = (*export.pieces, Piece(tuple(tuple(line(asked.page, row, say)) for row in found.rows)))
    export.done += len(found.rows)
    export.next_key = found.next_key
    if found.next_key is not None and export.done < MOST[export.wanted]:
        enqueue(job.root, WORK, path=job.payload["path"])
        return
    _finish(export, say)
    _turn(export, "make", "ready", job.registry)


def _asked(job: Any, export: RegisterExport) -> Asked | Results | None:
    """What the person asked for, with the rights of now; None for one who may not see it any longer."""
    return ask_again(export.register, actor_for(export.asked_by, job.registry), job.root, export.asked)


def _finish(export: RegisterExport, say: Any) -> None:
    """Write the file out of the pieces, and let them go."""
    page = page_named(export.register)
    content = write(page, chain.from_iterable(piece.rows for piece in export.pieces), export.wanted, say)
    export.stored = keep_octets(export, content, FORMATS[export.wanted])
    export.filename = filename(page, export.wanted, say)
    export.made_at = clock.now()
    export.pieces = ()


def _turn(export: RegisterExport, name: str, state: str, registry: Any) -> None:
    """Something that happens to an export without being an act of a person."""
    source, export.state = export.state, state
    record(table_of(export), name, Act(export, system_actor(registry), clock.now()), source)


def expire(job: Any) -> None:
    """Timed job ``register_export.expire``: what was ordered a day ago is not kept any longer."""
    old = AnyOf("state", ["making", "ready"]) & Range("at", 1, moment(clock.now() - KEPT))
    for export in register(job.root, "register_exports", job.registry).query(old, sort="at", limit=200).objects:
        if export.stored is not None:
            store(export).release(export.stored)
        export.stored, export.pieces = None, ()
        _turn(export, "expire", "expired", job.registry)


def exports_of(actor: Actor, root: Any) -> tuple[Any, ...]:
    """The exports that a person may still take or waits for, the newest first."""
    own = Eq("person", actor.person.id) & AnyOf("state", ["making", "ready"])
    return tuple(register(root, "register_exports").query(own, sort="at", reverse=True, limit=20).objects)


def taken(act: Act) -> dict[str, Any]:
    """What was taken out."""
    export = act.context
    return {"sha256": export.stored.sha256}


def facts(export: RegisterExport) -> dict[str, Any]:
    """Which rows of which register were asked for, and as what."""
    asked = ", ".join(f"{name}={value}" for name, value in sorted(export.asked.items()))
    return {"register": export.register, "asked": asked, "format": export.wanted}


TABLE = Table(
    noun="register_export",
    label=_("登记簿导出"),
    begun={
        "order": _("导出登记簿"),
        "make": _("制作导出文件"),
        "drop": _("权限已变，不再制作"),
        "expire": _("导出文件过期"),
    },
    content_type="RegisterExport",
    initial="making",
    states=STATES,
    transitions=(Transition("download", _("下载导出文件"), ("ready",), None, P.EXPORT_READ, details=taken),),
    register="register_exports",
    facts=facts,
)


def includeme(config: Any) -> None:
    """Bind the table, declare work and timed job."""
    config.add_policy_table(RegisterExport, TABLE)
    config.add_work_handler(WORK, make)
    config.add_timed_job("register_export.expire", expire, every=timedelta(minutes=30))
