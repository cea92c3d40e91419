"""Texts in a locale, with or without a request."""

import pytest

from govrepo.i18n import _, listed
from govrepo.translator import translator
from tests.app import close_app, make_app


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    app = make_app(tmp_path_factory.mktemp("translator"), organisation=False)
    yield app.registry
    close_app(app)


def test_a_text_and_the_texts_in_it_are_translated(registry):
    english = translator(registry, "en")
    assert english is translator(registry, "en")
    assert english.translate(_("退文登记簿")) == "Register of returns"
    assert english.translate(listed([_("是"), _("否")])) == "Yes, No"
    assert english.translate("不是文本") == "不是文本"
    assert translator(registry, "zh_CN").translate(_("退文登记簿")) == "退文登记簿"
