"""The permission cells of the site's management (see cells.py)."""

READING = """
GET /@@manage                      | auditor admin security tech liaison | rest
GET /@@people                      | auditor admin security tech     | rest
GET /@@people?q=jm&unit=jiangmen   | auditor admin security tech     | rest
GET /@@new_person                  | admin                           | rest
GET /@@roles                       | auditor admin tech              | rest
GET /@@roles?role=head             | auditor admin tech              | rest
GET /@@sessions                    | auditor admin tech              | rest
GET /@@settings                    | auditor admin tech              | rest
GET /@@setting?name=half_days      | auditor admin tech              | rest
GET /@@vocabularies                | auditor admin tech              | rest
GET /@@accepts                     | auditor admin tech              | rest
GET /@@accepts?box=foshan          | auditor admin tech              | rest
GET /@@neighbours                  | auditor admin tech              | rest
GET /@@neighbours?box=foshan       | auditor admin tech              | rest
GET /@@calendar                    | auditor admin tech              | rest
GET /@@database                    | auditor admin tech              | rest
GET /@@catalog                     | auditor admin tech              | rest
GET /@@catalog_register?name=people | auditor admin tech             | rest
GET /@@catalog_progress?name=people | auditor admin tech             | rest
GET /@@contents                    | auditor admin tech              | rest
GET /@@properties                  | auditor admin tech              | rest
GET /@@history                     | auditor admin tech              | rest
GET /@@work                        | admin tech                      | rest
GET /@@tree                        | auditor admin tech              | rest
GET /@@security                    | auditor admin tech              | rest
GET /@@workflow                    | auditor admin tech              | rest
GET /@@references                  | auditor admin tech              | rest
GET /@@indexing                    | auditor admin tech              | rest
GET /@@access                      | auditor admin tech              | rest
GET /@@explain                     | auditor admin tech              | rest
GET /@@explain?q=who&object=/exchange/jiangmen&permission=exchange:box:view | auditor admin tech | rest
GET /@@journal                     | auditor                         | rest
GET /@@journal_entry?seq=0         | auditor                         | rest
GET /@@alarms                      | auditor                         | rest
GET /@@journal_periods             | auditor                         | rest
GET /@@document_life?path={in_zh2} | auditor                         | rest
"""

WRITING = """
POST /@@new_person?login=new.one&name=x&unit=jiangmen | admin                 | rest
POST /@@sessions?act=end&person=p0002&session=x     | admin tech            | rest
POST /@@setting?name=cut_off&value=16:30&effective=2013-02-01&basis=x | admin                 | rest
POST /@@vocabularies?act=add&vocabulary=return_reasons&code=xx&zh=x&en=x | admin | rest
POST /@@accepts?box=foshan&kinds=议案&basis=x         | admin                 | rest
POST /@@neighbours?box=foshan&first=zhuhai&basis=x    | admin                 | rest
POST /@@calendar?kind=rule&first=2013-06-03&note=x  | admin                 | rest
POST /@@database?days=30                            | admin                 | rest
POST /@@catalog_register?name=people&act=check      | admin                 | rest
POST /@@work?act=retry&letter=x                     | admin                 | rest
POST /@@journal_export?format=jsonl                 | auditor               | rest
POST /@@journal_periods?note=x                      | auditor               | rest
"""
