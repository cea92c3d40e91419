"""Setting seals (R-24.2, P-2, P-71 to P-75, S-7, SOD-8): from the keeper's press to the frozen document, with real seals and a real authority."""

import pytest
import transaction

from content_types.file_object import FileRole
from govrepo import clock
from govrepo.sealing import SealingError, trust_of, verify
from govrepo.trust.data import renew_due_crls
from policies import sealing
from policies.engine import act, may
from policies.seal import seal_of
from tests.policies.outgoing import Chain
from tests.policies.seals import approved
from tests.policies.test_outgoing_document import articles
from tests.policies.units import grant


@pytest.fixture
def chain(bench, authority):
    renew_due_crls(bench.root, bench.registry, clock.now())
    return Chain(bench)


def seal_for(chain, unit="gd-government", login="office.admin", who="keeper"):
    """The unit's seal in use, in the hand of one of the chain's people."""
    keeper = chain.people[who]
    if not keeper.principals(clock.now()):
        grant(chain.bench, keeper, "seal_keeper", "unit:gd-office")
    made = approved(chain.bench, login=login, unit=unit, keeper=keeper)
    chain.bench.act("security", made, "make")
    act(made, "activate", chain.actor(who))
    transaction.savepoint()
    return made


@pytest.fixture
def seal(chain):
    return seal_for(chain)


@pytest.fixture
def pressed(chain, seal):
    """A document whose keeper has pressed the seal."""
    document = chain.sealing()
    chain.act("keeper", document, "seal", seal=seal)
    return document


def checked(document, bench):
    """What the verification says of the sealed file."""
    with sealing.sealed_file(document).stored.as_path() as path:
        return verify(path, trust_of(bench.root, bench.registry), clock.now())


def test_p_2_the_seal_makes_the_document_final(chain, bench, seal, pressed):
    assert (pressed.state, sealing.waiting(pressed).keeper) == ("sealing", chain.people["keeper"])
    chain.let_seal(pressed)
    assert (pressed.state, pressed.frozen, pressed.seals_asked[-1].problem) == ("sealed", True, "")
    original, editable = pressed.files
    assert (original.role, editable.role, original.pages) == (FileRole.ORIGINAL, FileRole.EDITABLE, 2)
    assert original.sha256 != pressed.plate.file.sha256
    assert bench.journaled("outgoing_document.finish")[0].version == pressed.digest()


def test_p_52_the_sealed_file_is_good_and_names_the_seal(chain, bench, seal, pressed):
    chain.let_seal(pressed)
    found = checked(pressed, bench)
    assert (found.verdict, found.problem) == ("good", "")
    assert [each.serial for each in found.seals] == [seal.serial]
    assert pressed.files[0].seals.verdict == "good", "and the sender is told so before sending"


def test_p_72_the_use_is_recorded(chain, bench, seal, pressed):
    before = pressed.plate.file.sha256
    chain.let_seal(pressed)
    (use,) = [each for month in seal.unit["seal_uses"].values() for each in month.values()]
    assert (use.seal, use.document, use.keeper, use.number) == (seal, pressed, chain.people["keeper"], pressed.number)
    assert (use.digests.before, use.digests.after) == (before, pressed.files[0].sha256)
    assert (use.page, use.workstation) == (1, "10.0.0.7")


def test_p_74_after_the_seal_nothing_is_edited(chain, pressed):
    chain.let_seal(pressed)
    for name in ("edit", "replate", "seal", "ask_cancel"):
        who = {"replate": "plate", "seal": "keeper"}.get(name, "officer")
        assert not may(pressed, name, chain.actor(who))


def test_one_press_at_a_time(chain, seal, pressed):
    assert articles(chain, "keeper", pressed, "seal", seal=seal) == ["P-74"]


def test_p_72_only_the_keeper_of_the_seal_sets_it(chain, seal):
    document = chain.sealing()
    assert articles(chain, "keeper", document, "seal") == ["P-72"]
    chain.people["keeper"], kept = chain.people["proof"], chain.people["keeper"]
    assert articles(chain, "keeper", document, "seal", seal=seal) == ["P-72"]
    chain.people["keeper"] = kept


def test_sod_8_the_keeper_is_not_the_drafter(chain, seal):
    document = chain.sealing()
    document.case_officer = chain.people["keeper"]
    assert articles(chain, "keeper", document, "seal", seal=seal) == ["SOD-8"]


def test_p_73_a_seal_that_is_reported_lost_is_not_set(chain, bench, seal):
    document = chain.sealing()
    act(seal, "report_loss", chain.actor("keeper"), note="介质丢失")
    assert articles(chain, "keeper", document, "seal", seal=seal) == ["P-72"]


def test_p_73_nor_one_reported_lost_after_the_press(chain, seal, pressed):
    act(seal, "report_loss", chain.actor("keeper"), note="介质丢失")
    chain.let_seal(pressed)
    assert (pressed.state, pressed.seals_asked[-1].problem, pressed.files) == ("sealing", "revoked", ())


@pytest.mark.parametrize("code", ["time-stamp", "something"])
def test_a_sealing_that_fails_says_why_and_the_keeper_may_press_again(chain, seal, pressed, monkeypatch, code):
    def fail(*_arguments, **_more):
        raise SealingError(code)

    with monkeypatch.context() as patch:
        patch.setattr(sealing, "seal", fail)
        chain.let_seal(pressed)
    assert pressed.seals_asked[-1].problem == (code if code in sealing.PROBLEMS else "failed")
    assert pressed.state == "sealing"
    chain.act("keeper", pressed, "seal", seal=seal)
    chain.let_seal(pressed)
    assert pressed.state == "sealed"


def test_work_that_comes_twice_seals_once(chain, pressed):
    chain.let_seal(pressed)
    before = pressed.files
    chain.let_seal(pressed)
    assert pressed.files == before


def test_s_7_each_issuer_seals_in_its_own_place(chain, bench, seal):
    other = bench.root["units"]["gd-office"]
    other.level = chain.box.unit.level
    document = chain.sealing(issuers=(other,))
    chain.act("keeper", document, "seal", seal=seal)
    chain.let_seal(document)
    assert (document.state, sealing.slots_set(document)) == ("sealing", {0})
    assert articles(chain, "keeper", document, "seal", seal=seal) == ["P-72"]
    assert articles(chain, "head", document, "cancel")
    second = seal_for(chain, "gd-office")
    chain.act("keeper", document, "seal", seal=second)
    chain.let_seal(document)
    assert document.state == "sealed"
    found = checked(document, bench)
    assert (found.verdict, len(found.seals)) == ("good", 2)


def test_what_bears_a_seal_is_not_given_up(chain, bench, seal):
    other = bench.root["units"]["gd-office"]
    other.level = chain.box.unit.level
    document = chain.sealing(issuers=(other,))
    chain.act("officer", document, "ask_cancel", note="不发了。")
    chain.act("keeper", document, "seal", seal=seal)
    chain.let_seal(document)
    assert articles(chain, "head", document, "cancel") == ["S-9"]


def test_the_editable_document_is_the_text_that_was_set(chain, seal, pressed):
    chain.let_seal(pressed)
    with pressed.files[1].stored.open() as file:
        text = file.read().decode()
    assert text.splitlines()[:3] == [
        "粤府〔2013〕1号",
        "关于做好2013年春运工作的通知",
        "广州市人民政府，深圳市人民政府：",
    ]
    assert "2013年1月7日" in text
    assert seal_of(pressed.unit, pressed.history[-1].at) is seal
