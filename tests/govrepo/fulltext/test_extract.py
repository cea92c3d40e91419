"""What is shown under a result."""

from govrepo.fulltext.extract import Piece, extract
from govrepo.fulltext.query import parse


def test_marks_the_text_as_it_is_written():
    pieces = extract("關於印發粤府办【２０１３】5號的通知", parse("[2013]5号"))
    assert pieces == [
        Piece("關於印發粤府办", hit=False),
        Piece("【２０１３】5號", hit=True),
        Piece("的通知", hit=False),
    ]


def test_marks_over_a_broken_line_and_every_time():
    assert [piece.text for piece in extract("防\n汛和防汛", parse("防汛")) if piece.hit] == ["防\n汛", "防汛"]


def test_begins_before_the_first_hit_and_keeps_the_width():
    pieces = extract("一" * 500 + "防汛" + "二" * 500, parse("防汛"))
    assert [len(piece.text) for piece in pieces] == [30, 2, 88]


def test_excluded_words_are_not_marked_and_no_hit_shows_the_beginning():
    assert extract("关于通知", parse("防汛 -通知")) == [Piece("关于通知", hit=False)]
    assert extract("", parse("防汛")) == []


def test_markup_stays_text():
    assert "".join(piece.text for piece in extract("<b>防汛</b>", parse("防汛"))) == "<b>防汛</b>"
