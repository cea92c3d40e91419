"""Days as the management's forms write them."""

from datetime import date


def day_of(text: str) -> date | None:
    """A day as a date field sends it; None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
