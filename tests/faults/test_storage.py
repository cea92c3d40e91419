"""A full disk, and a journal that cannot be written: the act fails with a page that says so, nothing has changed, and
once there is room again the same server goes on.

A file size limit of the server's process does to its database what a full disk does. Where this user may mount a file
system, a disk that is really full is tried too.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager

import pytest

from benchmarks._client import Client
from tests.faults.campaign import Campaign
from tests.faults.server import Server

pytestmark = pytest.mark.faults
ROOM = 24 * 2**20


class Desk:
    """A running server, a letter to send in it, and how things stood before."""

    def __init__(self, campaign, server):
        self.campaign, self.server = campaign, server
        self.path = server.order("letters")["send"][0]
        self.before = server.order("state", self.path)

    def send(self):
        """Ask for the letter to be sent; the answer."""
        return self.campaign.answer(self.server.port, self.path, "send")

    def read(self):
        """Ask for the letter's page; the answer."""
        client = Client(self.server.port, self.campaign.entry(self.server.port, self.path))
        try:
            return client.get(f"{self.path}/")
        finally:
            client.close()

    def nothing_happened(self):
        assert self.server.order("state", self.path) == self.before

    def it_works_again(self):
        """The same act in the same server, and all that follows from it."""
        assert self.send().status == 303
        assert self.server.order("findings", [(self.path, "send")]) == []


@contextmanager
def at_work(var, **settings):
    with Server(var, **settings) as server:
        desk = Desk(Campaign(var), server)
        desk.campaign.entry(server.port, desk.path)  # A login is an act, too.
        yield desk


@pytest.fixture
def desk(campaign):
    with at_work(campaign.var) as made:
        yield made


def test_a_database_that_cannot_grow_changes_nothing(desk):
    desk.server.order("limit files", (desk.campaign.var / "Data.fs").stat().st_size)
    for _ in range(3):
        answer = desk.send()
        assert answer.status == 507
        assert "存储空间已满" in answer.body.decode()
        desk.nothing_happened()
    desk.server.order("limit files", None)
    desk.it_works_again()


def test_a_journal_that_is_not_there_stops_everything(desk):
    journal, aside = desk.campaign.var / "journal.sqlite", desk.campaign.var / "aside"
    journal.rename(aside)
    answer = desk.send()
    assert answer.status == 503
    assert "审计日志暂时无法写入" in answer.body.decode()
    aside.rename(journal)
    desk.nothing_happened()
    desk.it_works_again()


@pytest.mark.faults_all  # It waits for ten seconds.
def test_a_journal_that_another_program_holds_is_waited_for_and_then_refused(desk):
    with closing(sqlite3.connect(desk.campaign.var / "journal.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert desk.send().status == 503
    desk.nothing_happened()
    desk.it_works_again()


@contextmanager
def disk(folder):
    """A small disk of its own at a folder."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting a small file system takes root's rights")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(folder):
    """The disk at a folder is full for the length of a ``with`` block."""
    filler = folder / "filler"
    with filler.open("wb") as file:
        free = os.statvfs(folder)
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize)
    yield
    filler.unlink()


def test_a_full_disk_changes_nothing(prepared, tmp_path):
    with disk(tmp_path / "disk") as small:
        shutil.copytree(prepared, small / "var")
        with at_work(small / "var") as desk:
            with filled(small):
                assert desk.send().status in (503, 507)
                assert desk.send().status in (503, 507)
            desk.nothing_happened()
            desk.it_works_again()


@contextmanager
def journal_apart(prepared, tmp_path):
    """A server whose journal lies on a small disk of its own, and that disk."""
    with disk(tmp_path / "disk") as small:
        var = tmp_path / "var"
        shutil.copytree(prepared, var)
        with at_work(var, journal=shutil.move(var / "journal.sqlite", small)) as desk:
            yield desk, small


def test_a_full_disk_of_the_journal_alone_changes_nothing(prepared, tmp_path):
    with journal_apart(prepared, tmp_path) as (desk, small):
        with filled(small):
            assert desk.send().status == 503
        desk.nothing_happened()
        desk.it_works_again()


def refused(answer):
    """The page that says why, with nothing of the letter in it."""
    return (
        answer.status == 503 and "审计日志暂时无法写入" in answer.body.decode() and "春运" not in answer.body.decode()
    )


def test_r_7_1_nothing_is_read_that_a_full_disk_keeps_from_the_journal(prepared, tmp_path):
    with journal_apart(prepared, tmp_path) as (desk, small):
        with filled(small):
            assert refused(desk.read())
        assert desk.read().status == 200


@contextmanager
def read_only(folder):
    """The disk at a folder may only be read for the length of a ``with`` block, as after a fault of the disk."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)


def test_a_site_whose_journal_may_only_be_read_does_not_start(prepared, tmp_path):
    with disk(tmp_path / "disk") as small:
        var = tmp_path / "var"
        shutil.copytree(prepared, var)
        journal = shutil.move(var / "journal.sqlite", small)
        with read_only(small), pytest.raises(EOFError), Server(var, journal=journal):
            pytest.fail("it started")
        with at_work(var, journal=journal) as desk:
            assert desk.read().status == 200
