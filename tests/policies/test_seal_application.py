"""Applying for a seal (P-70 to P-72, P-75, P-12; domain.md 4.12)."""

import pytest

from content_types.seal import Emblem, SealKind
from content_types.unit import Unit, UnitKind
from govrepo.files import verify
from policies.engine import Refused
from policies.seal_application import applies_for, is_keeper, possible_keepers, seals_of, size_of
from tests.policies.seals import ADMIN, KEEPER, active, applied, made, scanned


def refused(bench, **more):
    with pytest.raises(Refused) as caught:
        applied(bench, **more)
    assert caught.value.refusal["action"] == "seal.apply"
    assert not seals_of(bench.root["units"]["guangzhou"])
    return {reason.field: reason.article for reason in caught.value.reasons}


@pytest.mark.parametrize(
    ("kind", "level", "size"),
    [
        (UnitKind.PROVINCE, 0, (50, True, Emblem.EMBLEM)),
        (UnitKind.CITY, 1, (45, True, Emblem.EMBLEM)),
        (UnitKind.SHUNDE, 2, (45, True, Emblem.EMBLEM)),
        (UnitKind.CITY, 3, (42, True, Emblem.EMBLEM)),
        (UnitKind.GENERAL_OFFICE, 1, (45, False, Emblem.STAR)),
        (UnitKind.DEPARTMENT, 1, (45, False, Emblem.STAR)),
        (UnitKind.OTHER, 2, (45, False, Emblem.STAR)),
    ],
)
def test_p_75_the_size_follows_the_level(kind, level, size):
    unit = Unit("x", "某某单位", kind, level=level)
    assert size_of(unit, SealKind.OFFICIAL) == size
    assert size_of(unit, SealKind.SPECIAL) == (45, False, Emblem.STAR)


@pytest.mark.parametrize("typed", ["50", "42", "", "x", "045x", "4500"])
def test_p_75_a_government_has_exactly_its_size(bench, typed):
    assert refused(bench, diameter_mm=typed) == {"diameter_mm": "P-75"}


@pytest.mark.parametrize("typed", ["46", "19", "-40"])
def test_p_75_others_at_most_45(bench, typed):
    name = "广州市人民政府办公专用章"
    assert refused(bench, kind="special", name=name, diameter_mm=typed) == {"diameter_mm": "P-75"}
    assert applied(bench, kind="special", name=name, diameter_mm="38").face.diameter_mm == 38


@pytest.mark.parametrize(
    ("fault", "field", "article"),
    [
        ({"physical": " "}, "physical", "P-71"),
        ({"letter": ""}, "letter", "P-71"),
        ({"upload": "nothing"}, "scan", "P-71"),
        ({"name": ""}, "name", "4.12"),
        ({"name": "深圳市人民政府"}, "name", "P-12"),
        ({"kind": "special", "name": "广州市人民政府"}, "name", "P-12"),
        ({"keeper": None}, "keeper", "P-72"),
        ({"purpose": "gift"}, "purpose", "4.12"),
        ({"purpose": "renew"}, "purpose", "4.12"),
    ],
)
def test_p_71_an_incomplete_form_is_refused_at_the_field(bench, fault, field, article):
    assert refused(bench, **fault) == {field: article}


def test_an_unknown_kind_is_refused(bench):
    assert "kind" in refused(bench, kind="rubber")


def test_p_71_a_scan_is_a_pdf_or_a_picture(bench):
    assert refused(bench, upload=scanned(bench, ADMIN, b"words", "a.txt")) == {"scan": "P-71"}
    assert refused(bench, upload=scanned(bench, "gz.clerk")) == {"scan": "P-71"}, "somebody else's upload"
    half = bench.registry.uploads.create(bench.person(ADMIN).id, "a.pdf", 10)
    assert refused(bench, upload=half) == {"scan": "P-71"}


def test_p_71_the_scan_is_kept_with_the_application(bench):
    seal = applied(bench)
    assert (seal.application.filename, seal.application.scan.references) == ("申请.pdf", 1)
    assert verify(seal.application.scan)
    assert bench.journaled("seal.apply")[0].reason == "穗府函〔2013〕1号"


def test_p_70_only_the_unit_applies(bench):
    for login in ("gz.clerk", "gz.approver", "jm.admin", "security", "office.leader", "admin"):
        with pytest.raises(Refused) as caught:
            applied(bench, login=login)
        assert [reason.article for reason in caught.value.reasons] == ["P-71"], login
    assert applied(bench, login=KEEPER).application.by is bench.person(KEEPER)


def test_p_70_one_seal_of_a_kind_and_name(bench, authority):
    applied(bench)
    with pytest.raises(Refused) as caught:
        applied(bench)
    assert list(caught.value.fields) == ["name"]


def test_p_73_a_seal_is_exchanged_once_and_for_its_own_kind(bench, authority):
    old = active(bench)
    with pytest.raises(Refused) as caught:
        applied(bench, purpose="renew", replaces=old, kind="special", name="广州市人民政府办公专用章")
    assert list(caught.value.fields) == ["kind"]
    applied(bench, purpose="renew", replaces=old)
    with pytest.raises(Refused) as caught:
        applied(bench, purpose="renew", replaces=old)
    assert list(caught.value.fields) == ["purpose"]


def test_p_73_another_units_seal_is_not_exchanged_here(bench, authority):
    foreign = made(bench, login="office.admin", unit="gd-office", keeper=bench.person("office.seal"))
    assert refused(bench, purpose="renew", replaces=foreign) == {"purpose": "4.12"}


def test_a_unit_out_of_service_applies_for_nothing(bench):
    bench.act("admin", bench.root["units"]["guangzhou"], "suspend", note="试验")
    assert refused(bench) == {"name": "5.8"}


def test_p_72_keepers_are_those_who_hold_the_role_in_the_unit(bench):
    unit = bench.root["units"]["guangzhou"]
    keeper = bench.person(KEEPER)
    assert possible_keepers(unit) == [keeper]
    assert not is_keeper(bench.person("office.seal"), unit)
    keeper.state = "suspended"
    assert possible_keepers(unit) == []
    assert possible_keepers(bench.root["units"]["gd-government"]) == [bench.person("office.seal")]


@pytest.mark.parametrize(
    ("login", "codes"),
    [
        ("gz.admin", ["guangzhou"]),
        ("gz.seal", ["guangzhou"]),
        ("office.admin", ["gd-office", "gd-government"]),
        ("gz.clerk", []),
        ("security", []),
    ],
)
def test_p_70_who_applies_for_which_units(bench, login, codes):
    assert [unit.code for unit in applies_for(bench.actor(login), bench.root)] == codes
