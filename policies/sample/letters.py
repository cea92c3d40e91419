"""The sample exchange as a table: who sent what to whom on which day, and what the recipients did (titles: domain.md 9.4).

Days count working days before the day of loading. What happened in a box is written as its acts in order, each by the
person whose business it is: ``open sign_for distribute:gd-office-zh2``. A colon gives an act its one detail.
"""

from typing import NamedTuple

from content_types.official_document import Urgency
from policies.sample.organisation import AFFILIATED, BUILDING, CITIES, DEPARTMENTS, GOVERNMENT, OFFICE, SHUNDE

SIGNED = "open sign_for"
READ = "open sign_for note"
DONE = "submit release send"
REGISTRY = "office.registry1"
LEADER = "office.leader"

ALL_CITIES = tuple(city.code for city in (*CITIES, SHUNDE))
ALL_BODIES = tuple(body.code for body in (*DEPARTMENTS, *AFFILIATED) if body.code != BUILDING)


class Letter(NamedTuple):
    """One dispatch: its document, its way out (``steps``) and what became of it.

    ``sequence`` 0 is an informal item without number. ``mains`` and ``copies`` are names of boxes. ``happened`` maps a
    box, or a person's login for an assignment, to the acts there; ``otherwise`` are the acts of every other box.
    ``linked`` is a dispatch that adds to, repeats or corrects this one, as ``add_recipients:maoming``.
    """

    days: int
    text: str
    kind: str
    code: str
    sequence: int
    box: str
    clerk: str
    approver: str
    mains: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    urgency: Urgency = Urgency.PLAIN
    steps: str = DONE
    happened: dict[str, str] = {}  # noqa: RUF012 - Never changed.
    otherwise: str = ""
    linked: str = ""


def _of_city(prefix: str) -> tuple[str, str, str]:
    """Box, clerk and approver of a city."""
    code = next(city.code for city in (*CITIES, SHUNDE) if city.prefix == prefix)
    return code, f"{prefix}.clerk", f"{prefix}.approver"


def _of_body(code: str) -> tuple[str, str, str]:
    """Box, clerk and approver of a department."""
    return code, f"{code}.clerk", f"{code}.approver"


def _of_office(division: str, box: str = OFFICE) -> tuple[str, str, str]:
    """The office's or the government's box, a division's case officer, and the leader who releases."""
    return box, f"{division}.officer", LEADER


