"""The seal's workflow (domain.md 5.9, 4.12; P-12, P-13, P-70 to P-76; SOD-4)."""

import json
from datetime import date, timedelta

import pytest
from cryptography import x509

from content_types.unit import FormerName
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.files import verify
from govrepo.trust import data as trust
from govrepo.trust import seal_keys
from govrepo.trust.authorities import SEAL_PREFIX, SEALS
from govrepo.trust.lists import is_revoked
from policies import seal as policy
from policies.engine import may
from tests.policies import units
from tests.policies.bench import later
from tests.policies.seals import (
    ADMIN,
    KEEPER,
    LEADER,
    OFFICER,
    active,
    applied,
    approved,
    ending,
    made,
    scanned,
    suspended,
)


def crl(bench):
    return x509.load_der_x509_crl(trust.own_crl(bench.root, bench.registry, SEALS))


def is_listed(bench, seal):
    return is_revoked(crl(bench), int(seal.serial, 16))


def reason_on_list(bench, seal):
    entry = crl(bench).get_revoked_certificate_by_serial_number(int(seal.serial, 16))
    return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason


def work_off(bench):
    """Let the worker destroy the keys that wait for it."""
    for lane in bench.root.work.lanes:
        for item in list(lane.items.values()):
            if item.name == "seal.destroy_key":
                bench.registry.work_handlers[item.name](bench.job(**json.loads(item.payload)))


def has_key(bench, seal):
    try:
        return bool(seal_keys.load(bench.registry.authorities, seal.key_name))
    except FileNotFoundError:
        return False


def another_keeper(bench):
    person = units.employ(bench, bench.root["units"]["guangzhou"], "gz.seal2", "unit_seal_keeper", "戊辰平")
    assert person.state == "active"
    return person


def test_p_70_from_the_application_to_the_use(bench, authority):
    seal = applied(bench)
    assert (seal.state, seal.__parent__) == (policy.TABLE.initial, bench.root["units"]["guangzhou"]["seals"])
    bench.act(LEADER, seal, "approve")
    assert seal.application.approved_by is bench.person(LEADER)
    bench.act(OFFICER, seal, "make")
    assert (seal.state, seal.made_by) == ("made", bench.person(OFFICER))
    bench.act(KEEPER, seal, "activate")
    assert policy.usable(seal, clock.now()) is None
    assert [each.transition for each in seal.history] == ["apply", "approve", "make", "activate"]
    assert bench.journaled("seal.activate")[0].details["facts"] == {"serial": seal.serial, "image": seal.image_sha256}


def test_p_75_the_seal_made_has_an_image_a_certificate_and_a_key_of_its_own(bench, authority):
    seal = made(bench)
    assert verify(seal.image)
    assert seal.image.read_range(0, 8) == b"\x89PNG\r\n\x1a\n"
    assert seal.sample is True
    certificate = x509.load_der_x509_certificate(seal.der)
    assert certificate.issuer == authority.certificate(SEALS).subject
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.UniformResourceIdentifier) == [SEAL_PREFIX + seal.uid]
    assert certificate.public_key() == seal_keys.load(authority, seal.key_name).public_key()
    assert seal.valid_to - clock.now() > timedelta(days=1000)


def test_a_site_that_makes_real_seals_leaves_the_mark_out(bench, authority, monkeypatch):
    plain = made(bench)
    monkeypatch.setitem(bench.registry.govrepo_settings._values, "seal_samples", 0)
    real = made(bench, kind="special", name="广州市人民政府办公专用章")
    assert (plain.sample, real.sample) == (True, False)


def test_p_70_nobody_makes_own_ones(bench, authority):
    """Neither unit nor leader makes, neither unit nor security officer approves."""
    seal = applied(bench)
    for login in (ADMIN, KEEPER, OFFICER, "gz.approver", "admin"):
        assert not may(seal, "approve", bench.actor(login)), login
    bench.act(LEADER, seal, "approve")
    for login in (ADMIN, KEEPER, LEADER, "admin", "tech"):
        assert not may(seal, "make", bench.actor(login)), login


def test_sod_4_nobody_approves_the_own_application(bench):
    seal = applied(bench)
    seal.application = seal.application._replace(by=bench.person(LEADER))
    assert bench.refusal(LEADER, seal, "approve") == ["SOD-4"]
    assert bench.refusal(LEADER, seal, "reject", note="x") == ["SOD-4"]
    seal.application = seal.application._replace(by=bench.person(ADMIN))
    seal.keeper = bench.person(LEADER)
    assert bench.refusal(LEADER, seal, "approve") == ["P-70"]


