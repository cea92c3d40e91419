"""The directory to choose from."""

from content_types.exchange_box import BoxKind
from tests.app import site
from views.recipients import addressable_boxes, groups_of


def test_the_groups_people_know(shared_app):
    with site(shared_app) as root:
        groups = dict(groups_of(root["exchange"]["foshan"]))
        assert len(groups["各地级以上市"]) == 20
        assert "shunde" in [name for name, _title in groups["顺德区"]]
        assert "caizheng" in [name for name, _title in groups["省政府各部门"]]
        assert list(groups)[-1].endswith("处室")


def test_neither_oneself_nor_a_closed_box(shared_app):
    with site(shared_app) as root:
        here, closed = root["exchange"]["foshan"], root["exchange"]["caizheng"]
        closed.state = "closed"
        found = addressable_boxes(here)
        closed.state = "normal"
        assert here not in found
        assert closed not in found
        assert found[-1].kind is BoxKind.DIVISION
