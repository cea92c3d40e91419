"""Document numbers: the grammar (S-20, S-21) as a property, and the keys (S-23)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govrepo import clock
from govrepo.numbering import DocumentNumber, NumberError, NumberKey, NumberKeys, NumberTakenError, parse
from tests.policies.bench import local

NOW = local("2013-06-01 09:00")
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
CODES = st.text(HAN, min_size=1, max_size=12)
YEARS = st.integers(1949, 2013)
SEQUENCES = st.integers(1, 99_999)
BRACKETS = st.sampled_from(["〔〕", "[]", "［］", "【】", "（）", "()"])
SPACES = st.sampled_from(["", " ", "\u3000", "\t"])
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.fixture(autouse=True)
def _in_2013():
    with clock.frozen(NOW):
        yield


def wrong(text):
    with pytest.raises(NumberError) as caught:
        parse(text)
    return caught.value.code


@given(CODES, YEARS, SEQUENCES, BRACKETS, SPACES, st.booleans())
def test_s_20_every_way_of_writing_a_number_reads_as_the_same(code, year, sequence, brackets, space, wide):
    with clock.frozen(NOW):
        digits = [str(year), str(sequence)]
        if wide:
            digits = [each.translate(FULL_WIDTH) for each in digits]
        written = space.join([code, brackets[0], digits[0], brackets[1], digits[1], "号"])
        number = parse(written)
        assert (number.code, number.year, number.sequence) == (code, year, sequence)
        assert number.original == written
        assert str(number) == f"{code}〔{year}〕{sequence}号"
        assert str(parse(str(number))) == str(number)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_says_which_part_is_wrong(text):
    with clock.frozen(NOW):
        try:
            number = parse(text)
        except NumberError as error:
            assert error.code in ("brackets", "code", "year", "future", "sequence")  # noqa: PT017 - Either is right.
        else:
            assert str(parse(str(number))) == str(number)


@given(CODES, YEARS, SEQUENCES, st.integers(1, 3))
def test_s_21_no_padding(code, year, sequence, zeros):
    with clock.frozen(NOW):
        assert wrong(f"{code}〔{year}〕{'0' * zeros}{sequence}号") == "sequence"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "brackets"),
        ("粤办函2012年846号", "brackets"),
        ("粤办函〔2012〕第846号", "sequence"),
        ("粤办函〔2012〕846", "sequence"),
        ("粤办函〔2012〕100000号", "sequence"),
        ("粤办函〔2012〕0号", "sequence"),
        ("粤办函〔12〕846号", "year"),
        ("粤办函〔1948〕846号", "year"),
        ("粤办函〔2014〕846号", "future"),
        ("〔2012〕846号", "code"),
        ("GD〔2012〕846号", "code"),
        ("一二三四五六七八九十一二三〔2012〕846号", "code"),
        ("粤府〔2013〕1号粤发〔2013〕2号", "sequence"),
    ],
)
def test_what_is_wrong_is_named(text, part):
    """S-21; S-22: of a joint issue the lead organ's number only."""
    assert wrong(text) == part


def test_the_year_may_be_this_one_by_local_time():
    with clock.frozen(local("2014-01-01 00:30")):
        assert parse("粤府〔2014〕1号").year == 2014


KEY = NumberKey("jiangmen", "江府", 2013, 2)


def test_s_23_a_number_belongs_to_one_document():
    keys = NumberKeys()
    assert keys.holder(KEY) is None
    keys.claim(KEY, "d1")
    keys.claim(KEY, "d1")
    with pytest.raises(NumberTakenError, match="d1") as caught:
        keys.claim(KEY, "d2")
    assert (caught.value.key, caught.value.holder) == (KEY, "d1")
    assert keys.holder(KEY) == "d1"


def test_s_23_two_cities_may_use_one_code():
    keys = NumberKeys()
    keys.claim(NumberKey("shantou", "汕府", 2013, 1), "d1")
    keys.claim(NumberKey("shanwei", "汕府", 2013, 1), "d2")
    assert keys.holder(NumberKey("shantou", "汕府", 2013, 1)) == "d1"


def test_a_drafts_number_is_given_back_by_its_holder_only():
    keys = NumberKeys()
    keys.release(KEY, "d1")
    keys.claim(KEY, "d1")
    keys.release(KEY, "d2")
    assert keys.holder(KEY) == "d1"
    keys.release(KEY, "d1")
    assert keys.holder(KEY) is None


def test_a_number_reads_well():
    assert str(DocumentNumber("粤办函", 2012, 846)) == "粤办函〔2012〕846号"
