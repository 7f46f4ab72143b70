"""The file of a case in words travels as JSON."""

import msgspec

from reports.wording.dossier import Clock, Dossier, Entry, Form, Line

FILE = Dossier(
    language="zh",
    number="C-261123-0042",
    title="投诉档案",
    state="已答复",
    parts=("投诉内容", "处理过程", "处理结果"),
    complaint=(Line("客户", "王**"), Line("客户原话", "包裹湿了")),
    process=(Entry("2026-11-23 12:00", "李明", "受理", (Line("", "马上去"), Line("期限", "2026-11-25"))),),
    clocks_title="时限",
    clock_heads=("环节", "期限", "完成", "是否按时"),
    clocks=(
        Clock("受理", "2026-11-23 14:00", "2026-11-23 15:00", "超时", late=True),
        Clock("审核", "2026-11-25", "", "进行中"),
    ),
    result=(Line("处理满意度", "3 / 5"),),
    forms=(Form("差评整改反馈表", (Line("根本原因", "车坏了"),), ("负责人", "部门负责人")),),
    nothing="暂无。",
    sign_here="签字、日期",
    note="个人信息已脱敏。",
)


def test_it_comes_back_as_it_was() -> None:
    """Through the outbox and into the helper process, every part of it."""
    assert msgspec.json.decode(msgspec.json.encode(FILE), type=Dossier) == FILE
