"""Buttons and refusals."""

import pytest
from pyramid.testing import DummyRequest

from policies.engine import Reason, Refused
from tests.app import site
from tests.attacks import scene
from tests.policies.bench import Bench
from views.acts import buttons, mend, url

KEPT = {"action": "delivery.return", "subject": "/x", "reason": "why", "subject_uid": "r1"}


def test_what_a_field_can_mend_is_said_at_the_field():
    request = DummyRequest()
    refused = Refused((Reason("请选择", "P-54", "reason"), Reason("请写明", "P-54", "note")), KEPT)
    assert mend(request, refused) == {"reason": "请选择", "note": "请写明"}
    assert request.response.status_int == 422
    assert "govrepo.refusal" in request.environ, "it is journaled all the same"


def test_what_no_field_can_mend_is_raised():
    refused = Refused((Reason("请选择", "P-54", "reason"), Reason("状态不对", "")), KEPT)
    with pytest.raises(Refused):
        mend(DummyRequest(), refused)


def test_buttons_rest_with_their_reasons(shared_app):
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        delivery = scene.delivery(scene.OFFICE)(bench)
        request = DummyRequest(actor=bench.actor("office.registry1"))
        shown = buttons(request, delivery, ("sign_for", "distribute", "open"))
        assert list(shown) == ["sign_for", "open"], "only acts of this state, in the order asked for"
        assert not shown["sign_for"].allowed
        assert [reason.article for reason in shown["sign_for"].reasons] == ["P-51"]
        assert shown["open"].allowed
        assert set(buttons(request, delivery)) >= {"sign_for", "open", "return"}


def test_addresses(shared_app):
    with site(shared_app) as root:
        assert url(root["exchange"]["foshan"], "waiting") == "/exchange/foshan/waiting"
        assert url(root, "@@work") == "/@@work"
