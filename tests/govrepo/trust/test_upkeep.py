"""The timed job: a new list before the old one goes stale, none without need."""

from datetime import timedelta

from govrepo import clock
from tests.app import drain, running, site
from tests.pki import found_authorities


def test_a_list_is_signed_before_the_old_one_is_stale(tmp_path):
    with running(tmp_path, organisation=False) as app:
        found_authorities(app)
        drain(app)
        with site(app) as root:
            assert root.trust.crl_number == 2, "one of users, one of seals"
        with clock.frozen(clock.now() + timedelta(days=5)):
            drain(app)
        with site(app) as root:
            assert root.trust.crl_number == 4
