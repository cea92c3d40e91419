"""The text that is signed, and when a signature over it is taken (R-25.1; prepare, sign, commit)."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from govrepo import clock
from govrepo.trust.attestation import (
    LIFETIME,
    MOST_PREPARED,
    Attestation,
    AttestationError,
    Statement,
    canonical,
    nonce_in,
    one_line,
    prepare,
    take,
)
from govrepo.trust.envelope import Envelope
from govrepo.trust.signatures import Signature, sign_text
from tests.pki import Authority, new_key

AT = datetime(2013, 1, 7, 2, 0, tzinfo=UTC)
SAID = Statement(
    "https://x.gov.cn", "签收 (delivery.sign_for)", "通知", "r1", "/exchange/a", "d1", "张三 (person:p1)", "收文员"
)
ACT = "delivery.sign_for"


@pytest.fixture(autouse=True)
def _frozen():
    with clock.frozen(AT):
        yield


def envelope(prepared, text=None):
    return Envelope(prepared.text if text is None else text, b"", b"")


def refused(waiting, signed, act=ACT, said=SAID):
    with pytest.raises(AttestationError) as error:
        take(waiting, signed, act, said)
    return str(error.value)


def test_the_text_is_lines_that_people_read():
    text = canonical(SAID, "0" * 32, AT, AT + LIFETIME)
    assert text.splitlines() == [
        "govrepo-attestation v1",
        "站点: https://x.gov.cn",
        "办理: 签收 (delivery.sign_for)",
        "对象: 通知",
        "编号: r1",
        "位置: /exchange/a",
        "版本摘要: d1",
        "签名人: 张三 (person:p1)",
        "身份: 收文员",
        f"一次性编号: {'0' * 32}",
        "生成时间: 2013-01-07T10:00:00+08:00",
        "有效期至: 2013-01-07T10:05:00+08:00",
    ]
    assert text.endswith("\n")
    assert nonce_in(text) == "0" * 32
    assert nonce_in("签收") == ""


@pytest.mark.parametrize("blank", ["\n", "\r\n", "\u2028", "\x00", "\u202e", "\x85", "\t  "])
def test_no_value_begins_a_line_of_its_own(blank):
    assert one_line(f"通知{blank}身份: 厅领导 ") == "通知 身份: 厅领导"


def test_a_text_is_taken_once():
    waiting = {}
    prepared = prepare(waiting, ACT, SAID)
    assert take(waiting, envelope(prepared), ACT, SAID) == prepared
    assert "已经用过" in refused(waiting, envelope(prepared))


def test_two_texts_for_the_same_act_differ():
    waiting = {}
    assert prepare(waiting, ACT, SAID).text != prepare(waiting, ACT, SAID).text
    assert len(waiting) == 2


def test_it_is_taken_for_its_act_on_its_object_as_it_was():
    waiting = {}
    signed = envelope(prepare(waiting, ACT, SAID))
    assert "另一件事" in refused(waiting, signed, act="delivery.return")
    assert "另一件事" in refused(waiting, signed, said=SAID._replace(uid="r2"))
    assert "内容有变" in refused(waiting, signed, said=SAID._replace(version="d2"))
    assert "与原文不符" in refused(waiting, signed._replace(text=signed.text.replace("通知", "通报")))
    assert "不是本系统" in refused(waiting, signed._replace(text="x"))
    take(waiting, signed, ACT, SAID)


@pytest.mark.parametrize("away", [LIFETIME, timedelta(days=1), -timedelta(seconds=1)])
def test_it_is_taken_within_five_minutes(away):
    waiting = {}
    signed = envelope(prepare(waiting, ACT, SAID))
    with clock.frozen(AT + away):
        assert "已过期" in refused(waiting, signed)
    with clock.frozen(AT + LIFETIME - timedelta(microseconds=1)):
        take(waiting, signed, ACT, SAID)


def test_what_has_expired_goes_and_the_oldest_make_room():
    waiting = {}
    for _ in range(MOST_PREPARED + 5):
        newest = prepare(waiting, ACT, SAID)
    assert len(waiting) == MOST_PREPARED
    assert newest.nonce in waiting
    with clock.frozen(AT + LIFETIME):
        prepare(waiting, ACT, SAID)
    assert len(waiting) == 1


def test_an_attestation_holds_as_long_as_its_parts_belong_together():
    key = new_key()
    with clock.frozen(datetime.now(UTC)):
        certificate = Authority().issue(key=key)

    signature = Signature("ES256", "raw", sign_text("原文\n", key))
    made = Attestation("原文\n", signature, certificate.public_bytes(Encoding.DER), serial="01", at=AT)
    assert made.holds()
    made.text = "别的\n"
    assert not made.holds()
