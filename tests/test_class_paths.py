"""The paths of persistent classes are data format: every database names them, so none may change unnoticed.

``python -m tests.test_class_paths`` writes the list anew.
"""

import importlib
import pkgutil
from pathlib import Path

from persistent import Persistent

PACKAGES = ("govrepo", "content_types", "policies", "views")
LIST = Path(__file__).with_name("class_paths.txt")
NEW = "New persistent classes. If their names are final: `python -m tests.test_class_paths`, and commit the list."
GONE = (
    "Persistent classes were renamed, moved or removed, but stored objects name them. "
    "Keep an alias at the old path and write an evolve step, or undo the change."
)


def all_subclasses(cls: type) -> set[type]:
    return {cls}.union(*(all_subclasses(sub) for sub in cls.__subclasses__()))


def class_paths() -> set[str]:
    """``module:qualname`` of every persistent class in the four packages."""
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)
    classes = all_subclasses(Persistent)
    return {f"{cls.__module__}:{cls.__qualname__}" for cls in classes if cls.__module__.split(".")[0] in PACKAGES}


def test_class_paths_are_those_of_the_list():
    listed, present = set(LIST.read_text(encoding="utf-8").split()), class_paths()
    assert sorted(listed - present) == [], GONE
    assert sorted(present - listed) == [], NEW


def test_persistent_classes_stand_at_module_level():
    assert [path for path in class_paths() if "." in path.partition(":")[2]] == [], (
        "a pickle cannot find a nested class"
    )


if __name__ == "__main__":
    LIST.write_text("\n".join(sorted(class_paths())) + "\n", encoding="utf-8")
