"""Revoking and repealing what was sent as files, over HTTP (S-9)."""

from content_types.production import LegalState
from tests.app import site
from tests.attacks import scene
from tests.desk import words


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
