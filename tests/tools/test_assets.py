"""The front-end files: what is cut out of the packages and what is left of their data addresses."""

import re
from pathlib import Path

import pytest

from tools import assets

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" class="bi bi-{0}">\n  <path d="M{1}"/>\n  <path d="Z"/>\n</svg>'
)
CSS = """.a{background:url("data:image/svg+xml,%3csvg xmlns='http://www.w3.org/2000/svg' id='1'/%3e")}.b{color:red}
.c{--x:url("data:image/svg+xml,%3csvg id='2'/%3e")}.d{--y:url("data:image/svg+xml,%3csvg id='2'/%3e")}"""


@pytest.fixture
def icons(tmp_path: Path) -> Path:
    for number, name in enumerate(["bell", "send"]):
        (tmp_path / f"{name}.svg").write_text(ICON.format(name, number))
    return tmp_path


def test_a_sprite_holds_a_symbol_for_each_icon(icons: Path):
    made = assets.sprite(icons, ["send", "bell"])
    assert re.findall('id="([a-z]+)"', made) == ["send", "bell"]
    assert '<symbol id="send" viewBox="0 0 16 16" fill="currentColor"><path d="M1"/> <path d="Z"/></symbol>' in made


def test_an_unknown_icon_is_named(icons: Path):
    with pytest.raises(FileNotFoundError, match="trumpet"):
        assets.sprite(icons, ["trumpet"])


def test_pictures_in_a_style_sheet_become_files(tmp_path: Path):
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    css = assets.without_data_urls(CSS, pictures)
    assert "data:" not in css
    names = re.findall(r"url\(pictures/([0-9a-f]{12}\.svg)\)", css)
    assert len(names) == 3
    assert names[1] == names[2]
    assert (pictures / names[0]).read_text() == "<svg xmlns='http://www.w3.org/2000/svg' id='1'/>"


def test_the_icon_list_is_in_order_and_without_doubles():
    names = assets.ICONS.read_text(encoding="utf-8").split()
    assert names == sorted(set(names))


def test_what_was_fetched_holds_no_data_address():
    style = assets.VENDOR / "bootstrap.min.css"
    if not (assets.VENDOR / "pictures").is_dir():
        pytest.skip("the front-end files are not fetched: make test fetches them")
    text = style.read_text(encoding="utf-8")
    assert "data:" not in text
    assert all((assets.VENDOR / name).exists() for name in re.findall(r"url\(([^)]+)\)", text))


def test_the_machines_npm_is_used_only_if_it_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name, status in (("npm", 0), ("node", 0)):
        script = tmp_path / name
        script.write_text(f"#!/bin/sh\nexit {status}\n")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert assets.npm() == [str(tmp_path / "npm")]
