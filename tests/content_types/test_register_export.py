"""The register export as it is stored."""

from content_types.register_export import Piece, RegisterExport


def test_it_begins_with_nothing_done_and_keeps_what_was_asked():
    asked = {"sort": "-order"}
    export = RegisterExport("returns", asked, "csv", "zh_CN", None)
    asked["sort"] = "x"
    assert export.asked == {"sort": "-order"}
    assert (export.state, export.done, export.next_key, export.pieces, export.stored) == ("making", 0, None, (), None)
    assert export.uid.startswith("x")
    assert Piece((("a", 1),)).rows == (("a", 1),)
