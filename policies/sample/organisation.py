"""The sample organisation as plain tables: the province, its office with divisions, cities, departments.

The bodies are public (domain.md 9.1 to 9.3); their document codes are for trial only. The order is the official one.
"""

from typing import Any, NamedTuple

from content_types.division import Division
from content_types.exchange_box import BoxKind
from content_types.unit import Connection, Unit, UnitKind
from policies.access import put_acl
from policies.exchange_box import make_box

CITIES_GROUP = "各地级以上市"
SHUNDE_GROUP = "顺德区"
DEPARTMENTS_GROUP = "省政府各部门"
AFFILIATED_GROUP = "各直属机构"
GROUPS = (CITIES_GROUP, SHUNDE_GROUP, DEPARTMENTS_GROUP, AFFILIATED_GROUP)
"""The recipient groups of the notice's address line, in its order."""

GOVERNMENT = "gd-government"
OFFICE = "gd-office"
OFFICE_CODES = ("粤府", "粤府函", "粤府办", "粤办函")


class City(NamedTuple):
    """A city: code (also the name of its box), prefix of its login names, name, document codes."""

    code: str
    prefix: str
    name: str
    document_codes: tuple[str, ...]


class Body(NamedTuple):
    """A department or another body of the province: code (also box name and prefix of its login names), names, code."""

    code: str
    name: str
    short_name: str
    document_code: str = ""


class Part(NamedTuple):
    """A division: unit, code (unique over all units), name."""

    unit: str
    code: str
    name: str


# 汕府 stands twice: Shantou and Shanwei are both said to use it (S-23).
CITIES = (
    City("guangzhou", "gz", "广州市", ("穗府", "穗府办")),
    City("shenzhen", "sz", "深圳市", ("深府", "深府办")),
    City("zhuhai", "zh", "珠海市", ("珠府",)),
    City("shantou", "st", "汕头市", ("汕府",)),
    City("foshan", "fs", "佛山市", ("佛府",)),
    City("shaoguan", "sg", "韶关市", ("韶府",)),
    City("heyuan", "hy", "河源市", ("河府",)),
    City("meizhou", "mz", "梅州市", ("梅市府",)),
    City("huizhou", "hz", "惠州市", ("惠府",)),
    City("shanwei", "sw", "汕尾市", ("汕府",)),
    City("dongguan", "dg", "东莞市", ("东府",)),
    City("zhongshan", "zs", "中山市", ("中府",)),
    City("jiangmen", "jm", "江门市", ("江府",)),
    City("yangjiang", "yj", "阳江市", ("阳府",)),
    City("zhanjiang", "zj", "湛江市", ("湛府",)),
    City("maoming", "mm", "茂名市", ("茂府",)),
    City("zhaoqing", "zq", "肇庆市", ("肇府",)),
    City("qingyuan", "qy", "清远市", ("清府",)),
    City("chaozhou", "cz", "潮州市", ("潮府",)),
    City("jieyang", "jy", "揭阳市", ("揭府",)),
    City("yunfu", "yf", "云浮市", ("云府",)),
)
SHUNDE = City("shunde", "sd", "顺德区", ("顺府", "顺府发"))

