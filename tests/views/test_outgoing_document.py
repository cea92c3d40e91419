"""The page of an outgoing document: reading, acts, proofs, plates, over HTTP (5.1, R-24.*, S-8, S-9, SOD-7, SOD-8)."""

import pytest
from pyramid.traversal import find_resource

from content_types.production import LegalState
from tests.app import drain, running, site
from tests.desk import words
from tests.making import LOGINS, Chain, corrections, drafted, equip


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with running(tmp_path_factory.mktemp("outgoing")) as app:
        equip(app)
        yield app


@pytest.fixture(scope="module")
def chain(app):
    return Chain(app)


@pytest.fixture
def path(app):
    return drafted(app)


def shown(page):
    """The acts whose buttons can be pressed."""
    return {
        each["value"] for each in page.html.select("main .gr-panel button[name=act]") if not each.has_attr("disabled")
    }


def test_the_drafter_sees_the_text_and_what_to_do(chain, path):
    page = chain.page("officer", path)
    assert "下一步：送核稿，由经办人" in words(page)
    assert "责任到人" in words(page)
    assert page.html.find("a", href=f"{path}/edit")
    assert shown(page) == {"submit"}
    assert page.html.find("a", href=f"{path}/?act=ask_cancel")


def test_an_incomplete_draft_goes_back_to_the_editor(app, chain):
    path = drafted(app, title="")
    answer = chain.act("officer", path, "submit")
    assert answer.location.endswith(f"{path}/edit?check=1")


def test_each_sees_the_buttons_of_the_own_step(chain, path):
    chain.act("officer", path, "submit")
    assert shown(chain.page("officer", path)) == set()
    assert shown(chain.page("head", path)) == {"agree", "return"}
    page = chain.page("leader", path)
    assert shown(page) == {"agree", "return", "refuse"}
    assert "尚未核稿同意，不能签发" in words(page)
    chain.act("head", path, "agree", note="同意。")
    page = chain.page("leader", path)
    assert shown(page) == {"return", "sign", "refuse"}
    assert "“同意。”" in words(page) or "同意。" in words(page)


def test_a_return_without_reason_comes_back_at_the_field(chain, path):
    chain.act("officer", path, "submit")
    page = chain.act("head", path, "return", note=" ", status=422)
    assert page.html.select_one("#e-note").text == "请写明理由。"
    chain.act("head", path, "return", note="请改标题。")
    assert "请改标题。" in words(chain.page("officer", path))


def test_sod_7_the_drafter_who_is_head_is_told_why(app, chain, path):
    chain.act("officer", path, "submit")
    with site(app) as root:
        find_resource(root, path).drafter = root.logins["zh1.head"]
    page = chain.page("head", path)
    assert "agree" not in shown(page)
    assert "不能办理自己文稿的这一步" in words(page)
    answer = chain.act("head", path, "agree", note="x", status=403)
    assert "SOD-7" in answer.text


def test_sod_8_the_plate_maker_does_not_read_the_own_plate(app, chain, path):
    chain.proofing(path)
    with site(app) as root:
        document = find_resource(root, path)
        document.plates = (*document.plates[:-1], document.plates[-1]._replace(by=root.logins["office.proof"]))
    page = chain.page("proof", path)
    assert shown(page) == set()
    assert "制版人不能校对自己制的版" in words(page)
    answer = chain.act("proof", path, "proof_ok_leader", status=403)
    assert "SOD-8" in answer.text


def test_s_27_the_number_comes_with_the_plate(app, chain, path):
    chain.rechecked(path)
    page = chain.page("plate", path)
    coming = page.html.select_one(".gr-form-plate b").text
    assert coming.startswith("粤府〔")
    assert page.html.find("button", {"value": "plate"})["data-confirm"]
    assert coming not in words(chain.page("officer", path)).split("流转记录")[1]
    chain.act("plate", path, "plate")
    assert coming in words(chain.page("plate", path))


