"""Lines of lists say what the registers know."""

from policies import delivery, dispatch
from tests.app import site
from tests.attacks import scene
from tests.policies.bench import Bench
from views.rows import DELIVERY_BADGES, DISPATCH_BADGES, delivery_row, dispatch_rows


def test_every_state_has_its_badge():
    assert set(DELIVERY_BADGES) == set(delivery.STATES)
    assert set(DISPATCH_BADGES) == set(dispatch.STATES)


def test_a_line_of_the_inbox_and_of_the_outbox(shared_app):
    with site(shared_app) as root:
        signed = scene.delivery(scene.OFFICE, "open", "sign_for")(Bench(root, shared_app.registry))
        line = delivery_row(None, signed)
        assert (line["by"], line["opened"], line["recall_asked"]) == (signed.signed_by.name, True, False)
        assert line["url"].endswith(f"{signed.__name__}/")
        (sent,) = dispatch_rows(signed.dispatch.box, [signed.dispatch])
        assert (sent["signed"], sent["recipients"]) == (1, 1)
