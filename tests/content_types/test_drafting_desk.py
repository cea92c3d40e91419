"""The drafting desk (domain.md 7.2)."""

from types import SimpleNamespace

from content_types.drafting_desk import DraftingDesk


def test_a_desk_is_called_after_its_division_or_else_its_unit():
    box = SimpleNamespace(unit=SimpleNamespace(name="江门市人民政府"))
    assert DraftingDesk(box).title == "江门市人民政府"
    assert DraftingDesk(box, SimpleNamespace(name="综合一处")).title == "综合一处"
