"""The fixed-layout file and the editable file are compared (R-N4.2, P-51): what layout adds is no difference, what was changed is."""

import pytest
import transaction
from pyramid.traversal import resource_path

from content_types.file_object import FileRole, TextState
from content_types.text_comparison import Likeness
from govrepo import clock
from govrepo.extraction import Extracted
from govrepo.trust.data import renew_due_crls
from policies import extraction
from policies.text_comparison import compare, is_comparable, sentences
from tests.policies.bench import EDITABLE, SCAN
from tests.policies.outgoing import Chain
from tests.policies.test_sealing import seal_for

TITLE = "关于做好2013年春运工作的通知"
BODY = "各县（市、区）人民政府：\n　　一、加强领导。各地要落实责任。\n　　二、拨付专项资金50万元。\n　　三、及时报告！有情况怎么办？立即上报。\n"
END = "江门市人民政府\n2013年1月5日\n"
FIRST = "江门市人民政府文件\n江府〔2013〕2号\n关于做好2013年\n春运工作的通知\n各县（市、区）人民政府：\n一、加强领导。各地要\n落实责任。\n- 1 -"
SECOND = """二、拨付专项资金50万元。
三、及时报告！有情况怎么
办？立即上报。
江门市人民政府
2013年1月5日
抄送：市委办公室，市人大常委会办公室，
市纪委。
江门市人民政府办公室 2013年1月6日印发
— 2 —"""
PDF = [FIRST, SECOND]


@pytest.fixture
def compared(bench):
    """Compare the texts of two files, as the worker takes them out."""

    def of(fixed, editable):
        document = bench.draft(title=TITLE).document
        scan, text = (bench.file(*each) for each in (SCAN, EDITABLE))
        document.files = (scan, text)
        for file, parts in ((scan, fixed), (text, editable)):
            file.text_state = TextState.KEPT if parts else TextState.NONE
            if parts:
                extraction._keep(document, file, Extracted(tuple(parts), cut=False))
        transaction.savepoint()  # What is kept can be read from here on.
        return document, compare(document)

    return of


def test_what_layout_adds_is_no_difference(compared):
    _document, found = compared(PDF, [f"江府〔2013〕2号\n{TITLE}\n{BODY}{END}"])
    assert (found.likeness, found.ratio, found.passages) == (Likeness.SAME, 1, ())


def test_another_amount_is_shown_side_by_side(compared):
    _document, found = compared(PDF, [f"{TITLE}\n{BODY.replace('50', '500')}{END}"])
    assert found.passages == (("二、拨付专项资金50万元。", "二、拨付专项资金500万元。"),)
    assert found.ratio < 1


def test_another_text_is_different(compared):
    _document, found = compared(PDF, [f"{TITLE}\n　　现将有关事项通知如下。请认真贯彻执行。\n"])
    assert found.likeness is Likeness.DIFFERENT


def test_a_small_difference_in_a_long_text_is_one(compared):
    long = "".join(f"第{number}条规定如此这般。\n" for number in range(60))
    _document, found = compared([TITLE, long], [f"{TITLE}\n{long.replace('第7条', '第八条')}"])
    assert (found.likeness, found.differences) == (Likeness.NEARLY, 1)


@pytest.mark.parametrize(("fixed", "editable"), [([], [BODY]), (PDF, []), (["- 1 -"], [BODY])])
def test_a_scan_has_no_text(compared, fixed, editable):
    assert compared(fixed, editable)[1].likeness is Likeness.NO_TEXT


def test_full_width_and_half_width_are_one():
    assert sentences(["２０１３年， 一月。"], "") == sentences(["2013年,一月。"], "")


def test_the_title_is_looked_for_at_the_head_only():
    far = "甲" * 1000 + "乙。"
    assert sentences([far + TITLE], TITLE) == [far, TITLE]


def test_it_is_compared_once_all_texts_are_there(bench):
    dispatch = bench.draft()
    document = dispatch.document
    scan, editable = document.files
    assert not is_comparable(document)
    for file in (scan, editable):
        assert "text_comparison.compare" not in bench.work()
        bench.registry.work_handlers["file_object.extract"](bench.job(path=resource_path(document), file=file.uid))
    assert bench.work().count("text_comparison.compare") == 1
    bench.registry.work_handlers["text_comparison.compare"](bench.job(path=resource_path(document)))
    assert document.comparison.likeness is Likeness.NO_TEXT
    assert bench.journaled("text_comparison.made")[-1].details == {"likeness": "no_text", "percent": 0}


def test_what_is_sent_without_an_editable_file_is_not_compared(bench):
    document = bench.draft().document
    document.files = (bench.file(FileRole.ORIGINAL, "正本.pdf", "pdf"),)
    document.files[0].text_state = TextState.NONE
    assert not is_comparable(document)
    bench.registry.work_handlers["text_comparison.compare"](bench.job(path=resource_path(document)))
    assert document.comparison is None


def test_what_the_site_itself_typeset_and_sealed_is_one_text(bench, authority):
    """The two files of the outgoing chain come of one body (R-19.3)."""
    renew_due_crls(bench.root, bench.registry, clock.now())
    chain = Chain(bench)
    seal = seal_for(chain)
    document = chain.sealing()
    chain.act("keeper", document, "seal", seal=seal)
    chain.let_seal(document)
    for file in document.files:
        bench.registry.work_handlers["file_object.extract"](bench.job(path=resource_path(document), file=file.uid))
        transaction.savepoint()
    found = compare(document)
    assert found.likeness is Likeness.SAME, found
