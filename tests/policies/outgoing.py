"""Outgoing documents for tests: people with just the roles of a step, and the way to each state through the policies."""

import transaction
from pyramid.traversal import resource_path

from content_types.number_series import SeriesKind
from content_types.production import Correction
from policies import plating, sealing
from policies.drafting_desk import begin
from policies.engine import act
from policies.number_series import begin as begin_series
from policies.outgoing_guards import points

OFFICE, ZH1 = "unit:gd-office", "division:zh1"
ROLES = {
    "officer": f"case_officer@{ZH1}",
    "head": f"head@{ZH1}",
    "leader": f"office_leader@{OFFICE}",
    "recheck": f"recheck_clerk@{OFFICE}",
    "plate": f"plate_maker@{OFFICE}",
    "proof": f"proofreader@{OFFICE}",
    "keeper": f"seal_keeper@{OFFICE}",
}
"""A part in the chain, and the one role that plays it."""
BODY = "各地级以上市人民政府要高度重视。\n一、加强领导\n各地要加强领导。\n（一）明确责任。责任到人。"


class Chain:
    """The chain of the office's 综合一处, in the name of the provincial government or of the office."""

    def __init__(self, bench, box="gd-government", code="粤府", *, leader_recheck=True):
        self.bench = bench
        self.box = bench.box(box)
        self.people = {
            name: bench.root["people"][f"chain-{name}"] for name in ROLES if f"chain-{name}" in bench.root["people"]
        }
        for name in ROLES:
            self.people.setdefault(name, self._person(name))
        self.box.unit.has_plate = self.box.unit.has_seal = True
        self.box.owner.principal_leader = self.people["leader"]
        self.series = begin_series(self.box, code, SeriesKind.DOCUMENT, bench.actor("zh1.officer"))
        self.series.leader_recheck = leader_recheck

    def _person(self, name):
        office = self.bench.root["units"]["gd-office"]
        person = self.bench.registry.content.create(
            "Person", f"chain-{name}", f"chain.{name}", f"{name}某", unit=office, division=office["zh1"]
        )
        self.bench.root["people"][f"chain-{name}"] = person
        return person

    def actor(self, who):
        return self.bench.as_role(self.people[who], ROLES[who])

    def act(self, who, document, name, **data):
        act(document, name, self.actor(who), **data)
        transaction.savepoint()

    def draft(self, **fields):
        """A draft that lacks nothing."""
        document = begin(self.box, self.actor("officer"))
        elements = {
            "title": "关于做好2013年春运工作的通知",
            "kind": "通知",
            "body": BODY,
            "series": self.series,
            "mains": tuple(self.bench.box(name) for name in ("guangzhou", "shenzhen")),
            "copies": (self.bench.box("caizheng"),) if "caizheng" in self.bench.root["exchange"] else (),
        }
        for name, value in (elements | fields).items():
            setattr(document, name, value)
        transaction.savepoint()
        return document

    def reviewed(self, **fields):
        document = self.draft(**fields)
        self.act("officer", document, "submit")
        self.act("head", document, "agree", note="同意，请签发。")
        return document

    def signed(self, **fields):
        document = self.reviewed(**fields)
        self.act("leader", document, "sign", note="同意。")
        return document

    def rechecked(self, **fields):
        document = self.signed(**fields)
        self.act("recheck", document, "recheck_ok", checklist=points(document))
        return document

    def plating(self, **fields):
        document = self.rechecked(**fields)
        self.act("plate", document, "plate")
        self.let_plate(document)
        return document

    def proofing(self, **fields):
        document = self.plating(**fields)
        self.act("plate", document, "plate_done")
        return document

    def sealing(self, **fields):
        document = self.proofing(**fields)
        if self.series.leader_recheck:
            self.act("proof", document, "proof_ok_leader")
            self.act("leader", document, "leader_ok")
        else:
            self.act("proof", document, "proof_ok")
        return document

    def let_plate(self, document):
        """What the worker does after a plate was asked for."""
        plating.set_plate(self._job(document, plate=len(document.plates)))
        transaction.savepoint()

    def let_seal(self, document):
        """What the worker does after a seal was asked for."""
        sealing.set_seal(self._job(document, asked=len(document.seals_asked), address="10.0.0.7"))
        transaction.savepoint()

    def _job(self, document, **payload):
        return self.bench.job(path=resource_path(document), **payload)

    def wrong(self):
        """A correction that fits."""
        return Correction(1, "高度重视", "高度重视此项工作")