DEPARTMENTS = (
    Body("fagai", "广东省发展和改革委员会", "省发展改革委", "粤发改"),
    Body("jingxin", "广东省经济和信息化委员会", "省经济和信息化委", "粤经信"),
    Body("jiaoyu", "广东省教育厅", "省教育厅", "粤教"),
    Body("keji", "广东省科学技术厅", "省科技厅", "粤科"),
    Body("minzong", "广东省民族宗教事务委员会", "省民族宗教委", "粤民宗"),
    Body("gongan", "广东省公安厅", "省公安厅", "粤公"),
    Body("jiancha", "广东省监察厅", "省监察厅", "粤监"),
    Body("minzheng", "广东省民政厅", "省民政厅", "粤民"),
    Body("sifa", "广东省司法厅", "省司法厅", "粤司"),
    Body("caizheng", "广东省财政厅", "省财政厅", "粤财"),
    Body("renshe", "广东省人力资源和社会保障厅", "省人力资源社会保障厅", "粤人社"),
    Body("guotu", "广东省国土资源厅", "省国土资源厅", "粤国土资"),
    Body("huanbao", "广东省环境保护厅", "省环境保护厅", "粤环"),
    Body("zhujian", "广东省住房和城乡建设厅", "省住房城乡建设厅", "粤建"),
    Body("jiaotong", "广东省交通运输厅", "省交通运输厅", "粤交"),
    Body("shuili", "广东省水利厅", "省水利厅", "粤水"),
    Body("nongye", "广东省农业厅", "省农业厅", "粤农"),
    Body("waijingmao", "广东省对外贸易经济合作厅", "省外经贸厅", "粤外经贸"),
    Body("wenhua", "广东省文化厅", "省文化厅", "粤文"),
    Body("weisheng", "广东省卫生厅", "省卫生厅", "粤卫"),
    Body("jisheng", "广东省人口和计划生育委员会", "省人口计生委", "粤人口计生"),
    Body("shenji", "广东省审计厅", "省审计厅", "粤审"),
    Body("waishi", "广东省人民政府外事办公室", "省外办", "粤外"),
)

AFFILIATED = (
    Body("guozi", "广东省人民政府国有资产监督管理委员会", "省国资委", "粤国资"),
    Body("dishui", "广东省地方税务局", "省地税局", "粤地税"),
    Body("gongshang", "广东省工商行政管理局", "省工商局", "粤工商"),
    Body("zhijian", "广东省质量技术监督局", "省质监局", "粤质监"),
    Body("tiyu", "广东省体育局", "省体育局", "粤体"),
    Body("xinwenchuban", "广东省新闻出版局", "省新闻出版局", "粤新出"),
    Body("guangdian", "广东省广播电影电视局", "省广电局", "粤广"),
    Body("tongji", "广东省统计局", "省统计局", "粤统"),
    Body("anjian", "广东省安全生产监督管理局", "省安全监管局", "粤安监"),
    Body("wujia", "广东省物价局", "省物价局", "粤价"),
    Body("zhishichanquan", "广东省知识产权局", "省知识产权局", "粤知"),
    Body("lvyou", "广东省旅游局", "省旅游局", "粤旅"),
    Body("linye", "广东省林业厅", "省林业厅", "粤林"),
    Body("haiyang", "广东省海洋与渔业局", "省海洋渔业局", "粤海渔"),
    Body("qiaowu", "广东省人民政府侨务办公室", "省侨办", "粤侨"),
    Body("fazhi", "广东省人民政府法制办公室", "省法制办", "粤府法"),
    Body("jinrong", "广东省人民政府金融工作办公室", "省金融办", "粤金"),
    Body("renfang", "广东省人民防空办公室", "省人防办", "粤人防"),
    Body("dangan", "广东省档案局", "省档案局", "粤档发"),
    Body("liangshi", "广东省粮食局", "省粮食局"),
    Body("shebao", "广东省社会保险基金管理局", "省社保基金管理局"),
)

OTHERS = (Body("canshi", "广东省人民政府参事室", "省政府参事室"),)
"""Bodies outside the groups, admitted by reference (R-N6.1)."""

UNCONNECTED = "canshi"
"""Stands in the directory without a box: it gets paper (R-N4.4)."""
BUILDING = "shebao"
"""Its connection is being built (R-N5.1): a box whose state is closed, so that a delivery to it fails visibly."""
DEPLOYED = "jingxin"
"""The one unit with plate-making and seal system; it sends a sealed original (R-N4.3)."""

SEALED = (GOVERNMENT, OFFICE, "guangzhou", DEPLOYED)
"""The units with a seal system; policies/sample/seals.py makes their seals."""

