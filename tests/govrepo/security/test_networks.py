import pytest

from govrepo.security import networks


@pytest.mark.parametrize(
    ("setting", "address", "allowed"),
    [
        ("", "203.0.113.9", True),
        ("", "", True),
        ("10.1.0.0/16", "10.1.2.3", True),
        ("10.1.0.0/16", "10.2.2.3", False),
        ("10.1.0.0/16, fd00::/8", "fd00::7", True),
        ("10.1.0.0/16", "fd00::7", False),
        ("10.1.0.0/16", "", False),
        ("10.1.0.0/16", "no address", False),
    ],
)
def test_which_addresses_are_allowed(setting, address, allowed):
    assert networks.allows(networks.parse(setting), address) is allowed


def test_a_wrong_network_names_the_setting():
    with pytest.raises(ValueError, match=r"govrepo\.networks.*10\.1\.0\.0/99"):
        networks.parse("10.1.0.0/99")


def test_strangers_are_refused_and_journaled_once(build):
    web = build(networks="10.0.0.0/24")
    assert web.browser().log_in().status_int == 303
    answer = web.browser(REMOTE_ADDR="203.0.113.9").get("/login")
    assert answer.status_int == 403
    assert "规定的网络" in answer.text
    [entry] = [entry for entry in web.entries() if entry.result == "refused"]
    assert (entry.action, entry.subject, entry.address) == ("site.enter", "/login", "203.0.113.9")


def test_a_header_cannot_claim_an_address(build):
    web = build(networks="10.0.0.0/24")
    stranger = web.browser(REMOTE_ADDR="203.0.113.9")
    assert stranger.get("/login", headers={"X-Forwarded-For": "10.0.0.7"}).status_int == 403
