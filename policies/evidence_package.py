"""The evidence package's workflow (R-7.1, R-7.3): ordered by the auditor, assembled by the worker, signed by the auditor, downloaded on record.

The worker first has a checkpoint signed and stamped that holds every chosen entry. What was assembled never changes: the system and the
auditor sign its manifest, which names each file by its SHA-256.
"""

import base64
import hashlib
from collections.abc import Iterable
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyramid.traversal import find_resource, resource_path

from content_types.content import shelf
from content_types.evidence_package import EvidencePackage
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.evidence import archive
from govrepo.evidence.package import AUDITOR, FORMAT, MANIFEST, SYSTEM
from govrepo.files import store
from govrepo.i18n import _
from govrepo.journal import Record
from govrepo.journal.chain import canonical
from govrepo.journal.upkeep import checkpoint
from govrepo.work import enqueue
from policies import signing
from policies.actor import Actor, system_actor
from policies.administration import refuse, require
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.evidence_members import Members, members
from policies.kept import keep_octets
from policies.permissions import Permission as P

STATES = {"ordered": _("正在制作"), "assembled": _("已制作，待签名"), "sealed": _("已签名")}
ACTION = "evidence_package.order"
WORK = "evidence_package.assemble"
MOST = 5_000
"""Entries of one package."""
ZIP = "application/zip"


def chosen(journal: Any, query: dict[str, Any], picked: Iterable[int]) -> list[Record]:
    """The entries ticked, or all that fit a query, at most one more than a package takes; never what did not happen."""
    wanted = sorted(set(picked))[: MOST + 1]
    if wanted:
        found = [record for seq in wanted for record in journal.entries(after=seq - 1, before=seq + 1)]
    else:
        found = list(journal.entries(**query, limit=MOST + 1))
    return [record for record in found if record.committed]


def order(root: Any, records: list[Record], query: dict[str, Any], purpose: str, actor: Actor) -> EvidencePackage:
    """Have a package made of some entries. Raises Refused for those who may not, without a purpose, for none or too many."""
    require(P.EVIDENCE_MAKE, root, actor, ACTION, "R-7.3")
    refuse(_faults(records, purpose), root, ACTION)
    said = {name: str(value) for name, value in query.items()}
    made = EvidencePackage(actor.person, purpose.strip(), said)
    made.seqs = tuple(record.seq for record in records)
    made.people = tuple(sorted({record.entry.actor for record in records}))
    made.subjects = tuple(sorted({record.entry.subject_uid for record in records if record.entry.subject_uid}))
    _file(root, made)
    now = clock.now()
    record(table_of(made), "order", Act(made, actor, now, {"note": made.purpose}), "")
    enqueue(root, WORK, path=resource_path(made))
    return made


def _faults(records: list[Record], purpose: str) -> list[Reason]:
    reasons = []
    if not purpose.strip():
        reasons.append(Reason(_("请写明用途。"), "R-7.3", "purpose"))
    if not records:
        reasons.append(Reason(_("没有选中日志记录。"), "R-7.3", "purpose"))
    if len(records) > MOST:
        words = _("一个证据包最多${most}条记录，请缩小查询范围。", mapping={"most": str(MOST)})
        reasons.append(Reason(words, "R-7.3", "purpose"))
    return reasons


def _file(root: Any, made: EvidencePackage) -> None:
    made.year = clock.local(clock.now()).year
    year = shelf(root["admin"], "evidence_packages", str(made.year))
    made.number = len(year) + 1
    year[str(made.number)] = made


def assemble(job: Any) -> None:
    """Work handler: have a checkpoint over everything signed and stamped, then make the package, once."""
    package = find_resource(job.root, job.payload["path"])
    if package.state != "ordered":
        return
    checkpoint(job)
    journal = job.registry.journal
    records = [record for seq in package.seqs for record in journal.entries(after=seq - 1, before=seq + 1)]
    rest = members(job.root, job.registry, records)
    text = canonical(manifest(package, journal.genesis(), rest))
    package.digest = hashlib.sha256(text.encode()).hexdigest()
    signature = bytes.fromhex(job.registry.system_key.sign(text))
    _keep(package, [(MANIFEST, text.encode()), (SYSTEM, signature), *rest])
    package.state = "assembled"
    record(table_of(package), "assemble", Act(package, system_actor(job.registry), clock.now()), "ordered")


def manifest(package: EvidencePackage, genesis: str, rest: Members) -> dict[str, Any]:
    """What the manifest says: which package, of which journal, by whom, what for, with which files (docs/evidence.md)."""
    return {
        "format": FORMAT,
        "package": package.uid,
        "journal": genesis,
        "made_at": clock.local(package.created).isoformat(timespec="seconds"),
        "made_by": package.made_by.principal,
        "made_by_name": package.made_by.name,
        "purpose": package.purpose,
        "query": dict(package.query),
        "files": [
            {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in rest
        ],
    }


def _keep(package: EvidencePackage, content: Members) -> None:
    """Keep these files as the package's zip, instead of the one before."""
    before, package.stored = package.stored, keep_octets(package, archive.write(content), ZIP)
    if before is not None:
        store(package).release(before)


def has_certificate(act: Act) -> Reason | None:
    """R-7.3: a package bears the auditor's own signature."""
    if signing.has_certificate(act.actor):
        return None
    return Reason(_("证据包须用您本人的数字证书签名，您没有有效的证书。"), "R-25.1")


def is_the_maker(act: Act) -> Reason | None:
    """R-7.3: whoever chose the entries signs for them."""
    return None if act.actor.person is act.context.made_by else Reason(_("由制作证据包的审计员本人签名。"), "R-7.3")


def add_signature(act: Act) -> None:
    """The auditor's signature becomes a part of the zip."""
    package, signed = act.context, act.attestation
    if signed is None:
        raise RuntimeError("a package bears a signature")
    certificate = x509.load_der_x509_certificate(signed.certificate)
    said = {
        "text": signed.text,
        "algorithm": signed.algorithm,
        "form": signed.form,
        "signature": base64.b64encode(signed.signature).decode(),
        "certificate": certificate.public_bytes(Encoding.PEM).decode(),
    }
    with package.stored.open() as file:
        manifest_, system, *rest = archive.read(file.read())
    _keep(package, [manifest_, system, (AUDITOR, canonical(said).encode()), *rest])


def file_digest(act: Act) -> dict[str, str]:
    """Which file was handed out."""
    return {"sha256": act.context.stored.sha256}


TABLE = Table(
    noun="evidence_package", label=_("证据包"), begun={"order": _("提取证据"), "assemble": _("制作证据包")},
    content_type="EvidencePackage",
    initial="ordered",
    states=STATES,
    transitions=(
        Transition(
            "seal", _("签名"), ("assembled",), "sealed", P.EVIDENCE_MAKE, guards=(has_certificate, is_the_maker),
            effects=(add_signature,), article="R-7.3", signed=True,
        ),
        Transition("download", _("下载证据包"), ("sealed",), None, P.EVIDENCE_READ, article="R-7.1", details=file_digest),
    ),
    register="evidence_packages",
    version=lambda package: package.digest,
)  # fmt: skip


def unsigned(root: Any) -> int:
    """How many packages wait for their maker's signature."""
    return int(register(root, "evidence_packages").count(Eq("state", "assembled")))


def includeme(config: Any) -> None:
    """Bind the table, declare the work."""
    config.add_policy_table(EvidencePackage, TABLE)
    config.add_work_handler(WORK, assemble)
