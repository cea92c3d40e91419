"""Revoking and repealing what was sent as files, over HTTP (S-9)."""

from datetime import date

from pyramid.traversal import resource_path

from content_types.production import LegalChange, LegalState
from govrepo import clock
from govrepo.catalog import register
from policies.registering import enter_in_register
from tests.app import site
from tests.attacks import scene
from tests.desk import path_of, rows, words
from tests.policies.bench import Bench


def test_s_9_the_issuer_repeals_on_the_sendings_page(shared_app, desk):
    path = scene.make(shared_app, "sent")["sent"]
    approver = desk("jm.approver")
    assert "撤销、废止" in words(approver.get(f"{path}/"))
    assert "撤销、废止" not in words(desk("jm.clerk").get(f"{path}/"))
    page = approver.post(f"{path}/legal", {"act": "repeal", "note": "不再适用"}, status=422)
    assert "请填写通知的文号" in words(page)
    assert "请填写废止日期" in words(page)
    assert "不再适用" in str(page)
    approver.post(
        f"{path}/legal", {"act": "repeal", "note": "不再适用", "notice": "江府〔2030〕1号", "day": "2030-02-01"}
    )
    with site(shared_app) as root:
        document = root_document(root, path)
        assert (document.legal_state, str(document.legal_date)) == (LegalState.REPEALED, "2030-02-01")
    assert "本件已撤销或者废止" in words(approver.get(f"{path}/legal"))


def root_document(root, path):
    found = root
    for name in path.strip("/").split("/"):
        found = found[name]
    return found.document


def test_s_9_every_copy_shows_it(shared_app, desk):
    """The delivery before and after opening, reading beside a list, the inbox, the register, the search, the sheets of a print."""
    made = scene.make(shared_app, "signed_office")
    path, clerk = made["signed_office"], desk("office.registry1")
    printed = path_of(clerk.post(f"{path}/take", {"act": "print", "file": made["f"]}))
    with site(shared_app) as root:
        document = root_document(root, path)
        document.title = "关于撤销的试验"
        document.legal_state = LegalState.REVOKED
        change = LegalChange(clock.now(), None, LegalState.REVOKED, document.date, "不当", "江府〔2013〕9号")
        document.legal_changes = (change,)
        register(root, "items").changed(document)
    said = "本件已撤销，自始无效（江府〔2013〕9号）"
    assert said in words(clerk.get(f"{path}/"))
    assert said in clerk.get(f"{path}/beside").text
    assert said in clerk.get(printed).text
    assert "已撤销" in next(row for row in rows(clerk.get("/exchange/gd-government/signed")) if "关于撤销的试验" in row)
    assert "已撤销" in next(row for row in rows(clerk.get("/search?year=2013")) if "关于撤销的试验" in row)


def test_s_9_the_envelope_and_the_register_show_it(shared_app, desk):
    path = scene.make(shared_app, "pending_office")["pending_office"]
    with site(shared_app) as root:
        document = root_document(root, path)
        document.legal_state = LegalState.REPEALED
        change = LegalChange(clock.now(), None, LegalState.REPEALED, date(2013, 2, 1), "不再适用", "江府〔2013〕9号")
        document.legal_changes = (change,)
    clerk = desk("office.registry1")
    said = "本件已废止，自2013年2月1日起失效（江府〔2013〕9号）"
    assert said in words(clerk.get(f"{path}/"))
    clerk.post(f"{path}/open")
    clerk.act(path, "sign_for")
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        entry = enter_in_register(bench.box("gd-office"), scene.PAPER, bench.actor("office.registry1"))
        entry.delivery = root_delivery(root, path)
        address = resource_path(entry)
    assert "已废止" in words(clerk.get(f"{address}/"))
    assert "已废止" in " ".join(rows(clerk.get("/exchange/gd-office/entries")))


def root_delivery(root, path):
    found = root
    for name in path.strip("/").split("/"):
        found = found[name]
    return found
