"""The page of outside authorities: forms with files, each mistake at its field (R-26.1)."""

from cryptography.hazmat.primitives.serialization import Encoding

from govrepo.trust.lists import fingerprint
from tests.desk import words
from tests.pki import Authority

PATH = "/authorities"


def post(desk, act, status=303, files=(), **fields):
    data = [("act", act), *fields.items(), ("csrf_token", desk.token)]
    return desk.browser.post(PATH, data, upload_files=[(name, name, content) for name, content in files], status=status)


def test_trusted_listed_and_ended(desk):
    security, outside = desk("security"), Authority("省电子认证中心")
    file = ("file", outside.certificate.public_bytes(Encoding.DER))
    assert "没有外部CA" in words(security.get(PATH))
    wrong = post(security, "trust", 422, [file], fingerprint="00", basis="")
    assert {each["id"] for each in wrong.html.select(".gr-error")} == {"e-fingerprint", "e-basis"}
    post(security, "trust", files=[file], fingerprint=fingerprint(outside.certificate), basis="厅办〔2013〕9号")
    assert "缺，其证书不能使用" in words(security.get(PATH))
    bad = post(security, "take_list", 422, [("crl", b"x")])
    assert bad.html.select_one("#e-crl")
    post(security, "take_list", files=[("crl", outside.crl().public_bytes(Encoding.DER))])
    assert "缺，其证书不能使用" not in words(security.get(PATH))
    post(security, "end", 404, authority="x", reason="x")
    post(security, "end", 422, authority=fingerprint(outside.certificate), reason="")
    post(security, "end", authority=fingerprint(outside.certificate), reason="合同终止")
    assert "没有外部CA" in words(security.get(PATH))
    post(security, "nothing", 400)
    assert post(security, "trust", 422, fingerprint="00", basis="x").html.select_one("#e-file")
