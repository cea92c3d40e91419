"""The cells of the duty desk (R-16, R-20.3; 7.2 "duty roster"; see cells.py)."""

READING = """
GET /duty_roster                   | auditor admin security tech liaison | rest
GET {gd_office}/roster             | auditor admin security tech liaison registry duty leader | officer other-officer
GET {gd_office}/duty               | registry duty                   | leader officer other-officer
GET {gd_office}/duty_now           | registry duty                   | leader officer other-officer
GET {gd_office}/phone              | registry duty                   | leader officer other-officer
GET {gd_office}/tell?d={d}         | registry duty                   | leader officer other-officer
GET {shift}                        | auditor admin security tech liaison registry duty leader | officer other-officer
GET {notice}                       | registry duty                   | leader officer other-officer
GET {call_task}                    | registry duty                   | leader officer other-officer
GET /registers/duty                | auditor admin security tech liaison registry duty leader | rest
"""

WRITING = """
POST {gd_office}/phone?unit=jiangmen&call_at=2013-01-07T09:58&caller=x&called=y | registry duty | leader officer other-officer
POST {gd_office}/tell?d={signed}&division=zh2&call_at=2013-01-07T09:58&caller=x&called=y | registry duty | leader officer other-officer
POST {shift}/act?act=cancel&note=x | admin tech liaison registry | duty leader officer other-officer
POST {notice}/act?act=drop&note=x  | registry duty                   | leader officer other-officer
POST {call_task}/act?act=tell&call_at=2013-01-07T09:58&caller=x&called=y | registry duty | leader officer other-officer
"""
