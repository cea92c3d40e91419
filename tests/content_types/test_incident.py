"""The incident (domain.md 4.16; R-12.1)."""

from content_types.incident import Incident


def test_its_title_names_the_box_and_the_first_words(bench):
    incident = Incident(bench.box("guangzhou"), bench.person("gz.clerk"), "收不到文" * 20)
    assert incident.title == "广州市：" + "收不到文" * 10
    assert incident.state == "reported"
