"""Drafting over HTTP: nothing typed is lost, rules at their fields, whose draft it is, files, import, preview (domain.md 5.1, 7.2)."""

import re
import threading

import pytest
from pyramid.traversal import find_resource, resource_path
from webtest import Upload

from content_types.register_entry import Channel, Facts
from govrepo import clock
from policies import draft_preview, drafting
from policies.drafting_desk import begin
from policies.registering import enter_in_register
from tests.app import site
from tests.desk import journaled, path_of, words
from tests.policies.bench import Bench

BOX = "/exchange/gd-office"
BODY = "各地要高度重视。\n一、加强领导\n各地要加强领导。"
TYPED = {
    "began": "0", "title": "关于做好2013年春运工作的通知", "kind": "通知", "urgency": "urgent", "classification": "", "openness": "public",
    "body": BODY, "note": "此件公开发布", "mains_text": "各地级以上市人民政府", "copies_printed": "30", "mains": "guangzhou",
}  # fmt: skip


@pytest.fixture(scope="module")
def officer(desk):
    return desk("zh1.officer")


def saved(officer, **fields):
    """The address of a draft that was saved once."""
    return path_of(officer.post(f"{BOX}/draft", TYPED | fields)).removesuffix("/edit")


def words_of(part):
    """The text of a part of a page."""
    return " ".join(part.html.text.split())


def value(page, name):
    field = page.html.find(attrs={"name": name})
    if field.name == "select":
        return field.find("option", selected=True)["value"]
    return field.get("value", "") if field.name == "input" else field.text.removeprefix("\n")


def document(root, path):
    return find_resource(root, path)


def test_the_outbox_leads_to_a_new_draft_for_who_may(desk, officer):
    assert officer.get(f"{BOX}/drafts").html.find("a", href=f"{BOX}/draft")
    assert not desk("office.leader").get(f"{BOX}/drafts").html.find("a", href=f"{BOX}/draft")
    assert not officer.get("/exchange/gd-office-zh1/drafts").html.find("a", href="/exchange/gd-office-zh1/draft")


def test_what_was_typed_is_kept(officer):
    page = officer.get(saved(officer) + "/edit")
    for name in ("title", "body", "note", "mains_text", "copies_printed", "kind", "urgency", "openness"):
        assert value(page, name) == TYPED[name]
    assert page.html.find("input", {"name": "mains", "value": "guangzhou"}).has_attr("checked")


def test_looking_and_asking_save_nothing(shared_app, officer):
    def count():
        with site(shared_app) as root:
            return sum(
                len(month)
                for unit in root["outgoing"].values()
                for desk in unit.values()
                for month in desk.values()
                if hasattr(month, "values")
            )

    before = count()
    officer.get(f"{BOX}/draft")
    for name in ("draft_check", "draft_preview"):
        officer.post(f"{BOX}/{name}", TYPED, status=200)
    officer.post(f"{BOX}/draft", TYPED | {"then": "more"}, status=200)
    officer.post(f"{BOX}/draft", TYPED | {"classification": "secret"}, status=422)
    assert count() == before


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"classification": "secret"}, "classification", "涉密文件不得在本系统起草"),
        ({"body": "甲" * 101}, "body", "文字过长"),
        ({"attachment_text": "甲" * 101}, "attachments", "附件过多或者过长"),
    ],
)
def test_what_is_refused_comes_back_as_it_was_typed(officer, monkeypatch, fields, field, said):
    monkeypatch.setitem(drafting.LONGEST, "body", 100)
    monkeypatch.setattr(drafting, "LONGEST_ATTACHMENTS", 100)
    data = TYPED | {"attachment_title": "名单", "attachment_text": "甲"} | fields
    page = officer.post(f"{BOX}/draft", data, status=422)
    assert said in page.html.find(id=f"e-{field}").text
    for name in ("title", "body", "note", "attachment_title", "attachment_text"):
        assert value(page, name) == data[name]


def test_a_text_beyond_all_bounds_is_no_form(officer, monkeypatch):
    """What is longer than a policy ever takes is refused before it is looked at, with a page, not with an error of the server's."""
    monkeypatch.setattr("views.forms.LONGEST_BODY", 300)
    monkeypatch.setattr("views.forms.LONGEST_TEXT", 200)
    for name, most in (("body", 300), ("attachment_text", 300), ("note", 200)):
        officer.post(f"{BOX}/draft", TYPED | {name: "甲" * (most + 1)}, status=400)


