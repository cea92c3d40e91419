from tests.govrepo.security.fixtures import browser, build, public, web

__all__ = ["browser", "build", "public", "web"]
