"""Breaks a title into lines where a reader would: not inside 《》, not before 的, rather before 关于 (GB/T 9704, 7.3.1).

Words are not known here; a clerk who wants another break types one.
"""

import math
import re
import unicodedata

#: Characters of size 2 that fit beside each other (156 mm of 22 pt).
_WIDEST = 20.0
_NARROW = 0.6
_MOST_CHARACTERS = int(_WIDEST / _NARROW)
_NEVER_BEFORE = set("》〉）〕】”’」』、，。：；！？的和及与等")
_NEVER_AFTER = set("《〈（〔【“‘「『")
_RATHER_BEFORE = re.compile(r"关于|转发|印发|批转|进一步|做好|加强|推进|实施|开展|《|〈")
_RATHER_AFTER = set("》〉、，")
_KEPT_TOGETHER = re.compile(r"[《〈][^《〈》〉]{1,18}[》〉]|[0-9A-Za-z.,/%-]{2,}|的.{2,3}$|〔\d+〕\d*号?")
#: Words of titles that a break should not tear.
_WORDS = re.compile(
    "人民政府|办公厅|办公室|委员会|广东省|国务院|进一步|电子|公文|交换|系统|使用|管理|规定|办法|条例|细则|实施|方案|意见|"
    "通知|通报|报告|请示|批复|决定|纪要|工作|加强|推进|做好|关于|转发|印发|建设|发展|改革|经济|社会|安全|生产|教育|卫生|"
    "环境|保护|资源|财政|项目|资金|企业|农村|城市|农业|服务|信息|制度|体系|机制|机构|专项|行动|计划|规划|综合|监督|"
    "检查|考核|评价|试点|领导|小组|成员|单位|名单|会议|活动|问题|情况|全省|全国|有关|部门|事项|年度|若干|政策|措施"
)
_RATHER, _RATHER_NOT, _NEVER = -1.0, 1.0, 100.0


def lines(title: str) -> list[str]:
    """The title's lines, none wider than the page; a line break that was typed is kept."""
    return [part for line in title.splitlines() for part in _broken("".join(line.split()))]


def _broken(line: str) -> list[str]:
    """The line in as few parts as may be, about as long as each other, broken where it costs least."""
    ends = _widths(line)
    if ends[-1] <= _WIDEST:
        return [line] if line else []
    even = ends[-1] / math.ceil(ends[-1] / _WIDEST)
    costs = _costs(line)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(line) + 1):
        nearest = range(max(0, end - _MOST_CHARACTERS), end)
        starts = (start for start in nearest if ends[end] - ends[start] <= _WIDEST)
        best.append(min((best[at][0] + ((ends[end] - ends[at] - even) / 3) ** 2 + costs[end], at) for at in starts))
    return _parts(line, best)


def _parts(line: str, best: list[tuple[float, int]]) -> list[str]:
    found, end = [], len(line)
    while end:
        start = best[end][1]
        found.append(line[start:end])
        end = start
    return found[::-1]


def _widths(line: str) -> list[float]:
    """How wide the first n characters are, in characters of full width."""
    widths = [0.0]
    for char in line:
        widths.append(widths[-1] + (1 if unicodedata.east_asian_width(char) in "WFA" else _NARROW))
    return widths


def _costs(line: str) -> list[float]:
    """What a break after the first n characters costs; none at either end."""
    costs = [0.0] + [_cost(line, at) for at in range(1, len(line))] + [0.0]
    for pattern, more in ((_KEPT_TOGETHER, 10), (_WORDS, 3)):
        for kept in pattern.finditer(line):
            for at in range(kept.start() + 1, kept.end()):
                costs[at] += more
    return costs


def _cost(line: str, at: int) -> float:
    if line[at] in _NEVER_BEFORE or line[at - 1] in _NEVER_AFTER:
        return _NEVER
    if _RATHER_BEFORE.match(line, at) or line[at - 1] in _RATHER_AFTER:
        return _RATHER
    return _RATHER_NOT