@pytest.mark.parametrize("name", ["urgency", "openness", "kind", "series"])
def test_a_choice_that_is_none_takes_the_first(officer, name):
    page = officer.get(saved(officer, **{name: "x"}) + "/edit")
    field = page.html.find("select", {"name": name})
    assert field.find("option", selected=True) in (None, field.find("option"))


@pytest.mark.parametrize("name", ["mains", "issuers", "answers"])
def test_what_is_not_offered_is_not_chosen(officer, name):
    page = officer.get(saved(officer, **{name: "x"}) + "/edit")
    assert not page.html.find_all("input", {"name": name}, checked=True)


@pytest.mark.parametrize("text", ["9" * 50, "-1", "x", "٣"])
def test_a_number_that_is_none_is_left_out(officer, text):
    assert value(officer.get(saved(officer, copies_printed=text) + "/edit"), "copies_printed") == ""


# Rules while typing.


def test_rules_are_said_at_their_fields_while_typing(officer):
    typed = TYPED | {"kind": "请示", "title": "关于甲的通知", "note": "", "copies": "foshan", "body": ""}
    page = officer.post("/exchange/gd-government/draft_check", typed, status=200)
    live = {each["id"].removeprefix("live-"): each.text.strip() for each in page.html.select("[hx-swap-oob]")}
    assert "请示应在附注处注明联系人" in live["note"]
    assert "请示不得同时抄送下级机关" in live["copies"]
    assert "标题没有以文种“请示”结尾" in live["title"]
    assert "请填写正文" in live["body"]
    assert live["kind"] == ""


def test_the_outline_and_the_count_are_shown(officer):
    page = officer.post(f"{BOX}/draft_check", TYPED, status=200)
    assert [each.text for each in page.html.select(".gr-outline li")] == ["一、加强领导"]
    assert "要素齐全，可以送核稿" in page.text
    assert f"{len(BODY)} 字" in page.html.text


def test_what_is_said_while_typing_is_said_in_english_too(desk):
    clerk = desk("fs.clerk")
    clerk.post("/language", {"locale": "en", "return_to": "/"})
    page = clerk.post("/exchange/foshan/draft_check", TYPED | {"title": "", "mains": "gd-office"}, status=200)
    assert "1 to be mended before review" in words_of(page)
    assert "Outline" in words_of(page)


def test_s_8_the_signer_is_said(officer):
    page = officer.post(f"{BOX}/draft_check", TYPED | {"important": "yes"}, status=200)
    assert "主要负责人签发" in page.html.find(id="live-important").text


def test_submitting_an_empty_draft_names_everything_and_keeps_it(officer):
    page = officer.post(f"{BOX}/draft", {"began": "0", "note": "只有附注", "then": "submit"}, status=422)
    for said in ("请填写标题", "请选择文种", "请填写正文", "请选择主送机关"):
        assert said in words(page)
    assert value(page, "note") == "只有附注"
    assert page.html.find("form", id="f-form")["action"].endswith("/edit")


def test_what_is_missing_is_shown_on_demand(officer):
    path = saved(officer, title="")
    assert not officer.get(f"{path}/edit").html.find(id="errors")
    page = officer.get(f"{path}/edit?check=1")
    assert "请填写标题" in page.html.find(id="errors").text
    assert not page.html.find(id="overtaken")


def test_a_complete_draft_is_submitted_and_edited_no_more(shared_app, officer):
    path = saved(officer, then="save")
    answer = officer.post(f"{path}/edit", TYPED | {"began": "1", "then": "submit"})
    assert path_of(answer) == f"{path}/"
    assert path_of(officer.get(f"{path}/edit", status=303)) == f"{path}/"
    officer.post(f"{path}/edit", TYPED | {"began": "2"}, status=403)
    with site(shared_app) as root:
        assert document(root, path).state == "review"


# Two at once.


