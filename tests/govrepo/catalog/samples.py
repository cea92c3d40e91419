"""A register of letters, and a site that holds it: what the tests of the catalog work on."""

from persistent import Persistent
from persistent.mapping import PersistentMapping

from govrepo.catalog import Index, Register, RegisterDeclaration, Registers


class Letter(Persistent):
    """An object with every kind of value."""

    def __init__(self, uid, *, box="b1", state="pending", order=0, tags=(), day=None):
        self.uid, self.box, self.state, self.order, self.tags, self.day = uid, box, state, order, tags, day


class Note(Persistent):
    """An object that stands in no register."""

    uid = "note"


class Site(PersistentMapping):
    """A root object as the platform needs it: children and registers."""

    registers = None


def box_of(letter):
    return letter.box


def state_of(letter):
    return letter.state


def order_of(letter):
    return letter.order


def day_of(letter):
    return letter.day


def tags_of(letter):
    return letter.tags


LETTERS = RegisterDeclaration(
    name="letters",
    content_types=(Letter,),
    indexes=(
        Index("box", "field", box_of),
        Index("state", "field", state_of),
        Index("order", "field", order_of),
        Index("day", "field", day_of),
        Index("tags", "keyword", tags_of),
    ),
)

FACETED = RegisterDeclaration(
    name="letters",
    content_types=(Letter,),
    indexes=(
        Index("box", "field", box_of, facet=True),
        Index("state", "field", state_of),
        Index("order", "field", order_of),
        Index("day", "field", day_of, facet=True),
        Index("tags", "keyword", tags_of, facet=True),
    ),
)
"""The same register with bitmaps; state stays without them."""


def make_site(declaration=LETTERS):
    site = Site()
    site.registers = Registers()
    site.registers.ensure([declaration])
    return site


def letters_of(site, declaration=LETTERS):
    return Register(site.registers.by_name[declaration.name], declaration)


def enter(register, count, **fields):
    """Letters l0, l1, ... with rising order, entered and folded."""
    letters = [
        Letter(f"l{number}", order=number, **{k: f(number) for k, f in fields.items()}) for number in range(count)
    ]
    for letter in letters:
        register.changed(letter)
    register.drain()
    return letters


def uids(page):
    return [letter.uid for letter in page.objects]
