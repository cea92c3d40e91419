"""Records of making a document (domain.md 4.11)."""

from content_types.production import Version, Versions


def version(number):
    return Version(number, None, None, f"标题{number}", "正文", ())


def test_versions_are_kept_by_number_the_newest_first():
    kept = Versions()
    assert (len(kept), kept.newest_first(), kept.get(1)) == (0, (), None)
    kept.add(version(1))
    kept.add(version(2))
    assert len(kept) == 2
    assert [each.number for each in kept.newest_first()] == [2, 1]
    assert kept.get(1).title == "标题1"