def test_a_later_save_does_not_write_over_an_earlier_one(shared_app, officer):
    path = saved(officer)
    officer.post(f"{path}/edit", TYPED | {"began": "1", "body": BODY + "\n先存的。"})
    page = officer.post(f"{path}/edit", TYPED | {"began": "1", "body": BODY + "\n后存的。"}, status=422)
    assert "已于" in page.html.find(id="errors").text
    assert page.html.select(".gr-difference-changed del")[-1].text == "先"
    assert page.html.select(".gr-difference-changed ins")[-1].text == "后"
    assert value(page, "body").endswith("后存的。")
    with site(shared_app) as root:
        assert document(root, path).body.endswith("先存的。")
    officer.post(f"{path}/edit", TYPED | {"began": value(page, "began"), "body": BODY + "\n后存的。"})
    with site(shared_app) as root:
        assert document(root, path).body.endswith("后存的。")
        assert document(root, path).versions.get(2).body.endswith("先存的。")


@pytest.mark.parametrize("then", ["more", "import"])
def test_what_only_shows_the_form_again_does_not_hide_a_later_save(officer, then):
    path = saved(officer)
    officer.post(f"{path}/edit", TYPED | {"began": "1", "body": BODY + "\n先存的。"})
    data = [*(TYPED | {"began": "1"}).items(), ("then", then), ("source", Upload("稿.txt", "甲".encode()))]
    page = officer.post(f"{path}/edit", data, status=200)
    officer.post(f"{path}/edit", TYPED | {"began": value(page, "began")}, status=422)


def test_a_form_without_its_count_saves_nothing(officer):
    path = saved(officer)
    for began in ({}, {"began": "x"}, {"began": "9" * 99}):
        officer.post(f"{path}/edit", {"title": "x"} | began, status=422)


def test_checking_out_and_in(officer, desk):
    path = saved(officer)
    assert "您已签出" in words(officer.post(f"{path}/hold", {"act": "check_out"}).follow())
    assert "签出修改" in words(desk("zh1.head").get(f"{path}/versions"))
    assert "您已签出" not in words(officer.post(f"{path}/hold", {"act": "check_in"}).follow())
    officer.post(f"{path}/hold", {"act": "check_in"}, status=403)
    officer.post(f"{path}/hold", {"act": "sign"}, status=400)


# Who may.


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("zh1.head", 403),
        ("office.leader", 403),
        ("office.plate", 403),
        ("zh2.officer", 404),
        ("zh1.receiver", 404),
        ("office.registry1", 404),
        ("admin", 404),
        ("auditor", 404),
        ("security", 404),
        ("gz.clerk", 404),
    ],
)
def test_7_2_nobody_else_edits(shared_app, officer, desk, login, status):
    """Who works on the document is told why not; others do not learn that it exists."""
    path, other = saved(officer), desk(login)
    other.get(f"{path}/edit", status=status)
    for name, data in (
        ("edit", TYPED),
        ("check", TYPED),
        ("preview", TYPED),
        ("hold", {"act": "check_out"}),
        ("take_back", {"version": "1", "began": "1"}),
    ):
        other.post(f"{path}/{name}", data, status=status)
    assert journaled(shared_app, result="refused")[-1].actor.startswith("person:")


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("zh1.head", 200),
        ("office.leader", 200),
        ("office.plate", 403),
        ("zh2.officer", 404),
        ("admin", 404),
        ("auditor", 404),
        ("gz.clerk", 404),
    ],
)
def test_7_2_who_reads_the_versions(officer, desk, login, status):
    desk(login).get(f"{saved(officer)}/versions", status=status)


def test_r_24_5_a_colleague_of_the_same_division_does_not_edit(shared_app, officer):
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        colleague = bench.as_role(bench.person("zh1.receiver"), "case_officer@division:zh1")
        path = resource_path(begin(bench.box("gd-office"), colleague))
    assert "只能由本件的经办人办理" in words(officer.get(f"{path}/edit", status=403))
    for name in ("edit", "check", "preview"):
        officer.post(f"{path}/{name}", TYPED, status=403)


# Answering what came in.


