"""The real application on a folder of its own, and letters that are ready to be sent in it.

Letters go through the public policies: drafted, submitted by a clerk, released by the approver. Their files are
uploaded and inspected once; every letter refers to the same two contents, as a circular sent again and again does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import transaction
from pypdf import PdfWriter
from pyramid.traversal import find_resource, resource_path

from content_types.dispatch import Address, Dispatch, Recipient
from content_types.exchange_box import BoxKind
from content_types.file_object import FileObject, FileRole
from content_types.unit import Unit, UnitKind
from govrepo import clock, main, work
from govrepo.database import database, opened
from govrepo.files import store
from policies.actor import Actor
from policies.engine import act
from policies.exchange_box import make_box
from policies.file_object import attach
from policies.sending import new_draft

CACHE = "connection_cache_size=50000&connection_pool_size=10"
CITIES = {"gz": "guangzhou", "sz": "shenzhen", "zh": "zhuhai", "fs": "foshan", "hz": "huizhou", "dg": "dongguan",
          "zs": "zhongshan", "jm": "jiangmen"}  # fmt: skip
"""Cities whose clerks send: prefix of the login names, name of the box."""
PER_TRANSACTION = 100


def build(var: Path, **settings: Any) -> Any:
    """The application as ``development.ini`` configures it; settings without their prefix."""
    var.mkdir(parents=True, exist_ok=True)
    uri = f"file://{var}/Data.fs?blobstorage_dir={var}/blobs&{CACHE}"
    named = {f"govrepo.{name}": value for name, value in {"var": var, **settings}.items()}
    return main({}, **{"zodbconn.uri": uri, "tm.annotate_user": "no", "retry.attempts": "8", **named})


def close(app: Any) -> None:
    """Stop what the application has running and close what it has open."""
    if app.registry.pulse.thread:
        app.registry.pulse.stop()
    work.close(app.registry)
    transaction.abort()
    app.registry.journal.close()
    database(app.registry).close()


@contextmanager
def site(registry: Any) -> Iterator[Any]:
    """The site in a transaction of its own, which commits at the end of the block."""
    with opened(registry) as root, transaction.manager:
        yield root


def actor(root: Any, registry: Any, login: str) -> Actor:
    """A sample person with the principals of this moment."""
    person = root.logins[login]
    return Actor(person.principal, person.name, (person.principal, *person.principals(clock.now())), registry, person)


def add_boxes(registry: Any, count: int) -> list[str]:
    """Connect so many more units, each with its box; the boxes' names."""
    names = [f"b{number:03}" for number in range(count)]
    with site(registry) as root:
        for name in names:
            unit = Unit(name, f"第{name}单位", UnitKind.DEPARTMENT, short_name=name)
            root["units"].add(name, unit, registry=registry)
            make_box(unit, name, name, BoxKind.UNIT, registry)
    return names


def make_letters(registry: Any, prefix: str, boxes: list[str], count: int, first: int = 1) -> list[str]:
    """So many released letters of one city to the boxes; their addresses."""
    model = _model(registry, prefix)
    paths = []
    for start in range(first, first + count, PER_TRANSACTION):
        with site(registry) as root:
            numbers = range(start, min(start + PER_TRANSACTION, first + count))
            paths += [resource_path(_letter(root, registry, prefix, boxes, number, model)) for number in numbers]
    return paths


def _model(registry: Any, prefix: str) -> str:
    """The path of a draft whose files have been uploaded and inspected."""
    with site(registry) as root:
        clerk = actor(root, registry, f"{prefix}.clerk")
        draft = new_draft(root["exchange"][CITIES.get(prefix, prefix)], clerk)
        for role, name, content in (
            (FileRole.SCAN, "扫描.pdf", _pdf()),
            (FileRole.EDITABLE, "正文.txt", "正文".encode()),
        ):
            upload = registry.uploads.create(clerk.person.id, name, len(content))
            registry.uploads.append(upload, clerk.person.id, 0, BytesIO(content))
            attach(draft, upload, role, clerk)
        path = resource_path(draft)
    work.drain(registry)
    return path


def _letter(root: Any, registry: Any, prefix: str, boxes: list[str], number: int, model: str) -> Dispatch:
    clerk, approver = (actor(root, registry, f"{prefix}.{post}") for post in ("clerk", "approver"))
    home = root["exchange"][CITIES.get(prefix, prefix)]
    dispatch = new_draft(home, clerk)
    document = dispatch.document
    document.kind, document.title, document.date = "通知", f"关于第{number}项工作的通知", clock.today()
    document.signer = "江上舟"
    document.number = f"{home.owner.document_codes[0]}〔{document.date.year}〕{number}号"
    document.files = tuple(_copy(root, file) for file in find_resource(root, model).document.files)
    dispatch.recipients = tuple(
        Recipient(root["exchange"][name], Address.MAIN) for name in boxes if name != home.__name__
    )
    act(dispatch, "submit", clerk)
    act(dispatch, "release", approver)
    return dispatch


def _copy(root: Any, file: FileObject) -> FileObject:
    """The same content as a file of another document."""
    store(root).acquire(file.stored)
    fresh = FileObject(file.role, file.filename, file.stored, file.type_code)
    fresh.state, fresh.pages = file.state, file.pages
    return fresh


def _pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()
