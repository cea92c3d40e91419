"""The release as it is kept: its number, and the document it is about."""

from content_types.content_release import ContentRelease


def test_it_is_about_the_dispatchs_document(bench):
    dispatch = bench.draft()
    made = ContentRelease(dispatch, bench.person("auditor"), "查证")
    made.year, made.number = 2013, 1
    assert (made.title, made.document, made.until, made.state) == ("调阅〔2013〕1号", dispatch.document, None, "asked")
