"""``govrepo-verify package``: a verdict for each item, exit status 0, 1 or 2 (R-7.3)."""

import json

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo.cli.verify import main
from tests.govrepo.evidence.sample import Sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    made = Sample(tmp_path_factory.mktemp("evidence"))
    yield made
    made.place.close()


@pytest.fixture
def call(sample, tmp_path):
    key, root = tmp_path / "key.pem", tmp_path / "root.pem"
    key.write_bytes(sample.system.public_pem)
    root.write_bytes(sample.trusted[0].public_bytes(Encoding.PEM))

    def run(octets, *more):
        path = tmp_path / "evidence.zip"
        path.write_bytes(octets)
        return main(["package", str(path), "--key", str(key), "--authorities", str(root), *more])

    return run


def test_a_sound_package_ends_with_0(call, sample, capsys):
    assert call(sample.zip()) == 0
    said = capsys.readouterr().out
    assert said.endswith("sound\n")
    assert "good       auditor.json: signed by 张三 (person:p1)" in said


def test_a_broken_one_ends_with_1(call, sample, capsys):
    assert call(sample.zip()[:-1] + b"x", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert said["sound"] is False
    assert {"item", "holds", "words"} == said["verdicts"][0].keys()
    assert call(b"no zip") == 1
    assert "BAD        package: the zip is damaged" in capsys.readouterr().out


def test_called_wrongly_it_ends_with_2(call, sample, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["package", str(tmp_path / "evidence.zip")])
    assert ended.value.code == 2
    call(sample.zip())
    given = ["--key", str(tmp_path / "key.pem"), "--root", str(tmp_path / "root.pem")]
    assert main(["package", str(tmp_path / "nothing.zip"), *given]) == 2
    assert "cannot be read" in capsys.readouterr().err