def test_sod_4_nobody_makes_what_he_applied_for(bench, authority):
    seal = approved(bench)
    seal.application = seal.application._replace(by=bench.person(OFFICER))
    assert bench.refusal(OFFICER, seal, "make") == ["SOD-4"]


def test_p_70_a_rejection_says_why(bench):
    seal = applied(bench)
    assert bench.refusal(LEADER, seal, "reject", note=" ") == ["5.9"]
    bench.act(LEADER, seal, "reject", note="印文有误")
    assert seal.state == "rejected"
    assert applied(bench).state == "applied", "what was rejected stands in nobody's way"


def test_p_70_no_seal_without_an_authority_of_our_own(bench, monkeypatch):
    monkeypatch.setattr(bench.registry, "authorities", None)
    assert bench.refusal(OFFICER, approved(bench), "make") == ["P-70"]


def test_p_12_what_no_longer_bears_the_name_is_not_made(bench, authority):
    seal = approved(bench)
    seal.unit.name = "羊城市人民政府"
    assert bench.refusal(OFFICER, seal, "make") == ["P-12"]
    seal.unit.state = "suspended"
    assert bench.refusal(OFFICER, seal, "make") == ["P-13", "P-12"]


def test_p_72_only_the_named_keeper_activates(bench, authority):
    seal, other = made(bench), another_keeper(bench)
    assert bench.refusal(other.login, seal, "activate") == ["P-72"]
    assert not may(seal, "activate", bench.actor(ADMIN))
    bench.act(KEEPER, seal, "activate")
    assert seal.state == "active"


def test_p_72_a_keeper_whose_role_has_ended_uses_nothing(bench, authority):
    seal, now = active(bench), clock.now()
    keeper = bench.actor(KEEPER)
    assert policy.may_use(seal, keeper, now) == []
    for appointment in bench.person(KEEPER).appointments(now):
        appointment.until = now
    assert [reason.article for reason in policy.may_use(seal, keeper, now)] == ["P-72"]
    assert [reason.article for reason in policy.may_use(seal, bench.actor(ADMIN), now)] == ["P-72"]


def test_p_72_a_dedicated_workstation_is_the_only_one(bench, authority):
    seal = made(bench, workstation="10.0.0.9")
    assert bench.refusal(KEEPER, seal, "activate") == ["P-72"]
    seal.workstation = "10.0.0.7"
    bench.act(KEEPER, seal, "activate")
    seal.workstation = "印章专用机"
    assert policy.at_workstation(seal, bench.actor(KEEPER)) is None


@pytest.mark.parametrize("login", [KEEPER, OFFICER])
def test_p_73_a_loss_suspends_at_once_and_stands_on_the_list(bench, authority, login):
    seal = active(bench)
    assert bench.refusal(login, seal, "report_loss", note=" ") == ["5.9"]
    later(minutes=1)
    bench.act(login, seal, "report_loss", note="介质丢失")
    assert policy.usable(seal, clock.now()).article == "P-73"
    assert policy.usable(seal, clock.now() - timedelta(seconds=30)) is None, "before, it was good"
    assert is_listed(bench, seal)
    assert reason_on_list(bench, seal) is x509.ReasonFlags.certificate_hold
    assert seal.losses[0].words == "介质丢失"
    assert has_key(bench, seal)


def test_p_73_others_do_not_report_a_seal_lost(bench, authority):
    seal = active(bench)
    for login in (ADMIN, "gz.clerk", LEADER, "admin"):
        assert not may(seal, "report_loss", bench.actor(login)), login


def test_a_block_is_lifted_with_an_auditors_note_only(bench, authority):
    seal = suspended(bench)
    assert bench.refusal(OFFICER, seal, "restore", note="已找到") == ["5.6"]
    assert bench.refusal("auditor", seal, "note", note="") == ["5.9"]
    bench.act("auditor", seal, "note", note="已核实")
    assert bench.refusal(OFFICER, seal, "restore", note="") == ["5.9"]
    bench.act(OFFICER, seal, "restore", note="已找到")
    assert policy.usable(seal, clock.now()) is None
    assert not is_listed(bench, seal)
    later(minutes=1)
    bench.act(KEEPER, seal, "report_loss", note="又丢失")
    assert bench.refusal(OFFICER, seal, "restore", note="x") == ["5.6"], "an older note is spent"


