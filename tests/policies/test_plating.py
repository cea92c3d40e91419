"""Plate-making (R-24.2, S-23 to S-27, domain.md 4.11): the number, the worker's setting, plates made again."""

import pytest

from content_types.production import BodyAttachment, Correction
from govrepo.database import site
from govrepo.numbering import parse
from govrepo.typeset import TypesetError
from policies import plating
from policies.engine import may
from policies.number_series import gaps
from policies.official_document import number_key
from tests.policies.outgoing import Chain
from tests.policies.test_outgoing_document import articles


@pytest.fixture
def chain(bench):
    return Chain(bench)


def refuse_with(monkeypatch, error):
    """Have the typesetter fail."""

    def fail(*_arguments):
        raise error

    monkeypatch.setattr(plating, "typeset", fail)


def test_s_27_the_number_comes_with_the_plate_and_not_before(chain):
    document = chain.rechecked()
    assert (document.number, document.allotment) == ("", None)
    chain.act("plate", document, "plate")
    assert (document.number, document.allotment.holder) == ("粤府〔2013〕1号", document)
    assert document.plate.done_at is None


def test_s_24_numbers_follow_one_another(chain):
    assert [chain.plating().number for _each in range(3)] == [f"粤府〔2013〕{each}号" for each in (1, 2, 3)]
    assert gaps(chain.series, 2013) == []


def test_s_23_a_number_typed_by_hand_elsewhere_is_passed_over_and_void(chain):
    document = chain.rechecked()
    site(document).numbers.claim(number_key(document, parse("粤府〔2013〕1号")), "another")
    chain.act("plate", document, "plate")
    assert document.number == "粤府〔2013〕2号"
    (gap,) = gaps(chain.series, 2013)
    assert (gap.sequence, gap.state, gap.number.reason) == (1, "void", plating.TAKEN)


def test_the_worker_sets_the_document(chain):
    plate = chain.plating().plate
    assert (plate.problem, plate.missing) == ("", ())
    assert plate.pages == plate.file.pages == 2
    with plate.file.stored.open() as file:
        assert file.read(5) == b"%PDF-"


def test_the_same_document_gives_the_same_plate(chain):
    document = chain.plating()
    first = document.plate.file.sha256
    chain.act("plate", document, "replate")
    chain.let_plate(document)
    assert document.plate.file.sha256 == first


def test_one_plate_at_a_time(chain):
    document = chain.rechecked()
    chain.act("plate", document, "plate")
    assert articles(chain, "plate", document, "replate") == ["R-24.2"]
    assert articles(chain, "plate", document, "plate_done") == ["R-24.2"]


def test_work_that_comes_twice_is_done_once(chain):
    document = chain.plating()
    before = document.plates
    chain.let_plate(document)
    assert document.plates == before


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (TypesetError("fonts", "none"), "fonts"),
        (TypesetError("crash", "?"), "failed"),
        (TypesetError("time", "?"), "time"),
        (TypesetError("plate", "?"), "plate"),
    ],
)
def test_a_plate_that_fails_says_why_and_is_made_again_under_its_number(chain, monkeypatch, error, code):
    document = chain.rechecked()
    chain.act("plate", document, "plate")
    with monkeypatch.context() as patch:
        refuse_with(patch, error)
        chain.let_plate(document)
    assert document.plate.problem == code
    (reason,) = may(document, "plate_done", chain.actor("plate")).reasons
    assert reason.text == plating.PROBLEMS[code]
    chain.act("plate", document, "replate")
    chain.let_plate(document)
    assert (document.plate.problem, document.number) == ("", "粤府〔2013〕1号")


def test_a_busy_machine_is_tried_again_later(chain, monkeypatch):
    document = chain.rechecked()
    chain.act("plate", document, "plate")
    refuse_with(monkeypatch, TypesetError("busy", "?"))
    with pytest.raises(TypesetError):
        chain.let_plate(document)
    assert document.plate.done_at is None


def test_a_character_that_no_font_has_is_named_and_stops_the_plate(chain):
    document = chain.plating(body="中华人民共和国\ue000。")
    assert document.plate.missing
    (reason,) = may(document, "plate_done", chain.actor("plate")).reasons
    assert reason.article == "R-24.2"


def test_a_correction_is_made_where_the_words_stand_just_once(chain):
    document = chain.plating(attachments=(BodyAttachment("名单", "张三、李四"),))
    twice, nowhere = Correction(1, "加强领导", "x"), Correction(1, "并无此句", "x")
    assert articles(chain, "plate", document, "replate", corrections=(twice, nowhere)) == ["R-24.2", "R-24.2"]
    chain.act("plate", document, "replate", corrections=(Correction(2, "李四", "李思"),))
    assert document.attachments == (BodyAttachment("名单", "张三、李思"),)
    assert [each.note for each in document.versions.newest_first()] == ["校对改正"]


def test_s_24_an_ended_series_and_a_closed_year_give_no_number(chain):
    document = chain.rechecked()
    chain.series.state = "ended"
    assert articles(chain, "plate", document, "plate") == ["S-24"]
    chain.series.state = "active"
    chain.series.closings[2013] = None
    assert articles(chain, "plate", document, "plate") == ["S-24"]


def test_r_n4_1_without_the_systems_there_is_no_plate(chain):
    document = chain.rechecked()
    document.unit.has_seal = False
    assert articles(chain, "plate", document, "plate") == ["R-N4.1"]
