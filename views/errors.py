"""The pages that say what went wrong, in plain words and inside the shell: 400, 403, 404, 500, 503, 507.

A refused act carries its ``reasons`` (text and article); the 403 page shows them. After an unforeseen error people see
a number only; the trace goes to the log under the same number.
"""

import errno
import logging
import secrets
from typing import Any, Final

from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken
from pyramid.httpexceptions import HTTPBadRequest, HTTPForbidden, HTTPNotFound, HTTPServiceUnavailable

from govrepo import clock
from govrepo.security.refusals import flag

from .hiding import is_hidden
from .i18n import _
from .shell import BareShell

logger = logging.getLogger(__name__)

TEMPLATE: Final = "views:templates/shared/error.pt"
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def forbidden(error: Any, request: Any) -> dict[str, Any]:
    """403: what was refused and by which articles, as far as the refusal says; 404 for what the person may not know of."""
    if is_hidden(request):
        refusal = getattr(error, "refusal", {})
        flag(request, action=refusal.get("action", "box.enter"), subject=request.path, reason="not of this box")
        return not_found(error, request)
    reasons = [tuple(reason)[:2] for reason in getattr(error, "reasons", ())]
    words = (
        _("系统没有执行这项操作，原因如下。")
        if reasons
        else _("您的岗位没有这项权限。确有需要的，请向本单位的权限管理员申请。")
    )
    return _page(request, 403, _("不能进行这项操作"), words, reasons=reasons)


def not_found(_error: Any, request: Any) -> dict[str, Any]:
    """404: also the answer for what somebody may not know of."""
    return _page(request, 404, _("没有找到"), _("这个地址没有内容，或者不属于您的工作范围。"))


def bad_token(_error: Any, request: Any) -> dict[str, Any]:
    """400: the form's token does not fit this session."""
    words = _("页面打开的时间太长，或者您重新登录过，这次提交没有生效。请返回上一页，刷新后再提交。")
    return _page(request, 400, _("表单已过期"), words)


def bad_request(_error: Any, request: Any) -> dict[str, Any]:
    """400: the request makes no sense."""
    return _page(request, 400, _("请求无效"), _("系统看不懂这个请求，没有执行任何操作。"))


def unavailable(_error: Any, request: Any) -> dict[str, Any]:
    """503: try again later."""
    return _page(request, 503, _("暂时不能使用"), _("系统正忙或正在维护，没有执行任何操作。请稍后再试。"))


def not_stored(error: OSError, request: Any) -> dict[str, Any]:
    """507: the disk is full and the transaction was not kept; any other trouble of the system is a fault (500)."""
    if error.errno not in FULL:
        return failed(error, request)
    logger.error("no room left on the disk at %s %s", request.method, request.path)
    words = _("服务器的存储空间已满，这次操作没有生效，已有的内容不受影响。请通知技术服务组，处理后再试。")
    return _page(request, 507, _("存储空间已满"), words, shell=BareShell(request))


def failed(error: BaseException, request: Any) -> dict[str, Any]:
    """500: an incident number for people, the trace for the log. The page asks nothing of what may be broken."""
    incident = f"{clock.today():%Y%m%d}-{secrets.token_hex(3)}"
    logger.error("incident %s at %s %s", incident, request.method, request.path, exc_info=error)
    words = _("系统出错，这次操作没有生效。请稍后再试；如果仍然出错，请把下面的编号告诉技术服务组。")
    return _page(request, 500, _("系统出错"), words, incident=incident, shell=BareShell(request))


def _page(request: Any, status: int, title: str, words: str, **more: Any) -> dict[str, Any]:
    request.response.status_int = status
    return {"title": title, "words": words, "reasons": [], "incident": "", **more}


def includeme(config: Any) -> None:
    """Register a page for each kind of error; a visitor's 403 is the login's affair (``views/login.py``)."""
    pages = (
        (HTTPForbidden, forbidden),
        (HTTPNotFound, not_found),
        (BadCSRFToken, bad_token),
        (BadCSRFOrigin, bad_token),
        (HTTPBadRequest, bad_request),
        (HTTPServiceUnavailable, unavailable),
        (OSError, not_stored),
        (Exception, failed),
    )
    for context, view in pages:
        # A conflict that pyramid_retry will repeat is no error page yet, and no incident.
        config.add_exception_view(view, context=context, renderer=TEMPLATE, retryable_error=False)