def test_p_73_a_seal_is_exchanged_and_the_old_one_ends_with_the_new_one_in_use(bench, authority):
    old = suspended(bench)
    new = made(bench, purpose="renew", replaces=old)
    assert old.state == "suspended"
    bench.act(KEEPER, new, "activate")
    assert (old.state, old.replaced_by, new.replaces) == ("replaced", new, old)
    assert reason_on_list(bench, old) is x509.ReasonFlags.superseded
    assert old.history[-1].transition == "supersede"
    assert policy.seal_of(new.unit, clock.now()) is new
    work_off(bench)
    assert (has_key(bench, old), has_key(bench, new)) == (False, True)
    assert verify(old.image), "the image stays in the record"


def test_p_72_a_change_of_keeper_asks_the_new_one_to_put_it_into_use(bench, authority):
    seal, other = active(bench), another_keeper(bench)
    assert bench.refusal(ADMIN, seal, "change_keeper", keeper=bench.person("gz.clerk"), note="x") == ["P-72"]
    assert bench.refusal(ADMIN, seal, "change_keeper", keeper=bench.person(KEEPER), note="x") == ["P-72"]
    assert bench.refusal(ADMIN, seal, "change_keeper", keeper=other, note="") == ["5.9"]
    bench.act(ADMIN, seal, "change_keeper", keeper=other, note="移交介质一份")
    assert policy.usable(seal, clock.now()).article == "P-73"
    assert not may(seal, "activate", bench.actor(KEEPER))
    bench.act("gz.seal2", seal, "activate")
    assert policy.may_use(seal, bench.actor("gz.seal2"), clock.now()) == []
    assert policy.may_use(seal, bench.actor(KEEPER), clock.now()) != []


def test_p_72_a_keeper_does_not_name_himself(bench, authority):
    seal, other = active(bench), another_keeper(bench)
    assert bench.refusal("gz.seal2", seal, "change_keeper", keeper=other, note="x") == ["P-72"]


def test_p_70_destroyed_after_application_and_approval_only(bench, authority):
    seal = active(bench)
    assert bench.refusal(OFFICER, seal, "destroy") == ["P-70"]
    assert bench.refusal(LEADER, seal, "approve_destroy") == ["P-70"]
    assert bench.refusal(ADMIN, seal, "ask_destroy", note="", upload="") == ["P-71", "P-71"]
    bench.act(ADMIN, seal, "ask_destroy", note="穗府函〔2013〕9号", upload=scanned(bench, ADMIN))
    assert bench.refusal(OFFICER, seal, "destroy") == ["P-70"]
    assert not may(seal, "ask_destroy", bench.actor(ADMIN)), "one at a time"
    bench.act(LEADER, seal, "approve_destroy")
    assert bench.refusal(LEADER, seal, "refuse_destroy", note="x") == ["P-70"]
    bench.act(OFFICER, seal, "destroy")
    assert (seal.state, seal.ending.letter) == ("destroyed", "穗府函〔2013〕9号")
    assert reason_on_list(bench, seal) is x509.ReasonFlags.cessation_of_operation
    work_off(bench)
    assert not has_key(bench, seal)
    assert verify(seal.image), "the image stays in the record"
    assert policy.seal_of(seal.unit, clock.now()) is None


def test_p_70_a_destruction_that_is_refused_may_be_asked_for_again(bench, authority):
    seal = ending(bench)
    assert bench.refusal(LEADER, seal, "refuse_destroy", note="") == ["5.9"]
    bench.act(LEADER, seal, "refuse_destroy", note="仍须使用")
    assert may(seal, "ask_destroy", bench.actor(ADMIN))


def test_sod_4_nobody_approves_or_carries_out_the_own_application_for_destruction(bench, authority):
    seal = ending(bench)
    seal.ending = seal.ending._replace(by=bench.person(LEADER))
    assert bench.refusal(LEADER, seal, "approve_destroy") == ["SOD-4"]
    seal.ending = seal.ending._replace(by=bench.person(OFFICER), approved_by=bench.person(LEADER))
    assert bench.refusal(OFFICER, seal, "destroy") == ["SOD-4"]


