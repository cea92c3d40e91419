"""A sample organisation for trial and tests: tables of bodies, invented people, documents in every state.

For trial only, never for real work.
"""

from typing import Any

from policies.sample.logins import on_login_page


def includeme(config: Any) -> None:
    """Offer the sample logins to the login page, which shows them on a developer's machine only."""
    config.registry.sample_logins = on_login_page
