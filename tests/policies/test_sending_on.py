"""What was concluded goes on by exchange to the units concerned (R-23.2, R-24.1; S-5)."""

import pytest

from content_types.dispatch import Address
from policies.registering import enter_in_register, facts_of
from policies.sending_on import sendings
from tests.policies.test_inspection import refused
from tests.policies.test_register_entry import CLERK, HEAD, OFFICER, handed, lead
from tests.policies.test_registering import PAPER, RECEIVER, registered


@pytest.fixture
def entry(bench):
    """Registered by the office, handled by 综合二处, concluded."""
    entry = handed(bench, registered(bench))
    bench.act(OFFICER, entry, "conclude", note="已办")
    return entry


def sent_on(bench, entry, what="document", login=OFFICER):
    bench.act(login, entry, "send_on", what=what)
    return entry.sent_on[-1]


def test_r_23_2_the_case_officer_sends_a_concluded_document_on(bench, entry):
    dispatch = sent_on(bench, entry)
    document = dispatch.document
    assert (dispatch.box, dispatch.state, document.case_officer) == (
        bench.box("gd-office-zh2"),
        "drafting",
        bench.person(OFFICER),
    )
    assert (document.informal, document.kind, document.number) == (True, "转", "")
    assert document.title == f"转《{entry.title}》"
    assert "江府〔2013〕2号" in document.note
    assert document.sent_on_from is entry
    assert [(each.box.__name__, each.address) for each in dispatch.recipients] == [("jiangmen", Address.MAIN)]
    bench.act(OFFICER, dispatch, "submit")
    bench.act(HEAD, dispatch, "release")
    bench.act(OFFICER, dispatch, "send")
    bench.fan_out(dispatch)
    assert dispatch.tracking.deliveries["jiangmen"].state == "pending"
    bench.act(OFFICER, entry, "file_informal")
    assert (entry.state, str(entry.filing)) == ("closed", "informal")


def test_r_24_1_a_formal_one_goes_on_likewise_and_is_then_filed_by_the_office(bench, entry):
    sent_on(bench, entry)
    bench.act(CLERK, entry, "file")
    assert (entry.state, str(entry.filing), len(entry.sent_on)) == ("closed", "formal", 1)


def test_r_33_1_the_files_are_the_same_content_referenced_once_more(bench, entry):
    original = entry.delivery.document
    (stored,) = {file.stored for file in original.files}  # The bench gives both files the same content.
    before = stored.references
    document = sent_on(bench, entry).document
    assert [file.stored for file in document.files] == [file.stored for file in original.files]
    assert stored.references == before + 2
    assert {str(file.role) for file in document.files} == {"attachment"}
    assert all(file.state == "inspected" for file in document.files)
    assert len(original.files) == 2, "the document that came in is what it was"


def test_r_23_2_nobody_else_and_not_before_it_is_concluded(bench):
    entry = handed(bench, registered(bench))
    assert refused(lambda: bench.act(OFFICER, entry, "send_on", what="document")) == {("R-23.2", "")}
    bench.act(OFFICER, entry, "conclude", note="已办")
    for login in (CLERK, HEAD, RECEIVER, "zh1.officer", "office.leader", "jm.clerk"):
        act = lambda login=login: bench.act(login, entry, "send_on", what="document")  # noqa: E731
        assert refused(act) == {("R-23.2", "")}
    bench.act(OFFICER, entry, "file_informal")
    assert refused(lambda: bench.act(OFFICER, entry, "send_on", what="document")) == {("R-23.2", "")}


def test_the_reply_goes_on_where_there_is_one(bench, entry):
    assert refused(lambda: bench.act(OFFICER, entry, "send_on", what="reply")) == {("R-23.2", "what")}
    assert refused(lambda: bench.act(OFFICER, entry, "send_on", what="")) == {("R-23.2", "what")}
    reply = bench.sent(number="江府〔2013〕9号", title="关于春运工作的批复")
    bench.act(OFFICER, entry, "reply", reply=reply)
    assert sent_on(bench, entry, "reply").document.title == "转《关于春运工作的批复》"


