"""Trust: the system's own key, the authorities, whose certificate counts, and what persons sign.

Rules served: R-9.3 (a loss report blocks at once), R-25.1 (everything hangs on the personal certificate), R-27.1 (one certificate, one
person). ``registry.system_key`` signs for the system; ``registry.authorities`` is the in-house authority, None while the site has none; ``registry.time_stamps`` stamps digests;
``root.trust`` is the site's memory (``data.py``).
"""

from typing import Any


def includeme(config: Any) -> None:
    """Load the keys; prepare the site's memory at start-up."""
    # The off-line verifier needs the system key's module alone, without the web framework.
    from govrepo.trust import authorities  # noqa: PLC0415
    from govrepo.trust.system_key import SystemKey  # noqa: PLC0415
    from govrepo.trust.tsa import TimeStamps  # noqa: PLC0415

    settings = config.registry.govrepo_settings
    config.registry.system_key = SystemKey.load(settings.path("system_key"))
    config.registry.authorities = authorities.existing(settings)
    config.registry.time_stamps = TimeStamps(config.registry)
    config.add_subscriber("govrepo.trust.data.prepare", "govrepo.database.SitePrepared")
