"""Places for seals are read from the links that the typesetter leaves."""

import io

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from govrepo.sealing import SealingError
from govrepo.sealing.slots import FIELD, Slot, slots
from tests.sealing import MIDDLES, slotted


def found(content):
    return slots(PdfFileReader(io.BytesIO(content)))


def changed(content, change):
    with pikepdf.open(io.BytesIO(content)) as document:
        change(document)
        output = io.BytesIO()
        document.save(output)
        return output.getvalue()


def test_each_place_is_found_with_its_page_and_middle():
    assert found(slotted(3)) == {number: Slot(3, *MIDDLES[number]) for number in range(3)}
    assert found(slotted(0)) == {}


def test_corners_may_be_named_in_any_order():
    def turn(document):
        link = document.pages[-1].Annots[0]
        link.Rect = pikepdf.Array(reversed(list(link.Rect)))

    assert found(changed(slotted(), turn)) == {0: Slot(3, *MIDDLES[0])}


@pytest.mark.parametrize(
    "address", ["urn:govrepo:seal-slot:", "urn:govrepo:seal-slot:x", "urn:other", "urn:govrepo:seal-slot:-1"]
)
def test_other_links_are_none(address):
    def rename(document):
        document.pages[-1].Annots[0].A.URI = pikepdf.String(address)

    assert found(changed(slotted(), rename)) == {}


def test_a_number_is_there_once():
    def twice(document):
        document.pages[0].Annots = document.pages[-1].Annots

    with pytest.raises(SealingError) as caught:
        found(changed(slotted(), twice))
    assert caught.value.kind == "no-slot"


def test_a_branched_page_tree_is_walked_in_order():
    def branch(document):
        pages = [page.obj for page in document.pages]
        twig = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Pages, Count=2, Kids=pikepdf.Array(pages[:2]))
        )
        document.Root.Pages.Kids = pikepdf.Array([twig, *pages[2:]])

    assert found(changed(slotted(), branch))[0].page == 3


def test_the_field_holds_the_image_in_its_middle():
    slot = Slot(0, 300.4, 200.6)
    left, bottom, right, top = slot.image_box(60)
    assert all(isinstance(each, int) for each in slot.field_box)
    assert (right - left, top - bottom) == pytest.approx((60 / 25.4 * 72,) * 2)
    assert slot.field_box[0] <= left
    assert right <= slot.field_box[0] + FIELD
    assert ((left + right) / 2, (bottom + top) / 2) == pytest.approx((300.4, 200.6), abs=0.5)
