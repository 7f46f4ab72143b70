"""The file of a case in words travels as JSON."""

import msgspec

from reports.wording.case_file import CaseFile, CaseFileDeadline, CaseFileEntry, CaseFileForm, CaseFileLine

FILE = CaseFile(
    language="zh",
    number="C-261123-0042",
    title="投诉档案",
    state="已答复",
    parts=("投诉内容", "处理过程", "处理结果"),
    complaint=(CaseFileLine("客户", "王**"), CaseFileLine("客户原话", "包裹湿了")),
    process=(
        CaseFileEntry(
            "2026-11-23 12:00", "李明", "受理", (CaseFileLine("", "马上去"), CaseFileLine("期限", "2026-11-25"))
        ),
    ),
    clocks_title="时限",
    clock_heads=("环节", "期限", "完成", "是否按时"),
    clocks=(
        CaseFileDeadline("受理", "2026-11-23 14:00", "2026-11-23 15:00", "超时", late=True),
        CaseFileDeadline("审核", "2026-11-25", "", "进行中"),
    ),
    result=(CaseFileLine("处理满意度", "3 / 5"),),
    forms=(CaseFileForm("差评整改反馈表", (CaseFileLine("根本原因", "车坏了"),), ("负责人", "部门负责人")),),
    nothing="暂无。",
    sign_here="签字、日期",
    note="个人信息已脱敏。",
)


def test_it_comes_back_as_it_was() -> None:
    """Through the outbox and into the helper process, every part of it."""
    assert msgspec.json.decode(msgspec.json.encode(FILE), type=CaseFile) == FILE
