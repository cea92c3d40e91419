"""The cells of drafting (7.2 create/edit draft: the case officer, o; a unit's clerk, o). See cells.py."""

READING = """
GET {office}/draft                 | officer other-officer           | registry duty leader
GET {zh2}/draft                    |                                 | receiver head officer
GET {jm}/draft                     | clerk                           | approver
GET {drafted}/edit                 | officer                         | head leader rechecker plater proofer keeper
GET {drafted}/versions             | officer head leader rechecker   | plater proofer keeper
"""

WRITING = """
POST {office}/draft?title=x                         | officer other-officer | registry duty leader
POST {jm}/draft?title=x                             | clerk                 | approver
POST {office}/draft_check?title=x                   | officer other-officer | registry duty leader
POST {office}/draft_preview?title=x&body=x          | officer other-officer | registry duty leader
POST {drafted}/edit?title=x&began=1                 | officer               | head leader rechecker plater proofer keeper
POST {drafted}/check?title=x                        | officer               | head leader rechecker plater proofer keeper
POST {drafted}/preview?title=x&body=x               | officer               | head leader rechecker plater proofer keeper
POST {drafted}/hold?act=check_out                   | officer               | head leader rechecker plater proofer keeper
POST {drafted}/take_back?version=1&began=1          | officer               | head leader rechecker plater proofer keeper
"""