LETTERS = (
    Letter(
        9, "chunyun", "通知", "粤府", 1, *_of_office("zh1", GOVERNMENT), ALL_CITIES, ("gongan", "caizheng", "jiaotong"),
        otherwise=SIGNED, linked="add_recipients:anjian",
    ),
    Letter(
        8, "paishui", "请示", "江府", 2, *_of_city("jm"), (GOVERNMENT,), urgency=Urgency.URGENT,
        happened={
            GOVERNMENT: "open sign_for register propose instruct hand_to:gd-office-zh2",
            "gd-office-zh2": "open sign_for distribute:zh2.officer",
            "zh2.officer": "open close",
        },
    ),
    Letter(
        7, "pifu", "批复", "粤府函", 1, *_of_office("zh2", GOVERNMENT), ("jiangmen",), ("caizheng",),
        happened={
            "jiangmen": READ,
            "caizheng": "open sign_for distribute:cz-budget",
            "cz-budget": "open sign_for distribute:cz-budget.officer",
            "cz-budget.officer": "open",
        },
    ),
    Letter(7, "dangan", "报告", "揭府", 3, *_of_city("jy"), (OFFICE,), happened={OFFICE: READ}, linked="correct"),
    Letter(
        6, "zhengqiu", "函", "粤办函", 11, *_of_office("zh3"),
        ("fagai", "keji", "jisheng", "wenhua", "shenji", "wujia", "tongji", "lvyou", "linye", "tiyu"),
        happened={
            "fagai": READ,
            "keji": "open sign_for distribute:keji.approver",
            "jisheng": "open return:misdirected acknowledge",
            "wenhua": "open return:attachment_missing",
            "shenji": "open sign_for late_return:format",
            "wujia": "recall",
            "tongji": "open ask_recall",
            "lvyou": "open ask_recall accept_recall",
            "linye": "open sign_for ask_recall refuse_recall",
            "tiyu": "",
        },
        linked="resend:jisheng",
    ),
    Letter(
        5, "biaozhang", "决定", "粤府", 2, *_of_office("rsc", GOVERNMENT), ("guangzhou", "shenzhen", "foshan", BUILDING),
        happened={"guangzhou": "open", "shenzhen": SIGNED, "foshan": READ, BUILDING: ""},
    ),
    Letter(
        4, "huiyi", "通知", "粤农", 5, *_of_body("nongye"), ("guangzhou", "maoming", "zhaoqing", "qingyuan"),
        urgency=Urgency.URGENT, happened={"maoming": READ, "zhaoqing": "open"},
    ),
    Letter(
        4, "taifeng", "通知", "粤府办", 3, *_of_office("yjb"),
        ("guangzhou", "shenzhen", "zhuhai", "shantou", "shanwei", "yangjiang", "zhanjiang", "maoming"),
        urgency=Urgency.MOST_URGENT, happened={"guangzhou": "", "maoming": "open"}, otherwise=SIGNED,
    ),
    Letter(3, "huiyi", "通知", "粤水", 2, *_of_body("shuili"), ("meizhou", "heyuan"), steps="submit release withdraw"),
    Letter(3, "xinxi", "函", "粤卫", 8, *_of_body("weisheng"), (OFFICE,)),
    Letter(3, "xinxi", "函", "粤教", 4, *_of_body("jiaoyu"), (OFFICE,), urgency=Urgency.URGENT, happened={OFFICE: "open"}),
    Letter(2, "taifeng", "通知", "粤公", 6, *_of_body("gongan"), (OFFICE,), urgency=Urgency.MOST_URGENT),
    Letter(2, "paishui", "请示", "汕府", 1, *_of_city("st"), (GOVERNMENT,)),
    Letter(2, "paishui", "请示", "汕府", 1, *_of_city("sw"), (GOVERNMENT,), happened={GOVERNMENT: "open"}),
    Letter(2, "xinxi", "函", "粤经信", 9, *_of_body("jingxin"), (OFFICE,), happened={OFFICE: SIGNED}),
    Letter(
        2, "zhengqiu", "便函", "", 0, "cz-budget", "cz-budget.officer", "cz-budget.head", ("gd-office-zh1",),
        happened={"gd-office-zh1": "open"},
    ),
    Letter(
        2, "xinxi", "便函", "", 0, "gd-office-zh1", "zh1.officer", "zh1.head", ("gd-office-zh2",),
        happened={"gd-office-zh2": SIGNED},
    ),
    Letter(
        1, "dangan", "报告", "东府", 7, *_of_city("dg"), (GOVERNMENT,),
        happened={GOVERNMENT: "open return:address_rules"},
    ),
    Letter(1, "zhengqiu", "函", "深府办", 2, *_of_city("sz"), ("guangzhou", "foshan"), happened={"foshan": SIGNED}),
    Letter(
        1, "jiyao", "纪要", "粤府办", 4, *_of_office("hyc"), (), ("fagai", "anjian"),
        happened={"fagai": "open return:unreadable"},
    ),
    Letter(0, "taifeng", "通知", "湛府", 5, *_of_city("zj"), (GOVERNMENT,), urgency=Urgency.MOST_URGENT),
    Letter(0, "xinxi", "函", "粤文", 3, *_of_body("wenhua"), ("guangzhou", OFFICE)),
    Letter(0, "zhengqiu", "函", "穗府办", 6, *_of_city("gz"), ("caizheng",), steps=""),
    Letter(0, "chunyun", "通知", "粤办函", 12, *_of_office("zh1"), ("shaoguan", "qingyuan"), steps=""),
    Letter(0, "dangan", "报告", "佛府", 4, *_of_city("fs"), (OFFICE,), steps="submit"),
    Letter(0, "xinxi", "函", "惠府", 2, *_of_city("hz"), (OFFICE,), steps="submit release"),
)  # fmt: skip
"""In the order of time."""

NOTICE = Letter(
    0, "notice", "通知", "粤办函", 846, *_of_office("msc"), (*ALL_CITIES, *ALL_BODIES), steps="submit release"
)
"""The notice that put the system into operation: released, and waiting for its case officer to press 发送."""
