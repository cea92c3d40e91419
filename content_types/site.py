"""The site: root of the tree, with the named parts of domain.md part 4 (containment) and the platform's services."""

from typing import Any

from BTrees.OOBTree import OOBTree
from substanced.content import content
from substanced.folder import Folder

from content_types.content import Carrier
from content_types.work_calendar import WorkCalendar
from govrepo.catalog import Registers
from govrepo.files import FileStore
from govrepo.journal.markers import MarkerLanes
from govrepo.numbering import NumberKeys
from govrepo.objectmap import SiteObjectMap
from govrepo.rules import RuleHistory
from govrepo.upkeep import Upkeep
from govrepo.vocabulary import Vocabularies
from govrepo.work import WorkQueue

PARTS = ("units", "people", "exchange", "outgoing", "incidents", "admin")


@content("Root", after_create="furnish")
class Site(Carrier, Folder):
    """The root object. Services hang on it as attributes: they are no children and have no URL.

    ``logins`` maps a login name, case folded, to its person (P-17); ``box_index`` maps a principal to the boxes it has rights in;
    ``grants_fingerprint`` tells which tables of grants the ACLs were computed from.
    """

    uid = "site"

    def __init__(self) -> None:
        super().__init__()
        self.work = WorkQueue()
        self.registers = Registers()
        self.files = FileStore()
        self.numbers = NumberKeys()
        self.journal_markers = MarkerLanes()
        self.calendar = WorkCalendar()
        self.rules = RuleHistory()
        self.vocabularies = Vocabularies()
        self.upkeep = Upkeep()
        self.logins = OOBTree()
        self.box_index = OOBTree()
        self.grants_fingerprint = ""

    def furnish(self, _made: Any, registry: Any) -> None:
        """Give a new site its object map and its named parts."""
        self.__objectmap__ = SiteObjectMap(self)
        self.__objectmap__.add(self, ("",))
        self.complete(registry)

    def complete(self, registry: Any) -> None:
        """Make the named parts that are missing, as on a site of an older release."""
        for name in PARTS:
            if name not in self:
                self.add(name, registry.content.create("Shelf"), registry=registry)
