"""A field says of itself what most are: a line of text that may stay empty."""

from views.act_form import Field


def test_a_field_is_a_line_of_text_unless_it_says_otherwise():
    assert Field("basis", "依据")[2:] == ("text", False, None)
