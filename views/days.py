"""Days and instants as forms write them."""

from datetime import UTC, date, datetime

from govrepo import clock

YEARS = range(1949, 3000)


def day_of(text: str) -> date | None:
    """A day as a date field sends it, in the years of the office; None for anything else."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day.year in YEARS else None


def instant_of(text: str) -> datetime | None:
    """An instant as a field of day and time sends it, local time, to the minute; None for anything else."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    fits = moment.tzinfo is None and moment.year in YEARS
    return moment.replace(tzinfo=clock.LOCAL).astimezone(UTC) if fits else None


def written(moment: datetime) -> str:
    """An instant as such a field shows it."""
    return f"{clock.local(moment):%Y-%m-%dT%H:%M}"
