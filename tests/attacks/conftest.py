from tests.govrepo.security.fixtures import browser, build, web

__all__ = ["browser", "build", "web"]