def test_destroying_a_key_twice_does_nothing(bench, authority, monkeypatch):
    seal = ending(bench)
    bench.act(LEADER, seal, "approve_destroy")
    bench.act(OFFICER, seal, "destroy")
    work_off(bench)
    work_off(bench)
    monkeypatch.setattr(bench.registry, "authorities", None)
    work_off(bench)
    assert not has_key_file(authority, seal)


def has_key_file(authority, seal):
    return (authority.folder / "seals" / f"{seal.key_name}.key").exists()


def test_p_12_a_renamed_unit_rests_its_seal_until_it_is_made_anew(bench, authority):
    seal = active(bench)
    unit = seal.unit
    units.asked(bench, unit, "rename", new_name="羊城市人民政府", new_short_name="羊城市")
    bench.act("admin", unit, "rename")
    assert policy.usable(seal, clock.now()).article == "P-12"
    assert not unit.has_seal
    found = register(bench.root, "seals").query(Eq("outdated", 1), sort="order", limit=5).objects
    assert found == (seal,)
    anew = made(bench, purpose="change", replaces=seal)
    bench.act(KEEPER, anew, "activate")
    assert (policy.usable(anew, clock.now()), seal.state) == (None, "replaced")


def test_p_12_a_name_of_the_past_was_right_on_its_day(bench, authority):
    seal = active(bench)
    seal.unit.names = (FormerName(seal.unit.name, "", date(2013, 1, 7)),)
    seal.unit.name = "羊城市人民政府"
    assert policy.usable(seal, clock.now()) is None
    assert policy.usable(seal, clock.now() + timedelta(days=1)).article == "P-12"


def test_p_13_with_its_unit_every_seal_ends(bench, authority):
    unit = units.active(bench)
    keeper = units.employ(bench, unit, "hq.seal", "unit_seal_keeper", "戊辰平")
    form = {"login": "hq.admin", "unit": "hengqin", "keeper": keeper}
    waiting = applied(bench, **form, kind="special", name=f"{unit.name}收文专用章")
    seal = active(bench, **form)
    units.asked(bench, unit, "merge", successor=bench.root["units"]["zhuhai"])
    bench.act("admin", unit, "merge_into")
    assert (seal.state, waiting.state) == ("destroyed", "destroyed")
    assert reason_on_list(bench, seal) is x509.ReasonFlags.cessation_of_operation
    assert seal.history[-1].transition == "end_with_unit"
    work_off(bench)
    assert not has_key(bench, seal)


def test_p_13_a_unit_out_of_service_uses_no_seal(bench, authority):
    seal = active(bench)
    bench.act("admin", seal.unit, "suspend", note="试验")
    assert policy.usable(seal, clock.now()).article == "P-13"


def test_p_71_a_certificate_out_of_date_is_told(bench, authority):
    seal = active(bench)
    assert policy.usable(seal, seal.valid_to).article == "P-71"
    assert register(bench.root, "seals").count(policy.expiring(bench.registry)) == 0
    later(days=1080)
    assert register(bench.root, "seals").count(policy.expiring(bench.registry)) == 1


def test_seal_of_knows_the_official_seal_of_the_day(bench, authority):
    unit = bench.root["units"]["guangzhou"]
    assert policy.seal_of(unit, clock.now()) is None
    before = clock.now()
    later(minutes=1)
    seal = active(bench)
    active(bench, kind="special", name="广州市人民政府办公专用章")
    assert policy.seal_of(unit, clock.now()) is seal
    assert policy.seal_of(unit, before) is None


def test_p_70_the_general_office_keeps_the_governments_seal(bench, authority):
    seal = active(bench, login="office.admin", unit="gd-government", keeper=bench.person("office.seal"))
    assert (seal.face.diameter_mm, policy.usable(seal, clock.now())) == (50, None)
    assert policy.may_use(seal, bench.actor("office.seal"), clock.now()) == []
    assert policy.may_use(seal, bench.actor(KEEPER), clock.now()) != []


def test_p_72_a_keeper_who_leaves_hands_the_seal_over_first(bench, authority):
    seal, person = active(bench), bench.person(KEEPER)
    admin = bench.actor("admin")
    bench.act("admin", person, "begin_handover", note="调离")
    assert "P-72" in units.why(may(person, "close", admin))
    another_keeper(bench)
    bench.act(ADMIN, seal, "change_keeper", keeper=bench.person("gz.seal2"), note="移交")
    assert "P-72" not in units.why(may(person, "close", admin))
