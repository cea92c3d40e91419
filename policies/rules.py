"""Settings with business meaning (R-41.1; domain.md 7.2): which may be changed on the site, and the administrator's act that does it.

A value takes effect today or later, never earlier: what was done stays under the rules it was done under. Settings of the host
(folders, keys, sizes) are no business of these pages; they stand in the ini file only.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, NamedTuple

from content_types.official_document import Classification
from govrepo import clock, rules
from govrepo.database import site
from govrepo.i18n import _
from govrepo.journal import Event
from govrepo.rules import RuleValue
from policies import working_time
from policies.actor import Actor
from policies.administration import given, journal, refuse, require
from policies.engine import Reason
from policies.permissions import Permission as P

ACTION = "rule.change"


class Rule(NamedTuple):
    """A setting that may be changed on the site: its words, the article behind it, how its text is read, and how to write it.

    ``read`` raises ValueError for a text that does not fit.
    """

    label: str
    article: str
    read: Callable[[str], str | int]
    hint: str


def _spans(text: str) -> str:
    spans = working_time.hours(text)
    borders = [*spans.morning, *spans.afternoon]
    if borders != sorted(set(borders)):
        raise ValueError(text)
    return text


def _time(text: str) -> str:
    return time.fromisoformat(text).isoformat("minutes")


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _classification(text: str) -> str:
    return str(Classification(text))


def _between(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return read


RULES: dict[str, Rule] = {
    "effective_date": Rule(_("正式运行日期"), "R-N1.2", _day, _("此日之前不能发送，如 2013-01-01。")),
    "connection_deadline": Rule(_("联通期限"), "R-N5.1", _day, _("此日之后尚未联通的单位列入清单，如 2013-03-31。")),
    "half_days": Rule(
        _("工作半日"), "R-20.1", _spans, _("上午和下午的起止时间，用半角逗号隔开，如 08:30-12:00,14:00-17:30。")
    ),
    "cut_off": Rule(_("当日发文截止时间"), "P-37", _time, _("此时以后发送的算下一个工作日，如 17:00。")),
    "limit_plain": Rule(_("平件办理时限（工作日）"), "TL12 24", _between(1, 60), _("1 至 60。")),
    "limit_urgent": Rule(_("加急件办理时限（工作日）"), "TL12 24", _between(1, 60), _("1 至 60。")),
    "limit_most_urgent": Rule(_("特急件办理时限（工作日）"), "TL12 24", _between(0, 60), _("0 至 60，0 即当日。")),
    "max_classification": Rule(
        _("允许交换的最高密级"),
        "P-3",
        _classification,
        _("留空表示任何涉密文件都不得交换。系统未经保密主管部门认证的，不得改动。"),
    ),
    "sender_check_hours": Rule(_("发送后查询签收情况的时间（小时）"), "P-38", _between(1, 240), _("1 至 240。")),
    "paper_days": Rule(_("纸质件应收到的时限（工作日）"), "R-N2.2", _between(1, 60), _("1 至 60。")),
    "duty_roster_days": Rule(_("值班表须提前排满的天数"), "R-16.1", _between(1, 31), _("1 至 31。")),
    "phone_notice_hours": Rule(_("电话通知与来文对应的时限（小时）"), "R-16.4", _between(1, 168), _("1 至 168。")),
    "print_quota": Rule(_("允许打印的正式份数（新公文的初始值）"), "P-35", _between(0, 99), _("0 至 99。")),
    "print_needs_consent": Rule(_("打印须经负责同志同意"), "P-58", _between(0, 1), _("1 须同意，0 不须。")),
    "designation_days": Rule(_("指定代收最长天数"), "R-11.3", _between(1, 30), _("1 至 30。")),
    "content_release_days": Rule(_("内容调阅最长天数"), "7.2", _between(1, 30), _("1 至 30。")),
    "change_lapse_days": Rule(_("权限变更批准后执行的期限（工作日）"), "5.7", _between(1, 60), _("1 至 60。")),
    "certificate_days": Rule(_("个人数字证书有效天数"), "5.6", _between(1, 1100), _("1 至 1100。")),
    "seal_days": Rule(_("印章证书有效天数"), "P-71", _between(1, 1825), _("1 至 1825。")),
    "session_hours": Rule(_("一次登录最长时间（小时）"), "P-17", _between(1, 24), _("1 至 24。")),
    "password_days": Rule(_("密码有效天数"), "P-17", _between(1, 365), _("1 至 365。")),
    "password_min_length": Rule(_("密码最少字符数"), "P-17", _between(8, 64), _("8 至 64。")),
}
"""The settings in the order they are shown. A setting is read with ``govrepo.rules.value`` wherever it counts."""


def in_force(context: Any, settings: Any, at: datetime) -> dict[str, Any]:
    """Every business setting as it counts at an instant (R-41.1)."""
    return {name: rules.value(context, settings, name, at) for name in RULES}


def change(root: Any, name: str, text: str, effective: str, basis: str, actor: Actor) -> RuleValue:
    """Give a setting a value from a day on, today's from this moment on; raise Refused.

    ``text`` and ``effective`` are as typed; KeyError for a name that is no business setting.
    """
    rule, now = RULES[name], clock.now()
    require(P.RULES_CHANGE, root, actor, ACTION)
    value, value_problems = _read(rule, text)
    since, since_problems = _since(effective, now)
    refuse([*value_problems, *since_problems, *given(basis, "basis", "R-41.1")], root, ACTION)
    old = rules.value(root, actor.registry.govrepo_settings, name, since)
    if old == value:
        refuse([Reason(_("届时本来就是这个值。"), "R-41.1", "value")], root, ACTION)
    decided = RuleValue(value, since, now, actor.id, actor.name, basis.strip())
    site(root).rules.add(name, decided)
    details = {"name": name, "from": old, "to": value, "since": clock.local(since).isoformat(timespec="seconds")}
    journal(ACTION, root, actor, basis.strip(), **details)
    return decided


def _read(rule: Rule, text: str) -> tuple[str | int, list[Reason]]:
    try:
        return rule.read(text.strip()), []
    except (ValueError, IndexError):
        return "", [Reason(_("格式不对。${hint}", mapping={"hint": rule.hint}), rule.article, "value")]


def _since(text: str, now: datetime) -> tuple[datetime, list[Reason]]:
    """The instant a day's rules begin: its first moment, or now if it is today."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return now, [Reason(_("请填写生效日期。"), "R-41.1", "effective")]
    if day < clock.today():
        return now, [Reason(_("生效日期不能早于今天。"), "R-41.1", "effective")]
    return max(now, clock.day_start(day)), []


def includeme(config: Any) -> None:
    """Declare what the journal says of it."""
    said = {"name": _("设置的名称"), "from": _("原值"), "to": _("新值"), "since": _("生效时刻")}
    config.add_journal_events("rule", _("业务设置"), Event("change", _("改动业务设置"), said))
