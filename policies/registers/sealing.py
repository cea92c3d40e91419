"""What is indexed of seals and their use (domain.md part 6; P-70 to P-76)."""

from content_types.seal import Seal
from content_types.seal_use import SealUse
from govrepo import clock, numbering
from govrepo.catalog import Index, RegisterDeclaration
from policies.registers.keys import bigrams, moment


def asked(seal: Seal) -> str:
    """How far an application for its destruction is; empty for none."""
    if seal.ending is None or seal.state == "destroyed":
        return ""
    return "asked" if seal.ending.approved_by is None else "approved"


def outdated(seal: Seal) -> int:
    """Whether a seal in use no longer bears its unit's name (P-12)."""
    return int(seal.state == "active" and not seal.bears_name_on(clock.today()))


def seal_key(use: SealUse) -> str:
    """The seal of a use, as its address below the units."""
    return f"{use.seal.unit.code}/{use.seal.uid}"


SEALS = RegisterDeclaration(
    name="seals",
    content_types=(Seal,),
    indexes=(
        Index("uid", "field", lambda seal: seal.uid),
        Index("unit", "field", lambda seal: seal.unit.code, facet=True),
        Index("kind", "field", lambda seal: str(seal.kind), facet=True),
        Index("state", "field", lambda seal: seal.state, facet=True),
        Index("asked", "field", asked),
        Index("outdated", "field", outdated),
        Index("keeper", "field", lambda seal: seal.keeper.id),
        Index("serial", "field", lambda seal: seal.serial),
        Index("words", "keyword", lambda seal: bigrams(seal.name)),
        Index("at", "field", lambda seal: moment(seal.created)),
        Index("valid_to", "field", lambda seal: moment(seal.valid_to)),
        Index("order", "field", lambda seal: f"{seal.unit.rank:06}{seal.unit.code} {moment(seal.created):020}"),
    ),
)

SEAL_USES = RegisterDeclaration(
    name="seal_uses",
    content_types=(SealUse,),
    indexes=(
        Index("unit", "field", lambda use: use.seal.unit.code, facet=True),
        Index("seal", "field", seal_key, facet=True),
        Index("keeper", "field", lambda use: use.keeper.id),
        Index("serial", "field", lambda use: use.serial),
        Index("words", "keyword", lambda use: bigrams(use.document_title) | bigrams(numbering.normal(use.number))),
        Index("at", "field", lambda use: moment(use.at)),
    ),
)

DECLARATIONS = (SEALS, SEAL_USES)
