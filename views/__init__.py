"""What people see: one file a noun for staff, ``manage/`` for the officers; every view names its permission."""

from typing import Any

PARTS = (
    "forms",
    "i18n",
    "shell",
    "errors",
    "macros",
    "acting",
    "navigation",
    "login",
    "certificate_login",
    "trust",
    "uploads",
    "pulse",
    "exchange_box",
    "outage",
    "search",
    "certificate",
    "manage.home",
    "register_page",
)


def includeme(config: Any) -> None:
    """Include the parts with set-up of their own, then scan for views."""
    for part in PARTS:
        config.include(f".{part}")
    config.scan(categories=("pyramid",))
