"""Logging in, logging out and changing one's own password (P-17).

Pages of their own, without the shell: nobody is known yet. What happens is decided in ``govrepo.security.logins``.
"""

from typing import Any
from urllib.parse import urlencode

from pyramid.exceptions import BadCSRFToken
from pyramid.httpexceptions import HTTPForbidden, HTTPSeeOther
from pyramid.renderers import render_to_response

from govrepo.i18n import _
from govrepo.security import logins, passwords, paths, proxy
from govrepo.security.accounts import rule
from govrepo.security.acl import NO_PERMISSION_REQUIRED

FRONT_PAGE = "/"
LONGEST_RETURN = 1000
NO_RETURN = frozenset({paths.LOGIN, paths.LOGOUT, paths.CERTIFICATE, paths.CHALLENGE})

WRONG = _("用户名或密码不正确。")
EXPIRED = _("页面已过期，请重新填写。")
WAIT = _("登录尝试次数过多，请在 ${seconds} 秒后再试。")
PROBLEMS = {
    logins.WRONG_PASSWORD: _("当前密码不正确。"),
    logins.NOT_REPEATED: _("两次输入的新密码不一致。"),
    passwords.TOO_SHORT: _("新密码至少 ${length} 个字符。"),
    passwords.TOO_LONG: _("新密码过长。"),
    passwords.IS_LOGIN: _("新密码不能与用户名相同。"),
    passwords.UNCHANGED: _("新密码不能与当前密码相同。"),
}


def login_form(request: Any) -> Any:
    """GET: the form; who is logged in already goes on."""
    came_from = own_path(request.GET.get("came_from", ""))
    if request.account is not None:
        return HTTPSeeOther(came_from)
    return _login_page(request, came_from)


def log_in(request: Any) -> Any:
    """POST: open a session and go on to where the visitor wanted; otherwise the form again, 401 or 429."""
    came_from = own_path(field(request, "came_from"))
    attempt = logins.log_in(request, field(request, "login"), field(request, "password"))
    if attempt.headers is not None:
        return HTTPSeeOther(came_from, headers=attempt.headers)
    return _login_page(request, came_from, _told(request, attempt, WRONG), attempt)


def log_out(request: Any) -> Any:
    """POST: close the session."""
    return HTTPSeeOther(paths.LOGIN, headers=logins.log_out(request))


def password_form(request: Any) -> Any:
    """GET: the form to change one's password."""
    return _password_page(request) if request.account else ask_to_log_in(request)


def change_password(request: Any) -> Any:
    """POST: change it, end all other sessions, and go on; otherwise the form again, 422 or 429."""
    if request.account is None:
        return ask_to_log_in(request)
    attempt = logins.change_password(
        request, field(request, "current"), field(request, "new"), field(request, "repeated")
    )
    if attempt.headers is not None:
        return HTTPSeeOther(FRONT_PAGE, headers=attempt.headers)
    problem = PROBLEMS.get(attempt.problem or "")
    return _password_page(request, _told(request, attempt, problem), attempt)


def ask_to_log_in(request: Any) -> Any:
    """Send a stranger to the login form and remember which page was wanted; what was posted is refused."""
    if not paths.is_reading(request):
        return _login_page(request, FRONT_PAGE, EXPIRED, status=403)
    return HTTPSeeOther(request.route_path("login", _query={"came_from": own_path(request.path_qs)}))


def form_expired(request: Any) -> Any:
    """The login form lay open too long: show a fresh one."""
    return _login_page(request, own_path(field(request, "came_from")), EXPIRED, status=400)


def own_path(text: str) -> str:
    """A path of this site as given, or the front page: nothing that could lead elsewhere, or back to these forms."""
    elsewhere = not text.startswith("/") or text.startswith("//") or "\\" in text
    if elsewhere or not text.isprintable() or len(text) > LONGEST_RETURN:
        return FRONT_PAGE
    return FRONT_PAGE if text.partition("?")[0] in NO_RETURN else text


def field(request: Any, name: str) -> str:
    """A text field; a file sent in its place counts as empty."""
    value = request.POST.get(name, "")
    return value if isinstance(value, str) else ""


def _told(request: Any, attempt: logins.Attempt, problem: Any) -> Any:
    """The message for a failed attempt, with its numbers filled in."""
    message = WAIT if attempt.wait else problem
    return message % {"seconds": attempt.wait, "length": rule(request, "password_min_length")}


def _login_page(request: Any, came_from: str, problem: Any = None, attempt: Any = None, status: int = 401) -> Any:
    values = {
        "came_from": came_from,
        "problem": problem,
        "samples": _samples(request),
        "by_certificate": proxy.mode(request.registry.govrepo_settings) != proxy.OFF,
        "certificate_address": f"{paths.CERTIFICATE}?{urlencode({'came_from': came_from})}",
    }
    return bare_page(request, "login", values, attempt, status if problem else 200)


def _password_page(request: Any, problem: Any = None, attempt: Any = None) -> Any:
    values = {
        "problem": problem,
        "due": passwords.is_due(request.account, rule(request, "password_days")),
        "min_length": rule(request, "password_min_length"),
        "login": request.account.login,
    }
    return bare_page(request, "password", values, attempt, 422 if problem else 200)


def bare_page(request: Any, name: str, values: dict[str, Any], attempt: Any, status: int) -> Any:
    """A page without the shell; 429 where the visitor must wait."""
    values["html_lang"] = "en" if request.locale_name == "en" else "zh-CN"
    response = render_to_response(f"views:templates/login/{name}.pt", values, request=request)
    response.status_int = status
    if attempt is not None and attempt.wait:
        response.status_int = 429
        response.headers["Retry-After"] = str(attempt.wait)
    return response


def _samples(request: Any) -> Any:
    """Sample logins as ``(login, password, who it is)``, shown on a developer's machine only."""
    hook = getattr(request.registry, "sample_logins", None)
    return hook(request) if hook and request.registry.govrepo_settings.developer else ()


def _pair(config: Any, name: str, path: str, form: Any, act: Any) -> None:
    """A route with a form and an act, open to strangers."""
    config.add_route(name, path)
    if form is not None:
        config.add_view(form, route_name=name, request_method="GET", permission=NO_PERMISSION_REQUIRED)
    config.add_view(act, route_name=name, request_method="POST", permission=NO_PERMISSION_REQUIRED)


def includeme(config: Any) -> None:
    """Register the three pages, and the login form as the answer to strangers."""
    _pair(config, "login", paths.LOGIN, login_form, log_in)
    _pair(config, "logout", paths.LOGOUT, None, log_out)
    _pair(config, "password", paths.PASSWORD, password_form, change_password)
    config.add_exception_view(ask_to_log_in, context=HTTPForbidden, anonymous=True)
    config.add_exception_view(form_expired, context=BadCSRFToken, route_name="login")
