"""An outgoing document over HTTP, step by step: who presses what, for stories and views (domain.md 5.1)."""

from pyramid.traversal import resource_path

from content_types.number_series import SeriesKind
from govrepo import clock
from govrepo.trust.data import renew_due_crls
from policies.drafting_desk import begin
from policies.number_series import begin as begin_series
from tests.app import drain, site
from tests.desk import Desk
from tests.pki import found_authorities
from tests.policies.bench import Bench
from tests.policies.seals import active

BODY = (
    "各地级以上市人民政府要高度重视春运工作。\n一、加强领导\n各地要加强组织领导，落实责任。\n（一）明确责任。责任到人。"
)
TITLE = "关于做好2013年春运工作的通知"
LOGINS = {
    "officer": "zh1.officer",
    "head": "zh1.head",
    "leader": "office.leader",
    "recheck": "office.recheck",
    "plate": "office.plate",
    "proof": "office.proof",
    "keeper": "office.seal",
}
POINTS = ("approval", "content", "kind", "format")


def equip(app, *, units=("gd-office", "gd-government"), principal="office.leader"):
    """The units have plate-making and seals; the office's principal leader is named; series are begun (粤府 with a leader's re-check)."""
    with site(app) as root:
        bench = Bench(root, app.registry)
        for code in units:
            root["units"][code].has_plate = root["units"][code].has_seal = True
        root["units"]["gd-office"].principal_leader = root.logins[principal]
        clerk = bench.actor("office.registry1")
        for box, code, flagged in (("gd-government", "粤府", True), ("gd-office", "粤办函", False)):
            begin_series(root["exchange"][box], code, SeriesKind.DOCUMENT, clerk, leader_recheck=flagged)


def sealed_with(app, code):
    """The site has an authority, and the unit a seal in use, kept by the office's keeper."""
    if app.registry.authorities is None:
        found_authorities(app)
    with site(app) as root:
        bench = Bench(root, app.registry)
        renew_due_crls(root, app.registry, clock.now())
        return active(bench, login="office.admin", unit=code, keeper=bench.person("office.seal")).uid


def drafted(app, box="gd-government", **fields):
    """A draft that lacks nothing, of zh1's case officer; its address."""
    with site(app) as root:
        bench = Bench(root, app.registry)
        document = begin(root["exchange"][box], bench.actor("zh1.officer"))
        series = {"gd-government": "粤府", "gd-office": "粤办函"}[box]
        elements = {
            "title": TITLE,
            "kind": "通知",
            "body": BODY,
            "series": root["exchange"][box]["numbers"].get(f"document-{series}"),
            "mains": tuple(root["exchange"][name] for name in ("guangzhou", "shenzhen")),
            "copies": (root["exchange"]["caizheng"],),
        }
        for name, value in (elements | fields).items():
            setattr(document, name, value)
        return resource_path(document)


class Chain:
    """The desks of everybody in the chain, each logged in when first needed."""

    def __init__(self, app):
        self.app = app
        self._desks = {}

    def desk(self, who):
        if who not in self._desks:
            self._desks[who] = Desk(self.app, LOGINS.get(who, who))
        return self._desks[who]

    def later(self):
        """Hours went by: everybody logs in again."""
        self._desks.clear()

    def act(self, who, path, name, status=303, **fields):
        return self.desk(who).post(f"{path}/act", [("act", name), *_flat(fields)], status=status)

    def page(self, who, path, status=200):
        return self.desk(who).get(f"{path}/", status=status)

    def signed(self, path):
        """From the draft to the signature."""
        self.act("officer", path, "submit")
        self.act("head", path, "agree", note="同意，请签发。")
        self.act("leader", path, "sign", note="同意。")

    def rechecked(self, path):
        self.signed(path)
        self.act("recheck", path, "recheck_ok", checklist=POINTS)

    def proofing(self, path):
        self.rechecked(path)
        self.act("plate", path, "plate")
        drain(self.app)
        self.act("plate", path, "plate_done")

    def sealing(self, path):
        """To the seal, by whichever way the series asks for."""
        self.proofing(path)
        if self.act("proof", path, "proof_ok", status="*").status_int != 303:
            self.act("proof", path, "proof_ok_leader")
            self.act("leader", path, "leader_ok")


def _flat(fields):
    for name, value in fields.items():
        for each in value if isinstance(value, tuple | list) else (value,):
            yield name, each


def corrections(*rows, ticks=False):
    """The fields of a list of corrections: (page, old, new) each."""
    fields = {"rows": str(len(rows))} | ({"ticks": "yes"} if ticks else {})
    for at, (page, old, new) in enumerate(rows):
        fields |= {f"page-{at}": str(page), f"old-{at}": old, f"new-{at}": new} | (
            {f"use-{at}": "yes"} if ticks else {}
        )
    return fields
