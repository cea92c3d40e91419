"""Trust: the system's own key and what it signs. Certificates of persons come to stand here too."""

from typing import Any

from govrepo.trust.system_key import SystemKey


def includeme(config: Any) -> None:
    """Load the system key, made on first start, as ``registry.system_key``."""
    config.registry.system_key = SystemKey.load(config.registry.govrepo_settings.path("system_key"))
