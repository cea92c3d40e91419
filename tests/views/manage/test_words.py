"""Roles, scopes, permissions and persons in words."""

import pytest

from govrepo.i18n import plain
from govrepo.security.acl import Authenticated
from policies.permissions import Permission
from tests.app import site
from views.manage.words import carrier_words, one_person, permission_words, principal_words, role_words, scope_words


@pytest.fixture
def root(shared_app):
    with site(shared_app) as found:
        yield found


def test_every_permission_has_words(shared_app):
    lacking = [each for each in Permission if not permission_words(each)]
    assert lacking == [], "no act names them: give them words in views/manage/words.py"
    assert plain(permission_words(Permission.DELIVERY_SIGN_FOR)) == "签收、收回代收件"


def test_principals_in_words(root):
    assert plain(principal_words(root, "receiver@division:zh1")) == "综合一处 收文员"
    assert plain(principal_words(root, "unit_clerk@unit:jiangmen")) == "江门市 单位收发员"
    assert plain(principal_words(root, "auditor@site")) == "全站 审计员"
    assert plain(principal_words(root, Authenticated)) == "已登录人员"
    assert (role_words("person:p1"), scope_words(root, "x@unit:none"), scope_words(root, "x@division:none")) == (
        "person:p1", "unit:none", "division:none",
    )  # fmt: skip


def test_carriers_in_words(root):
    assert plain(carrier_words(root)) == "站点"
    assert (carrier_words(root["exchange"]["jiangmen"]), carrier_words(root["units"])) == ("江门市", "units")


def test_a_person_by_login_id_or_name(root):
    person = root.logins["jm.clerk"]
    for words in ("jm.clerk", " JM.Clerk ", person.id, person.name):
        assert one_person(root, words) == (person, None)
    other = root.logins["jm.approver"]
    other.name, kept = person.name, other.name
    found, error = one_person(root, person.name)
    assert found is None
    assert "jm.clerk" in plain(error)
    other.name = kept
    assert plain(one_person(root, " ")[1]) == "请填写账号、姓名或编号。"
    assert plain(one_person(root, "nobody")[1]) == "没有这个人。"
