"""The expectations that stand in files of their own, put together for expected.py."""

from tests.policies.expected_duty import DUTY_TABLES
from tests.policies.expected_incident import INCIDENT_PERMISSIONS, INCIDENT_PERSONAL, INCIDENT_TABLES
from tests.policies.expected_paper import PAPER_PERMISSIONS, PAPER_TABLES
from tests.policies.expected_seal import SEAL_PERMISSIONS, SEAL_PERSONAL, SEAL_TABLES

MORE_TABLES = PAPER_TABLES | DUTY_TABLES | INCIDENT_TABLES | SEAL_TABLES
MORE_BOX = PAPER_PERMISSIONS
MORE_PERMISSIONS = INCIDENT_PERMISSIONS | SEAL_PERMISSIONS
MORE_PERSONAL = INCIDENT_PERSONAL | SEAL_PERSONAL
