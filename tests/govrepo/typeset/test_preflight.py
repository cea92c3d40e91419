"""What Apache PDFBox says of our plates: a validator that is not ours (Debian's libpdfbox2-java).

It knows PDF/A-1b only. So each layout is set a second time as PDF/A-1b, by the same template and the same fonts, and must be valid; what PDF/A-2b
adds is used by nothing before the seal.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from govrepo.typeset import Format, default_fonts, press, typeset
from tests.govrepo.typeset.plates import plate

JARS = tuple(
    Path("/usr/share/java") / f"{name}.jar"
    for name in ("preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "javax.activation", "jaxb-api")
)


def judgement(path):
    """What preflight prints of a file."""
    command = [str(shutil.which("java")), "-cp", ":".join(map(str, JARS)), "org.apache.pdfbox.preflight.Validator_A1b"]
    return subprocess.run([*command, str(path)], capture_output=True, text=True, timeout=120, check=False).stdout


@pytest.fixture
def preflight():
    """Skip where Java or its PDFBox is missing; in continuous integration that is a failure."""
    if shutil.which("java") is None or not all(each.exists() for each in JARS):
        said = "install libpdfbox2-java, libactivation-java, libjaxb-api-java and a Java"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)


@pytest.mark.usefixtures("preflight")
@pytest.mark.parametrize("layout", list(Format))
def test_every_layout_is_valid(tmp_path, monkeypatch, layout):
    monkeypatch.setattr(press, "STANDARD", "a-1b")
    path = tmp_path / "plate.pdf"
    path.write_bytes(typeset(plate(format=layout), default_fonts()).pdf)
    assert "is a valid PDF/A-1b file" in judgement(path)


@pytest.mark.usefixtures("preflight")
def test_preflight_finds_fault_with_what_is_none(tmp_path):
    """PDF/A-2b is no PDF/A-1b; so the judge does judge."""
    path = tmp_path / "plate.pdf"
    path.write_bytes(typeset(plate(), default_fonts()).pdf)
    assert "is not a valid PDF/A-1b file" in judgement(path)
