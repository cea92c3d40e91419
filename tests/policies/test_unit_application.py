"""The application of a unit: what the two forms need (P-10, P-11, P-16, P-19, P-22, R-N6.1)."""

from dataclasses import replace

import pytest

from content_types.unit import Contact
from policies.engine import Refused
from policies.unit_application import apply, groups
from tests.policies.units import WANTED, applied


def fields(bench, login="liaison", **more):
    with pytest.raises(Refused) as caught:
        apply(bench.root, replace(WANTED, **more), bench.actor(login))
    assert WANTED.code not in bench.root["units"]
    return set(caught.value.fields)


def test_p_10_p_11_r_n6_1_an_application_is_kept_as_it_was_written(bench):
    unit = applied(bench, form="enterprise", group=groups(bench.root)[0])
    assert (unit.state, unit.form, unit.letter) == ("applied", "enterprise", "横新函〔2013〕1号")
    assert (unit.connection, unit.box_name, unit.rank) == ("none", "", len(bench.root["units"]))
    assert unit.contacts == (WANTED.contact,)
    assert [entry.action for entry in bench.journaled()] == ["unit.apply"]


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"form": "x"}, {"form"}),
        ({"code": "Hengqin"}, {"code"}),
        ({"code": "jiangmen"}, {"code"}),
        ({"code": "gd-office-zh1"}, {"code"}),
        ({"name": "横"}, {"name"}),
        ({"name": "广州市人民政府"}, {"name"}),
        ({"short_name": "广州市"}, {"short_name"}),
        ({"short_name": "横" * 21}, {"short_name"}),
        ({"kind": "province"}, {"kind"}),
        ({"letter": " "}, {"letter"}),
        ({"document_codes": ()}, {"document_codes"}),
        ({"document_codes": ("<b>",)}, {"document_codes"}),
        ({"group": "x"}, {"group"}),
        ({"contact": Contact("", "0750-1234567")}, {"contact"}),
        ({"contact": Contact("甲", "x")}, {"office_phone"}),
        ({"contact": Contact("甲", "0750-1234567", "x")}, {"mobile"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(bench, more, wrong):
    assert fields(bench, **more) == wrong


@pytest.mark.parametrize("login", ["auditor", "tech", "security", "office.leader", "jm.admin", "jm.clerk"])
def test_7_2_only_liaison_and_administrator_prepare(bench, login):
    assert fields(bench, login) == set()


def test_p_16_a_code_is_never_used_again(bench):
    unit = applied(bench)
    bench.act("office.leader", unit, "reject", note="材料不全")
    with pytest.raises(Refused):
        apply(bench.root, WANTED, bench.actor("liaison"))
    again = applied(bench, code="hengqin-2")  # The name of a rejected unit is free again.
    assert again.name == unit.name
