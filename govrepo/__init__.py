"""govrepo: the platform, and the application's table of contents."""

from typing import Any

CONTENT_TYPES = "content_types"
POLICIES = (
    "engine",
    "site",
    "person",
    "unit",
    "division",
    "leaving",
    "check_in",
    "exchange_box",
    "founding",
    "rules",
    "substitute",
    "work_calendar",
    "upkeep",
    "catalog",
    "work_queue",
    "reading",
    "vocabulary",
    "evolution",
    "registers",
    "register_pages",
    "register_export",
    "statistics",
    "certificate",
    "outside_authority",
    "outgoing_document",
    "plating",
    "sealing",
    "seal",
    "seal_use",
    "phone_notice",
    "reply",
    "duty_shift",
    "division_call",
    "dispatch",
    "delivery",
    "assignment",
    "incident",
    "paper_item",
    "paper_making",
    "outage",
    "alarm",
    "journal_watch",
    "journal_gap",
    "journal_period",
    "countersignature",
    "content_release",
    "evidence_package",
    "finding",
    "reconciliation",
    "checkpoint_copy",
    "access_proposal",
    "permission_change",
    "suspension",
    "inspection",
    "system_change",
    "number_series",
    "number",
    "register_entry",
    "handover",
    "training",
    "separation_of_duties",
    "file_object",
    "verification",
    "text_comparison",
    "extraction",
    "saved_search",
    "register_import",
    "text_feed",
    "postmaster",
    "sample",
)


def main(_global_config: Any, **settings: Any) -> Any:
    """Make the application: includes in one order, scans last. The upper layers are named by string only."""
    from pyramid.config import Configurator  # noqa: PLC0415 - Importing the platform's parts must not pull Pyramid in.

    with Configurator(settings=settings) as config:
        # What the process has: settings, database, journal, keys, files, work, registers.
        config.include("govrepo.settings")
        config.include("govrepo.security.substance")
        # Before the worker and the pulse: when the application has been made, each starts in this order, on a site that is whole.
        config.include("govrepo.database")
        config.include("govrepo.retry")
        config.include("pyramid_tm")
        config.include("govrepo.journal")
        config.include("govrepo.process")
        config.include("govrepo.trust")
        config.include("govrepo.files")
        config.include("govrepo.pdf")
        config.include("govrepo.work")
        config.include("govrepo.journal.upkeep")
        config.include("govrepo.trust.upkeep")
        config.include("govrepo.catalog")
        config.include("govrepo.vocabulary")
        # Who comes in, and what every answer carries.
        config.include("govrepo.security")
        # What is stored, what may happen, what people see.
        config.scan(CONTENT_TYPES, categories=("substanced",))
        for noun in POLICIES:
            config.include(f"policies.{noun}")
        config.include("views")
        return config.make_wsgi_app()
