"""Fault reports (R-12.1)."""

from tests.desk import words


def test_a_report_reaches_the_technical_service_group(desk):
    away = desk("fs.clerk").post("/exchange/foshan/report", {"words": "收不到文件"})
    assert "故障已报告" in away.follow().text
    page = words(desk("tech").get("/faults"))
    assert "收不到文件" in page
    assert "佛山" in page


def test_a_report_without_words_comes_back(desk):
    for nothing in ("", "   "):
        page = desk("fs.clerk").post("/exchange/foshan/report", {"words": nothing}, status=422)
        assert "请写明故障情况" in words(page)


def test_the_newest_stands_first(desk):
    for fault in ("第一个", "第二个"):
        desk("fs.clerk").post("/exchange/foshan/report", {"words": fault})
    page = words(desk("tech").get("/faults"))
    assert page.index("第二个") < page.index("第一个")
