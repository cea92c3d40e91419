"""Loading the samples into an empty site: the organisation in one transaction, then seals and documents, act by act.

This is a script's work: it commits. It runs in ``govrepo-sample`` and in tests, never in a request.
"""

from typing import Any

import transaction

from govrepo import clock
from govrepo.database import opened
from policies.sample.documents import make_documents
from policies.sample.duty import make_roster, tell_divisions
from policies.sample.organisation import make_organisation
from policies.sample.outgoing import make_outgoing
from policies.sample.people import SINCE, make_people
from policies.sample.seals import make_seals


def load(registry: Any) -> bool:
    """Load organisation, seals and documents, if the site has no unit yet; answer whether anything was loaded."""
    loaded = load_organisation(registry)
    if loaded:
        load_seals(registry)
        load_documents(registry)
    return loaded


def is_empty(registry: Any) -> bool:
    """Whether the site has no unit yet."""
    with opened(registry) as root:
        return not len(root["units"])


def load_organisation(registry: Any) -> bool:
    """Load units, boxes and people, if the site has no unit yet; answer whether anything was loaded."""
    present = clock.now()
    # Frozen around the commit too: the journal stamps its entries there, and its times go on from here.
    with clock.frozen(SINCE), opened(registry) as root, transaction.manager:
        if len(root["units"]):
            return False
        make_organisation(root, registry)
        make_people(root, registry, present)
    return True


def load_seals(registry: Any) -> None:
    """Make the sample seals, where the site has an authority; the organisation must be there."""
    with opened(registry) as root:
        make_seals(root, registry)


def load_documents(registry: Any) -> None:
    """Have the sample people exchange the sample documents; the organisation must be there."""
    with opened(registry) as root:
        make_roster(root, registry)
        make_documents(root, registry)
        tell_divisions(root, registry)
        make_outgoing(root, registry)
