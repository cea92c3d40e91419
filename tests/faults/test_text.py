"""``kill -9`` of the real server while its worker feeds the text index, and harm to the index's folder (design.md sect. 6; R-20).

After each restart the index holds what the register holds, neither less nor more, and the acts are all there (tests/faults/audit.py).
"""

import shutil

import pytest

from tests.faults.text import PLACES

ROUNDS, RANDOM_KILLS, LETTERS = 6, 20, 200
LETTERS_EACH, BETWEEN = 2, 0.3
"""Letters sent for each time that a place must be come to, and seconds between them."""


def settled(campaign):
    """The next server, its text index caught up and right."""
    server = campaign.restart()
    server.order("hurry")
    problems = server.order("text findings")
    if problems:
        server.kill()
    assert not problems, problems
    return server


def kill_feeding(campaign, place, nth=1):
    """Let a server kill itself at a place of the feeding, while letters are sent."""
    with settled(campaign) as server:
        paths = server.order("letters")["send"]
        campaign.entry(server.port, paths[0])
        server.order("set text trap", place, nth)
        for path in paths[: LETTERS_EACH * nth]:
            campaign.ask(server.port, path, "send")
            server.process.join(BETWEEN)
            if not server.process.is_alive():
                break
        server.wait()
    campaign.kills += 1


def send_one(campaign, server):
    campaign.ask(server.port, campaign.ready(server, "send"), "send")


@pytest.mark.faults
def test_a_kill_at_each_place_of_the_feeding_loses_nothing(campaign):
    for place in PLACES:
        kill_feeding(campaign, place)
    settled(campaign).kill()
    assert campaign.kills == len(PLACES)
    assert len(campaign.acknowledged) >= len(PLACES)


@pytest.mark.faults_all
@pytest.mark.timeout(1200)
def test_a_campaign_of_kills_while_the_index_is_fed(campaign):
    campaign.write_letters(LETTERS)
    for nth in range(ROUNDS):
        for place in PLACES:
            kill_feeding(campaign, place, 1 + nth % 3)
    for _ in range(RANDOM_KILLS):
        settled(campaign).kill()
        campaign.kill_under_load()
    settled(campaign).kill()
    assert campaign.kills == ROUNDS * len(PLACES) + RANDOM_KILLS


def remove(folder):
    shutil.rmtree(folder)


def leave_half_a_description(folder):
    whole = (folder / "meta.json").read_bytes()
    (folder / "meta.json").write_bytes(whole[: len(whole) // 2])


def lose_the_description(folder):
    (folder / "meta.json").unlink()


def lose_the_segments(folder):
    for path in segments(folder):
        path.unlink()


def cut_the_segments(folder):
    for path in segments(folder):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def segments(folder):
    """The files that hold documents."""
    found = [path for path in folder.iterdir() if path.suffix in {".idx", ".term", ".store", ".pos", ".fast"}]
    assert found
    return found


HARMS = (remove, leave_half_a_description, lose_the_description, lose_the_segments, cut_the_segments)


@pytest.mark.faults
def test_an_index_that_was_harmed_while_nobody_ran_is_made_anew(campaign):
    for harm in HARMS:
        with settled(campaign) as server:
            send_one(campaign, server)
            assert server.order("text findings") == []
            server.kill()
        harm(campaign.var / "fulltext")
    settled(campaign).kill()
    assert len(campaign.acknowledged) == len(HARMS)


@pytest.mark.faults
def test_an_index_that_is_ahead_of_a_restored_database_is_made_anew(campaign, tmp_path):
    """The backup leaves the index out, so whoever restores has the newer index beside the older database (docs/operating.md)."""
    settled(campaign).kill()
    shutil.copytree(campaign.var, tmp_path / "backup", ignore=shutil.ignore_patterns("fulltext"))
    with settled(campaign) as server:
        send_one(campaign, server)
        assert server.order("text findings") == []
        server.kill()
    (campaign.var / "fulltext").rename(tmp_path / "backup" / "fulltext")
    shutil.rmtree(campaign.var)
    (tmp_path / "backup").rename(campaign.var)
    campaign.acknowledged.clear()
    settled(campaign).kill()


def harm_while_running(campaign, harm):
    with settled(campaign) as server:
        harm(campaign.var / "fulltext")
        for _ in range(2):
            send_one(campaign, server)
            assert server.order("text findings") == []
        server.kill()
    settled(campaign).kill()


@pytest.mark.faults
def test_an_index_that_is_removed_under_a_running_server_is_made_anew(campaign):
    harm_while_running(campaign, remove)


@pytest.mark.faults
def test_an_index_that_loses_files_under_a_running_server_is_made_anew(campaign):
    """The worker and its readers still hold the lost files open, and must not go on from them in a new folder."""
    harm_while_running(campaign, lose_the_segments)


@pytest.mark.faults_all
@pytest.mark.parametrize("harm", [leave_half_a_description, lose_the_description])
def test_an_index_whose_description_is_harmed_under_a_running_server_is_made_anew(campaign, harm):
    harm_while_running(campaign, harm)
