"""Which fonts there are and what they can draw."""

from govrepo.settings import Settings
from govrepo.typeset import Fonts, default_fonts, site_fonts


def test_the_free_fonts_are_all_there():
    assert default_fonts().lacking() == []


def test_families_that_are_not_there_are_named(tmp_path):
    assert Fonts(tmp_path).lacking() == ["FandolFang R", "FandolHei", "FandolKai", "FandolSong"]
    assert Fonts(default_fonts().folder, title="FZXiaoBiaoSong-B05S").lacking() == ["FZXiaoBiaoSong-B05S"]


def test_the_fallback_draws_rare_names():
    fonts = default_fonts()
    assert {ord(char) for char in "喆昇堃犇䶮"} <= fonts.characters()
    assert ord("䶮") not in Fonts(fonts.folder, fallback=()).characters()


def test_each_part_looks_into_its_family_first():
    families = default_fonts().families()
    assert families["kai"] == ["FandolKai", "LXGW WenKai", "FandolSong", "FandolFang R", "FandolHei"]


def test_the_settings_name_the_fonts(tmp_path):
    assert site_fonts(Settings({})) == default_fonts()
    named = site_fonts(Settings({"govrepo.fonts": str(tmp_path), "govrepo.font_fallback": "A, B ,"}))
    assert (named.folder, named.fallback) == (tmp_path, ("A", "B"))
