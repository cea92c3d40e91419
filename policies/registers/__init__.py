"""The registers (domain.md part 6): what is indexed of which noun, one module a group of nouns.

All keys are plain ints and strings (design.md sect. 6). A declaration stands in its module's ``DECLARATIONS``.
"""

from typing import Any

from policies.registers import duty, exchange, incoming, items, operation, outgoing, paper, people, sealing, supervision

GROUPS = (duty, exchange, incoming, items, operation, outgoing, paper, people, sealing, supervision)


def includeme(config: Any) -> None:
    """Declare the registers."""
    for group in GROUPS:
        for declaration in group.DECLARATIONS:
            config.add_register(declaration)
