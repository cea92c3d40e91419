"""``govrepo-setup site.ini founding.toml``: the founding act of a real site (design.md sect. 4; R-4.1, R-5.3, R-6.1, R-6.2).

Run once on the host, before the site is opened: it makes the office with the division that runs the system, the leader's and the
three officers' accounts with their training records, appoints them, and founds the certification authority. The site refuses a
second founding for ever. Passwords are printed once and must be changed at the first login.
"""

import argparse
import secrets
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import transaction
from pyramid.paster import get_appsettings
from zc.lockfile import LockError

import govrepo
from content_types.division import Division
from content_types.person import Person
from content_types.training import TrainingKind
from content_types.unit import Unit, UnitKind
from govrepo import clock, process
from govrepo.database import database, opened
from govrepo.i18n import plain
from govrepo.security.passwords import set_password
from govrepo.trust import authorities
from policies.access import put_acl
from policies.founding import FoundingRefusedError, found
from policies.issuing import issue_first
from policies.person import LoginTakenError, add_person
from policies.training import enter

POSTS = {"leader": "厅领导", "auditor": "审计员", "administrator": "管理员", "security_officer": "保密员"}
OFFICERS = ("auditor", "administrator", "security_officer")
TRAININGS = {TrainingKind.SKILLS: "skills", TrainingKind.CONFIDENTIALITY: "confidentiality"}


class PlanError(ValueError):
    """The founding file lacks something, or says what cannot be; the words name it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the script; return the exit code: 0 done, 1 refused, 2 called wrongly."""
    parser = argparse.ArgumentParser(prog="govrepo-setup", description="The founding act of a site, once.")
    parser.add_argument("ini", help="the site's configuration file")
    parser.add_argument("plan", type=Path, help="who is appointed, as docs/operating.md shows")
    given = parser.parse_args(arguments)
    try:
        plan = read(given.plan)
        registry = govrepo.main({}, **{**get_appsettings(given.ini), "govrepo.worker": "none"}).registry
    except (OSError, PlanError, tomllib.TOMLDecodeError) as error:
        return _refuse(f"{given.plan}：{error}", 2)
    except LockError:
        return _refuse("站点正在运行（数据库已被占用），没有执行任何操作。", 1)
    try:
        return _perform(registry, plan)
    finally:
        process.stop(registry)
        registry.journal.close()
        database(registry).close()


def _refuse(words: str, code: int) -> int:
    sys.stderr.write(words + "\n")
    return code


def _perform(registry: Any, plan: Mapping[str, Any]) -> int:
    try:
        passwords = establish(registry, plan)
    except FoundingRefusedError as error:
        return _refuse(
            "\n".join([f"不能{_TITLE}：", *(f"- {plain(each.text)}（{each.article}）" for each in error.reasons)]), 1
        )
    except (PlanError, LoginTakenError) as error:
        return _refuse(f"不能{_TITLE}：{error}", 1)
    for line in (f"{_TITLE}已完成，已记入审计日志。", *_lines(plan, passwords), *_authority(registry)):
        sys.stdout.write(line + "\n")
    return 0


_TITLE = "初始化任命"


def _lines(plan: Mapping[str, Any], passwords: Mapping[str, str]) -> list[str]:
    said = [
        f"{words}　{plan[post]['name']}　用户名 {plan[post]['login']}　初始密码 {passwords[post]}"
        for post, words in POSTS.items()
    ]
    return [*said, "初始密码只显示这一次，首次登录时必须修改。"]


def _authority(registry: Any) -> list[str]:
    folder = registry.govrepo_settings.path("trust_folder")
    return [
        f"四人的数字证书在 {handout(registry)}，密码就是各自的初始密码；请当面交给本人，然后删除这些文件。",
        f"证书机构在 {folder}；请把其中的 root.key 移到离线介质上保管。",
    ]


def read(path: Path) -> dict[str, Any]:
    """The founding file; raises PlanError for what is missing, OSError and TOMLDecodeError for what cannot be read."""
    plan = tomllib.loads(path.read_text(encoding="utf-8"))
    place: tuple[str, ...] = ("code", "name")
    wanted = {"office": place, "operator": place, **dict.fromkeys(POSTS, ("login", "name", "post"))}
    for table, names in wanted.items():
        for name in names:
            if not isinstance(plan.get(table, {}).get(name), str) or not plan[table][name].strip():
                raise PlanError(f"缺少 [{table}] {name}")
    for post in OFFICERS:
        _require_trainings(plan[post], post)
    return plan


