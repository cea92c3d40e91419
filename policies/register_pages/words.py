"""What registers say in words: values of indexes, spans of time, and who and where."""

from datetime import datetime, timedelta
from typing import Any

from govrepo import clock, vocabulary
from govrepo.i18n import _
from policies.vocabulary import RETURN_REASONS, URGENCIES

CAPACITIES = {
    "own": _("本箱收文员"),
    "duty": _("值班"),
    "acting": _("代理"),
    "designated": _("指定"),
    "on_behalf": _("代签收"),
}
"""In which capacity a delivery was signed for (4.9)."""
YES_NO = {1: _("是"), 0: _("否")}


def of(table: Any) -> Any:
    """Values by a table of words; a value that is not in it, as it is."""
    return lambda _root, value: table.get(value, value)


def box_title(root: Any, name: str) -> Any:
    """A box by its name."""
    box = root["exchange"].get(name)
    return name if box is None else box.title


def unit_title(root: Any, code: str) -> Any:
    """A unit by its code."""
    unit = root["units"].get(code)
    return code if unit is None else unit.short_name


def person_name(root: Any, person_id: str) -> Any:
    """A person by id or principal."""
    person = root["people"].get(person_id.removeprefix("person:"))
    return person_id if person is None else person.name


def urgency(_root: Any, value: str) -> Any:
    """An urgency."""
    return URGENCIES.terms[value]


def return_reason(root: Any, code: str) -> Any:
    """A reason of a return, those added on this site included."""
    return vocabulary.label(root, RETURN_REASONS, code, "zh") or code


def span(first: datetime | None, last: datetime | None) -> Any:
    """How long from one instant to another, in days, hours and minutes; None where one is lacking."""
    if first is None or last is None:
        return None
    minutes = max(last - first, timedelta()) // timedelta(minutes=1)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return _("${days}天${hours}小时", mapping={"days": days, "hours": hours})
    return _("${hours}小时${minutes}分", mapping={"hours": hours, "minutes": minutes % 60})


def waiting(since: datetime | None) -> Any:
    """How long something has waited by now."""
    return span(since, clock.now())
