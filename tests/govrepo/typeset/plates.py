"""Plates to set, made up for the tests."""

from datetime import date
from typing import Any

from govrepo.typeset import Format, Plate

BODY = """为进一步做好电子公文交换工作，现就有关事项通知如下：
一、提高认识
各单位要高度重视，明确分管领导和责任人员。
（一）统一标准。各单位要严格执行国家标准，确保公文准确交换。
1. 办公厅负责系统的规划、建设和管理工作，各单位负责本单位的使用和安全。
（1）指定专人负责收发公文。
二、抓好落实。各单位于2013年3月31日前报送落实情况。"""


def plate(**other: Any) -> Plate:
    """A short notice of the provincial government, with other values where they are given."""
    values: dict[str, Any] = {
        "format": Format.DOCUMENT,
        "mark": ("广东省人民政府文件",),
        "number": "粤府〔2013〕1号",
        "title": "广东省人民政府关于做好电子公文交换工作的通知",
        "recipients": ("各地级以上市人民政府", "省政府各部门"),
        "body": BODY,
        "signature": ("广东省人民政府",),
        "date": date(2013, 1, 5),
        "copies_to": ("省委办公厅", "省人大常委会办公厅"),
        "printed_by": "广东省人民政府办公厅",
        "printed_on": date(2013, 1, 6),
    }
    return Plate(**(values | other))
