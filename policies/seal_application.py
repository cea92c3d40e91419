"""Applying for a seal (P-70 to P-72, P-75, P-12): what the form asks, what a seal of this unit may look like, who may keep it.

The written application comes as a scan beside its letter; it is stored like any file and read through the seal only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from content_types.content import shelf
from content_types.person import Person
from content_types.seal import Application, Emblem, Face, Purpose, Seal, SealKind, bears_name
from content_types.unit import Unit, UnitKind
from govrepo import clock
from govrepo.catalog import Any as AnyOf
from govrepo.catalog import Eq, Range, register
from govrepo.database import site
from govrepo.files import UploadError, store
from govrepo.i18n import _
from policies.actor import Actor
from policies.administration import refuse, require
from policies.engine import Act, Reason, record, table_of
from policies.permissions import Permission as P
from policies.registers.keys import moment
from policies.roles import Role
from policies.scopes import keeping, unit_of

ACTION = "seal.apply"
KINDS = {SealKind.OFFICIAL: _("公章"), SealKind.SPECIAL: _("专用章"), SealKind.SIGNATURE: _("签名章")}
EMBLEMS = {Emblem.STAR: _("五角星"), Emblem.EMBLEM: _("国徽")}
PURPOSES = {
    Purpose.MAKE: _("制作"),
    Purpose.CHANGE: _("变更"),
    Purpose.RENEW: _("换领"),
    Purpose.DESTROY: _("销毁"),
}
SCANS = ("pdf", "jpg", "png", "tiff")
"""The types of file a written application may come as."""
KEEPERS = (Role.SEAL_KEEPER, Role.UNIT_SEAL_KEEPER)
APPLICANTS = (Role.UNIT_ADMINISTRATOR, *KEEPERS)
OPEN = ("applied", "approved", "made")
"""The states of a seal that is on its way."""
PRESENT = ("made", "active", "suspended")
"""The states of a seal that has a key."""
LONGEST_NAME, LONGEST = 60, 100
SMALLEST, LARGEST = 20, 45
GOVERNMENTS = (UnitKind.PROVINCE, UnitKind.CITY, UnitKind.SHUNDE)
BY_LEVEL = {0: 50, 1: 45, 2: 45}
TOWNSHIP = 42


class Size(NamedTuple):
    """How large a seal is, in millimetres, exactly or at most, and what stands in its middle (P-75)."""

    diameter_mm: int
    exact: bool
    emblem: Emblem


@dataclass(frozen=True)
class Wanted:
    """The form as typed; ``upload`` is the id of the finished upload of the scan, ``replaces`` the seal it takes the place of."""

    purpose: str
    kind: str
    name: str
    diameter_mm: str
    physical: str
    letter: str
    upload: str
    keeper: Person | None
    workstation: str = ""
    replaces: Seal | None = None


def seals_of(unit: Unit) -> tuple[Seal, ...]:
    """Every seal a unit has or had, the oldest first."""
    found = unit["seals"].values() if "seals" in unit else ()
    return tuple(sorted(found, key=lambda seal: seal.created))


def size_of(unit: Unit, kind: SealKind | str) -> Size:
    """P-75: governments by their level, with the emblem; all others at most 45 mm, with the star."""
    if kind == SealKind.OFFICIAL and unit.kind in GOVERNMENTS:
        return Size(BY_LEVEL.get(unit.level, TOWNSHIP), exact=True, emblem=Emblem.EMBLEM)
    return Size(LARGEST, exact=False, emblem=Emblem.STAR)


def is_keeper(person: Person, unit: Unit) -> bool:
    """P-72: whether a person holds a keeper's role where the unit's seals are kept, with an account in use."""
    held = person.principals(clock.now()) if person.state == "active" else ()
    return any(f"{role}@{keeping(unit).scope}" in held for role in KEEPERS)


def possible_keepers(unit: Unit) -> list[Person]:
    """Whoever may be named keeper of a unit's seals (P-72), by name."""
    now = moment(clock.now())
    held = Eq("scope", keeping(unit).scope) & AnyOf("role", list(map(str, KEEPERS)))
    query = held & Range("since", None, now) & Range("until", now + 1, None)
    found = register(unit, "appointments").query(query, sort="order", limit=200).objects
    people = {each.__parent__.id: each.__parent__ for each in found}
    return sorted((each for each in people.values() if is_keeper(each, unit)), key=lambda person: person.name)


def applies_for(actor: Actor, root: Any) -> list[Unit]:
    """The units for whose seals an actor may apply: the own ones, and for the general office the provincial government's too."""
    held = {principal.partition("@")[2] for principal in actor.principals if principal.partition("@")[0] in APPLICANTS}
    own = [unit for unit in (unit_of(scope, root) for scope in sorted(held)) if unit is not None]
    if any(unit.kind is UnitKind.GENERAL_OFFICE for unit in own):
        own += [unit for unit in root["units"].values() if unit.kind is UnitKind.PROVINCE]
    return [unit for unit in own if actor.allowed(P.SEAL_APPLY, unit)]


def apply(unit: Unit, wanted: Wanted, actor: Actor) -> Seal:
    """Apply for a seal; raise Refused, with reasons by field, and store nothing when it may not be (P-70, P-71)."""
    require(P.SEAL_APPLY, unit, actor, ACTION, "P-71")
    refuse(problems(unit, wanted, actor), unit, ACTION)
    filename, scan = keep_scan(unit, wanted.upload, actor, ACTION)
    form = Application(Purpose(wanted.purpose), actor.person, clock.now(), wanted.letter.strip(), filename, scan)
    kind = SealKind(wanted.kind)
    face = Face(wanted.name.strip(), int(wanted.diameter_mm), size_of(unit, kind).emblem)
    seal = Seal(unit, kind, face, form, wanted.keeper)
    seal.physical, seal.workstation = wanted.physical.strip(), wanted.workstation.strip()
    seal.replaces, seal.created_by = wanted.replaces, actor.id
    shelf(unit, "seals")[seal.uid] = seal
    record(table_of(seal), "apply", Act(seal, actor, form.at, {"note": form.letter}), "")
    return seal


