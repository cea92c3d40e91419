"""The cells of paper beside the exchange (R-N2.1, R-N2.2; see cells.py): the box's clerk receives, its readers see, the sender prints covers."""

READING = """
GET {office}/paper                 | registry                        | duty leader officer other-officer
GET {office}/paper_enter           | registry                        | duty leader officer other-officer
GET {zh2}/paper                    | receiver                        | head officer
GET {jm}/paper                     | clerk                           | approver
GET {paper}                        | registry duty leader            | officer other-officer
GET {sent_paper}/covers            | clerk approver                  |
GET /registers/paper               | registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
"""

WRITING = """
POST {office}/paper?code={scanned} | registry                        | duty leader officer other-officer
POST {office}/paper_enter?sender=x&number=&title=x&day=2013-01-07&copies=1 | registry | duty leader officer other-officer
POST {paper}/act?act=receive       | registry                        | duty leader officer other-officer
POST {paper}/act?act=waive&note=x  | registry                        | duty leader officer other-officer
POST {paper}/act?act=report_lost&note=x | registry                   | duty leader officer other-officer
POST {paper_received}/act?act=reopen&note=x | registry               | duty leader officer other-officer
POST {paper_found}/act?act=keep&note=x | registry                    | duty leader officer other-officer
POST {sent_lost}/paper_again?box=gd-government&kind=twin | clerk      | approver
"""
