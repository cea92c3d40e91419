"""A really downloaded receipt, checked off-line; each thing in it changed by each in turn, and every change named (R-7.2)."""

import base64
import copy
import json
import random

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock, work
from govrepo.cli.verify import main
from govrepo.evidence.receipt import LARGEST, check, read
from govrepo.evidence.verdict import NoEvidenceError, is_bad
from govrepo.trust.authorities import ROOT
from tests.app import running
from tests.attacks import scene
from tests.desk import Desk
from tests.pki import found_authorities
from tests.policies.bench import later, local
from tests.signer import Signer


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("receipts")) as app:
        clock.travel(local("2013-01-07 10:00"))
        found_authorities(app)
        yield app
    clock.reset()


@pytest.fixture(scope="module")
def files(app):
    """The receipt before and after a checkpoint held its entries; what the office gives: key and root."""
    clerk, signer = Desk(app, "jm.clerk"), Signer.of(app, "jm.clerk")
    path = scene.make(app, "opened_jm")["opened_jm"]
    signer.act(clerk, path, "sign_for")
    early = clerk.get(f"{path}/receipt.json").body
    later(minutes=16)
    work.drain(app.registry)
    return early, Desk(app, "jm.clerk").get(f"{path}/receipt.json").body


@pytest.fixture(scope="module")
def office(app):
    return app.registry.system_key.public, [app.registry.authorities.certificate(ROOT)]


@pytest.fixture
def said(files):
    return read(files[1])


def found(verdicts):
    return {each.item.partition(", ")[2] or each.item: each.holds for each in verdicts}


def test_every_part_of_it_holds(said, office):
    verdicts = check(said, *office)
    assert [each for each in verdicts if each.holds is False] == []
    last = found(verdicts)
    parts = {
        "statement",
        "system's signature",
        "person's signature",
        "journal",
        "inclusion",
        "checkpoint",
        "time stamp",
    }
    assert {name: last[name] for name in parts} == dict.fromkeys(parts, True)
    assert (last["system key"], last["authorities"]) == (True, True)


def test_without_what_the_office_gives_nothing_is_called_good_that_is_not(said, office):
    alone = found(check(said))
    assert not is_bad(check(said))
    assert {alone[name] for name in ("system key", "authorities", "person's signature", "time stamp")} == {None}
    assert found(check(said, office[0]))["system key"] is True


def test_before_the_checkpoint_the_journal_is_not_proven(files, office):
    verdicts = check(read(files[0]), *office)
    assert not is_bad(verdicts)
    assert found(verdicts)["journal"] is None
    assert "inclusion" not in found(verdicts)


def test_another_office_is_noticed(said, app, tmp_path):
    from govrepo.trust.authorities import Authorities  # noqa: PLC0415 - One strange office.

    stranger = Authorities.create(tmp_path / "trust", b"passphrase", "别处")
    verdicts = check(said, "ab" * 32, [stranger.certificate(ROOT)])
    bad = {name for name, holds in found(verdicts).items() if holds is False}
    assert bad >= {"system key", "authorities", "system's signature", "person's signature", "checkpoint", "time stamp"}


