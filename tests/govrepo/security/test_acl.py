import pyramid.authorization

from govrepo.security import acl


def test_the_names_are_those_the_authorization_policy_compares_with():
    """In Pyramid 2 two modules hold names that look alike and are not equal."""
    assert acl.ACLAuthorizationPolicy is pyramid.authorization.ACLAuthorizationPolicy
    for name in ("Allow", "Deny", "Everyone"):
        assert getattr(acl, name) is getattr(pyramid.authorization, name)


def test_denying_all_denies_all():
    class Closed:
        __acl__ = [acl.DENY_ALL]  # noqa: RUF012

    assert not acl.ACLAuthorizationPolicy().permits(Closed(), [acl.Everyone, acl.Authenticated], "view")
