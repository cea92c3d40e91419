"""Write ``docs/policies.md`` and ``docs/permissions.md`` from the tables of the policies; a test fails while a page is stale.

``python -m tools.docs_policies`` (``make format``). Nothing here is written by hand: states, acts, guards and articles come from
the workflow tables, who may do what from ``policies/roles.py``, the English words from the English catalogue.
"""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from content_types.exchange_box import BoxKind
from policies import (
    access_proposal,
    alarm,
    assignment,
    certificate,
    content_release,
    countersignature,
    delivery,
    dispatch,
    division,
    division_call,
    duty_shift,
    evidence_package,
    finding,
    handover,
    incident,
    inspection,
    journal_gap,
    leaving,
    number,
    number_series,
    outage,
    outgoing_document,
    paper_item,
    permission_change,
    phone_notice,
    register_entry,
    register_export,
    seal,
    seal_use,
    suspension,
    system_change,
    training,
    unit,
)
from policies.engine import Guard, Table, Transition, itself
from policies.permissions import Permission
from policies.person import OWN
from policies.roles import (
    BOX_GRANTS,
    CANCELLED_GRANTS,
    DRAFTING_GRANTS,
    LEADER_GRANTS,
    PERSON_GRANTS,
    ROLES,
    SEAL_GRANTS,
    SITE_GRANTS,
    UNIT_GRANTS,
    Role,
)
from tools import messages

DOCS = Path(__file__).resolve().parent.parent / "docs"
TABLES = (
    outgoing_document.TABLE,
    dispatch.TABLE,
    delivery.TABLE,
    assignment.TABLE,
    phone_notice.TABLE,
    division_call.TABLE,
    duty_shift.TABLE,
    incident.TABLE,
    paper_item.TABLE,
    outage.TABLE,
    access_proposal.TABLE,
    permission_change.TABLE,
    handover.TABLE,
    suspension.TABLE,
    inspection.TABLE,
    system_change.TABLE,
    training.TABLE,
    certificate.TABLE,
    seal.TABLE,
    seal_use.TABLE,
    alarm.TABLE,
    countersignature.TABLE,
    content_release.TABLE,
    evidence_package.TABLE,
    finding.TABLE,
    journal_gap.TABLE,
    unit.TABLE,
    division.TABLE,
    leaving.TABLE,
    register_entry.TABLE,
    number_series.TABLE,
    number.TABLE,
    register_export.TABLE,
)
ELSEWHERE = (*SITE_GRANTS, *DRAFTING_GRANTS, *PERSON_GRANTS, *UNIT_GRANTS, *SEAL_GRANTS, *LEADER_GRANTS)
OWNERS = {
    **dict.fromkeys(OWN, "the person it is assigned to"),
    Permission.ENTRY_HANDLE: "case officers of the lead division, or the person it was handed to",
    Permission.ENTRY_REFUSE: "receiver and head of the lead division, or the person it was handed to",
    Permission.ENTRY_CIRCULATE_READ: "whoever has it to read",
    Permission.INCIDENT_FALL_BACK: "the box's receiver and the office's registry clerks",
    Permission.DOCUMENT_FINISH: "the system",
    Permission.NUMBER_EXPIRE: "the system",
    Permission.CERTIFICATE_USE: "the person it belongs to",
    Permission.CERTIFICATE_EXPIRE: "the system",
    Permission.CHANGE_WITHDRAW: "the requester",
    Permission.CHANGE_LAPSE: "the system",
    Permission.HANDOVER_CONFIRM: "the giver and the taker",
    Permission.RELEASE_DECIDE: "the leaders of the operator's office",
    Permission.RELEASE_OPEN: "the auditor who asked, while it is granted",
    Permission.EXPORT_READ: "whoever ordered it",
    Permission.FINDING_NOTE: "the leaders of the operator's office",
    Permission.SUSPENSION_DECIDE: "the leaders of the operator's office",
    Permission.UNIT_APPROVE: "the leaders of the operator's office",
    Permission.SYSTEM_CHANGE_CONSENT: "the leaders of the operator's office",
    Permission.SYSTEM_CHANGE_SUBMIT: "the requester",
}
BOX_WORDS = {
    BoxKind.UNIT: "a unit's box",
    BoxKind.OFFICE: "the general office's box",
    BoxKind.GOVERNMENT: "the provincial government's box",
    BoxKind.DIVISION: "a division's box",
}
POLICIES_HEAD = """\
# Policies

What may happen to each noun, and who may do it. A row is one `Transition` of the noun's table in `policies/`; an act is
possible when the state fits, the permission is held and no guard objects. Guards marked with an asterisk look at what was
typed, so they are asked only when the act is tried. A *signed* act bears the person's certificate signature
([Receipts](receipts.md)). Articles and rules: R-, P-, S- and SOD- numbers of the requirements.

This page is made from the tables by `make format`. The test of the same rules (`tests/policies/test_matrix.py`) compares them
with a table written by hand.
"""
PERMISSIONS_HEAD = """\
# Permissions

Who holds which permission where. A role counts with an appointment for the owner of the box, and only while the appointment is
in force; nothing else gives rights. What a cell allows may still be refused by a guard ([Policies](policies.md)).

This page is made from `policies/roles.py` by `make format`.
"""


@cache
def _catalogue() -> dict[str, str]:
    return messages.translated(messages.ENGLISH)


def english(text: str) -> str:
    """The English of a text of the screen; raises KeyError for one without."""
    return _catalogue()[str(text)]