def leaves(value, path=()):
    """Every value in the file, with the way to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path, value


def put(whole, path, value):
    changed = copy.deepcopy(whole)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


def forged(value):
    """Other values for a value: something else, one character changed in the middle, cut short, more at its end, nothing."""
    if not isinstance(value, str):
        return ["x", 0]
    middle = len(value) // 2
    other = "B" if value[middle : middle + 1] == "A" else "A"
    return [value[:middle] + other + value[middle + 1 :], value[:-1], value + "0", "", None]


def names_it(whole, office):
    """Whether a check of a changed file says that something is wrong."""
    try:
        return is_bad(check(read(json.dumps(whole).encode()), *office))
    except NoEvidenceError:
        return True


def test_every_value_changed_is_noticed(said, office):
    """Mutation over every field of the file, the text of the entry and the proof among them."""
    unseen = [
        (path, changed)
        for path, value in leaves(said)
        for changed in forged(value)
        if changed != value
        and (path[-1], changed) != ("stamp", None)
        and not names_it(put(said, path, changed), office)
    ]
    assert [(path, str(changed)[-40:]) for path, changed in unseen] == []


def test_characters_changed_anywhere_are_noticed_and_nothing_falls_over(said, office):
    """A seeded walk: one character of one value, two hundred times; a longer one found what this file is strict about."""
    chance = random.Random(20130107)  # noqa: S311 - No secret.
    texts = [(path, value) for path, value in leaves(said) if isinstance(value, str) and value]
    for _each in range(200):
        path, value = chance.choice(texts)
        place, other = chance.randrange(len(value)), chance.choice("ABCDEFabcdef0123456789+/=\n ")
        changed = value[:place] + other + value[place + 1 :]
        assert changed == value or names_it(put(said, path, changed), office), (path, place, other)


def test_a_digit_in_capitals_is_noticed(said, office):
    """Hexadecimal digits have one form."""
    for path in (("receipts", 1, "journal", "checkpoint", "signature"), ("receipts", 1, "journal", "proof", 0)):
        value = dict(leaves(said))[path]
        assert names_it(put(said, path, value.upper()), office)


def test_a_time_stamp_taken_out_is_missed(said, office):
    bare = put(said, ("receipts", 1, "journal", "checkpoint", "stamp"), None)
    assert found(check(bare, *office))["time stamp"] is None


def test_every_field_of_the_statement_and_of_the_entry_changed_is_noticed(said, office):
    """A forger who writes both texts anew, in their right form, but has no key."""
    for number, receipt in enumerate(said["receipts"]):
        for where in (("receipts", number, "text"), ("receipts", number, "journal", "body")):
            text = receipt["text"] if where[-1] == "text" else receipt["journal"]["body"]
            words = json.loads(text)
            for name in words:
                dumped = json.dumps(words | {name: "x"}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                assert names_it(put(said, where, dumped), office), (where, name)


def test_parts_taken_out_put_in_or_exchanged_are_noticed(said, office):
    first, second = said["receipts"][0], said["receipts"][-1]
    assert first["status"] != second["status"]
    for part in ("text", "digest", "system", "journal", "at", "status"):
        changed = {**said, "receipts": [{**first, part: second[part]}, second]}
        assert first[part] == second[part] or names_it(changed, office), part
    assert names_it({**said, "receipts": [first, {**second, "clerk": None}]}, office)
    assert names_it({**said, "more": 1}, office)
    assert names_it({**said, "receipts": []}, office)
    assert names_it({**said, "receipts": [{**first, "more": 1}]}, office)
    assert names_it({**said, "receipts": [{**first, "system": {}}]}, office)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff", b'{"format": 1, "format": 2}', b"[" * 100_000, b" " * (LARGEST + 1)],
    ids=["empty", "list", "nothing", "no text", "twice", "deep", "large"],
)
def test_what_is_no_receipt_is_said_to_be_none(content):
    with pytest.raises(NoEvidenceError):
        read(content)


@pytest.fixture
def told(files, office, app, tmp_path):
    """The files beside each other, as somebody outside has them."""
    (tmp_path / "receipt.json").write_bytes(files[1])
    (tmp_path / "system.pem").write_text(app.registry.system_key.pem)
    (tmp_path / "root.pem").write_bytes(office[1][0].public_bytes(Encoding.PEM))
    return tmp_path


def command(folder, *more):
    known = ["--key", str(folder / "system.pem"), "--authorities", str(folder / "root.pem")]
    return main(["receipt", str(folder / "receipt.json"), *known, *more])


def test_the_command_says_part_by_part_and_ends_with_0(told, capsys):
    assert command(told) == 0
    out = capsys.readouterr().out
    assert "good       receipt 2, journal: entry" in out
    assert command(told, "--json") == 0
    assert json.loads(capsys.readouterr().out)["sound"] is True


def test_the_command_ends_with_1_and_names_what_is_wrong_and_with_2_without_a_file(told, files, capsys):
    said = read(files[1])
    said["receipts"][1]["text"] = said["receipts"][1]["text"].replace("signed", "failed", 1)
    (told / "receipt.json").write_text(json.dumps(said))
    assert command(told) == 1
    assert "BAD        receipt 2, system's signature" in capsys.readouterr().out
    (told / "receipt.json").write_text("{}")
    assert command(told) == 1
    assert "BAD        form" in capsys.readouterr().out
    (told / "receipt.json").unlink()
    assert command(told) == 2


def test_a_certificate_of_the_file_is_whole(said):
    """The PEM in the file is in its one form, so that no byte of it can be changed unseen."""
    for each in said["authorities"]:
        assert x509.load_pem_x509_certificate(each.encode()).public_bytes(Encoding.PEM).decode() == each
    assert base64.b64decode(said["receipts"][0]["system"]["signature"], validate=True)
