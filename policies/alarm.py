"""The alarm's workflow (R-7.1, SOD-12, SOD-15, R-27.1): raised by the system, acknowledged by the auditor with words.

Everything that the auditor must know of comes through :func:`raise_alarm`. A cause raises one alarm, however often it is noticed;
what may begin anew names its day in the cause. Acknowledging changes nothing but the alarm (R-7.6).
"""

from collections.abc import Iterable
from typing import Any

from content_types.alarm import Alarm, AlarmKind
from content_types.content import shelf
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.i18n import _, plain
from policies.actor import Actor
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.permissions import Permission as P

STATES = {"open": _("待处理"), "acknowledged": _("已处理")}
KINDS = {
    AlarmKind.SEPARATION: _("职责分离问题"),
    AlarmKind.LOGIN: _("登录多次失败"),
    AlarmKind.CERTIFICATE: _("证书在两处使用"),
    AlarmKind.GAP: _("日志缺口"),
    AlarmKind.CLOCK: _("时钟跳变"),
    AlarmKind.JOURNAL: _("日志预警"),
    AlarmKind.WORK: _("后台工作失败"),
}


def raise_alarm(
    root: Any,
    actor: Actor,
    kind: AlarmKind,
    words: Any,
    *,
    cause: str = "",
    entries: Iterable[int] = (),
    path: str = "",
) -> Alarm | None:
    """Put something before the auditor; None where the same cause has raised an alarm already.

    ``words`` name no content and no secret; ``cause`` tells one cause of the kind from another (the words do, if it is empty);
    ``entries`` are numbers in the journal, ``path`` the page of the object concerned.
    """
    said = plain(words)
    key = f"{kind}:{cause or said}"
    if register(root, "alarms").count(Eq("cause", key)):
        return None
    made = Alarm(kind, key, said, entries, path)
    now = clock.now()
    made.year = clock.local(now).year
    year = shelf(root["admin"], "alarms", str(made.year))
    made.number = len(year) + 1
    year[str(made.number)] = made
    record(table_of(made), "raise", Act(made, actor, now, {"note": said}), "")
    return made


def open_alarms(root: Any) -> int:
    """How many alarms wait for the auditor."""
    return int(register(root, "alarms").count(Eq("state", "open")))


def says_what(act: Act) -> Reason | None:
    """What was done about it is said in words."""
    return None if str(act.given.get("note", "")).strip() else Reason(_("请写明核实和处理的情况。"), "R-7.1", "note")


def keep_words(act: Act) -> None:
    """What was done about it."""
    act.context.note = str(act.given.get("note", "")).strip()


TABLE = Table(
    noun="alarm", label=_("警报"), begun={"raise": _("发出警报")},
    content_type="Alarm",
    initial="open",
    states=STATES,
    transitions=(
        Transition(
            "acknowledge", _("确认警报"), ("open",), "acknowledged", P.ALARM_ACKNOWLEDGE, inputs=(says_what,),
            effects=(keep_words,), article="R-7.1",
        ),
    ),
    register="alarms",
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table."""
    config.add_policy_table(Alarm, TABLE)
