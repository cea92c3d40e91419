"""Training records on the screen (R-4.2, R-6.2): a person's trainings, and a new one."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from content_types.person import Person
from content_types.site import Site
from policies import training as policy
from policies.engine import Refused
from policies.permissions import Permission as P
from policies.separation_of_duties import TRAININGS

from .acts import done, mend, url
from .days import day_of
from .i18n import _

TEMPLATES = "views:templates/training/"


@view_config(
    context=Site, name="trainings", permission=P.TRAINING_VIEW, request_method="GET", renderer=TEMPLATES + "find.pt"
)
def find(context: Site, request: Any) -> Any:
    """Whose trainings: by login name."""
    login = request.GET.get("person", "").strip()
    person = context.logins.get(login.casefold())
    if person is not None:
        return HTTPSeeOther(url(person, "trainings"))
    errors = {"person": _("没有这个用户名。")} if login else {}
    return {"title": _("培训记录"), "values": {"person": login}, "errors": errors}


@view_config(
    context=Person, name="trainings", permission=P.TRAINING_VIEW, request_method="GET", renderer=TEMPLATES + "list.pt"
)
def list_(context: Person, request: Any) -> dict[str, Any]:
    """A person's trainings, the newest first, and the form for a new one."""
    return _page(context, request, {})


@view_config(
    context=Person,
    name="trainings",
    permission=P.TRAINING_RECORD,
    request_method="POST",
    renderer=TEMPLATES + "list.pt",
)
def record(context: Person, request: Any) -> Any:
    """Record a training."""
    form = {name: value.strip() for name, value in request.POST.items()}
    try:
        policy.record_training(
            request.actor,
            context,
            form.get("kind", ""),
            day_of(form.get("day", "")),
            passed=form.get("passed") == "yes",
            subject=form.get("subject", ""),
        )
    except Refused as refused:
        return _page(context, request, mend(request, refused))
    return done(request, _("培训已登记。"), url(context, "trainings"))


def _page(person: Person, request: Any, errors: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": _("${name}的培训记录", mapping={"name": person.name}),
        "crumbs": [(_("培训记录"), "/trainings")] if request.has_permission(P.TRAINING_VIEW, request.root) else [],
        "rows": [
            (each, TRAININGS[each.kind]) for each in sorted(person.trainings, key=lambda one: one.day, reverse=True)
        ],
        "kinds": list(TRAININGS.items()),
        "may_record": request.has_permission(P.TRAINING_RECORD, person),
        "errors": errors,
        "values": {"passed": "yes"} | dict(request.POST),
    }
