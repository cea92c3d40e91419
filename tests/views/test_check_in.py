"""The check-in's pages beyond story 10."""

from tests.desk import words


def test_a_new_box_lacks_nothing(desk):
    page = desk("fs.clerk").get("/exchange/foshan/check_ins")
    assert "还没有登记" in words(page)


def test_recorded_once_and_said_so(desk):
    clerk = desk("fs.clerk")
    assert "本半日查收已登记" in clerk.post("/exchange/foshan/check_in").follow().text
    assert "本半日已经查收过" in clerk.post("/exchange/foshan/check_in").follow().text
    assert "上午" in words(clerk.get("/exchange/foshan/check_ins"))
