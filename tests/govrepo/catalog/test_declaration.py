from enum import IntEnum, StrEnum

import pytest
from pyramid.config import Configurator
from pyramid.exceptions import ConfigurationConflictError

from govrepo.catalog import MISSING, Index, RegisterDeclaration
from tests.govrepo.catalog.samples import LETTERS, Letter, Note, box_of


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    LARGE = 3


@pytest.mark.parametrize(
    ("value", "kept"),
    [("a", "a"), (7, 7), (True, 1), (None, MISSING), (Colour.RED, "red"), (Size.LARGE, 3)],
)
def test_field_values_are_kept_plain(value, kept):
    read = Index("x", "field", lambda _obj: value).read(None)
    assert read == kept
    assert type(read) is type(kept)


def test_keywords_are_kept_once_each():
    assert Index("x", "keyword", lambda _obj: ["b", "a", "b"]).read(None) == ("b", "a")
    assert Index("x", "keyword", lambda _obj: None).read(None) == ()


@pytest.mark.parametrize(
    ("kind", "value"),
    [("field", 1.5), ("field", ["a"]), ("field", "a\U0010ffff"), ("keyword", "ab"), ("keyword", [None])],
)
def test_values_that_are_not_plain_are_refused(kind, value):
    with pytest.raises(TypeError, match="index x"):
        Index("x", kind, lambda _obj: value).read(None)


def test_declarations_are_checked():
    with pytest.raises(ValueError, match="unknown kind"):
        Index("x", "facet", box_of)
    with pytest.raises(ValueError, match="two indexes"):
        RegisterDeclaration("r", (), (Index("x", "field", box_of), Index("x", "keyword", box_of)))


def test_only_declared_types_belong_in_a_register():
    LETTERS.require(Letter("l"))
    with pytest.raises(TypeError, match="holds no Note"):
        LETTERS.require(Note())


def test_the_fingerprint_follows_indexes_and_version():
    index = Index("x", "field", box_of)
    plain = RegisterDeclaration("r", (), (index,))
    assert plain.fingerprint == RegisterDeclaration("s", (), (index,)).fingerprint
    assert plain.fingerprint != RegisterDeclaration("r", (), (index,), version=2).fingerprint
    assert plain.fingerprint != RegisterDeclaration("r", (), (Index("x", "keyword", box_of),)).fingerprint
    assert plain.fingerprint != RegisterDeclaration("r", (), (Index("x", "field", box_of, facet=True),)).fingerprint
    assert plain.fingerprint == (1, (("x", "field"),)), "registers of earlier versions would all be rebuilt"


def test_the_directive_declares_and_refuses_a_second_of_the_same_name():
    config = Configurator()
    config.include("govrepo.catalog")
    config.add_register(LETTERS)
    config.commit()
    assert config.registry.govrepo_registers == {"letters": LETTERS}
    with pytest.raises(ConfigurationConflictError):  # noqa: PT012 - Only together they conflict.
        config.include(lambda inner: inner.add_register(LETTERS), route_prefix="a")
        config.include(lambda inner: inner.add_register(LETTERS), route_prefix="b")
        config.add_register(LETTERS)
        config.add_register(LETTERS)
        config.commit()
