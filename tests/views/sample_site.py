"""A small site around the shell: a list, a form and pages that fail; the shell's tests and its browser test use it."""

import errno
from datetime import UTC, datetime
from typing import Any

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPForbidden, HTTPSeeOther, HTTPServiceUnavailable
from pyramid.session import JSONSerializer, SignedCookieSessionFactory

from views.shell import Person, flash

ARRIVED = datetime(2013, 1, 4, 1, 12, tzinfo=UTC)
ROWS = (
    ("u1", "most_urgent", "粤办函〔2012〕846号", "关于启用省政府电子公文交换系统的通知", "wait", "待签收"),
    ("u2", "urgent", "粤水〔2013〕9号", "关于加强春季水利工程安全检查的<紧急>通知", "bad", "投递失败"),
    ("u3", "plain", "深府〔2013〕2号", "关于2012年度政府工作情况的报告", "done", "已签收"),
)
BOXES = (
    {
        "id": "b1",
        "name": "省府办公厅",
        "url": "/box/b1/",
        "active": "waiting",
        "counts": {"waiting": 3, "signed": 40, "returned": 0, "all": None, "sent": 7, "drafts": 1},
    },
    {"id": "b2", "name": "综合处", "url": "/box/b2/", "active": None, "counts": {"drafts": 0}},
)


class RefusedAct(HTTPForbidden):
    """A refusal as the policy engine raises it."""

    reasons = (("当前状态是“已撤回”，不能“签收”。", "第十二条", ""), ("请先打开查看。", "", "file"))


def person(request: Any) -> Person | None:
    return None if "visitor" in request.params else Person("陈志远", "省府办公厅收文员")


def listing(request: Any) -> dict[str, Any]:
    empty = "empty" in request.params
    return {"title": "待签收", "crumbs": [("文件交换", "/")], "rows": () if empty else ROWS, "arrived": ARRIVED}


def form(request: Any) -> dict[str, Any]:
    values = {"number": "粤办函<2012>", "kind": "函", "copies": ["copy"], "way": "net", "note": "<b>", "secret": "x"}
    wrong = {
        "number": "文号不对",
        "note": "写得太多",
        "kind": "没有这一种",
        "copies": "请选择",
        "files": "缺可编辑文档",
    }
    errors = wrong if "wrong" in request.params else {}
    return {"title": "起草公文", "values": values, "errors": errors, "arrived": ARRIVED}


def act(request: Any) -> Any:
    request.registry.acted.append(sorted(request.POST.getall("selected")))
    flash(request, "已签收", "ok")
    return HTTPSeeOther("/")


def pulse(request: Any) -> Any:
    request.registry.polls += 1
    if request.registry.ended:
        request.response.status_int = 401
        return {}
    answer = request.registry.pulse
    request.response.etag = str(answer["serial"])
    request.response.conditional_response = True
    return answer


def alerted(request: Any) -> Any:
    request.registry.alerted += request.json_body["deliveries"]
    return {}


FAULTS = {
    "refused": RefusedAct,
    "forbidden": HTTPForbidden,
    "senseless": HTTPBadRequest,
    "busy": HTTPServiceUnavailable,
    "moved": lambda: HTTPSeeOther("/"),
    "full": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "unreadable": lambda: OSError(errno.EIO, "Input/output error"),
    "broken": lambda: RuntimeError("the secret of the database"),
}


def fail(request: Any) -> Any:
    fault = FAULTS[request.matchdict["how"]]()
    raise fault


def _routes(config: Configurator) -> None:
    views = (
        ("list", "/", "GET", listing, "tests.views:pages/list.pt"),
        ("act", "/act", "POST", act, None),
        ("form", "/form", "GET", form, "tests.views:pages/form.pt"),
        ("pulse", "/pulse", "GET", pulse, "json"),
        ("alerted", "/alerted", "POST", alerted, "json"),
        ("fail", "/fail/{how}", "GET", fail, None),
    )
    for name, path, method, view, renderer in views:
        config.add_route(name, path)
        config.add_view(view, route_name=name, request_method=method, renderer=renderer)


def make(*, boxes: bool = True, people: bool = True, **settings: str) -> Any:
    """The site as a WSGI application; its registry counts polls and keeps what was acted on and alerted."""
    config = Configurator(settings={"govrepo.pulse_seconds": "1", **settings})
    config.set_session_factory(SignedCookieSessionFactory("k" * 32, serializer=JSONSerializer()))
    config.set_default_csrf_options(require_csrf=True)
    for part in ("pyramid_chameleon", "pyramid_retry", "govrepo.settings", "views.i18n", "views.shell", "views.errors"):
        config.include(part)
    config.add_request_method(lambda _request: None, "account", property=True)
    if people:
        config.registry.shell_person = person
    if boxes:
        config.registry.shell_boxes = lambda _request: list(BOXES)
        config.registry.shell_search_url = "/search"
    config.registry.pulse = {"serial": 1, "boxes": {}, "total": 0, "urgency": "plain"}
    config.registry.polls, config.registry.ended, config.registry.alerted, config.registry.acted = 0, False, [], []
    _routes(config)
    return config.make_wsgi_app()
