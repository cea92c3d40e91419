"""The gap's workflow (SOD-12, R-7.2): found by the system, explained by the auditor with words and signature; nothing closes it silently.

A gap is found by comparing journal and database (``policies.reconciliation``), or the journal and its checkpoints. It raises an alarm.
"""

from typing import Any

from pyramid.traversal import resource_path

from content_types.alarm import AlarmKind
from content_types.content import shelf
from content_types.journal_gap import Discrepancy, JournalGap
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.i18n import _
from govrepo.journal.verify import Break
from policies.actor import Actor
from policies.alarm import raise_alarm
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.permissions import Permission as P

STATES = {"open": _("待查明"), "explained": _("已查明")}
JOURNAL = "审计日志"


def open_gap(
    root: Any, actor: Actor, path: str, subject_uid: str, label: str, found: tuple[Discrepancy, ...]
) -> JournalGap | None:
    """File what was found; None where the same stands in the register already, explained or not."""
    made = JournalGap(path, subject_uid, label, found)
    if register(root, "journal_gaps").count(Eq("digest", made.digest())):
        return None
    now = clock.now()
    made.year = clock.local(now).year
    year = shelf(root["admin"], "journal_gaps", str(made.year))
    made.number = len(year) + 1
    year[str(made.number)] = made
    kinds = " ".join(sorted({each.kind for each in found}))
    record(table_of(made), "find", Act(made, actor, now, {"note": f"{path}: {kinds}"}), "")
    # The object's path, not its title: the alarm's words stand in the journal, which never holds content.
    words = _("${gap}：${label}", mapping={"gap": made.title, "label": path or label})
    raise_alarm(root, actor, AlarmKind.GAP, words, cause=made.uid, entries=made.seqs, path=f"{resource_path(made)}/")
    return made


def journal_gap(root: Any, found: Break, actor: Actor) -> JournalGap | None:
    """File that the journal is not what its checkpoints say."""
    discrepancy = Discrepancy(f"journal_{found.kind}", found.seq, "", found.message)
    return open_gap(root, actor, "", "", JOURNAL, (discrepancy,))


def unexplained(root: Any) -> int:
    """How many gaps wait for the auditor."""
    return int(register(root, "journal_gaps").count(Eq("state", "open")))


def says_why(act: Act) -> Reason | None:
    """The explanation is given in words."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明查明的情况和依据。"), "R-7.5", "note")


def keep_words(act: Act) -> None:
    """What was found out."""
    act.context.explanation = str(act.given.get("note", "")).strip()


TABLE = Table(
    noun="journal_gap", label=_("日志缺口"), begun={"find": _("发现缺口")},
    content_type="JournalGap",
    initial="open",
    states=STATES,
    transitions=(
        Transition(
            "explain", _("登记查明情况"), ("open",), "explained", P.GAP_EXPLAIN, inputs=(says_why,),
            effects=(keep_words,), article="R-7.5", signed=True,
        ),
    ),
    register="journal_gaps",
    version=lambda gap: gap.digest(),
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(JournalGap, TABLE)