def test_s_4_a_register_entry_is_answered_from_its_page(shared_app, officer, desk):
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        facts = Facts("佛山市人民政府", "关于甲的请示", clock.now(), Channel.PAPER, kind="请示")
        entry = enter_in_register(bench.box("gd-office"), facts, bench.actor("office.registry1"))
        bench.act("office.registry1", entry, "propose", note="请办")
        bench.act("office.registry1", entry, "hand_to", lead=root["units"]["gd-office"]["zh1"], due=None)
        place, uid = resource_path(entry), entry.uid
    link = officer.get(f"{place}/").html.find("a", string="拟稿答复")
    assert not desk("office.registry1").get(f"{place}/").html.find("a", string="拟稿答复")
    page = officer.get(link["href"])
    assert page.html.find("input", {"name": "answers", "value": uid}).has_attr("checked")
    assert page.html.find("input", {"name": "mains", "value": "foshan"}).has_attr("checked")
    assert value(page, "kind") == "批复"
    path = saved(officer, answers=uid, kind="批复")
    with site(shared_app) as root:
        assert [each.uid for each in document(root, path).answers] == [uid]
    page = desk("zh2.officer").get(link["href"])
    assert not page.html.find("input", {"name": "answers"})


# The preview, and what else the page shows.


def test_the_preview_is_an_image_of_what_is_typed(officer):
    answer = officer.post(f"{BOX}/draft_preview", TYPED, status=200)
    assert (answer.content_type, answer.body[:4]) == ("image/png", b"\x89PNG")
    assert (answer.headers["Govrepo-Shown"], answer.headers["Govrepo-Pages"]) == ("2", "2")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_busy_press_says_so(officer, monkeypatch):
    monkeypatch.setattr(draft_preview, "_AT_ONCE", threading.BoundedSemaphore(1))
    with draft_preview._AT_ONCE:
        answer = officer.post(f"{BOX}/draft_preview", TYPED, status=503)
    assert answer.content_type == "text/plain"
    assert "请稍后" in answer.text


def test_why_it_came_back_stands_on_top(officer, desk):
    path = saved(officer)
    officer.post(f"{path}/edit", TYPED | {"began": "1", "then": "submit"})
    app = officer.app
    with site(app) as root:
        bench = Bench(root, app.registry)
        bench.act("zh1.head", document(root, path), "return", note="请补充依据。")
    page = words(officer.get(f"{path}/edit"))
    assert "核稿退回" in page
    assert "请补充依据。" in page


def test_what_was_typed_is_never_taken_for_markup(officer):
    payload = '"><img src=x onerror=alert(1)>${1/0}<script>alert(1)</script>'
    data = TYPED | dict.fromkeys(
        ("title", "body", "note", "mains_text", "attendees", "attachment_title", "attachment_text"), payload
    )
    path = path_of(officer.post(f"{BOX}/draft", data)).removesuffix("/edit")
    pages = [
        officer.get(f"{path}/edit"),
        officer.get(f"{path}/versions"),
        officer.post(f"{path}/check", data, status=200),
        officer.post(f"{path}/edit", data | {"began": "0", "body": payload + "甲"}, status=422),
        officer.post(f"{path}/edit", data | {"began": "1", "then": "more"}, status=200),
    ]
    for page in pages:
        assert "<img src=x" not in page.text
        assert "<script>alert" not in page.text
    assert value(pages[0], "body") == payload
    officer.post(f"{path}/preview", data, status=200)


def test_a_unit_without_divisions_drafts_too(shared_app, desk):
    clerk = desk("jm.clerk")
    path = path_of(clerk.post("/exchange/jiangmen/draft", TYPED | {"mains": "gd-office"})).removesuffix("/edit")
    with site(shared_app) as root:
        assert (document(root, path).division, document(root, path).__parent__.__parent__.__name__) == (
            None,
            "desk-jiangmen",
        )
    assert (
        path_of(clerk.post(f"{path}/edit", TYPED | {"began": "1", "mains": "gd-office", "then": "submit"}))
        == f"{path}/"
    )


def test_the_form_names_its_fields(officer):
    page = officer.get(f"{BOX}/draft")
    for field in page.html.find(id="f-form").find_all(["input", "select", "textarea"]):
        if field.get("type") not in ("hidden", "checkbox", "search"):
            assert page.html.find("label", {"for": field["id"]}), field
    assert re.search(r'hx-post="/exchange/gd-office/draft_check"', page.text)
