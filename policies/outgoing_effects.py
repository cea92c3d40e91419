"""What the rows of the outgoing document's table do (domain.md 5.1): opinions, rounds of proofs, sending, giving up."""

from content_types.outgoing_document import OutgoingDocument
from content_types.production import LeaderRecheck, Opinion, Proof, Step
from govrepo import clock, rules
from policies import number as numbers
from policies import official_document as documents
from policies import sending
from policies.engine import Act
from policies.outgoing_guards import recipients_of

LONGEST_NUMBER = 60


def _say(done: Act, step: Step, *, agreed: bool) -> None:
    text = str(done.given.get("note", "")).strip()
    done.context.opinions = (*done.context.opinions, Opinion(done.now, done.actor.person, step, agreed, text))


def put_down(done: Act) -> None:
    """What is submitted is in nobody's hand."""
    done.context.checked_out = None


def opinion_of_review(done: Act) -> None:
    """核稿意见."""
    _say(done, Step.REVIEW, agreed=True)


def returned_at_review(done: Act) -> None:
    """The reviewer's reason."""
    _say(done, Step.REVIEW, agreed=False)


def returned_by_leader(done: Act) -> None:
    """The leader's reason."""
    _say(done, Step.SIGN, agreed=False)


def sign(done: Act) -> None:
    """S-8: the document's date is the day it was signed; an upward one names who did."""
    document = done.context
    _say(done, Step.SIGN, agreed=True)
    document.signed_by = done.actor.person
    document.date = clock.local(done.now).date()
    if document.upward:
        document.signer = done.actor.person.name


def rechecked(done: Act) -> None:
    """TL12 25(1): the points that were checked."""
    done.context.checklist = tuple(done.given["checklist"])
    _say(done, Step.RECHECK, agreed=True)


def substance_changed(done: Act) -> None:
    """TL12 25(1): a change of substance goes back to who signed; the signature counts no more."""
    _say(done, Step.RECHECK, agreed=False)
    done.context.signed_by = None
    done.context.date = None


def _proof(done: Act, *, passed: bool) -> None:
    document, note = done.context, str(done.given.get("note", "")).strip()
    found = () if passed else tuple(done.given["corrections"])
    round_of = Proof(done.now, done.actor.person, len(document.plates), passed, found, note)
    document.proofs = (*document.proofs, round_of)


def proof_back(done: Act) -> None:
    """4.11: the corrections, for the plate maker."""
    _proof(done, passed=False)


def proof_ok(done: Act) -> None:
    """4.11: nothing left to correct."""
    _proof(done, passed=True)


def _leader(done: Act, *, passed: bool) -> None:
    document, note = done.context, str(done.given.get("note", "")).strip()
    seen = LeaderRecheck(done.now, done.actor.person, len(document.plates), passed, note)
    document.rechecks = (*document.rechecks, seen)


def leader_ok(done: Act) -> None:
    """R-24.3."""
    _leader(done, passed=True)


def leader_back(done: Act) -> None:
    """R-24.3: back to the plate, with the reason."""
    _leader(done, passed=False)


def take_scan(done: Act) -> None:
    """Path B: number and day as they stand on the paper, kept as typed; they are checked when it is made final."""
    document, typed = done.context, str(done.given.get("number", "")).strip()[:LONGEST_NUMBER]
    document.number = documents.canonical_number(typed)
    document.date = done.given.get("date") or document.date


def freeze_scan(done: Act) -> None:
    """Path B: the number is bound, content and files are final."""
    documents.freeze(done.context)


def make_dispatch(done: Act) -> None:
    """5.2 prepare: a dispatch of the document to its own lists, each allowed to print so many formal copies (P-35)."""
    document: OutgoingDocument = done.context
    usual = rules.value(document, done.actor.registry.govrepo_settings, "print_quota", done.now)
    quota = int(done.given.get("quota", usual))
    dispatch = sending.dispatch_of(document, recipients_of(document, quota), done.actor)
    document.dispatches = (*document.dispatches, dispatch)


def ask_cancel(done: Act) -> None:
    """Who asks, for the reviewer."""
    done.context.asked_cancel = done.actor.person


def keep(done: Act) -> None:
    """The request is answered."""
    done.context.asked_cancel = None


def cancel(done: Act) -> None:
    """S-24: a number that was given becomes void, keeps its row, and is not given again."""
    document = done.context
    if document.allotment is not None:
        reason = str(done.given.get("note", "")).strip() or document.history[-1].note or document.title
        numbers.give_up(document.allotment, reason, done)
