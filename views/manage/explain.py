"""Explain: may a person do this here and why, who may, what a person can reach; now or on a past date (design.md sect. 4)."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from pyramid.traversal import find_resource, resource_path
from pyramid.view import view_config

from content_types.content import VolumeContent
from content_types.site import Site
from govrepo import clock
from policies import explain
from policies.permissions import Permission as P
from views.acts import url
from views.i18n import _
from views.manage import site_page
from views.manage.words import carrier_words, one_person, permission_words, principal_words, role_words, scope_words

SHOWN = 200
QUESTIONS = (
    ("may", _("这个人在这里能做什么，为什么")),
    ("who", _("谁有这项权限")),
    ("reach", _("这个人能到哪里")),
)
NEEDS = {"may": ("person", "object"), "who": ("object", "permission"), "reach": ("person",)}


@view_config(
    context=Site,
    name="explain",
    permission=P.ACCESS_EXPLAIN,
    request_method="GET",
    renderer="views:templates/manage/explain.pt",
)
def page(context: Site, request: Any) -> dict[str, Any]:
    """The form, and the answer to what it asks."""
    values = {name: request.GET.get(name, "").strip() for name in ("q", "person", "object", "permission", "date")}
    values["q"] = values["q"] if values["q"] in NEEDS else "may"
    asked = bool(request.GET)
    facts, errors = _read(context, values) if asked else ({}, {})
    answer = _answer(context, request, values["q"], facts) if asked and not errors else None
    return site_page(_("谁能做什么")) | {
        "questions": QUESTIONS,
        "permission_choices": [("", _("所有权限")), *((str(each), _choice(each)) for each in P)],
        "values": values,
        "errors": errors,
        "asked": facts,
        "answer": answer,
        "role_words": role_words,
        "scope_words": lambda principal: scope_words(request.root, principal),
        "principal_words": lambda principal: principal_words(request.root, principal),
        "permission_words": permission_words,
        "carrier_words": carrier_words,
        "address": lambda carrier: url(carrier, "@@security"),
        "object_words": _object_words,
        "shown": SHOWN,
    }


def _choice(permission: P) -> Any:
    return _("${code}（${words}）", mapping={"code": str(permission), "words": permission_words(permission)})


def _object_words(context: Any) -> str:
    """An object by its path, and by its title unless it comes in volume (R-8.3)."""
    title = "" if isinstance(context, VolumeContent) else getattr(context, "title", "")
    return f"{resource_path(context)} {title}".strip()


def _read(root: Any, values: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the question needs, found; and what is wrong at which field."""
    readers = {"person": _person, "object": _object, "permission": _permission, "date": _date}
    facts: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name in (*NEEDS[values["q"]], "date"):
        facts[name], error = readers[name](root, values[name])
        if error:
            errors[name] = error
    return facts, errors


def _person(root: Any, words: str) -> tuple[Any, Any]:
    return one_person(root, words)


def _object(root: Any, words: str) -> tuple[Any, Any]:
    """An object by its path; never by a title."""
    try:
        return find_resource(root, "/" + words.strip("/").partition("@@")[0]), None
    except (KeyError, UnicodeError, ValueError):
        return None, _("没有这个路径。")


def _permission(_root: Any, words: str) -> tuple[Any, Any]:
    return (P(words), None) if words in set(P) else (None, _("请选择权限。"))


def _date(_root: Any, words: str) -> tuple[Any, Any]:
    """The end of a past day; nothing for today or later."""
    if not words:
        return None, None
    try:
        day = datetime.strptime(words, "%Y-%m-%d").replace(tzinfo=clock.LOCAL)
    except ValueError:
        return None, _("日期的写法是 2013-01-05。")
    if day.date() > clock.today():
        return None, _("不能询问将来的日期。")
    return (None if day.date() == clock.today() else (day + timedelta(days=1, microseconds=-1)).astimezone(UTC)), None


def _answer(root: Any, request: Any, question: str, facts: dict[str, Any]) -> dict[str, Any]:
    when = explain.moment(request.registry, facts["date"])
    context, person = facts.get("object"), facts.get("person")
    found: dict[str, Any] = {"when": when, "known": context is None or when.known(context)}
    if question == "reach":
        reached = list(explain.reach(root, person, when))
        return found | {"reach": reached, "known": all(when.known(each.carrier) for each in reached)}
    if question == "who":
        holders = list(islice(explain.holders(context, facts["permission"], when), SHOWN + 1))
        return found | {"holders": holders[:SHOWN], "more": len(holders) > SHOWN}
    chosen = [P(request.GET["permission"])] if request.GET.get("permission", "") in set(P) else list(P)
    answers = [(each, explain.may(context, each, person, when)) for each in chosen]
    return found | {
        "answers": [(str(each), answer) for each, answer in answers if answer.decision.principal or len(chosen) == 1],
        "acts": () if when.past else _acts(context, person, request),
    }


def _acts(context: Any, person: Any, request: Any) -> tuple[Any, ...]:
    try:
        return explain.acts(context, person, request.registry)
    except LookupError:
        return ()
