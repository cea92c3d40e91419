"""Who comes in, and what every answer carries.

Rules served: P-17 (one account per person, initial password changed, passwords rotate), R-27.2 (only from the
configured networks), R-39.2 (a suspension works at once for all sessions), SOD-11 (nobody acts for another: there is
no way to hold a ticket for an account other than by its password). The holes S1-S15 of Substance D are closed here and
in ``substance.py``; ``tests/attacks`` attacks each from outside.

From the outside in, the tweens are: headers, proxy, urlspace, refusals, networks, then pyramid_tm and the views.
"""

from typing import Any

PARTS = (
    "paths",
    "secrets",
    "accounts",
    "sessions",
    "tickets",
    "csrf",
    "throttle",
    "renewal",
    "logins",
    "certificate_login",
    "certificates",
    "headers",
    "proxy",
    "urlspace",
    "refusals",
    "networks",
)


def includeme(config: Any) -> None:
    """Set up everything but Substance D itself, which ``govrepo.security.substance`` includes earlier."""
    for part in PARTS:
        config.include(f".{part}")
