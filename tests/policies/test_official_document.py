"""What a document must say (domain.md 3.1 to 3.3; S-1, S-3, S-20 to S-26; P-3)."""

from datetime import date

import pytest

from content_types.dispatch import Address, Recipient
from content_types.official_document import Classification
from govrepo import clock
from govrepo.settings import Settings
from policies import official_document as policy
from tests.policies.bench import local


@pytest.fixture
def dispatch(bench):
    return bench.draft()


@pytest.fixture
def document(dispatch):
    return dispatch.document


def problems(document, **settings):
    named = {f"govrepo.{name}": value for name, value in settings.items()}
    return [
        (each.article, each.field) for each in policy.element_problems(document, Settings(named).max_classification)
    ]


def warned(dispatch):
    return [each.article for each in policy.warnings(dispatch)]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("title", " ", ("GB/T 9704", "title")),
        ("kind", "", ("TL12 8", "kind")),
        ("kind", "信", ("TL12 8", "kind")),
        ("date", None, ("GB/T 9704", "date")),
        ("number", "江府2013-2", ("S-20", "number")),
        ("number", "江府〔2013〕02号", ("S-20", "number")),
        ("number", "江府〔2014〕2号", ("S-20", "number")),
        ("number", " ", ("S-26", "number")),
    ],
)
def test_each_missing_or_wrong_element_is_named(document, name, value, found):
    assert problems(document) == []
    setattr(document, name, value)
    assert problems(document) == [found]


def test_every_way_a_number_is_wrong_has_words():
    assert set(policy.NUMBER_WORDS) == {"brackets", "code", "year", "future", "sequence"}


def test_s_26_no_number_with_a_reason(document):
    document.number, document.no_number_reason = "", "会议材料"
    assert problems(document) == []
    policy.freeze(document)
    policy.thaw(document)
    assert document.number == ""


def test_an_informal_item_is_a_letter_or_passed_on_without_number(document):
    document.informal, document.kind, document.number, document.date = True, "便函", "", None
    assert problems(document) == []
    document.kind, document.number = "通知", "粤办函〔2013〕5号"
    assert problems(document) == [("S-5", "kind"), ("S-5", "number")]
    document.kind, document.number = "转", ""
    assert problems(document) == []
    document.title = ""
    assert problems(document) == [("GB/T 9704", "title")]


@pytest.mark.parametrize("informal", [True, False])
def test_p_3_the_highest_class_is_a_setting(document, informal):
    document.informal, document.classification = informal, Classification.SECRET
    if informal:
        document.kind, document.number = "便函", ""
    assert problems(document) == problems(document, max_classification="confidential") == [("P-3", "classification")]
    assert problems(document, max_classification="secret") == []
    assert problems(document, max_classification="top_secret") == []


def test_s_20_freezing_stores_the_canonical_number_and_claims_it(bench, document):
    document.number = " 江府[2013] 2 号"
    policy.freeze(document)
    assert (document.number, document.frozen) == ("江府〔2013〕2号", True)
    other = bench.draft().document
    assert problems(other) == [("S-23", "number")]
    policy.thaw(document)
    assert problems(other) == []
    assert not document.frozen


def recipients(bench, *pairs):
    return tuple(Recipient(bench.box(name), address) for name, address in pairs)


@pytest.mark.parametrize(
    ("to", "signer", "articles"),
    [
        ("gd-government", "", ["S-3"]),
        ("gd-government", "江上舟", []),
        ("gd-office", "", []),
        ("guangzhou", "", []),
    ],
)
def test_s_3_upward_means_to_a_superior(bench, document, to, signer, articles):
    document.signer = signer
    addressed = recipients(bench, (to, Address.MAIN))
    assert [each.article for each in policy.direction_problems(document, addressed)] == articles


def test_s_3_a_copy_to_a_superior_is_not_upward(bench, document):
    document.signer = ""
    addressed = recipients(bench, ("guangzhou", Address.MAIN), ("gd-government", Address.COPY))
    assert policy.direction_problems(document, addressed) == []


@pytest.mark.parametrize(("kind", "articles"), [("请示", ["S-1"]), ("通知", [])])
def test_s_1_only_requests_and_only_subordinates(bench, document, kind, articles):
    document.kind = kind
    addressed = recipients(bench, ("gd-office", Address.MAIN), ("guangzhou", Address.COPY))
    assert policy.direction_problems(document, addressed) == []
    bench.root["units"]["guangzhou"].level = 2
    assert [each.article for each in policy.direction_problems(document, addressed)] == articles


def test_warnings_are_no_refusals(bench, dispatch, document):
    assert warned(dispatch) == []
    document.kind = "请示"
    dispatch.recipients = recipients(bench, ("gd-office", Address.MAIN), ("gd-government", Address.MAIN))
    assert warned(dispatch) == ["S-1", "GB/T 9704"]
    document.title = "关于某事的请示"
    document.date, document.number = date(2012, 12, 30), "穗府〔2013〕2号"
    assert warned(dispatch) == ["S-1", "S-25", "S-23"]
    document.number = "nonsense"
    assert warned(dispatch) == ["S-1"]


@pytest.mark.parametrize("title", ["广东省人民政府令", "嘉奖命令"])
def test_an_orders_title_ends_with_either_word(dispatch, document, title):
    document.kind, document.title = "命令(令)", title
    assert warned(dispatch) == []


@pytest.mark.parametrize(("day", "works"), [("2012-12-31 23:59", False), ("2013-01-01 00:00", True)])
def test_r_n1_2_the_first_day_is_local(day, works):
    with clock.frozen(local(day)):
        assert policy.today_is_in_force(Settings({}).effective_date) is works


@pytest.mark.parametrize(
    ("typed", "kept"), [("粤办函[2012]846号", "粤办函〔2012〕846号"), ("第３号", "第３号"), ("", "")]
)
def test_a_number_is_kept_as_it_is_written(typed, kept):
    assert policy.canonical_number(typed) == kept
