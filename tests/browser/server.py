"""The real site for the browser tests, in a process of its own: waitress, the worker's thread, the pulse, some letters waiting.

``python -m tests.browser.server <folder>`` serves the site in the folder on a free port of this machine, says its address on
standard output, and ends when standard input is closed.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from webtest.http import StopableWSGIServer

from content_types.journal_gap import Discrepancy
from policies.actor import system_actor
from policies.journal_gap import open_gap
from tests import making
from tests.app import close_app, make_app, reopen, site
from tests.desk import Desk
from tests.pki import equip, found_authorities

WAITING = (
    ("关于2012年度档案工作情况的报告", "江府〔2013〕3号"),
    ("关于征求实验室管理办法意见的函", "江府〔2013〕4号"),
    ("关于报送联通情况的函", "江府〔2013〕5号"),
    ("关于做好春运工作的函", "江府〔2013〕6号"),
)
"""Titles and numbers of what 江门 has sent to 广州, 省财政厅 and 汕头 before the site is opened."""
SIGNER, SIGNER_KEY = "st.clerk", "汕头市收发员.pem"
"""The one clerk with a certificate, and the file of key and certificate in the site's folder."""
GAP = "关于某事的函"
"""What the one journal gap is about."""
PIECE = 256 * 1024
"""Bytes of one piece of an upload."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a site made in an empty folder, for the length of a ``with`` block."""
    _prepare(folder)
    command = [sys.executable, "-W", "ignore", "-m", "tests.browser.server", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()
        assert process.wait(30) == 0


def _prepare(folder: Path) -> None:
    app = make_app(folder)
    clerk, approver = Desk(app, "jm.clerk"), Desk(app, "jm.approver")
    for title, number in WAITING:
        _send(clerk, approver, title, number)
    _give_certificate(app, folder / SIGNER_KEY)
    _find_gap(app)
    making.equip(app, units=("gd-government",))
    making.sealed_with(app, "gd-government")
    close_app(app)


def _find_gap(app: Any) -> None:
    """Something for the auditor to explain."""
    found = (Discrepancy("state", 5, "signed", "pending"), Discrepancy("version", 6, "ab" * 32, "cd" * 32))
    with site(app) as root:
        open_gap(root, system_actor(app.registry), "/exchange/jiangmen", "r1", GAP, found)


def _give_certificate(app: Any, path: Path) -> None:
    found_authorities(app)
    key, certificate = equip(app, SIGNER)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(pem + certificate.public_bytes(Encoding.PEM))


def _send(clerk: Any, approver: Any, title: str, number: str) -> None:
    kind = "报告" if title.endswith("报告") else "函"
    clerk.send(approver, "jiangmen", ["guangzhou"], ["caizheng", "shantou"], title=title, number=number, kind=kind)


def _serve(folder: Path) -> None:
    app = reopen(folder, worker="thread", pulse_seconds=1, upload_chunk_bytes=PIECE)
    server = StopableWSGIServer.create(app, threads=8)
    sys.stdout.write(f"{server.application_url.rstrip('/')}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.shutdown()
    server.runner.join()
    app.registry.pulse.stop()
    close_app(app)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
