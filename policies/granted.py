"""Whether a container allows what the tables of grants and executed proposals give, and nothing besides (SOD-12, R-7.4, R-8.2).

Its ACL must be the one that comes about by ``policies.access``, now or when it was last computed; and each override must be that of a
proposal whose execution is in the journal.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from content_types.access_proposal import AccessProposal, Override
from content_types.content import Carrier
from content_types.journal_gap import Discrepancy
from govrepo import clock
from govrepo.catalog import Eq, register
from policies.access import acl, grants_of

Lines = frozenset[tuple[Any, str, str]]


def faults(context: Carrier, root: Any, registry: Any) -> Iterator[Discrepancy]:
    """What speaks against a container's ACL."""
    now, computed = _lines(getattr(context, "__acl__", ())), _computed(context)
    if now not in computed:
        yield Discrepancy("acl", None, _words(computed[0] - now), _words(now - computed[0]))
    for each in context.overrides:
        if not _is_executed(each, root, registry):
            yield Discrepancy("acl", None, "", f"{each.principal} {'+' if each.allowed else '-'}{each.permission}")


def _computed(context: Carrier) -> list[Lines]:
    """The ACL as it comes about now, and as it did when it was computed last: an override may have ended since."""
    instants = [clock.now(), *(each.at for each in context.acl_history[-1:])]
    return [_lines(acl(grants_of(context), context.overrides, at)) for at in instants]


def _lines(found: Iterable[Any]) -> Lines:
    return frozenset(
        (action, principal, str(permission)) for action, principal, permissions in found for permission in permissions
    )


def _words(lines: Lines) -> str:
    return "; ".join(sorted(f"{action} {principal} {permission}" for action, principal, permission in lines))[:500]


def _is_executed(override: Override, root: Any, registry: Any) -> bool:
    found = register(root, "access_proposals").query(Eq("uid", override.proposal), sort="order", limit=1).objects
    if not found or not isinstance(found[0], AccessProposal) or found[0].override != override:
        return False
    entries = registry.journal.entries(subject_uid=override.proposal, action="access_proposal.execute")
    return any(each.committed and each.entry.result == "allowed" for each in entries)
