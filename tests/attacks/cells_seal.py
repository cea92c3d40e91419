"""The cells of seals (domain.md 5.9, 7.2; P-70 to P-73, R-8.3), of a unit whose keeper is ``keeper`` (see cells.py)."""

READING = """
GET /registers/seals               | auditor security liaison leader unitadmin approver other-approver keeper | rest
GET /registers/seal_uses           | leader approver other-approver keeper | rest
GET {seal}                         | auditor security liaison leader unitadmin approver keeper |
GET {seal}/image.png               | auditor security liaison leader unitadmin approver keeper |
GET {seal}/scan?of=application     | auditor security liaison leader unitadmin approver keeper |
GET {seal}/certificate_file         | auditor security liaison leader unitadmin approver keeper |
GET {seal}/do?act=report_loss      | auditor security liaison leader unitadmin approver keeper |
GET {unit}/apply_seal              | unitadmin keeper                | rest
"""

WRITING = """
POST {seal_applied}/act?act=approve                 | leader                | auditor security liaison unitadmin approver keeper
POST {seal_applied}/do?act=reject&note=x            | leader                | auditor security liaison unitadmin approver keeper
POST {seal_approved}/act?act=make                   | security              | auditor liaison leader unitadmin approver keeper
POST {seal_made}/prepare?act=activate               | keeper                | auditor security liaison leader unitadmin approver
POST {seal_made}/sign?act=activate                  | keeper                | auditor security liaison leader unitadmin approver
POST {seal_made}/act?act=activate                   | keeper                | auditor security liaison leader unitadmin approver
POST {seal_active}/do?act=report_loss&note=x        | security keeper       | auditor liaison leader unitadmin approver
POST {seal_lost}/do?act=note&note=x                 | auditor               | security liaison leader unitadmin approver keeper
POST {seal_noted}/do?act=restore&note=x             | security              | auditor liaison leader unitadmin approver keeper
POST {seal_ending}/act?act=approve_destroy          | leader                | auditor security liaison unitadmin approver keeper
POST {seal_ending}/do?act=refuse_destroy&note=x     | leader                | auditor security liaison unitadmin approver keeper
POST {seal_ended}/act?act=destroy                   | security              | auditor liaison leader unitadmin approver keeper
"""
