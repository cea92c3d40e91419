"""R-11.1 and R-12.1 over HTTP: the technical group sees reported faults and divisions without a receiver."""

from tests.desk import Desk


def test_the_technical_group_sees_faults_and_divisions_without_a_receiver(app):
    Desk(app, "zh2.receiver").post("/exchange/gd-office-zh2/report", {"words": "交换箱打不开"})
    page = Desk(app, "tech").get("/faults")
    assert "交换箱打不开" in page.text
    assert "建议提案处" in page.html.find("section", {"aria-labelledby": "receivers"}).text
    Desk(app, "gz.clerk").get("/faults", status=403)
