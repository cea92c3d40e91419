"""What others said of checkpoints: kept once, stamped in order, owed while the authority is away, exported once."""

from types import SimpleNamespace

import pytest

from govrepo import clock
from govrepo.journal import witness
from govrepo.journal.checkpoint import sign
from govrepo.journal.witness import Witnesses
from govrepo.trust.authorities import Authorities
from govrepo.trust.system_key import SystemKey
from govrepo.trust.timestamp import as_response, verify_token
from govrepo.trust.tsa import NoTimeStampError, token


@pytest.fixture
def site():
    return SimpleNamespace(journal_witnesses=Witnesses())


@pytest.fixture
def checkpoints(tmp_path):
    key = SystemKey.load(tmp_path / "key.pem")
    return [sign("ab" * 32, size, bytes([size]) * 32, key) for size in (4, 9, 12)]


class Authority:
    """A source of time stamps that is away for some of the time: the in-house one, with a plug."""

    available = True

    def __init__(self, folder):
        self.authorities = Authorities.create(folder / "trust", b"words", "某省")
        self.left = 99

    def stamp(self, digest):
        if not self.left:
            raise NoTimeStampError("away")
        self.left -= 1
        return token(self.authorities, digest, clock.now())


def test_each_is_kept_once(site):
    site.journal_witnesses.keep_stamp(4, b"one")
    site.journal_witnesses.keep_countersignature(4, b"two")
    with pytest.raises(ValueError, match="bears one already"):
        site.journal_witnesses.keep_stamp(4, b"other")
    with pytest.raises(ValueError, match="bears one already"):
        site.journal_witnesses.keep_countersignature(4, b"other")
    files = dict(site.journal_witnesses.files())
    assert files == {"000000000004.tsr": as_response(b"one"), "000000000004.countersign": b"two"}


def test_what_is_not_to_be_had_is_had_later_in_order(site, checkpoints, tmp_path):
    authority = Authority(tmp_path)
    authority.left = 2
    assert witness.unstamped_from(site) == 0
    assert witness.stamp(site, checkpoints, authority) == 2
    assert list(site.journal_witnesses.stamps) == [4, 9]
    assert witness.unstamped_from(site) == 10
    authority.left = 5
    assert witness.stamp(site, checkpoints[2:], authority) == 1
    for each in checkpoints:
        stamped = site.journal_witnesses.stamps[each.size]
        verify_token(stamped, witness.digest(each), authority.authorities.anchors)


def test_a_site_without_an_authority_owes_nothing(site, checkpoints):
    assert witness.stamp(site, checkpoints, SimpleNamespace(available=False)) == 0


def test_files_are_written_once(site, tmp_path):
    site.journal_witnesses.keep_stamp(4, b"one")
    assert witness.export(site, tmp_path) == 1
    site.journal_witnesses.keep_countersignature(4, b"two")
    assert witness.export(site, tmp_path) == 1
    assert witness.export(site, tmp_path) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["000000000004.countersign", "000000000004.tsr"]
    assert (tmp_path / "000000000004.countersign").read_bytes() == b"two"


def test_an_older_site_gets_its_memory():
    site = SimpleNamespace()
    witness.prepare(SimpleNamespace(site=site))
    kept = site.journal_witnesses
    witness.prepare(SimpleNamespace(site=site))
    assert site.journal_witnesses is kept