def both(text: str) -> str:
    """A text of the screen with its English."""
    return f"{text} ({english(text)})"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(heads)]
    lines += [["---"] * len(lines[0]), *(list(row) for row in rows)]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def policies_page() -> str:
    """The page of the workflow tables."""
    return POLICIES_HEAD + "".join(noun_section(each) for each in TABLES)


def noun_section(noun: Table) -> str:
    """One noun: its states, its acts, and what its guards hold."""
    states = table(
        ("state", "word"), ((f"`{name}`{_start(noun, name)}", both(word)) for name, word in noun.states.items())
    )
    text = f"\n## {noun.content_type}\n\n{states}"
    if not noun.transitions:
        return f"{text}\nIt has no acts: it is made, and stays.\n"
    acts = table(("act", "from", "to", "who", "guards", "rule"), (act_row(row) for row in noun.transitions))
    guards = {guard.__name__: guard for row in noun.transitions for guard in (*row.guards, *row.inputs)}
    meanings = table(("guard", "what it holds"), ((f"`{name}`", meaning(guards[name])) for name in sorted(guards)))
    return f"{text}\n{acts}\n{meanings}"


def _start(noun: Table, state: str) -> str:
    return ", where it begins" if state == noun.initial else ""


def act_row(row: Transition) -> tuple[str, ...]:
    """One act as a row of the table."""
    return (
        f"{both(row.title)} `{row.name}`{', signed' if row.signed else ''}",
        codes(row.sources),
        f"`{row.target}`" if row.target else "the same",
        who(row),
        codes((each.__name__ for each in row.guards), (f"{each.__name__}*" for each in row.inputs)),
        row.article,
    )


def codes(*groups: Iterable[str]) -> str:
    """Names in code type, one after the other."""
    return " ".join(f"`{name}`" for names in groups for name in names)


def who(row: Transition) -> str:
    """The roles that hold an act's permission, and where they must hold it if not at the object itself."""
    if row.permission in OWNERS:
        return OWNERS[row.permission]
    roles = {role for role, _kinds, permissions in BOX_GRANTS if row.permission in permissions}
    roles |= {role for role, permissions in ELSEWHERE if row.permission in permissions}
    names = ", ".join(english(ROLES[role].label) for role in sorted(roles))
    return names if row.authority is itself else f"{names}, at its {row.authority.__name__.removeprefix('of_')}"


def meaning(guard: Guard) -> str:
    """The first line of a guard's docstring; raises ValueError for a guard without one."""
    if not guard.__doc__:
        raise ValueError(f"{guard.__name__} has no docstring")
    return guard.__doc__.strip().splitlines()[0]


def permissions_page() -> str:
    """The page of roles, kinds of boxes and permissions."""
    own = table(("permission", "whose"), ((f"`{each}`", whose) for each, whose in OWNERS.items()))
    people = matrix(dict(PERSON_GRANTS))
    units = matrix(dict((*UNIT_GRANTS, *LEADER_GRANTS)))
    seals = matrix(dict(SEAL_GRANTS))
    boxes = "".join(box_section(kind) for kind in BoxKind)
    site = matrix(dict(SITE_GRANTS))
    desks = matrix(dict(DRAFTING_GRANTS))
    roles = table(("role", "word", "appointed for"), role_rows())
    return (
        f"{PERMISSIONS_HEAD}{boxes}\n## A drafting desk\n\nFor the roles of the division, and those of the unit the box belongs to.\n\n{desks}\n## The site\n\n{site}\n## A person\n\nFor the roles of the person's unit.\n\n"
        f"{people}\n## A unit\n\nFor the unit's own roles, and for the leaders of the office that runs the system.\n\n{units}\n"
        f"## Seals of a unit\n\nFor roles of the unit that keeps them; the general office keeps the provincial government's.\n\n{seals}\n## What concerns a person\n\nHeld by whom it concerns, and by no role.\n\n{own}\n## Roles\n\n{roles}"
    )


def role_rows() -> Iterable[tuple[str, str, str]]:
    """Every role, with the kind of scope an appointment to it names; a role without a grant says so."""
    granted = {role for role, *_rest in (*BOX_GRANTS, *CANCELLED_GRANTS, *ELSEWHERE)}
    for role, info in ROLES.items():
        idle = "" if role in granted else ", no permission yet"
        yield f"`{role}`", both(info.label), f"a {info.scope}".replace("a site", "the site") + idle


def box_section(kind: BoxKind) -> str:
    """The matrix of one kind of box."""
    grants = {role: permissions for role, kinds, permissions in BOX_GRANTS if kind in kinds}
    words = BOX_WORDS[kind]
    return f"\n## {words[0].upper()}{words[1:]}\n\n{matrix(grants)}"


def matrix(grants: dict[Role, tuple[Permission, ...]]) -> str:
    """Permissions down, roles across, only those that occur."""
    used = [each for each in Permission if any(each in permissions for permissions in grants.values())]
    heads = ("permission", *(english(ROLES[role].label) for role in grants))
    return table(heads, ((f"`{each}`", *("x" if each in held else "" for held in grants.values())) for each in used))


PAGES: dict[Path, Callable[[], str]] = {
    DOCS / "policies.md": policies_page,
    DOCS / "permissions.md": permissions_page,
}


if __name__ == "__main__":
    for path, page in PAGES.items():
        path.write_text(page(), encoding="utf-8")