def test_assisting_divisions_are_proposed_as_copies(bench):
    entry = registered(bench)
    bench.act(CLERK, entry, "propose", note="拟办")
    other = bench.box("gd-office-zh1").owner
    bench.act(CLERK, entry, "hand_to", lead=lead(bench), assists=(other,), due=None)
    bench.act(OFFICER, entry, "conclude", note="已办")
    found = {each.box.__name__: each.address for each in sent_on(bench, entry).recipients}
    assert found == {"jiangmen": Address.MAIN, "gd-office-zh1": Address.COPY}


def test_a_divisions_own_entry_goes_on_from_its_own_box(bench):
    own = registered(bench, RECEIVER, "gd-office-zh2")
    bench.act(RECEIVER, own, "propose", note="拟办")
    person = bench.person(OFFICER)
    bench.act(RECEIVER, own, "hand_to", lead=person, due=None)
    bench.act(OFFICER, own, "conclude", note="已办")
    assert sent_on(bench, own).box is own.box


def test_who_handles_without_being_case_officer_cannot_send(bench):
    """7.2 "send": case officer."""
    own = registered(bench, RECEIVER, "gd-office-zh2")
    bench.act(RECEIVER, own, "propose", note="拟办")
    bench.act(RECEIVER, own, "hand_to", lead=bench.person(HEAD), due=None)
    bench.act(HEAD, own, "conclude", note="已办")
    assert refused(lambda: bench.act(HEAD, own, "send_on", what="document")) == {("R-23.2", "")}


def test_paper_goes_on_with_files_added_by_hand(bench):
    """The sender is found by its name; without a file it is not submitted."""
    entry = enter_in_register(
        bench.box("gd-office"), PAPER._replace(from_unit=bench.root["units"]["jiangmen"].short_name), bench.actor(CLERK)
    )
    handed(bench, entry)
    bench.act(OFFICER, entry, "conclude", note="已办")
    dispatch = sent_on(bench, entry)
    assert [each.box.__name__ for each in dispatch.recipients] == ["jiangmen"]
    assert refused(lambda: bench.act(OFFICER, dispatch, "submit")) == {("R-23.2", "files")}


def test_paper_of_an_unknown_sender_proposes_nobody(bench):
    entry = enter_in_register(bench.box("gd-office"), PAPER._replace(from_unit="某某公司"), bench.actor(CLERK))
    handed(bench, entry)
    bench.act(OFFICER, entry, "conclude", note="已办")
    assert sent_on(bench, entry).recipients == ()


def test_corrections_and_supplements_stand_with_the_entry(bench, entry):
    dispatch = sent_on(bench, entry)
    for login, name in ((OFFICER, "submit"), (HEAD, "release"), (OFFICER, "send"), (OFFICER, "correct")):
        bench.act(login, dispatch, name)
    first, correction = sendings(entry)
    assert (first, correction.document.sent_on_from, correction.document.kind) == (dispatch, entry, "转")


def test_s_5_an_informal_item_is_not_registered_by_the_office_nor_filed_formally(bench):
    passed_on = {"login": "zh1.officer", "box": "gd-office-zh1", "by": "zh1.head", "informal": True}
    to_office = bench.delivered(mains=("gd-office",), **passed_on).tracking.deliveries["gd-office"]
    for name in ("open", "sign_for"):
        bench.act(CLERK, to_office, name)
    assert ("S-5", "") in refused(lambda: bench.act(CLERK, to_office, "register", entry=object()))
    bench.act(CLERK, to_office, "distribute", targets=((lead(bench), "lead"),), note="")
    to_division = bench.delivered(mains=("gd-office-zh2",), **passed_on).tracking.deliveries["gd-office-zh2"]
    for name in ("open", "sign_for"):
        bench.act(RECEIVER, to_division, name)
    assert ("S-5", "") in refused(lambda: bench.act(RECEIVER, to_division, "forward"))
    own = enter_in_register(to_division.box, facts_of(to_division), bench.actor(RECEIVER), to_division)
    bench.act(RECEIVER, own, "propose", note="拟办")
    bench.act(RECEIVER, own, "hand_to", lead=bench.person(OFFICER), due=None)
    bench.act(OFFICER, own, "conclude", note="已办")
    assert refused(lambda: bench.act(RECEIVER, own, "file")) == {("S-5", "")}
    bench.act(OFFICER, own, "file_informal")
