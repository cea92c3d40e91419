"""The cells of drafting (7.2 create/edit draft: the case officer, o; a unit's clerk, o). See cells.py."""

READING = """
GET {office}/draft                 | officer other-officer           | registry duty leader
GET {zh2}/draft                    |                                 | receiver head officer
GET {jm}/draft                     | clerk                           | approver
GET {drafted}/edit                 | officer                         | rest
GET {drafted}/versions             | officer head leader             | rest
"""

WRITING = """
POST {office}/draft?title=x                         | officer other-officer | registry duty leader
POST {jm}/draft?title=x                             | clerk                 | approver
POST {office}/draft_check?title=x                   | officer other-officer | registry duty leader
POST {office}/draft_preview?title=x&body=x          | officer other-officer | registry duty leader
POST {drafted}/edit?title=x&began=1                 | officer               | rest
POST {drafted}/check?title=x                        | officer               | rest
POST {drafted}/preview?title=x&body=x               | officer               | rest
POST {drafted}/hold?act=check_out                   | officer               | rest
POST {drafted}/take_back?version=1&began=1          | officer               | rest
"""
