"""Every refusal leaves its entry in the journal, exactly one for a request; what cannot be journaled is not answered.

A refusal aborts the transaction, so its entry needs a commit of its own. This tween stands outside pyramid_tm, where
that transaction has ended. pyramid_retry repeats the tweens too, but only for errors that are no refusals: an attempt
that will be repeated is left alone, so the attempt that ends the request writes the one entry.

What counts as a refusal: an exception with an attribute ``refusal``; :func:`flag` (a failed login, a 404 that hides an
object of another box); a form token that does not fit; any 403. Asking a stranger to log in is none: nobody was
refused yet.
"""

import json
from typing import Any

from pyramid.exceptions import BadCSRFOrigin, BadCSRFToken
from pyramid.httpexceptions import HTTPForbidden
from pyramid.response import Response
from pyramid.tweens import EXCVIEW
from pyramid_retry import is_error_retryable

from govrepo.i18n import _
from govrepo.journal import REFUSED, Entry, Event, JournalUnavailableError
from govrepo.security import paths
from govrepo.security.headers import Handler
from govrepo.security.tickets import actor_of, certificate_of, session_of

KEY = "govrepo.refusal"
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})

UNAVAILABLE = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>暂停服务</title></head>
<body><h1>审计日志暂时无法写入</h1>
<p>按规定，无法记录的操作不予办理。请稍后再试，并通知技术服务组。</p>
<p lang="en">The audit journal cannot be written. Nothing is done that cannot be recorded.</p></body>
</html>
"""


def flag(
    request: Any, *, action: str, subject: str = "", subject_uid: str = "", reason: str = "", **details: Any
) -> None:
    """Mark the request as refused whatever its status will be; ``details`` are plain JSON values, never content."""
    json.dumps(details)
    told = {"action": action, "subject": subject, "subject_uid": subject_uid, "reason": reason}
    request.environ[KEY] = {**told, "details": details}


def refusals_tween(handler: Handler, registry: Any) -> Handler:
    """Tween factory: ask for a writable journal first, write the refusal last."""

    def tween(request: Any) -> Any:
        request.environ.pop(KEY, None)  # An earlier attempt may have left its mark.
        try:
            if paths.needs_journal(request):
                registry.journal.require_writable()
            return _watch(handler, request)
        except JournalUnavailableError:
            return unavailable(request)

    return tween


def unavailable(_request: Any) -> Response:
    """The page that says why nothing works."""
    return Response(UNAVAILABLE, status=503, charset="utf-8", content_type="text/html", headers={"Retry-After": "60"})


def _watch(handler: Handler, request: Any) -> Any:
    try:
        response = handler(request)
    except Exception as error:
        _record(request, error, None)
        raise
    _record(request, getattr(request, "exception", None), response)
    return response


def _record(request: Any, error: Exception | None, response: Any) -> None:
    if error is not None and is_error_retryable(request, error):
        return
    refusal = refusal_of(request, error, response)
    if refusal is not None:
        request.registry.journal.append_now(_entry(request, refusal))


def refusal_of(request: Any, error: Exception | None, response: Any) -> dict[str, Any] | None:
    """What was refused (action, subject, reason, perhaps details), or None."""
    explicit = getattr(error, "refusal", None) or request.environ.get(KEY)
    if explicit:
        return dict(explicit)
    if isinstance(error, (BadCSRFToken, BadCSRFOrigin)):
        return _of_request(request, "request.verify", "form token missing or wrong")
    forbidden = isinstance(error, HTTPForbidden) or _status(response) == 403
    if forbidden and _status(response) != 303:
        return _of_request(request, _verb(request), str(getattr(error, "detail", None) or "forbidden"))
    return None


def _verb(request: Any) -> str:
    """The journal's action for a page; a method may be any text, so a strange one is not taken over."""
    return f"page.{request.method.lower()}" if request.method in METHODS else "page.request"


def _status(response: Any) -> int:
    return 0 if response is None else int(response.status_int)


def _of_request(request: Any, action: str, reason: str) -> dict[str, Any]:
    return {"action": action, "subject": request.path, "reason": reason[:500]}


def _entry(request: Any, refusal: dict[str, Any]) -> Entry:
    return Entry(
        action=refusal["action"],
        actor=actor_of(request),
        result=REFUSED,
        reason=str(refusal.get("reason", "")),
        subject=str(refusal.get("subject", "")),
        subject_uid=str(refusal.get("subject_uid", "")),
        certificate=certificate_of(request),
        session=session_of(request),
        address=request.remote_addr or "",
        details={**refusal.get("details", {}), "method": request.method[:20]},
    )


def _unavailable_view(_error: Any, request: Any) -> Response:
    return unavailable(request)


def includeme(config: Any) -> None:
    """Put the tween outside the transaction, and answer a journal that fails at commit."""
    methods = (*(method.lower() for method in sorted(METHODS)), "request")
    pages = (Event(verb, _("打开页面或提交"), results=(REFUSED,)) for verb in methods)
    config.add_journal_events("page", _("页面"), *pages)
    config.add_journal_events("request", _("请求"), Event("verify", _("核对表单"), results=(REFUSED,)))
    config.add_tween(
        "govrepo.security.refusals.refusals_tween",
        under="govrepo.security.urlspace.urlspace_tween",
        over=("pyramid_tm.tm_tween_factory", EXCVIEW),
    )
    config.add_exception_view(_unavailable_view, context=JournalUnavailableError)
