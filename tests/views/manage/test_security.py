"""Security: the grid is what the policy says, local and inherited cells are told apart, differences from the table are marked."""

import pytest

from policies.permissions import Permission as P
from policies.roles import BOX_GRANTS
from tests.app import site
from tests.attacks import scene
from tests.desk import words
from tests.policies.bench import Bench
from tests.policies.test_access_proposal import executed
from views.manage.security import grid

FORM = {
    "effect": "remove", "role": "unit_clerk", "scope": "unit:zhuhai", "permission": str(P.DISPATCH_RECALL),
    "since": "2013-01-07", "until": "2013-02-01", "basis": "粤府办〔2013〕1号", "reason": "试点",
}  # fmt: skip


def cell(page, permission, role):
    """The cell of the grid as a reader hears it, or an empty text."""
    heads = [head.text for head in page.html.select(".gr-grid thead th")]
    column = next(number for number, head in enumerate(heads) if head.startswith(role))
    row = next(row for row in page.html.select(".gr-grid tbody tr") if row.th.code.text == permission)
    return row.select("th, td")[column]


def test_the_grid_of_a_box_is_that_of_the_table(shared_app):
    with site(shared_app) as root:
        box = root["exchange"]["zhuhai"]
        columns, rows = grid(root, box)
        for role, kinds, permissions in BOX_GRANTS:
            if box.kind in kinds:
                column = next(
                    each
                    for each in columns
                    if each.cells[permissions[0]].state == "local"
                    and len([cell for cell in each.cells.values() if cell.state == "local"]) == len(set(permissions))
                )
                assert {name for name, cell in column.cells.items() if cell.state == "local"} == set(
                    map(str, permissions)
                ), role
                assert not any(cell.differs for cell in column.cells.values())
        assert rows[-1] not in {str(each) for _role, _kinds, permissions in BOX_GRANTS for each in permissions}


def test_local_inherited_and_empty_cells(desk):
    page = desk("auditor").get("/exchange/zhuhai/@@security")
    assert "本级给予" in cell(page, P.DELIVERY_SIGN_FOR, "单位收发员").text
    assert not cell(page, P.DELIVERY_SIGN_FOR, "核准人").text.strip()
    inherited = cell(page, P.MANAGE_VIEW, "审计员")
    assert "继承自 站点" in inherited.text
    assert inherited.a["href"] == "/@@security"


def test_alike_scopes_share_a_column(desk):
    page = desk("auditor").get("/exchange/gd-office/@@security")
    heads = [" ".join(head.text.split()) for head in page.html.select(".gr-grid thead th")]
    assert len([head for head in heads if head.startswith("经办人")]) == 1
    assert any("等 12 个范围" in head for head in heads)


def test_an_object_without_an_acl_shows_where_its_rights_come_from(shared_app, desk):
    path = scene.make(shared_app, "signed_office")["signed_office"]
    page = desk("admin").get(f"{path}/@@security")
    assert "继承自" in cell(page, P.DELIVERY_READ, "机要档案科收文员").text
    assert "/exchange/gd-government/@@security" in page.text
    assert page.html.find("form", action=f"{path}/@@propose") is None
    assert "春运" not in page.text


def test_a_difference_from_the_table_is_marked_and_leads_to_its_proposal(shared_app, desk):
    with site(shared_app) as root:
        bench = Bench(root, shared_app.registry)
        taken = executed(
            bench, role="unit_clerk", scope="unit:jiangmen", permission=str(P.DISPATCH_RECALL), allowed=False
        )
        executed(bench)
        uid = taken.uid
    page = desk("auditor").get("/exchange/jiangmen/@@security")
    removed = cell(page, P.DISPATCH_RECALL, "单位收发员")
    assert removed["data-differs"] == "removed"
    assert removed.a["href"].endswith(f"/{uid}/")
    assert cell(page, P.BOX_VIEW, "值班员")["data-differs"] == "added"
    assert "data-differs" not in cell(page, P.DISPATCH_SEND, "单位收发员").attrs


def test_a_proposal_from_the_form(desk):
    answer = desk("admin").post("/exchange/zhuhai/@@propose", FORM)
    page = answer.follow()
    assert "已提交审计员审核" in page.text
    assert "2013-02-02 00:00" in words(page), "the last day counts to its end"
    assert "本级给予" in cell(desk("admin").get("/exchange/zhuhai/@@security"), P.DISPATCH_RECALL, "单位收发员").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"basis": ""}, "请写明依据"),
        ({"since": "soon"}, "日期的写法"),
        ({"until": "9999-12-31"}, "日期的写法"),
        ({"since": ""}, "请填写起始日期"),
        ({"role": "administrator", "scope": "site"}, "没有人可以审核"),
        ({"scope": "unit:atlantis"}, "没有这样的范围"),
    ],
)
def test_a_wrong_field_comes_back_with_everything_typed(desk, wrong, said):
    page = desk("admin").post("/exchange/zhuhai/@@propose", FORM | wrong, status=422)
    assert said in words(page)
    assert page.html.find("textarea", id="f-reason").text == "试点"
    assert page.html.find("option", value=str(P.DISPATCH_RECALL)).has_attr("selected")


def test_r_8_2_there_is_no_way_to_change_an_acl_directly(desk):
    for view in ("@@security", "@@acl", "@@acl_edit"):
        desk("admin").post(f"/exchange/zhuhai/{view}", FORM, status=404)
    desk("auditor").post("/units/zhuhai/@@propose", FORM, status=403)
