"""Story 2: formal outgoing of the 粤府 series - draft, sign, recheck, plate and number, two rounds of proofs, leader's re-check, seal, 25 deliveries."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from pyramid.traversal import find_resource

from content_types.file_object import FileRole
from policies.sample.organisation import CITIES, SHUNDE
from tests.app import drain, site
from tests.desk import journaled, path_of, words
from tests.making import BODY, POINTS, TITLE, Chain, corrections, equip, sealed_with

CITY_BOXES = [city.code for city in (*CITIES, SHUNDE)]
DEPARTMENTS = ["caizheng", "gongan", "jiaotong"]
ERRORS = ((1, "高度重视春运工作", "高度重视2013年春运工作"), (1, "责任到人", "责任落实到人"))


@pytest.fixture
def chain(app, at):
    at("2013-01-07 08:30")
    equip(app)
    sealed_with(app, "gd-government")
    return Chain(app)


def draft(chain):
    """The case officer writes in the editor; the draft's address."""
    officer = chain.desk("officer")
    form = officer.get("/exchange/gd-government/draft").html
    series = next(each["value"] for each in form.select("select[name=series] option") if each.text == "粤府")
    elements = {
        "began": "0",
        "title": TITLE,
        "kind": "通知",
        "series": series,
        "body": BODY,
        "urgency": "plain",
        "classification": "",
        "openness": "public",
    }
    chosen = [("mains", name) for name in CITY_BOXES] + [("copies", name) for name in DEPARTMENTS]
    texts = {"mains_text": "各地级以上市人民政府，顺德区人民政府", "then": "save"}
    made = officer.post("/exchange/gd-government/draft", [*(elements | texts).items(), *chosen])
    return path_of(made).removesuffix("/edit")


def test_a_document_of_the_provincial_government(app, at, chain):
    path = draft(chain)
    at("2013-01-07 09:00")
    chain.later()
    chain.act("officer", path, "submit")
    chain.act("head", path, "agree", note="已核，建议签发。")
    at("2013-01-07 10:00")
    chain.later()
    chain.act("leader", path, "sign", note="同意。")
    page = chain.page("recheck", path)
    assert "签发" in words(page)
    chain.act("recheck", path, "recheck_ok", checklist=POINTS[:1], status=422)
    chain.act("recheck", path, "recheck_ok", checklist=POINTS)
    at("2013-01-07 11:00")
    chain.later()
    assert "将编号：粤府〔2013〕1号" in words(chain.page("plate", path))
    _plate(app, chain, path)
    at("2013-01-07 14:30")
    chain.later()
    _two_rounds(app, chain, path)
    _nothing_before_the_leader(chain, path)
    at("2013-01-07 16:00")
    chain.later()
    chain.act("leader", path, "leader_ok", note="可以印发。")
    _seal(app, chain, path)
    at("2013-01-07 17:00")
    chain.later()
    _dispatch(app, chain, path)
    _deliveries(app, path)
    _nothing_changes_any_more(app, chain, path)


def _plate(app, chain, path):
    with site(app) as root:
        assert find_resource(root, path).number == "", "S-27: not before the plate"
    chain.act("plate", path, "plate")
    assert "正在排版" in words(chain.page("plate", path))
    assert chain.desk("plate").get(f"{path}/progress").headers.get("HX-Refresh") is None
    drain(app)
    assert chain.desk("plate").get(f"{path}/progress").headers["HX-Refresh"] == "true"
    chain.act("plate", path, "plate_done")
    page = chain.page("proof", path)
    assert "粤府〔2013〕1号" in words(page)
    image = chain.desk("proof").get(page.html.select_one(".gr-sheets img")["src"])
    assert image.content_type == "image/png"


def _two_rounds(app, chain, path):
    """4.11: two errors found, back, mended in the text, read again."""
    chain.act("plate", path, "proof_back", status=403, **corrections(*ERRORS))
    chain.act("proof", path, "proof_back", status=422, **corrections((9, "高度", "很")))
    chain.act("proof", path, "proof_back", **corrections(*ERRORS))
    page = chain.page("plate", path)
    assert [each["value"] for each in page.html.select("input[name^=old-]") if each["value"]] == [
        old for _page, old, _new in ERRORS
    ]
    chain.act("plate", path, "plate_done", status=403)
    chain.act("plate", path, "replate", **corrections(*ERRORS, ticks=True))
    drain(app)
    chain.act("plate", path, "plate_done")
    assert "责任落实到人" in _text(app, path)
    chain.act("proof", path, "proof_ok_leader")


def _text(app, path):
    with site(app) as root, find_resource(root, path).plate.file.stored.open() as plate:
        return "".join(page.extract_text() for page in PdfReader(BytesIO(plate.read())).pages).replace("\n", "")


def _nothing_before_the_leader(chain, path):
    """R-24.3: dispatch and seal are refused before the leader's re-check."""
    chain.act("officer", path, "dispatch", status=403)
    chain.act("keeper", path, "seal", status=403)
    chain.act("proof", path, "proof_ok", status=403)


def _seal(app, chain, path):
    page = chain.page("keeper", path)
    seal = next(each["value"] for each in page.html.select("select[name=seal] option") if each["value"])
    chain.act("officer", path, "seal", seal=seal, status=403)
    chain.act("keeper", path, "seal", seal=seal)
    assert "正在盖章" in words(chain.page("keeper", path))
    drain(app)
    assert "已盖章" in words(chain.page("keeper", path))
    with site(app) as root:
        document = find_resource(root, path)
        assert document.frozen
        (done,) = [record.entry for record in app.registry.journal.entries(action="outgoing_document.finish")]
        assert done.version == document.digest()
        assert [file.role for file in document.files] == [FileRole.ORIGINAL, FileRole.EDITABLE]


def _dispatch(app, chain, path):
    """R-24.5: the case officer's own; another of the division is refused; P-30: released by somebody else."""
    dispatch = path_of(chain.act("officer", path, "dispatch", quota="2")).rstrip("/")
    assert "发给 25 个单位" in words(chain.page("officer", path))
    officer, leader = chain.desk("officer"), chain.desk("leader")
    officer.act(dispatch, "submit")
    officer.act(dispatch, "release", status=403)
    leader.act(dispatch, "release")
    officer.act(dispatch, "send")
    drain(app)
    assert "共 25 个单位，已送达 25" in words(officer.get(dispatch))


def _deliveries(app, path):
    with site(app) as root:
        (dispatch,) = find_resource(root, path).dispatches
        found = dispatch.tracking.deliveries
        assert sorted(found) == sorted([*CITY_BOXES, *DEPARTMENTS])
        roles = {name: str(delivery.address) for name, delivery in found.items()}
        assert {roles[name] for name in CITY_BOXES} == {"main"}
        assert {roles[name] for name in DEPARTMENTS} == {"copy"}
        assert {each.quota for each in dispatch.recipients} == {2}


def _nothing_changes_any_more(app, chain, path):
    """P-74: the state of the document and of its text are final."""
    for who, name in (("officer", "submit"), ("plate", "replate"), ("keeper", "seal"), ("proof", "proof_back")):
        chain.act(who, path, name, status=403)
    assert {entry.action for entry in journaled(app, result="refused")} >= {
        "outgoing_document.seal",
        "outgoing_document.replate",
    }
    page = words(chain.page("officer", path))
    for done in ("拟稿", "核稿", "签发", "复核", "制版编号", "校对", "领导复核", "盖章", "发出"):
        assert done in page
    chain.act("officer", path, "conclude", status=403)
