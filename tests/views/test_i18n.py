"""Language: who gets which, that English is whole, and how dates, sizes and labels read."""

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from webtest import TestApp

from govrepo.i18n import _, listed
from tests.views import sample_site
from tools import messages, unmarked
from views import i18n
from views.i18n import Format

HAN = unmarked.HAN
HOLE = re.compile(r"\$?\{\w+\}")
LATE = datetime(2012, 12, 25, 16, 30, 5, tzinfo=UTC)


@pytest.fixture
def site() -> TestApp:
    return TestApp(sample_site.make())


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return messages.translated(messages.ENGLISH)


def test_every_text_has_its_english(english):
    lacking = sorted(text for text in messages.collected() if not english.get(text))
    assert lacking == [], "run tools/messages.py and fill in views/locale/en/LC_MESSAGES/govrepo.po"


def test_the_english_keeps_the_places_for_values(english):
    assert len(english) > 100
    broken = [text for text, words in english.items() if words and set(HOLE.findall(text)) != set(HOLE.findall(words))]
    assert broken == []


def test_pages_speak_chinese_whatever_the_browser_wants(site: TestApp):
    page = site.get("/", headers={"Accept-Language": "en"})
    assert page.html.html["lang"] == "zh-CN"
    assert "退出" in page.text


def test_the_switch_keeps_the_choice_and_comes_back(site: TestApp):
    switch = site.get("/form?uid=7").forms[1]
    assert switch.action == "/language"
    answer = switch.submit("locale")
    assert (answer.status_int, answer.location) == (303, "http://localhost/form?uid=7")
    # The session renews its own cookie with the seconds, so there may be two.
    (cookie,) = (each for each in answer.headers.getall("Set-Cookie") if each.startswith("_LOCALE_="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "secure" not in cookie.lower()
    page = answer.follow()
    assert page.html.html["lang"] == "en"
    assert "Log out" in page.text
    assert "Choose the same file again" in page.text
    assert "退出" not in page.text


def test_over_tls_the_choice_is_a_secure_cookie():
    site = TestApp(sample_site.make(**{"govrepo.secure_cookies": "yes"}))
    cookies = site.get("/").forms[1].submit("locale").headers.getall("Set-Cookie")
    assert all("secure" in each.lower() for each in cookies if each.startswith("_LOCALE_="))
    assert any(each.startswith("_LOCALE_=") for each in cookies)


def test_the_switch_needs_the_forms_token(site: TestApp):
    site.get("/")
    assert "表单已过期" in site.post("/language", {"locale": "en"}, status=400).text


@pytest.mark.parametrize("name", ["", "xx", "../en"])
def test_an_unknown_language_is_refused(site: TestApp, name: str):
    token = site.get("/").forms[1]["csrf_token"].value
    site.post("/language", {"locale": name, "csrf_token": token}, status=400)
    site.set_cookie(i18n.COOKIE, name or "-")
    assert site.get("/").html.html["lang"] == "zh-CN"


@pytest.mark.parametrize(
    "path", ["//evil.example/", "https://evil.example/", "/\\evil.example", "x", "/a\r\nSet-Cookie: x"]
)
def test_the_switch_leads_nowhere_else(site: TestApp, path: str):
    token = site.get("/").forms[1]["csrf_token"].value
    answer = site.post("/language", {"locale": "en", "csrf_token": token, "return_to": path})
    assert answer.location == "http://localhost/"


def test_dates_are_those_of_shanghai():
    chinese, english = Format("zh_CN"), Format("en")
    assert chinese.long_date(LATE) == "2012年12月26日"
    assert chinese.long_date(date(2012, 12, 25)) == "2012年12月25日"
    assert english.long_date(LATE) == "December 26, 2012"
    assert chinese.day(LATE) == "2012-12-26"
    assert chinese.instant(LATE) == "2012-12-26 00:30"
    assert chinese.second(LATE) == "2012-12-26 00:30:05"


def test_nothing_reads_as_a_dash():
    fmt = Format("nonsense")
    shown = [form(None) for form in (fmt.long_date, fmt.day, fmt.instant, fmt.second, fmt.number, fmt.size)]
    assert shown == ["—"] * 6


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (0, "0 B"),
        (1023, "1,023 B"),
        (1024, "1 KB"),
        (3_400_000, "3.2 MB"),
        (5 * 1024**3, "5 GB"),
        (2**50, "1,048,576 GB"),
    ],
)
def test_sizes(octets: int, words: str):
    assert Format("zh_CN").size(octets) == words


def test_numbers_digests_and_urgencies():
    fmt = Format("zh_CN")
    assert fmt.number(1234567) == "1,234,567"
    assert fmt.short_hash("ab" * 32) == "abababababab…"
    assert fmt.urgency("most_urgent") == "特急"
    with pytest.raises(KeyError):
        fmt.urgency("huge")


def _catalogue(folder: Path, english: str = "Sign for") -> Path:
    source = folder / "en" / "LC_MESSAGES" / "govrepo.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(f'msgid "签收"\nmsgstr "{english}"\n', encoding="utf-8")
    return source


def test_a_missing_or_old_catalogue_is_compiled(tmp_path: Path):
    source = _catalogue(tmp_path)
    i18n.compile_catalogues(tmp_path)
    target = source.with_suffix(".mo")
    assert b"Sign for" in target.read_bytes()
    _catalogue(tmp_path, "Sign")
    os.utime(source, (target.stat().st_mtime + 5,) * 2)
    i18n.compile_catalogues(tmp_path)
    assert b"Sign for" not in target.read_bytes()
    assert sorted(path.name for path in source.parent.iterdir()) == ["govrepo.mo", "govrepo.po"]


def test_a_fresh_catalogue_is_left_alone(tmp_path: Path):
    target = _catalogue(tmp_path).with_suffix(".mo")
    target.write_bytes(b"ready")
    i18n.compile_catalogues(tmp_path)
    assert target.read_bytes() == b"ready"


def test_a_read_only_installation_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    source = _catalogue(tmp_path)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    i18n.compile_catalogues(tmp_path)
    assert not source.with_suffix(".mo").exists()


def test_nothing_chinese_escapes_translation():
    assert unmarked.unmarked() == [], "mark it with i18n:translate, i18n:attributes or _(), or name its file in MEANT"


def test_every_file_with_chinese_on_purpose_exists_and_has_some():
    idle = [path for path in unmarked.MEANT if not any(HAN.search(text) for text in _texts(unmarked.ROOT / path))]
    assert idle == []


def _texts(path: Path) -> list[str]:
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [file.read_text(encoding="utf-8") for file in files]


def test_texts_inside_a_text_are_translated_with_it():
    site = sample_site.make().registry
    english = i18n.localizer(SimpleNamespace(registry=site, locale_name="en"))
    reason = _("当前状态是“${state}”，不能“${act}”。", mapping={"state": _("已撤回"), "act": _("签收")})
    assert english.translate(reason) == "The state is “Recalled”, so “Sign for” is not possible."
    assert english.translate(listed([_("收文员"), _("核准人"), "甲"])) == "Receiver, Approver, 甲"
    assert english.translate("收文员") == "收文员"
    chinese = i18n.localizer(SimpleNamespace(registry=site, locale_name="zh_CN"))
    assert chinese.translate(reason) == "当前状态是“已撤回”，不能“签收”。"
    assert i18n.localizer(SimpleNamespace(registry=site, locale_name="en")) is english
