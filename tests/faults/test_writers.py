"""``kill -9`` of eight writers in every phase between the two commits (issue "Evidence"): 0 lost, 0 phantom, on both stores."""

import pytest

from govrepo.journal import postgres_lease
from tests import postgres
from tests.faults.writers import PHASES, Campaign
from tests.govrepo.journal.support import Place, act

FEW, ALL = 12, 500


@pytest.mark.faults
def test_a_few_kills(tmp_path):
    campaign = Campaign(tmp_path)
    for _turn in range(FEW):
        campaign.kill()
    acts, _declared = campaign.sound()
    assert (campaign.kills, acts > 0) == (FEW, True)


@pytest.mark.faults
def test_a_few_kills_while_periods_are_sealed(tmp_path):
    campaign = Campaign(tmp_path, sealing=True)
    for _turn in range(FEW // 2):
        campaign.kill()
    assert campaign.sound()[0] > 0
    assert list(tmp_path.glob("journal-0*.sqlite"))


@pytest.mark.faults
def test_a_few_kills_of_writers_to_postgresql(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres_lease, "GRACE_SECONDS", 0)  # The dead are dead here: it is we who killed them.
    with postgres.running() as server:
        campaign = Campaign(tmp_path, server.url(server.journal(), postgres.ROLE))
        for _turn in range(FEW // 2):
            campaign.kill()
        assert campaign.sound()[0] > 0


@pytest.mark.faults_all
@pytest.mark.timeout(3600)
def test_five_hundred_kills(tmp_path):
    campaign = Campaign(tmp_path)
    for _turn in range(ALL):
        campaign.kill()
    acts, declared = campaign.sound()
    assert set(campaign.phases) == set(PHASES)
    assert acts > declared > 0


@pytest.mark.parametrize("fault", ["lost", "phantom"])
def test_the_campaign_finds_what_it_is_there_to_find(tmp_path, fault):
    campaign = Campaign(tmp_path)
    (tmp_path / "told").write_text("b 1\n" if fault == "lost" else "")
    if fault == "phantom":
        place = Place(tmp_path)
        place.journal.append_now(act("/a/1"))
        place.close()
    with pytest.raises(AssertionError, match="lost" if fault == "lost" else "differ"):
        campaign.look()
