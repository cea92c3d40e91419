"""``govrepo-verify``: check evidence without govrepo's database (SOD-12, R-7.2).

``govrepo-verify journal PATH ... [--anchor SEQ:HASH ...] [--checkpoints FOLDER] [--key FILE] [--authorities FILE] [--json]`` walks
a journal's chain, through its sealed periods, and compares it with what was kept elsewhere; beside checkpoints it checks their time stamps (``.tsr``) and the auditor's
countersignatures (``.countersign``). It ends with 0 if everything holds, 1 if something is broken, 2 if it was called
wrongly or a file is not there.

``govrepo-verify package FILE --key FILE --authorities FILE [--json]`` checks an evidence package, item by item.
``govrepo-verify receipt FILE [--key FILE] [--authorities FILE] [--json]`` checks a receipt, part by part (docs/receipts.md). Without key
and authorities it can only say that the parts belong together, which it calls "not proven".
"""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cryptography.x509 import Certificate, load_pem_x509_certificates

from govrepo.cli.verify_package import add_package
from govrepo.evidence import receipt as receipts
from govrepo.evidence.verdict import NoEvidenceError, Verdict, bad, is_bad
from govrepo.journal.checkpoint import NoCheckpointError, exported
from govrepo.journal.testimony import Tally, check_folder
from govrepo.journal.verify import Report, verify
from govrepo.trust.system_key import public_half


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    arguments = _parser().parse_args(argv)
    status: int = arguments.run(arguments)
    return status


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="govrepo-verify", description="Check evidence without govrepo's database.")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    journal = commands.add_parser("journal", help="walk the hash chain of a journal's files")
    journal.add_argument(
        "paths",
        type=Path,
        nargs="+",
        metavar="PATH",
        help="files, or folders of files, in any order; sealed periods beside a file are taken along",
    )
    journal.add_argument(
        "--partial", action="store_true", help="the first sealed periods are elsewhere: begin at a seam"
    )
    journal.add_argument("--deep", action="store_true", help="look at triggers and indexes, too (slow)")
    journal.add_argument(
        "--anchor",
        type=_anchor,
        action="append",
        default=[],
        metavar="SEQ:HASH",
        help="an entry's hash, kept elsewhere",
    )
    journal.add_argument("--checkpoints", type=Path, metavar="FOLDER", help="signed checkpoints, kept elsewhere")
    journal.add_argument("--key", type=key, metavar="FILE", help="the system's public key (PEM)")
    journal.add_argument(
        "--authorities",
        type=certificates,
        default=[],
        metavar="FILE",
        help="certificates (PEM) that time stamps and countersignatures must lead to",
    )
    journal.add_argument("--json", action="store_true", help="print the result as JSON")
    journal.set_defaults(run=_journal)
    add_package(commands, key, certificates)
    _add_receipt(commands)
    return parser


def _add_receipt(commands: Any) -> None:
    receipt = commands.add_parser("receipt", help="check a receipt file, part by part")
    receipt.add_argument("path", type=Path, metavar="FILE")
    receipt.add_argument(
        "--key", type=key, default="", metavar="FILE", help="the system's public key (PEM), had from the office"
    )
    receipt.add_argument(
        "--authorities", type=certificates, default=[], metavar="FILE", help="certificates (PEM) you trust"
    )
    receipt.add_argument("--json", action="store_true", help="print the result as JSON")
    receipt.set_defaults(run=_receipt)


def _anchor(text: str) -> tuple[int, str]:
    seq, _, digest = text.partition(":")
    if not seq.isdecimal() or len(digest) != 64:
        raise ArgumentTypeError(f"expected SEQ:HASH with 64 hex digits, got {text!r}")
    return int(seq), digest.lower()


def key(text: str) -> str:
    """An argument that names the system's public key; in hexadecimal."""
    try:
        return public_half(Path(text).read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise ArgumentTypeError(f"{text} is no public key of a system: {error}") from error


def certificates(text: str) -> list[Certificate]:
    """An argument that names a file of certificates."""
    try:
        return load_pem_x509_certificates(Path(text).read_bytes())
    except (OSError, ValueError) as error:
        raise ArgumentTypeError(f"{text} holds no certificates: {error}") from error


def _journal(arguments: Namespace) -> int:
    folder = arguments.checkpoints
    try:
        given = list(exported(folder)) if folder else []
        tally, wrong = check_folder(folder, given, arguments.authorities) if folder else (Tally(0, 0), [])
        report = verify(
            arguments.paths,
            dict(arguments.anchor),
            given,
            arguments.key or "",
            partial=arguments.partial,
            deep=arguments.deep,
        )
    except FileNotFoundError as error:
        print(f"there is no file {error}", file=sys.stderr)
        return 2
    except NoCheckpointError as error:
        print(f"BROKEN: {error}")
        return 1
    print(_as_json(report, tally, wrong) if arguments.json else _in_words(report, tally, wrong))
    return 1 if report.broken or wrong else 0


def _receipt(arguments: Namespace) -> int:
    try:
        said = receipts.read(arguments.path.read_bytes())
        verdicts = receipts.check(said, arguments.key, arguments.authorities)
    except OSError as error:
        print(f"{arguments.path} cannot be read: {error}", file=sys.stderr)
        return 2
    except NoEvidenceError as error:
        verdicts = [bad("form", str(error))]
    print(_listed(verdicts, arguments))
    return 1 if is_bad(verdicts) else 0


def _listed(verdicts: list[Verdict], arguments: Namespace) -> str:
    if arguments.json:
        return json.dumps(
            {"sound": not is_bad(verdicts), "verdicts": [each._asdict() for each in verdicts]}, ensure_ascii=False
        )
    return "\n".join(map(str, verdicts))


def _in_words(report: Report, tally: Tally, wrong: list[str]) -> str:
    borne = f"{tally.stamps} time stamps, {tally.countersignatures} countersignatures"
    return "\n".join([_of_journal(report), *(f"BROKEN: {each}" for each in wrong), *([borne] if any(tally) else [])])


def _of_journal(report: Report) -> str:
    if report.broken:
        return f"BROKEN: {report.broken.message} ({report.entries - report.began} entries before it are sound)"
    said = (
        f"{report.entries - report.began} entries from {report.began} on"
        if report.began
        else f"{report.entries} entries"
    )
    return f"sound: {said}, confirmed by {report.checkpoints} checkpoints; the newest has hash {report.head}"


def _as_json(report: Report, tally: Tally, wrong: list[str]) -> str:
    broken = report.broken and asdict(report.broken) | {"message": report.broken.message}
    sound = not report.broken and not wrong
    facts = asdict(report) | tally._asdict() | {"sound": sound, "broken": broken, "testimonies": wrong}
    return json.dumps(facts)


if __name__ == "__main__":
    sys.exit(main())
