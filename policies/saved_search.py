"""Saved searches: one's own, and those a unit shares; what was searched lately, as the journal tells it (domain.md part 6; R-7.1).

A search is journaled: what officials look for is part of what the auditor can ask about. So nothing else needs to remember it.
"""

import re
from typing import Any

from content_types.person import Person
from content_types.saved_search import SavedSearch
from content_types.unit import Unit
from govrepo import clock
from govrepo.i18n import _
from govrepo.identifiers import new_uid
from govrepo.journal import ALLOWED, Entry, Event
from policies.actor import Actor
from policies.administration import journal, refuse
from policies.engine import Reason
from policies.permissions import Permission as P

MOST = 50
"""Searches one person, or one unit, keeps."""

LONGEST_NAME, LONGEST_ADDRESS = 40, 2_000
PAGES = re.compile(r"/(search|registers/[a-z_]+)(\?[^#\s]*)?")
"""The pages whose address can be kept; nothing else, so that a shared search never leads off the site."""

LATELY = 20
_READ = 100
"""Entries of the journal read for the latest distinct searches."""


def searches_of(person: Person) -> tuple[tuple[SavedSearch, ...], tuple[SavedSearch, ...]]:
    """A person's own saved searches, and those of the person's unit."""
    return person.searches, person.unit.searches


def save(name: str, address: str, actor: Actor, *, shared: bool = False) -> SavedSearch:
    """Keep a search under a name, for oneself or for the own unit; raise Refused."""
    holder = actor.person.unit if shared else actor.person
    kept = SavedSearch(new_uid("q"), name.strip(), address, actor.person, clock.now())
    refuse(_against(kept, holder.searches), holder, "search.save")
    holder.searches = (*holder.searches, kept)
    journal("search.save", holder, actor, kept.name, search=kept.uid, page=kept.address)
    return kept


def _against(kept: SavedSearch, others: tuple[SavedSearch, ...]) -> list[Reason]:
    """What speaks against keeping a search beside the others."""
    reasons = []
    if not 1 <= len(kept.name) <= LONGEST_NAME:
        reasons.append(Reason(_("请填写名称，不超过${most}个字。", mapping={"most": LONGEST_NAME}), "", "name"))
    if kept.name in {each.name for each in others}:
        reasons.append(Reason(_("已有同名的检索，请换一个名称。"), "", "name"))
    if not PAGES.fullmatch(kept.address) or len(kept.address) > LONGEST_ADDRESS:
        reasons.append(Reason(_("这个页面的条件不能保存。"), "", "address"))
    if len(others) >= MOST:
        reasons.append(Reason(_("最多保存${most}个检索，请先删除不用的。", mapping={"most": MOST}), "", "name"))
    return reasons


def may_remove(kept: SavedSearch, holder: Person | Unit, actor: Actor) -> bool:
    """One's own, those one shares, and for the unit's administrator all that the unit shares."""
    return actor.person is kept.by or (isinstance(holder, Unit) and actor.allowed(P.UNIT_CHECK, holder))


def remove(uid: str, actor: Actor) -> None:
    """Take a saved search off the person's or the unit's list; raise Refused, and LookupError for one that is not there."""
    lists: tuple[Person | Unit, ...] = (actor.person, actor.person.unit)
    found = [(holder, each) for holder in lists for each in holder.searches if each.uid == uid]
    if not found:
        raise LookupError(uid)
    ((holder, kept),) = found
    if not may_remove(kept, holder, actor):
        refuse([Reason(_("只能由保存的人或者本单位管理员删除。"))], holder, "search.remove")
    holder.searches = tuple(each for each in holder.searches if each.uid != uid)
    journal("search.remove", holder, actor, kept.name, search=kept.uid, page=kept.address)


def note(page: str, actor: Actor) -> None:
    """Journal a search, unless it is the person's last one once more; raise JournalUnavailableError."""
    if next(iter(lately(actor)), None) == page:
        return
    entry = Entry(
        "search.run",
        actor.id,
        certificate=actor.certificate,
        session=actor.session,
        address=actor.address,
        details={"page": page},
    )
    actor.registry.journal.append_now(entry)


def lately(actor: Actor) -> list[str]:
    """The addresses of the person's latest searches, the newest first, each once."""
    found = actor.registry.journal.entries(actor=actor.id, action="search.run", reverse=True, limit=_READ)
    return list(dict.fromkeys(str(record.entry.details["page"]) for record in found))[:LATELY]


def includeme(config: Any) -> None:
    """Declare what the journal says of searches."""
    said = {"search": _("检索标识"), "page": _("检索条件")}
    config.add_journal_events(
        "search",
        _("检索"),
        Event("run", _("检索"), {"page": _("检索条件")}, (ALLOWED,)),
        Event("save", _("保存检索"), said),
        Event("remove", _("删除保存的检索"), said),
    )
