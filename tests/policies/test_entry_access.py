"""Who reads an entry beside the register's keepers (7.2, 3.10): nobody before it is handed on or circulated."""

from content_types.register_entry import FilingClass, Reading
from govrepo import clock
from policies.entry_access import renew_access
from policies.permissions import Permission as P
from tests.policies.test_registering import registered


def readers(bench, entry):
    logins = ("zh2.receiver", "zh2.officer", "zh1.head", "zh1.officer", "office.duty")
    return {login for login in logins if bench.actor(login).allowed(P.ENTRY_READ, entry)}


def test_an_entry_is_read_where_it_was_sent(bench):
    entry, office = registered(bench), bench.root["units"]["gd-office"]
    assert readers(bench, entry) == set()
    entry.lead, entry.assists = office["zh2"], (office["zh1"], bench.person("office.duty"))
    renew_access(entry, bench.registry)
    assert readers(bench, entry) == {"zh2.receiver", "zh2.officer", "zh1.head", "zh1.officer", "office.duty"}
    assert not bench.actor("zh1.officer").allowed(P.ENTRY_HANDLE, entry)
    entry.lead, entry.assists = None, ()
    entry.readings = (Reading(bench.person("zh1.officer"), clock.now()),)
    renew_access(entry, bench.registry)
    assert readers(bench, entry) == {"zh1.officer"}


def test_7_2_an_archivist_reads_what_is_filed(bench):
    entry, office = registered(bench), bench.root["units"]["gd-office"]
    archivist = bench.as_role(bench.person("office.duty"), f"archivist@{office.scope}")
    assert archivist.allowed(P.REGISTER_READ, entry.box)
    for filing, reads in (
        (None, False),
        (FilingClass.NONE, False),
        (FilingClass.FORMAL, True),
        (FilingClass.INFORMAL, True),
    ):
        entry.filing = filing
        renew_access(entry, bench.registry)
        assert archivist.allowed(P.ENTRY_READ, entry) is reads
        assert not archivist.allowed(P.ENTRY_HANDLE, entry)
