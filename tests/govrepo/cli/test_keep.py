"""``govrepo-keep`` as a process of its own: takes what the system has signed, once, and nothing else; a fork is refused."""

import http.client
import json
import re
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock
from govrepo.cli.keep import main
from govrepo.cli.verify import main as verify
from govrepo.journal import Entry, Journal
from govrepo.journal.checkpoint import export, sign
from govrepo.journal.copying import SIGNATURE, CopyError, DiffersError, Keeper, copy
from govrepo.journal.witness import digest
from govrepo.trust.authorities import Authorities
from govrepo.trust.system_key import SystemKey
from govrepo.trust.timestamp import as_response
from govrepo.trust.tsa import token
from tests.govrepo.journal.test_testimony import countersignature


class Place:
    """A journal with its checkpoints on this host, and a keeper on another."""

    def __init__(self, folder):
        self.folder, self.here, self.there = folder, folder / "here", folder / "there"
        self.key = SystemKey.load(folder / "key.pem")
        self.authorities = Authorities.create(folder / "trust", b"words", "某省")
        (folder / "public.pem").write_bytes(self.key.public_pem)
        (folder / "root.pem").write_bytes(self.authorities.anchors[0].public_bytes(Encoding.PEM))
        self.journal = Journal.open(folder / "journal.sqlite")
        self.process, self.port = None, 0

    def start(self):
        command = [sys.executable, "-m", "govrepo.cli.keep", str(self.there), "--key", str(self.folder / "public.pem")]
        command += ["--authorities", str(self.folder / "root.pem"), "--listen", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(re.search(r"port (\d+)", self.process.stdout.readline())[1])

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    @property
    def keeper(self):
        return Keeper(f"http://127.0.0.1:{self.port}/")

    def checkpoint(self):
        self.journal.append_now(Entry("document.change", "person:p1", subject="/a"))
        return self.journal.checkpoint(self.key, self.here)

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        said = answer.status, answer.read().decode("utf-8", "replace")
        connection.close()
        return said


@pytest.fixture
def place(tmp_path):
    place = Place(tmp_path)
    place.start()
    yield place
    place.stop()
    place.journal.close()


def test_everything_arrives_and_verifies_there(place, capsys):
    signed = place.checkpoint()
    stem = place.here / f"{signed.size:012d}"
    stem.with_suffix(".tsr").write_bytes(as_response(token(place.authorities, digest(signed), clock.now())))
    stem.with_suffix(".countersign").write_bytes(countersignature(signed, place.authorities))
    copy(place.here, place.keeper)
    kept = sorted(path.name for path in place.there.iterdir())
    assert kept == [f"{signed.size:012d}{suffix}" for suffix in (".checkpoint", ".countersign", ".sig", ".tsr")]
    for path in place.there.iterdir():
        assert path.read_bytes() == (place.here / path.name).read_bytes()
        assert place.ask("GET", f"/{path.name}")[0] == 200
    call = ["journal", str(place.folder / "journal.sqlite"), "--checkpoints", str(place.there), "--json"]
    assert verify([*call, "--authorities", str(place.folder / "root.pem")]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["stamps"], said["countersignatures"]) == (1, 1)


def test_what_failed_goes_when_the_keeper_is_back(place):
    place.checkpoint()
    copy(place.here, place.keeper)
    place.stop()
    place.checkpoint()
    with pytest.raises(CopyError):
        copy(place.here, place.keeper)
    place.start()
    place.checkpoint()
    copy(place.here, place.keeper)
    assert len(list(place.there.glob("*.checkpoint"))) == 3
    assert {path.name for path in place.here.glob("*.sig")} == {path.name for path in place.there.glob("*.sig")}


def test_a_fork_is_refused_and_named(place):
    """The journal set back and grown anew gives another checkpoint of the same number."""
    signed = place.checkpoint()
    copy(place.here, place.keeper)
    forked = sign(signed.journal, signed.size, b"\1" * 32, place.key)
    path = export(forked, place.folder / "forked", place.key)
    with pytest.raises(DiffersError, match=path.name):
        place.keeper.put(path)
    assert (place.there / path.name).read_text() == signed.text
    with pytest.raises(DiffersError, match=path.name):
        copy(path.parent, place.keeper)


def test_what_is_not_the_systems_is_not_taken(place):
    signed = place.checkpoint()
    other = SystemKey.load(place.folder / "other.pem")
    path = export(sign(signed.journal, 5, b"\1" * 32, other), place.folder / "forged", other)
    with pytest.raises(CopyError, match="422 the checkpoint was not signed"):
        place.keeper.put(path)
    content = (place.here / f"{signed.size:012d}.checkpoint").read_bytes()
    assert place.ask("PUT", f"/{signed.size + 1:012d}.checkpoint", content, **{SIGNATURE: signed.signature})[0] == 422
    for name, body in ((f"{signed.size:012d}.checkpoint", b"\xff"), (f"{signed.size:012d}.tsr", b"x")):
        assert place.ask("PUT", f"/{name}", body)[0] == 422
    for name in ("../x", "x.checkpoint", "000000000002.exe", f"{signed.size:012d}.checkpoint/x"):
        assert place.ask("PUT", f"/{name}", b"x")[0] == 404
    assert place.ask("PUT", f"/{signed.size:012d}.sig", b"x" * 64)[0] == 422
    assert place.ask("PUT", "/0123456789abcdef.pem", b"x")[0] == 422
    assert place.ask("PUT", f"/{signed.size:012d}.tsr", b"x" * 300_000)[0] == 413
    assert place.ask("GET", "/000000000099.checkpoint")[0] == 404
    assert list(place.there.iterdir()) == []
    assert place.ask("GET", "/") == (200, "")


def test_testimonies_that_do_not_hold_are_not_taken(place):
    signed = place.checkpoint()
    copy(place.here, place.keeper)
    name = f"{signed.size:012d}"
    stamped = as_response(token(place.authorities, b"\0" * 32, clock.now()))
    assert place.ask("PUT", f"/{name}.tsr", stamped) == (422, "the time stamp is over another text\n")
    other = Authorities.create(place.folder / "other", b"words", "某省")
    status, words = place.ask("PUT", f"/{name}.countersign", countersignature(signed, other))
    assert (status, "not trusted" in words) == (422, True)
    assert not list(place.there.glob("*.tsr"))


def test_the_same_again_is_known(place):
    signed = place.checkpoint()
    content = (place.here / f"{signed.size:012d}.checkpoint").read_bytes()
    call = ("PUT", f"/{signed.size:012d}.checkpoint", content)
    assert [place.ask(*call, **{SIGNATURE: signed.signature})[0] for _turn in range(2)] == [201, 200]


@pytest.mark.parametrize("listen", ["8420", "host:port", ":1"])
def test_a_wrong_call_ends_with_2(tmp_path, listen):
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path), "--key", str(tmp_path / "none"), "--listen", listen])
    assert ended.value.code == 2
