"""Every permission cell from outside: each role asks for everything (tests/attacks/cells.py).

What a role may, it gets, and what it did stands in the journal (R-7.1). What it may not but may know of, is 403; what it must not
know of, 404; either way nothing changes and one entry stands in the journal. A GET never writes into the database, whoever asks.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl

import pytest
from webtest import TestApp

from content_types.delivery import Delivery
from govrepo import clock
from govrepo.database import database
from tests.app import ADDRESS, running
from tests.attacks import outgoing, scene
from tests.attacks.cells import ELSEWHERE, READING, ROLES, WRITING
from tests.attacks.scene_seal import SEALS
from tests.desk import Desk
from tests.pki import found_authorities
from tests.policies.bench import local

KINDS = {
    "office": "ExchangeBox", "zh2": "ExchangeBox", "jm": "ExchangeBox", "dispatch": "Dispatch", "in_office": "Delivery",
    "in_zh2": "Delivery", "person": "Person", "task": "Assignment", "read_task": "Assignment",
} | {name: "Delivery" if re.search("_(office|zh2|jm)$", name) else "Dispatch" for name in scene.MAKERS}  # fmt: skip
KINDS |= {
    "gd_office": "ExchangeBox",
    "series": "NumberSeries",
    "drafted": "OutgoingDocument",
    **{name: "RegisterEntry" for name in scene.ENTRIES if name.startswith("entry")},
    **{name: "Dispatch" if name.startswith("sent") else "PaperItem" for name in scene.PAPERS},
    "office_submitted": "Dispatch",
    "office_released": "Dispatch",
    "task": "Assignment",
    "read_task": "Assignment",
    **dict.fromkeys(("person", "colleague", "leaver"), "Person"),
    **dict.fromkeys(("unit", "unit_free", "unit_other", "unit_asked", "unit_agreed"), "Unit"),
    **dict.fromkeys(("division", "new_division"), "Division"),
    **dict.fromkeys(outgoing.MAKERS, "OutgoingDocument"),
    "handover": "Handover",
    "handover_given": "Handover",
    **dict.fromkeys(("change", "change_approved", "change_executed"), "PermissionChange"),
    "certificate": "Certificate",
    **dict.fromkeys(scene.CERTIFICATES, "Certificate"),
    **dict.fromkeys(SEALS, "Seal"),
    "proposal": "AccessProposal",
    "shift": "DutyShift",
    "notice": "PhoneNotice",
    "call_task": "DivisionCall",
    "access_proposed": "AccessProposal",
    "access_approved": "AccessProposal",
}
SILENT = {"prepare", "sign", "check", "preview", "draft_check", "draft_preview"}
"""What only shows what will be signed, or what a form would become: nothing is done yet."""
IDLE = {"sessions", "calendar", "work", "check_in"}
"""What finds nothing to do with these fields: a session or letter that is not there, a day as it is, a half-day checked in before."""
EVERYWHERE = {
    "contents", "properties", "history", "tree", "security", "propose", "workflow", "references", "indexing",
}  # fmt: skip
ROUTES = {"/registers": "registers", "/password": "password", "/pulse": "pulse", "/areas/records": "area"}


class Cells(NamedTuple):
    """A line of the table."""

    method: str
    address: str
    fields: str
    allowed: str
    refused: str

    def status(self, role):
        """What the role is to get: allowed, 403 or 404."""
        for answer, names in (("allowed", self.allowed.split()), (403, self.refused.split())):
            if role in names:
                return answer
        return "allowed" if "rest" in self.allowed else 403 if "rest" in self.refused else 404

    @property
    def key(self):
        """Which view is asked: its context or route, its name, the method."""
        target, _slash, name = re.fullmatch(r"(\{\w+\}|)(/?)(.*)", self.address).groups()
        name = name.removeprefix("@@")
        if self.address in ROUTES:
            return ROUTES[self.address], "", self.method
        if self.address.startswith("/registers/"):
            return "_".join(["register", *self.address.split("/")[3:]]), "", self.method
        if name in EVERYWHERE:
            return "Persistent", name, self.method
        return KINDS[target.strip("{}")] if target else "Site", name, self.method


def lines(table):
    return list(_lines(table))


def _lines(table) -> Iterator[Cells]:
    for line in filter(str.strip, table.splitlines()):
        what, allowed, refused = line.split("|")
        method, address = what.split()
        address, _mark, fields = address.partition("?")
        yield Cells(method, address, fields, allowed.strip(), refused.strip())


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("cells")) as app:
        clock.travel(local("2013-01-07 10:00"))
        found_authorities(app)
        yield app
    clock.reset()


@pytest.fixture(scope="module")
def desks(app):
    return {role: Desk(app, login) for role, login in ROLES.items()}


@pytest.fixture(scope="module")
def stranger(app):
    return TestApp(app, extra_environ={"REMOTE_ADDR": ADDRESS})


@pytest.fixture(scope="module")
def standing(app):
    return scene.standing(app)


@pytest.fixture
def watch(app):
    return Watch(app)


class Watch:
    """Counts refusals in the journal and transactions in the database."""

    def __init__(self, app):
        self.journal, self.database = app.registry.journal, database(app.registry)
        self.refusals()

    def refusals(self):
        """How many refusals were journaled since the last time."""
        return self.results().count("refused")

    def results(self):
        """The results of what was journaled since the last time."""
        since = getattr(self, "head", 0)
        self.head = self.journal.head().seq
        return [record.entry.result for record in self.journal.entries(after=since)]

    def state(self):
        """The database as it stands."""
        return self.database.lastTransaction()


def _outcome(answer):
    away = answer.status_int == 303 and "/login" in answer.location
    return "allowed" if answer.status_int in (200, 303) and not away else answer.status_int


@pytest.mark.parametrize("cells", lines(READING), ids=lambda cells: cells.address)
def test_reading(cells, desks, stranger, standing, watch):
    words = next(
        (standing[name] for name in standing if name and cells.address.startswith(f"{{{name}}}")), standing[""]
    )
    address = f"{cells.address}?{cells.fields}".format(**words)
    before = watch.state()
    for role, desk in desks.items():
        answer = desk.get(address, status="*")
        assert _outcome(answer) == cells.status(role), f"{role}: {answer.status}"
        assert watch.refusals() == (cells.status(role) != "allowed"), role
    for role in _entitled(cells)[:1]:
        assert _outcome(desks[role].browser.head(address, status="*")) == "allowed"
    away = stranger.get(address, status="*")
    assert away.status_int in (303, 401)
    assert away.status_int == 401 or "/login?came_from=" in away.location
    assert watch.refusals() == 0
    assert watch.state() == before, "a GET wrote"


@pytest.mark.parametrize("cells", lines(WRITING), ids=lambda cells: f"{cells.address}?{cells.fields}")
def test_writing(cells, app, desks, stranger, watch):
    words = _fresh(app, cells)
    before = watch.state()
    for role in ROLES:
        if cells.status(role) != "allowed":
            answer = _post(desks[role], cells, words)
            assert answer.status_int == cells.status(role), f"{role}: {answer.status}"
            assert watch.refusals() == 1, role
    assert stranger.post(*_form(cells, words, _token(stranger)), status="*").status_int == 403
    assert watch.refusals() == 1
    assert desks[_entitled(cells)[0]].browser.post(*_form(cells, words, "0" * 64), status="*").status_int == 400
    assert watch.refusals() == 1
    assert watch.state() == before, "a refused act wrote"
    watch.results()
    for role in _entitled(cells):
        answer = _post(desks[role], cells, words)
        assert _outcome(answer) == "allowed", f"{role}: {answer.status}"
        _left(watch.results(), cells.key[1], role)
        words = _fresh(app, cells)
        watch.results()


def _left(results, name, role):
    """An act that was done stands in the journal, and nothing else does (R-7.1)."""
    assert set(results) <= {"allowed"}, role
    assert bool(results) != (name in SILENT) or name in IDLE, role


def _entitled(cells):
    return [role for role in ROLES if cells.status(role) == "allowed"]


def _fresh(app, cells):
    names = re.findall(r"\{(\w+)\}", f"{cells.address}?{cells.fields}")
    wanted = next((name for name in names if name in scene.MAKERS), None)
    return scene.make(app, wanted) if wanted else scene.BOXES


def _token(browser):
    return browser.get("/login").forms[0]["csrf_token"].value


def _form(cells, words, token):
    return cells.address.format(**words), [*parse_qsl(cells.fields.format(**words)), ("csrf_token", token)]


def _post(desk, cells, words):
    return desk.browser.post(*_form(cells, words, desk.token), status="*")


def test_every_view_has_its_cells(app):
    """A new view without a line in the table fails here."""
    asked = {cells.key for table in (READING, WRITING) for cells in lines(table)}
    views = [item["introspectable"] for item in app.registry.introspector.get_category("views")]
    registered = {key for view in views if not view["exception_only"] for key in _keys(view)}
    assert registered - asked - set(ELSEWHERE) == set(), "write their lines in tests/attacks/cells.py"
    assert (asked | set(ELSEWHERE)) - registered == set(), "strike these lines"


def _keys(view):
    methods = view["request_methods"] or "*"
    where = view["route_name"] or getattr(view["context"], "__name__", "")
    if where in ("IExceptionResponse", "WSGIHTTPException"):
        return
    for method in [methods] if isinstance(methods, str) else methods:
        yield where, view["name"], method


def test_an_alert_is_believed_for_ones_own_box_only(app, desks, watch):
    uid = scene.make(app, "pending_zh2")["uid"]
    for role in ROLES:
        answer = desks[role].browser.post_json(
            "/alerted", {"deliveries": [uid]}, headers={"X-CSRF-Token": desks[role].token}
        )
        assert answer.json == {"noted": int(role == "receiver")}
    assert watch.refusals() == 0


def test_uploads_are_for_those_who_are_logged_in(stranger, watch):
    answer = stranger.post("/uploads", headers={"Tus-Resumable": "1.0.0", "X-CSRF-Token": _token(stranger)}, status=403)
    assert "Location" not in answer.headers
    assert watch.refusals() == 1


def test_an_upload_belongs_to_whoever_began_it(desks):
    upload = desks["clerk"].upload("正文.txt", "内容".encode())
    for role in set(ROLES) - {"clerk"}:
        headers = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": desks[role].token}
        browser = desks[role].browser
        browser.head(f"/uploads/{upload}", headers=headers, status=404)
        browser.delete(f"/uploads/{upload}", headers=headers, status=404)
        piece = headers | {"Upload-Offset": "6", "Content-Type": "application/offset+octet-stream"}
        browser.patch(f"/uploads/{upload}", b"x", headers=piece, status=404)
    desks["clerk"].browser.head(f"/uploads/{upload}", headers={"Tus-Resumable": "1.0.0"}, status=200)


def test_somebody_elses_upload_becomes_nobody_elses_file(app, desks):
    upload = desks["clerk"].upload("正文.txt", "内容".encode())
    answer = desks["outsider"].post(
        "/exchange/guangzhou/compose", {"editable_upload": upload, "then": "save"}, status=422
    )
    assert "正文.txt" not in answer.text
    offline = {"unit": "x", "editable_upload": upload}
    answer = desks["registry"].post("/exchange/gd-government/offline", offline, status=422)
    assert "正文.txt" not in answer.text


def test_pages_and_files_stay_shut_before_opening(app, desks):
    words = scene.make(app, "pending_office")
    desk = desks["registry"]
    page = desk.get(words["pending_office"] + "/")
    assert "扫描.pdf" not in page.text
    desk.get(f"{words['pending_office']}/page?file={words['f']}&n=0", status=404)
    desk.post(f"{words['pending_office']}/take", {"act": "print", "file": words["f"]}, status=403)


def test_files_and_documents_have_no_address(app, desks):
    words = scene.make(app, "signed_office")
    for role in ("registry", "clerk", "admin"):
        for address in (words["f"], f"files/{words['f']}", words["f"] + "/@@properties"):
            desks[role].get(f"{words['signed_office']}/{address}", status=404)
    with scene.site(app) as root:
        found = scene.resource_path(next(iter(_documents(root))))
    for role, desk in desks.items():
        for view in ("", "@@properties", "page", "files"):
            status = 200 if view == "@@properties" and role in ("auditor", "admin", "tech") else (403, 404)
            answer = desk.get(f"{found}/{view}", status="*")
            assert answer.status_int in (status if isinstance(status, tuple) else (status,))
            assert "春运" not in answer.text


def _documents(root):
    for unit in root["outgoing"].values():
        for year in unit.values():
            yield from year.values()


def test_a_delivery_of_another_box_cannot_be_chosen(app, desks):
    uid = scene.make(app, "signed_zh2")["uid"]
    for fields in ({"act": "note", "selected": uid}, {"act": "distribute", "selected": uid}):
        desks["registry"].post("/exchange/gd-government/act", fields, status=400)
    desks["registry"].post("/exchange/gd-government/distribute", {"d": uid, "targets": "division:zh2"}, status=400)
    with scene.site(app) as root:
        month = root["exchange"]["gd-office-zh2"]["inbox"]
        assert {each.state for shelf in month.values() for each in shelf.values() if isinstance(each, Delivery)} <= {
            "pending", "signed", "closed", "returned", "assigned",
        }  # fmt: skip
