"""``govrepo-verify package``: check an evidence package, item by item (R-7.3; docs/evidence.md)."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from govrepo.evidence import package
from govrepo.evidence.archive import LARGEST
from govrepo.evidence.verdict import NoEvidenceError, bad, is_bad


def add_package(commands: Any, key: Callable[[str], Any], certificates: Callable[[str], Any]) -> None:
    """Add the command; ``key`` and ``certificates`` read those arguments."""
    parser = commands.add_parser("package", help="check an evidence package, item by item")
    parser.add_argument("path", type=Path, metavar="FILE")
    parser.add_argument("--key", type=key, required=True, metavar="FILE", help="the system's public key (PEM)")
    parser.add_argument(
        "--authorities", "--root", type=certificates, required=True, metavar="FILE", help="certificates (PEM) you trust"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=_package)


def _package(arguments: Namespace) -> int:
    try:
        with arguments.path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        print(f"{arguments.path} cannot be read: {error}", file=sys.stderr)
        return 2
    try:
        verdicts = package.check(content, arguments.key, arguments.authorities)
    except NoEvidenceError as error:
        verdicts = [bad("package", str(error))]
    sound = not is_bad(verdicts)
    if arguments.json:
        said = {"sound": sound, "verdicts": [each._asdict() for each in verdicts]}
        print(json.dumps(said, ensure_ascii=False))
    else:
        print("\n".join(map(str, verdicts)))
        print("sound" if sound else "BROKEN")
    return 0 if sound else 1
