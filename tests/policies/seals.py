"""Seals for tests, made by the policies."""

from io import BytesIO

import transaction

from content_types.seal import Purpose
from policies.seal_application import Wanted, apply, size_of
from tests.desk import pdf

ADMIN, KEEPER, LEADER, OFFICER = "gz.admin", "gz.seal", "office.leader", "security"


def scanned(bench, login, content=None, filename="申请.pdf"):
    """The id of an upload that this person has finished."""
    content = pdf("申请") if content is None else content
    person = bench.person(login)
    upload = bench.registry.uploads.create(person.id, filename, len(content))
    bench.registry.uploads.append(upload, person.id, 0, BytesIO(content))
    return upload


def wanted(bench, login=ADMIN, unit="guangzhou", **more):
    """The form, filled in for the unit's official seal."""
    place = bench.root["units"][unit]
    kind = more.get("kind", "official")
    form = {
        "purpose": Purpose.MAKE,
        "kind": kind,
        "name": place.name,
        "diameter_mm": str(size_of(place, kind).diameter_mm),
        "physical": "穗府印〔2009〕1号启用的公章",
        "letter": "穗府函〔2013〕1号",
        "upload": "",
        "keeper": bench.person(KEEPER),
    } | more
    if not form["upload"]:
        form["upload"] = scanned(bench, login)
    return Wanted(**form)


def applied(bench, login=ADMIN, unit="guangzhou", **more):
    seal = apply(bench.root["units"][unit], wanted(bench, login, unit, **more), bench.actor(login))
    transaction.savepoint()
    return seal


def approved(bench, **more):
    seal = applied(bench, **more)
    bench.act(LEADER, seal, "approve")
    return seal


def made(bench, **more):
    seal = approved(bench, **more)
    bench.act(OFFICER, seal, "make")
    return seal


def active(bench, **more):
    seal = made(bench, **more)
    bench.act(seal.keeper.login, seal, "activate")
    return seal


def suspended(bench, **more):
    seal = active(bench, **more)
    bench.act(KEEPER, seal, "report_loss", note="介质丢失")
    return seal


def ending(bench, **more):
    """A seal in use whose destruction was asked for."""
    seal = active(bench, **more)
    bench.act(ADMIN, seal, "ask_destroy", note="穗府函〔2013〕9号", upload=scanned(bench, ADMIN))
    return seal
