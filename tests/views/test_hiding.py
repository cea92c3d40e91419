"""What a person may not know of is not there."""

from tests.attacks import scene


def test_an_existing_and_a_missing_object_look_the_same(shared_app, desk):
    path = scene.make(shared_app, "signed_office")["signed_office"]
    outsider = desk("gz.clerk")
    there = outsider.get(f"{path}/", status=404)
    nowhere = outsider.get(path[:-3] + "zzz/", status=404)
    assert there.html.find("main").text == nowhere.html.find("main").text


def test_ones_own_box_says_why_not(desk):
    desk("fs.approver").get("/exchange/foshan/compose", status=403)
    desk("gz.approver").get("/exchange/foshan/compose", status=404)


def test_somebody_elses_list_is_not_there(shared_app, desk):
    task = scene.make(shared_app, "task")["task"]
    desk("zh2.receiver").get(f"{task}/", status=404)
    desk("zh2.receiver").act(task, "open", status=404)
