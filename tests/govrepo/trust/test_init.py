"""The package: the system key in the registry."""

from types import SimpleNamespace

from govrepo.settings import Settings
from govrepo.trust import includeme


def test_the_key_is_made_on_first_start_and_found_on_the_next(tmp_path):
    registries = [SimpleNamespace(govrepo_settings=Settings({"govrepo.var": str(tmp_path)})) for _ in range(2)]
    for registry in registries:
        includeme(SimpleNamespace(registry=registry))
    first, second = (registry.system_key for registry in registries)
    assert first.public == second.public
