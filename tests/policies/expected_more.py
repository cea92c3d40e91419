"""The expectations that stand in files of their own, put together for expected.py."""

from tests.policies.expected_duty import DUTY_TABLES, SITE
from tests.policies.expected_incident import INCIDENT_PERMISSIONS, INCIDENT_PERSONAL, INCIDENT_TABLES
from tests.policies.expected_outgoing import BOX_PERMISSIONS, OUTGOING_TABLES, PERSONAL
from tests.policies.expected_paper import PAPER_PERMISSIONS, PAPER_TABLES
from tests.policies.expected_seal import SEAL_PERMISSIONS, SEAL_PERSONAL, SEAL_TABLES

MORE_TABLES = DUTY_TABLES | INCIDENT_TABLES | OUTGOING_TABLES | PAPER_TABLES | SEAL_TABLES
MORE_PERMISSIONS = INCIDENT_PERMISSIONS | SEAL_PERMISSIONS | SITE
MORE_PERSONAL = INCIDENT_PERSONAL | PERSONAL | SEAL_PERSONAL
MORE_BOX_PERMISSIONS = BOX_PERMISSIONS | PAPER_PERMISSIONS
