"""Properties: the declared facts of each type, never a document's content (R-8.3)."""

import pytest

from tests.app import site
from tests.attacks import scene
from tests.desk import words


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", "site"),
        ("/units/gd-office", "制版系统"),
        ("/units/gd-office/zh2", "处室代码"),
        ("/exchange/foshan", "每日查收次数"),
        ("/people/p0001", "账号"),
        ("/outgoing", "/outgoing"),
    ],
)
def test_the_facts_of_each_type(desk, address, said):
    assert said in words(desk("admin").get(f"{address.rstrip('/')}/@@properties"))


def test_an_appointment_too(shared_app, desk):
    with site(shared_app) as root:
        (uid,) = root["people"]["p0001"].keys()
    assert "依据" in words(desk("admin").get(f"/people/p0001/{uid}/@@properties"))


def test_nothing_of_a_document(shared_app, desk):
    made = scene.make(shared_app, "signed_office")
    page = words(desk("admin").get(f"{made['signed_office']}/@@properties"))
    for content in ("春运", "扫描.pdf", "江上舟"):
        assert content not in page