def test_the_page_waits_for_the_worker_and_is_shown_anew(app, chain, path):
    chain.rechecked(path)
    chain.act("plate", path, "plate")
    waiting = chain.page("plate", path).html.select_one("#progress")
    assert waiting["hx-get"] == f"{path}/progress"
    assert waiting.find("a", href=f"{path}/"), "without scripts one reloads"
    assert "正在排版" in chain.desk("plate").get(f"{path}/progress").text
    drain(app)
    done = chain.desk("plate").get(f"{path}/progress")
    assert (done.headers["HX-Refresh"], "正在排版" in done.text) == ("true", False)
    assert not chain.page("plate", path).html.select_one("#progress")


def test_missing_characters_are_named_and_mended(app, chain):
    path = drafted(app, body="请\U0002a6d6同志负责。\n特此通知。")
    chain.rechecked(path)
    chain.act("plate", path, "plate")
    drain(app)
    page = chain.page("plate", path)
    assert "字体中没有这些字：\U0002a6d6" in words(page)
    assert "plate_done" not in shown(page)
    chain.act("plate", path, "replate", **corrections(("", "\U0002a6d6", "某"), ticks=True))
    drain(app)
    chain.act("plate", path, "plate_done")


def test_a_plate_that_failed_says_why(app, chain, path):
    chain.rechecked(path)
    chain.act("plate", path, "plate")
    drain(app)
    with site(app) as root:
        document = find_resource(root, path)
        document.plates = (document.plates[-1]._replace(problem="time", file=None, pages=0),)
    page = chain.page("plate", path)
    assert "在限定时间内没有排完" in words(page)
    assert shown(page) == {"replate", "more_rows"}


def test_corrections_take_more_rows_without_scripts(chain, path):
    chain.proofing(path)
    typed = corrections((1, "高度重视", "十分重视"), ("", "", ""))
    page = chain.act("proof", path, "more_rows", status=200, **typed)
    assert len(page.html.select("input[name^=old-]")) == 7
    assert page.html.select_one("input[name=old-0]")["value"] == "高度重视"
    assert shown(chain.page("proof", path)) >= {"proof_back"}, "nothing was done"


def test_a_correction_must_stand_on_a_page(chain, path):
    chain.proofing(path)
    page = chain.act("proof", path, "proof_back", status=422, **corrections((7, "高度重视", "十分重视")))
    assert "请逐条列出错处" in page.html.select_one("#e-corrections").text
    assert page.html.select_one("input[name=old-0]")["value"] == "高度重视"


def test_r_24_2_only_ticked_corrections_go_into_the_text(app, chain, path):
    chain.proofing(path)
    found = corrections((1, "高度重视", "十分重视"), (1, "组织领导", "组织工作"))
    chain.act("proof", path, "proof_back", **found)
    page = chain.page("plate", path)
    assert all(each.has_attr("checked") for each in page.html.select("input[name^=use-]"))
    assert "退回的清样还没有改正" in words(page)
    typed = corrections((1, "高度重视", "十分重视"), (1, "组织领导", "组织工作"), ticks=True)
    del typed["use-1"]
    chain.act("plate", path, "replate", **typed)
    with site(app) as root:
        body = find_resource(root, path).body
    assert "十分重视" in body
    assert "组织领导" in body


def test_an_ambiguous_correction_is_refused_with_the_count(chain, path):
    chain.proofing(path)
    chain.act("proof", path, "proof_back", **corrections((1, "责任", "职责")))
    page = chain.act("plate", path, "replate", status=422, **corrections((1, "责任", "职责"), ticks=True))
    assert "出现3次" in page.html.select_one("#e-corrections").text


def test_7_2_content_is_read_at_the_own_step_only(app, chain, path):
    chain.proofing(path)
    page = chain.page("proof", path)
    image = page.html.select_one(".gr-sheets img")["src"]
    assert chain.desk("proof").get(image).content_type == "image/png"
    for who in ("plate", "keeper"):
        assert "您不阅读本件内容" in words(chain.page(who, path))
        chain.desk(who).get(image, status=404)
    for who in ("officer", "head", "leader", "recheck"):
        assert chain.page(who, path).html.select_one(".gr-sheets img")
    chain.desk("proof").get(f"{path}/page?file=x&n=0", status=404)


