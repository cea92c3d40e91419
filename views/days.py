"""Days as forms write them."""

from datetime import date

YEARS = range(1949, 3000)


def day_of(text: str) -> date | None:
    """A day as a date field sends it, in the years of the office; None for anything else."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day.year in YEARS else None
