"""Texts that hold other texts: how they are put together, and how they read in Chinese."""

from govrepo.i18n import _, joined, listed, plain, with_values


def test_words_are_listed_as_a_sentence_lists_them():
    assert plain(listed([_("收文员"), _("核准人"), "值班员"])) == "收文员、核准人、值班员"
    assert plain(listed([_("收文员")])) == "收文员"
    assert listed([]) == ""


def test_sentences_are_joined():
    assert plain(joined([_("请填写标题。"), _("请选择文种。")])) == "请填写标题。 请选择文种。"


def test_a_text_reads_with_all_its_values():
    text = _("当前状态是“${state}”，不能“${act}”。", mapping={"state": _("已撤回"), "act": 7})
    assert plain(text) == "当前状态是“已撤回”，不能“7”。"
    assert plain(5) == "5"


def test_a_value_is_never_taken_for_a_place():
    assert plain(_("“${name}”不接收此文种。", mapping={"name": "${state}"})) == "“${state}”不接收此文种。"


def test_only_texts_among_the_values_are_said_anew():
    text = with_values(_("${first} ${second}", mapping={"first": _("签收"), "second": "s"}), lambda value: f"<{value}>")
    assert text.interpolate() == "<签收> s"
    assert text.domain == "govrepo"