DIVISIONS = (
    Part(OFFICE, "msc", "秘书处"),
    Part(OFFICE, "zh1", "综合一处"),
    Part(OFFICE, "zh2", "综合二处"),
    Part(OFFICE, "zh3", "综合三处"),
    Part(OFFICE, "zh4", "综合四处"),
    Part(OFFICE, "dcs", "督查室"),
    Part(OFFICE, "hyc", "会议处"),
    Part(OFFICE, "xxc", "信息处"),
    Part(OFFICE, "yjb", "应急管理办公室"),
    Part(OFFICE, "rsc", "人事处"),
    Part(OFFICE, "xzc", "行政处"),
    Part(OFFICE, "jyc", "建议提案处"),
    Part("caizheng", "cz-office", "办公室"),
    Part("caizheng", "cz-budget", "预算处"),
)
OPERATOR = "msc"
"""The division that runs the system (信息化管理单位, R-4.1)."""


def make_organisation(root: Any, registry: Any) -> None:
    """Make every unit with its divisions, then every box: an office's box needs the divisions for its ACL."""
    for rank, unit in enumerate(_units(), 1):
        unit.rank = rank
        unit.has_seal = unit.code in SEALED
        root["units"].add(unit.code, unit, registry=registry)
    for rank, part in enumerate(DIVISIONS, 1):
        division = Division(part.code, part.name, rank=rank)
        division.operator = part.code == OPERATOR
        root["units"][part.unit].add(part.code, division, registry=registry)
    _make_boxes(root, registry)
    for unit in root["units"].values():
        put_acl(unit, registry)


def _units() -> list[Unit]:
    cities = [_city(city, UnitKind.CITY, CITIES_GROUP) for city in CITIES]
    departments = [_body(body, UnitKind.DEPARTMENT, (DEPARTMENTS_GROUP,)) for body in DEPARTMENTS]
    affiliated = [_body(body, UnitKind.AFFILIATED, (AFFILIATED_GROUP,)) for body in AFFILIATED]
    others = [_body(body, UnitKind.OTHER, ()) for body in OTHERS]
    shunde = _city(SHUNDE, UnitKind.SHUNDE, SHUNDE_GROUP)
    return [*_province(), *cities, shunde, *departments, *affiliated, *others]


def _province() -> tuple[Unit, Unit]:
    government = Unit(GOVERNMENT, "广东省人民政府", UnitKind.PROVINCE, short_name="省政府", level=0)
    government.document_codes = ("粤府", "粤府函")
    office = Unit(OFFICE, "广东省人民政府办公厅", UnitKind.GENERAL_OFFICE, short_name="省府办公厅")
    office.document_codes = OFFICE_CODES
    return government, office


def _city(city: City, kind: UnitKind, group: str) -> Unit:
    unit = Unit(city.code, f"{city.name}人民政府", kind, short_name=city.name)
    unit.document_codes = city.document_codes
    unit.groups = (group,)
    return unit


def _body(body: Body, kind: UnitKind, groups: tuple[str, ...]) -> Unit:
    unit = Unit(body.code, body.name, kind, short_name=body.short_name)
    unit.document_codes = (body.document_code,) if body.document_code else ()
    unit.groups = groups
    unit.has_plate = body.code == DEPLOYED
    unit.connection = {UNCONNECTED: Connection.NONE, BUILDING: Connection.BUILDING}.get(body.code, Connection.CONNECTED)
    return unit


def _make_boxes(root: Any, registry: Any) -> None:
    office = root["units"][OFFICE]
    make_box(office, GOVERNMENT, "省政府", BoxKind.GOVERNMENT, registry, issuer=root["units"][GOVERNMENT])
    make_box(office, OFFICE, office.short_name, BoxKind.OFFICE, registry)
    for part in DIVISIONS:
        _make_division_box(root["units"][part.unit], part, registry)
    for unit in root["units"].values():
        if not unit.box_name and unit.code != UNCONNECTED:
            make_box(unit, unit.code, unit.short_name, BoxKind.UNIT, registry)
    root["exchange"][BUILDING].state = "closed"


def _make_division_box(unit: Unit, part: Part, registry: Any) -> None:
    name = f"{OFFICE}-{part.code}" if part.unit == OFFICE else part.code
    title = part.name if part.unit == OFFICE else f"{unit.short_name}{part.name}"
    make_box(unit[part.code], name, title, BoxKind.DIVISION, registry)
