"""The cells of register pages (domain.md part 6, 7.2; R-8.3, R-35.1): who may see, print and export which register (see cells.py)."""

REGISTERS_READING = """
GET /registers                     | rest                            |
GET /registers/deliveries          | registry duty leader receiver head clerk approver outsider other-approver | rest
GET /registers/signatures          | registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
GET /registers/unsigned            | registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
GET /registers/returns             | registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
GET /registers/outgoing            | leader head officer other-officer clerk approver outsider other-approver | rest
GET /registers/office              | registry leader                 | rest
GET /registers/division            | receiver head                   | rest
GET /registers/gaps                | registry receiver               | rest
GET /registers/urging              | registry leader receiver head   | rest
GET /registers/to_file             | registry leader receiver head   | rest
GET /registers/returns/print       | registry duty leader receiver head officer other-officer clerk approver outsider other-approver | rest
"""

REGISTERS_WRITING = """
POST /registers/office/export?format=xlsx           | registry leader       | rest
POST /registers/division/export?format=csv          | receiver head         | rest
POST /registers/deliveries/export?format=csv        | registry duty leader receiver head clerk approver outsider other-approver | rest
"""