def _require_trainings(officer: Mapping[str, Any], post: str) -> None:
    for name in TRAININGS.values():
        if not isinstance(officer.get(name), date):
            raise PlanError(f"缺少 [{post}] {name}（培训日期，例如 2012-12-01）")


def establish(registry: Any, plan: Mapping[str, Any]) -> dict[str, str]:
    """Perform the plan in one commit; the passwords by post. Raises FoundingRefusedError or LoginTakenError, nothing done."""
    with opened(registry) as root, transaction.manager:
        office, operator = _organisation(root, registry, plan)
        people, passwords = {}, {}
        for post in POSTS:
            people[post], passwords[post] = _person(
                root, registry, plan[post], office, operator if post in OFFICERS else None
            )
        for post in OFFICERS:
            _trainings(people[post], plan[post])
        found(root, registry, *people.values())
        settings = registry.govrepo_settings
        registry.authorities = authorities.existing(settings) or authorities.found(settings, office.name)
        for post, person in people.items():
            _hand_out(root, registry, person, passwords[post])
    return passwords


def handout(registry: Any) -> Path:
    """The folder the first certificates are laid in, to be given to their owners and then deleted."""
    return Path(str(registry.govrepo_settings.path("var"))) / "handout"


def _hand_out(root: Any, registry: Any, person: Person, password: str) -> None:
    """A person's first certificate and key as PKCS#12, sealed with the initial password, for the owner's eyes only."""
    folder = handout(registry)
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{person.id}.p12"
    path.unlink(missing_ok=True)  # Of an attempt that was not kept.
    authorities.write_private(path, issue_first(root, registry, person, password))


def _organisation(root: Any, registry: Any, plan: Mapping[str, Any]) -> tuple[Unit, Division]:
    """The office and its operating division, made where they are missing."""
    said = plan["office"]
    if said["code"] not in root["units"]:
        made = Unit(said["code"], said["name"], UnitKind.GENERAL_OFFICE, short_name=said.get("short_name", ""))
        root["units"].add(made.code, made, registry=registry)
    office = root["units"][said["code"]]
    if plan["operator"]["code"] not in office:
        office.add(
            plan["operator"]["code"], Division(plan["operator"]["code"], plan["operator"]["name"]), registry=registry
        )
    operator = office[plan["operator"]["code"]]
    operator.operator = True
    put_acl(office, registry)
    return office, operator


def _person(
    root: Any, registry: Any, said: Mapping[str, Any], unit: Unit, division: Division | None
) -> tuple[Person, str]:
    person = Person(
        f"p{len(root['people']) + 1:04d}", said["login"], said["name"], unit=unit, division=division, post=said["post"]
    )
    person.established = bool(said.get("established", False))
    password = secrets.token_urlsafe(12)
    set_password(person, password, temporary=True)
    return add_person(root, person, registry), password


def _trainings(person: Person, said: Mapping[str, Any]) -> None:
    for kind, name in TRAININGS.items():
        enter(person, kind, said[name], passed=True, subject=str(said.get("subject", "任职培训")), by=person)


def example(day: date | None = None) -> str:
    """A founding file to begin with, for the documentation and the tests."""
    trained = (day or clock.today()).isoformat()
    officers = "".join(
        f'\n[{post}]\nlogin = "{post}"\nname = "（姓名）"\npost = "技术服务组"\nestablished = true\n'
        f"skills = {trained}           # 业务技能培训\nconfidentiality = {trained}  # 保密安全培训\n"
        for post in OFFICERS
    )
    return (
        '[office]\ncode = "gd-office"\nname = "广东省人民政府办公厅"\nshort_name = "省府办公厅"\n\n'
        '[operator]  # 信息化管理单位\ncode = "msc"\nname = "秘书处"\n\n'
        '[leader]\nlogin = "leader"\nname = "（姓名）"\npost = "分管厅领导"\n' + officers
    )
