"""Workflow: state, and for a chosen person each row with its verdict and reasons."""

from tests.attacks import scene
from tests.desk import rows, words


def test_the_verdicts_of_a_chosen_person(shared_app, desk):
    path = scene.make(shared_app, "opened_office")["opened_office"]
    page = desk("admin").get(f"{path}/@@workflow?person=office.registry1")
    assert "待签收" in words(page)
    found = {row.split()[0]: row for row in rows(page)}
    assert "可以" in found["签收"]
    assert "不可以" in found["撤回"]
    outsider = desk("admin").get(f"{path}/@@workflow?person=gz.clerk")
    assert all("不可以" in row for row in rows(outsider))
    assert "机要档案科收文员" in words(outsider), "the reason says whose business it is"
    assert "春运" not in page.text, "R-8.3"


def test_a_name_nobody_bears_comes_back(shared_app, desk):
    path = scene.make(shared_app, "opened_office")["opened_office"]
    page = desk("admin").get(f"{path}/@@workflow?person=nobody")
    assert "没有这个人" in words(page)
    assert page.html.find("input", id="f-person")["value"] == "nobody"
    assert rows(page) == []


def test_what_has_no_workflow_says_so(desk):
    assert "这类对象没有流程" in words(desk("admin").get("/exchange/jiangmen/@@workflow"))
