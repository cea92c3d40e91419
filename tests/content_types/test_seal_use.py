"""The use of a seal as it is stored (domain.md 4.11)."""

from content_types.official_document import OfficialDocument
from content_types.seal_use import Digests, SealUse
from content_types.unit import Unit, UnitKind
from tests.content_types.test_seal import AT, seal


def test_a_use_keeps_the_words_of_its_moment():
    unit = Unit("x", "某某市人民政府", UnitKind.CITY)
    document = OfficialDocument(unit, None)
    document.title, document.number = "关于春运的通知", "某府〔2013〕1号"
    use = SealUse(seal(unit), document, AT, 2, Digests("a", "b"))
    document.title = "改了"
    assert (use.title, use.document_title, use.number, use.page, use.digests.after) == (
        "某某市人民政府",
        "关于春运的通知",
        "某府〔2013〕1号",
        2,
        "b",
    )
    assert (use.state, use.serial, use.keeper, use.workstation) == ("recorded", "", None, "")
