"""The help page names the interpreting body (R-40.1) and since when the rules are in force (R-41.1)."""

from tests.desk import words


def test_r_40_1_who_interprets_and_since_when(desk):
    page = words(desk("gz.clerk").get("/help")).replace(" ", "")
    assert "由秘书处负责解释" in page
    assert "自2013年1月1日起施行" in page
    assert desk("gz.clerk").get("/").html.select_one('a[href="/help"]')


def test_r_41_1_the_date_is_that_of_the_rule_in_force(desk):
    form = {"name": "effective_date", "value": "2013-01-05", "effective": "2013-01-07", "basis": "粤办函〔2013〕2号"}
    desk("admin").post("/@@setting", form)
    page = words(desk("gz.clerk").get("/help")).replace(" ", "")
    assert "自2013年1月5日起施行" in page
