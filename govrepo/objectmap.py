"""Substance D's object map without its hot spot.

Every add rewrites the path set of every ancestor, so the map is a place where all writers meet. Types that come in volume
(dispatches, deliveries, documents, files, assignments) are marked ``volume = True`` and stay out of it: they are found by their
uid through a register or by a direct reference, never by object id (docs/adr/0005).
"""

from typing import Any

from substanced.objectmap import ObjectMap


class SiteObjectMap(ObjectMap):
    """An object map that leaves volume types out."""

    def add(self, obj: Any, path_tuple: tuple[str, ...], duplicating: bool = False, moving: bool = False) -> Any:
        """Add an object at a path; a volume type gets no object id and None is returned."""
        if getattr(obj, "volume", False):
            return None
        return super().add(obj, path_tuple, duplicating=duplicating, moving=moving)
