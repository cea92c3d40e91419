"""The check-in's pages beyond story 10."""

from govrepo import clock
from govrepo.settings import Settings
from policies.working_time import half_day, hours
from tests.desk import words
from views import check_in


def test_a_new_box_lacks_nothing(desk):
    page = desk("fs.clerk").get("/exchange/foshan/check_ins")
    assert "还没有登记" in words(page)


def test_recorded_once_and_said_so(desk):
    clerk = desk("fs.clerk")
    assert "本半日查收已登记" in clerk.post("/exchange/foshan/check_in").follow().text
    assert "本半日已经查收过" in clerk.post("/exchange/foshan/check_in").follow().text
    half = check_in.HALF_WORDS[half_day(clock.now(), hours(Settings({}).half_days))]
    assert f"{clock.today().isoformat()}{half}" in words(clerk.get("/exchange/foshan/check_ins"))
