"""The cells of registers (domain.md part 6, 7.2; R-8.3, R-35.1): entries, numbers, and who may see and export which page (see cells.py)."""

READING = """
GET /my_tasks                      | rest                            |
GET {gd_office}/entries            | registry leader                 | duty officer other-officer
GET {gd_office}/enter              | registry                        | duty leader officer other-officer
GET {gd_office}/series             | registry                        | duty leader officer other-officer
GET {zh2}/entries                  | receiver head                   | officer
GET {zh2}/enter                    | receiver                        | head officer
GET {zh2}/series                   | receiver                        | head officer
GET {jm}/entries                   |                                 | clerk approver
GET {series}                       | registry                        | duty leader officer other-officer
GET {entry}                        | registry leader receiver head officer | duty other-officer
GET {entry}/do?act=conclude        | registry leader receiver head officer | duty other-officer

GET {in_office}/beside             | registry duty leader            | officer other-officer
GET {in_zh2}/beside                | receiver head                   | officer
GET {dispatch}/beside              | clerk approver                  |
GET {task}/beside                  | officer                         |
GET {entry}/beside                 | registry leader receiver head officer | duty other-officer

GET /search                        | rest                            |
GET /search?q=x                    | rest                            |
GET /search_print?q=x              | rest                            |
GET /registers                     | rest                            |
GET /registers/deliveries          | registry duty leader receiver head clerk approver outsider other-approver | rest
GET /registers/signatures          | registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
GET /registers/unsigned            | registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
GET /registers/returns             | registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
GET /registers/chase               | leader head officer other-officer clerk approver outsider other-approver | rest
GET /registers/outgoing            | leader head officer other-officer clerk approver outsider other-approver | rest
GET /registers/office              | registry leader                 | rest
GET /registers/division            | receiver head                   | rest
GET /registers/gaps                | registry receiver clerk outsider | rest
GET /registers/urging              | registry leader receiver head   | rest
GET /registers/to_file             | registry leader receiver head   | rest
GET /statistics                    | auditor liaison registry leader head clerk approver unitadmin outsider other-approver | rest
GET /statistics?unit=guangzhou     | auditor liaison leader outsider other-approver | rest
GET /registers/check_ins           | registry duty leader receiver head clerk approver outsider other-approver | rest
GET /registers/prints              | registry duty leader receiver head clerk approver outsider other-approver | rest
GET /registers/units               | auditor admin tech liaison leader unitadmin | rest
GET /registers/connections         | auditor admin tech liaison leader unitadmin | rest
GET /registers/certificates        | auditor security tech           | rest
GET /registers/changes             | rest                            |
GET /registers/appointments        | auditor admin                   | rest
GET /registers/incidents           | auditor admin security tech liaison registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
GET /registers/inspections         | auditor admin security tech liaison unitadmin | rest
GET /registers/trainings           | auditor admin security tech liaison unitadmin | rest
GET /registers/handovers           | rest                            |
GET /registers/phone_notices      | registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
GET /registers/returns/print       | registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
"""

WRITING = """
POST {entry_registered}/do?act=propose&note=x       | registry              | leader duty officer other-officer
POST {entry_proposed}/do?act=instruct&note=x        | leader                | registry duty officer other-officer
POST {entry_proposed}/do?act=hand_to&lead=zh2       | registry              | leader duty officer other-officer
POST {entry_handled}/do?act=refuse&note=x           | receiver head         | registry leader officer duty other-officer
POST {entry_handled}/do?act=conclude&note=x         | officer               | registry leader receiver head duty other-officer
POST {entry_handled}/do?act=urge&note=x             | registry              | leader receiver head officer duty other-officer
POST {entry_concluded}/do?act=send_on&what=document | officer              | registry leader receiver head duty other-officer
POST {entry_concluded}/act?act=file                 | registry              | leader receiver head officer duty other-officer
POST {entry_concluded}/act?act=file_informal        | officer               | registry leader receiver head duty other-officer
POST {gd_office}/series?code=试验&kind=document       | registry              | leader duty officer other-officer
POST {series}/act?act=reserve&note=x&until=2013-01-31 | registry            | leader duty officer other-officer

POST /search_export?q=x&format=csv                   | rest                  |
POST /save_search?name=x&page=/search            | rest                  |
POST /statistics?year=2013&unit=jiangmen             | auditor liaison leader clerk approver unitadmin | rest
POST /registers/office/export?format=xlsx           | registry leader       | rest
POST /registers/division/export?format=csv          | receiver head         | rest
POST /registers/deliveries/export?format=csv        | registry duty leader receiver head clerk approver outsider other-approver | rest
"""
