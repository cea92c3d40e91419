"""What domain.md allows with register entries and numbers, written by hand from its sections 4.7, 5.5 and 7.2 (see expected.py)."""

from tests.policies.expected import CHOOSERS, INSTRUCTORS, NOBODY, PERSON_TABLE, REGISTRARS, Row, _states

# 4.7, S-24, S-27: whoever keeps the register keeps its numbers; the system ends what was reserved.
NUMBER_STATES = ("reserved", "taken", "void")
NUMBER = (
    Row("take", _states("reserved"), REGISTRARS, "S-27"),
    Row("void", _states("reserved taken"), REGISTRARS, "S-24"),
    Row("expire", _states("reserved"), NOBODY, "S-27: the system"),
)
SERIES = (
    Row("close_year", _states("active ended"), REGISTRARS, "S-24"),
    Row("ask_leader", _states("active ended"), REGISTRARS, "R-24.3"),
    Row("waive_leader", _states("active ended"), REGISTRARS, "R-24.3"),
    Row("end", _states("active"), REGISTRARS, "S-23"),
    Row("resume", _states("ended"), REGISTRARS, "S-23"),
)

# 5.5. ``who`` are the roles at the register's box; "lead" those at the division an entry was handed to, "reader" whoever has it to read.
ENTRY_STATES = ("registered", "returned", "proposed", "instructed", "handling", "concluded", "closed", "cancelled")
BEFORE = "registered proposed instructed"
ENTRY = (
    Row("preview_return", _states("registered"), REGISTRARS, "5.5 preview_return"),
    Row("propose", _states("registered proposed"), REGISTRARS, "5.5 propose"),
    Row("instruct", _states("proposed instructed"), INSTRUCTORS, "5.5 instruct"),
    Row("circulate", _states(BEFORE), REGISTRARS, "5.5 circulate"),
    Row("read", _states(BEFORE + " handling concluded"), NOBODY, "3.10 circulation", "reader"),
    Row("hand_to", _states("proposed instructed"), REGISTRARS, "5.5 hand_to"),
    Row("refuse", _states("handling"), {"lead": {"receiver", "head"}}, "5.5 refuse: division", "lead"),
    Row("extend", _states("handling"), INSTRUCTORS, "5.5 extend"),
    Row("urge", _states("handling"), REGISTRARS, "5.5 urge"),
    Row("conclude", _states("handling"), {"lead": {"case_officer"}}, "5.5 conclude: case officer", "lead"),
    Row("note", _states(BEFORE), REGISTRARS, "5.3 note"),
    Row("reply", _states("concluded"), {"lead": {"case_officer"}}, "5.5 reply: case officer", "lead"),
    Row("send_on", _states("concluded"), {"lead": {"case_officer"}}, "R-23.2, R-24.1: the case officer", "lead"),
    Row("file", _states("concluded"), REGISTRARS, "5.5 file; R-23.1"),
    Row("file_informal", _states("concluded"), {"lead": {"case_officer"}}, "5.5; R-23.2: the case officer", "lead"),
    Row("no_file", _states("concluded"), REGISTRARS, "5.5 no_file; R-23.3"),
    Row("to_office", _states("registered"), CHOOSERS, "R-19.5"),
    Row("ask_cancel", _states(BEFORE), REGISTRARS, "5.5 cancel: registry clerk"),
    Row("cancel", _states(BEFORE), REGISTRARS, "5.5 cancel: second clerk"),
    Row("ask_reopen", _states("closed"), REGISTRARS, "5.5 reopen: registry clerk"),
    Row("reopen", _states("closed"), {"lead": {"head"}}, "5.5 reopen: division head", "lead"),
)

# S-13: like a draft or an assignment, what lies with a leaver is handed over by whoever may let the leaver go.
HANDED_OVER = Row(
    "hand_over", _states("registered proposed instructed handling concluded"), PERSON_TABLE[0].who, "S-13"
)

# What one person ordered is taken by that person alone.
EXPORT_STATES = ("making", "ready", "dropped", "expired")
EXPORT = (Row("download", _states("ready"), NOBODY, "7.2: who saw the register"),)

TABLES = {
    "register_export": (EXPORT_STATES, EXPORT),
    "number": (NUMBER_STATES, NUMBER),
    "number_series": (("active", "ended"), SERIES),
    "register_entry": (ENTRY_STATES, (*ENTRY, HANDED_OVER)),
}