def problems(unit: Unit, wanted: Wanted, actor: Actor) -> list[Reason]:
    """What speaks against an application, by field."""
    return [
        *_unit_problems(unit),
        *_face_problems(unit, wanted),
        *_paper_problems(wanted, actor),
        *_keeper_problems(unit, wanted),
        *_place_problems(unit, wanted),
    ]


def _unit_problems(unit: Unit) -> Iterator[Reason]:
    if unit.state not in ("approved", "active"):
        yield Reason(_("该单位不在用。"), "5.8", "name")


def _face_problems(unit: Unit, wanted: Wanted) -> Iterator[Reason]:
    if wanted.kind not in set(SealKind):
        yield Reason(_("请选择印章种类。"), "4.12", "kind")
        return
    kind, name = SealKind(wanted.kind), wanted.name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        yield Reason(_("请填写印文，不超过 60 个字符。"), "4.12", "name")
    elif not bears_name(unit, kind, name, clock.today()):
        words = {"name": unit.name}
        wrong = {
            SealKind.OFFICIAL: _("公章的印文须是单位现在的全称“${name}”。", mapping=words),
            SealKind.SPECIAL: _("专用章的印文须以单位全称“${name}”开头，再写用途。", mapping=words),
        }
        yield Reason(wrong[kind], "P-12", "name")
    yield from _size_problems(size_of(unit, kind), wanted.diameter_mm)


def _size_problems(size: Size, typed: str) -> Iterator[Reason]:
    number = int(typed) if typed.isdecimal() and len(typed) <= len(str(LARGEST)) else 0
    words = {"size": size.diameter_mm, "least": SMALLEST}
    if size.exact and number != size.diameter_mm:
        yield Reason(_("该级政府的印章直径是 ${size} 毫米。", mapping=words), "P-75", "diameter_mm")
    elif not size.exact and not SMALLEST <= number <= size.diameter_mm:
        yield Reason(_("直径须在 ${least} 至 ${size} 毫米之间。", mapping=words), "P-75", "diameter_mm")


def _paper_problems(wanted: Wanted, actor: Actor) -> Iterator[Reason]:
    if not 1 <= len(wanted.physical.strip()) <= LONGEST:
        yield Reason(_("请填写所依托的实物印章的编号或者启用文号。"), "P-71", "physical")
    yield from letter_problems(wanted.letter)
    yield from scan_problems(wanted.upload, actor)


def letter_problems(letter: str) -> list[Reason]:
    """What a written application lacks in words (P-71, P-73)."""
    given = 1 <= len(letter.strip()) <= LONGEST
    return [] if given else [Reason(_("请填写书面申请的文号或者名称。"), "P-71", "letter")]


def scan_problems(upload: str, actor: Actor) -> list[Reason]:
    """What speaks against an upload as the scan of a written application, as far as it is told without opening it."""
    if not upload:
        return [Reason(_("请上传书面申请的扫描件。"), "P-71", "scan")]
    try:
        whole = actor.registry.uploads.status(upload, actor.person.id).finished
    except UploadError as error:
        return [Reason(error.words, "P-71", "scan")]
    return [] if whole else [Reason(_("文件尚未上传完毕。"), "P-71", "scan")]


def _keeper_problems(unit: Unit, wanted: Wanted) -> list[Reason]:
    if wanted.keeper is not None and is_keeper(wanted.keeper, unit):
        return []
    return [Reason(_("请选择保管人：须是本单位的印章保管员。"), "P-72", "keeper")]


def _place_problems(unit: Unit, wanted: Wanted) -> Iterator[Reason]:
    old = wanted.replaces
    if wanted.purpose == Purpose.MAKE:
        doubles = [each for each in seals_of(unit) if each.kind == wanted.kind and each.name == wanted.name.strip()]
        if any(each.state in (*OPEN, *PRESENT) for each in doubles):
            yield Reason(_("同样的印章已经有了，或者正在办理；更换的请在原印章上申请。"), "P-70", "name")
    elif wanted.purpose not in (Purpose.CHANGE, Purpose.RENEW) or old is None or old.unit is not unit:
        yield Reason(_("请选择申请事项。"), "4.12", "purpose")
    elif old.state not in PRESENT or any(each.replaces is old and each.state in OPEN for each in seals_of(unit)):
        yield Reason(_("原印章已经停止使用，或者已有变更、换领的申请在办理。"), "P-73", "purpose")
    elif old.kind != wanted.kind:
        yield Reason(_("变更、换领不改印章种类。"), "4.12", "kind")


def keep_scan(context: Any, upload: str, actor: Actor, action: str) -> tuple[str, Any]:
    """Take the finished upload as the scan of a written application: its name and the stored file. Raises Refused for another type."""
    manager = site(context)._p_jar.transaction_manager  # noqa: SLF001 - ZODB's documented way.
    claimed = actor.registry.uploads.claim(upload, actor.person.id, manager)
    if claimed.type.code not in SCANS:
        refuse([Reason(_("扫描件须是 PDF 或者图片文件。"), "P-71", "scan")], context, action)
    stored = store(context).keep(claimed, claimed.sha256, claimed.size, claimed.mime)
    store(context).acquire(stored)
    return claimed.filename, stored