def test_r_24_3_the_leader_sends_a_plate_back(chain, path):
    chain.proofing(path)
    chain.act("proof", path, "proof_ok_leader")
    assert shown(chain.page("leader", path)) == {"leader_ok", "leader_back"}
    chain.act("leader", path, "leader_back", note="", status=422)
    chain.act("leader", path, "leader_back", note="标题有误。")
    page = chain.page("plate", path)
    assert "标题有误。" in words(page)
    assert "plate_done" not in shown(page)


def test_the_keeper_without_a_seal_is_told(chain, path):
    chain.sealing(path)
    page = chain.page("keeper", path)
    assert "您没有保管本件发文机关的在用印章" in words(page)
    assert "请选择由您保管的印章" in words(chain.act("keeper", path, "seal", status=422))


def test_giving_up_is_asked_for_and_decided(chain, path):
    chain.act("officer", path, "submit")
    page = chain.desk("officer").get(f"{path}/?act=ask_cancel")
    assert shown(page) == {"ask_cancel"}
    chain.act("officer", path, "ask_cancel", note="", status=422)
    chain.act("officer", path, "ask_cancel", note="会议取消。")
    page = chain.page("head", path)
    assert "申请作废" in words(page)
    assert shown(page) >= {"cancel", "keep"}
    chain.act("head", path, "keep", note="仍要发。")
    chain.act("officer", path, "ask_cancel", note="会议取消。")
    chain.act("head", path, "cancel")
    assert "已作废" in words(chain.page("officer", path))


def test_s_9_a_repealed_document_says_so(app, chain, path):
    with site(app) as root:
        document = find_resource(root, path)
        document.state = "dispatched"
    page = chain.desk("leader").get(f"{path}/?act=repeal")
    assert shown(page) == {"repeal"}
    page = chain.act("leader", path, "repeal", note="不再适用", status=422)
    assert page.html.select_one("#e-notice")
    assert page.html.select_one("#e-day")
    chain.act("leader", path, "repeal", note="不再适用", notice="粤府〔2013〕9号", day="2099-02-01")
    assert "本件已废止，自2099年2月1日起失效" in words(chain.page("officer", path))
    with site(app) as root:
        assert find_resource(root, path).legal_state is LegalState.REPEALED


def test_only_known_acts(chain, path):
    for name in ("", "plated", "finish", "sent", "edit", "hand_over", "nonsense"):
        chain.act("officer", path, name, status=400)


def test_signing_elsewhere_takes_along_what_was_typed(chain, path):
    chain.act("officer", path, "submit")
    chain.act("head", path, "agree", note="同意。")
    page = chain.desk("leader").post(f"{path}/sign", {"act": "sign", "note": "照此办理。"}, status=200)
    assert page.html.select_one("input[name=note]")["value"] == "照此办理。"
    assert page.html.select_one("form[action$='/act'] button[name=act]")["value"] == "sign"


def test_my_tasks_lead_to_each_step(chain, path):
    links = {
        "submit": ("officer", f"{path}/edit"),
        "agree": ("head", f"{path}/"),
        "sign": ("leader", f"{path}/"),
        "recheck_ok": ("recheck", f"{path}/"),
        "plate": ("plate", f"{path}/"),
    }
    data = {"recheck_ok": {"checklist": ("approval", "content", "kind", "format")}}
    for name, (who, address) in links.items():
        assert chain.desk(who).get("/my_tasks").html.find("a", href=address), name
        chain.act(who, path, name, **data.get(name, {}))


def test_everybody_in_the_chain_has_an_entrance(chain, path):
    for who in LOGINS:
        assert chain.desk(who).get("/").html.find("a", href="/registers/outgoing_documents"), who
    assert not chain.desk("gz.clerk").get("/").html.find("a", href="/registers/outgoing_documents")
