"""The countersignature's workflow (SOD-12, R-7.2): each day's last checkpoint waits for the auditor, who signs it with the own certificate.

Nothing is countersigned unread: the journal must still have the root that the checkpoint names, the checkpoint must follow from the one
countersigned before (RFC 9162), and the entries in between must have their hashes. What does not hold is refused, and a gap.
"""

import base64
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate

from content_types.content import shelf
from content_types.countersignature import Countersignature
from govrepo import clock
from govrepo.catalog import Eq, register
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import consistency
from govrepo.journal.checkpoint import Checkpoint
from govrepo.journal.testimony import write
from govrepo.journal.verify import Break
from govrepo.trust.data import trust_store
from policies import signing
from policies.actor import Actor, system_actor
from policies.engine import Act, Reason, Table, Transition, record, table_of
from policies.journal_gap import journal_gap
from policies.permissions import Permission as P

STATES = {"waiting": _("待复签"), "signed": _("已复签")}
EVERY = timedelta(hours=1)


def put_forward(root: Any, checkpoint: Checkpoint, actor: Actor) -> Countersignature:
    """Put a checkpoint before the auditor, once."""
    year = shelf(root["admin"], "countersignatures", str(clock.local(checkpoint.time).year))
    name = str(checkpoint.size)
    if name in year:
        found: Countersignature = year[name]
        return found
    made = Countersignature(checkpoint)
    year[name] = made
    root.journal_witnesses.put_forward = max(root.journal_witnesses.put_forward, checkpoint.size)
    record(table_of(made), "prepare", Act(made, actor, clock.now()), "")
    return made


def daily(job: Any) -> None:
    """Timed job: put forward the last checkpoint of each day that is over."""
    waiting = job.registry.journal.checkpoints(job.root.journal_witnesses.put_forward + 1)
    for each in last_of_days(waiting, clock.today()):
        put_forward(job.root, each, system_actor(job.registry))


def last_of_days(checkpoints: list[Checkpoint], until: date) -> Iterator[Checkpoint]:
    """The last checkpoint of each day before a day (Asia/Shanghai)."""
    by_day = {clock.local(each.time).date(): each for each in checkpoints}
    yield from (each for day, each in by_day.items() if day < until)


def newest(root: Any, registry: Any, actor: Actor) -> Countersignature | None:
    """Put forward the newest checkpoint now, where the auditor does not wait for the day's end; None while there is none."""
    found = registry.journal.checkpoints(limit=1, newest=True)
    return put_forward(root, found[0], actor) if found else None


def waiting(root: Any) -> list[Countersignature]:
    """What waits for the auditor, the oldest first."""
    return list(register(root, "countersignatures").query(Eq("state", "waiting"), sort="size", limit=500).objects)


def overdue(context: Countersignature) -> bool:
    """Whether a day's checkpoint waits longer than the day after."""
    return context.state == "waiting" and context.day < clock.today() - timedelta(days=1)


def last_signed(root: Any, before: int) -> Checkpoint | None:
    """The last countersigned checkpoint of fewer entries."""
    sizes = root.journal_witnesses.countersignatures.keys(max=before, excludemax=True)
    if not sizes:
        return None
    query = Eq("size", int(sizes[-1]))
    found = register(root, "countersignatures").query(query, sort="size", limit=1).objects
    return found[0].checkpoint if found else None


def broken(context: Countersignature, registry: Any) -> Break | None:
    """Why the checkpoint must not be countersigned: the journal is not what it says."""
    old = last_signed(site(context), context.size)
    return consistency.check(registry.journal, old, context.checkpoint, registry.system_key.public)


def report(context: Countersignature, found: Break, actor: Actor) -> None:
    """A journal that is not what its checkpoint says is a gap."""
    journal_gap(site(context), found, actor)


def journal_holds(act: Act) -> Reason | None:
    """Nothing is countersigned that the journal contradicts."""
    found = broken(act.context, act.actor.registry)
    return Reason(_("审计日志与检查点不符，不能复签。"), "SOD-12") if found else None


def has_certificate(act: Act) -> Reason | None:
    """A countersignature without the auditor's own signature would show nothing."""
    if signing.has_certificate(act.actor):
        return None
    return Reason(_("复签须用您本人的数字证书，您没有有效的证书。"), "R-25.1")


def keep(act: Act) -> None:
    """Keep the countersignature as the file that is exported (docs/evidence.md)."""
    context, signed = act.context, act.attestation
    if signed is None:
        raise RuntimeError("a countersignature bears a signature")
    store = trust_store(site(context), act.actor.registry)
    content = write(
        {
            "text": signed.text,
            "algorithm": signed.algorithm,
            "form": signed.form,
            "signature": base64.b64encode(signed.signature).decode(),
            "certificate": _pem(load_der_x509_certificate(signed.certificate)),
            "authorities": [_pem(each) for each in (*store.intermediates, *store.anchors)],
        }
    )
    site(context).journal_witnesses.keep_countersignature(context.size, content)


def _pem(certificate: Any) -> str:
    return str(certificate.public_bytes(Encoding.PEM).decode())


TABLE = Table(
    noun="countersignature", label=_("检查点复签"), begun={"prepare": _("提请复签")},
    content_type="Countersignature",
    initial="waiting",
    states=STATES,
    transitions=(
        Transition(
            "sign", _("复签检查点"), ("waiting",), "signed", P.CHECKPOINT_COUNTERSIGN, guards=(has_certificate,),
            inputs=(journal_holds,), effects=(keep,), article="SOD-12", signed=True,
        ),
    ),
    register="countersignatures",
    version=lambda context: context.digest,
)  # fmt: skip


def includeme(config: Any) -> None:
    """Bind the table, declare the job."""
    config.add_policy_table(Countersignature, TABLE)
    config.add_timed_job("countersignature.daily", daily, every=EVERY)
