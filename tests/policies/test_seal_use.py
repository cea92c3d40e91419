"""The seal-use register (用印登记, domain.md 4.11, part 6; P-72, P-76)."""

from govrepo import clock
from govrepo.catalog import Eq, register
from policies.actor import system_actor
from policies.engine import Act
from policies.seal_use import TABLE, record_use
from tests.policies.seals import KEEPER, active

BEFORE, AFTER = "a" * 64, "b" * 64


def used(bench, seal, actor=None, **more):
    document = bench.sent().document
    done = Act(document, actor or bench.actor(KEEPER), clock.now(), {})
    return record_use(done, seal, document, page=1, before=BEFORE, after=AFTER, **more)


def test_p_76_a_use_says_what_was_sealed_when_where_and_by_whom(bench, authority):
    seal = active(bench)
    before = clock.now()
    use = used(bench, seal)
    assert (use.seal, use.keeper, use.workstation) == (seal, bench.person(KEEPER), "10.0.0.7")
    assert before <= use.at <= clock.now()
    assert (use.number, use.document_title, use.page) == ("江府〔2013〕2号", "关于春运工作的通知", 1)
    assert (use.serial, use.digests) == (seal.serial, (BEFORE, AFTER))
    assert use.__parent__ is seal.unit["seal_uses"]["2013-01"]


def test_p_76_the_journal_keeps_the_digests_and_no_title(bench, authority):
    seal = active(bench)
    use = used(bench, seal)
    (entry,) = bench.journaled("seal_use.record")
    facts = entry.details["facts"]
    assert (facts["before"], facts["after"], facts["seal"], facts["serial"]) == (BEFORE, AFTER, seal.uid, seal.serial)
    assert (entry.actor, entry.version) == (bench.person(KEEPER).principal, AFTER)
    assert use.document_title not in str(entry)


def test_p_72_the_worker_records_in_the_keepers_name(bench, authority):
    seal = active(bench)
    keeper = bench.person(KEEPER)
    use = used(bench, seal, system_actor(bench.registry), keeper=keeper, workstation="10.0.0.9")
    assert (use.keeper, use.workstation) == (keeper, "10.0.0.9")
    (entry,) = bench.journaled("seal_use.record")
    assert (entry.actor, entry.address) == (keeper.principal, "10.0.0.9")


def test_part_6_the_register_knows_it_by_seal_and_title(bench, authority):
    seal = active(bench)
    use = used(bench, seal)
    found = register(bench.root, "seal_uses")
    for query in (Eq("seal", f"guangzhou/{seal.uid}"), Eq("words", "春运"), Eq("serial", seal.serial)):
        assert found.query(query, sort="at", limit=5).objects == (use,)
    assert not found.query(Eq("words", "秋收"), sort="at", limit=5).objects


def test_5_9_it_is_made_and_never_changed():
    assert TABLE.transitions == ()
