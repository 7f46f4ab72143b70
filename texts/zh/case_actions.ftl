### 员工对工单的操作（受理和办结之外）。

act-hand-over = 交接
act-plan = 整改计划
act-ask-customer = 询问客户
act-extend = 延期
act-merge = 合并
act-appeal = 监管申诉
act-note = 备注
act-reveal = 联系方式
act-report = 反馈
act-adopt = 采纳
act-decline = 不采纳
act-progress = 进展
act-finish = 完成落实
act-answer = 答复

## 为什么不行

case-same-owner = { $number } 已经由这位同事处理。
case-no-date = { $number }：看不懂这个日期。
case-date-past = { $number }：这个时间已经过了，请另选一个。
case-regulators-date = { $number }：监管申诉的期限由法规规定，不能延期。
case-overdue = { $number }：承诺的期限已过，不能再延期。
case-not-later = { $number }：新期限必须晚于承诺的期限。
case-plan-first = { $number }：请先制定整改计划。这种严重程度的工单要有计划才能办结。
case-merge-itself = { $number } 不能并入它自己。
case-too-late = { $number }：已过期限，不能这样操作。
hand-over-nobody = { $number }：我还不认识本部门的其他人。在本群点过卡片按钮的人，或经理用 /grant 授予过角色的人，我才认识。
hand-over-gone = { $number }：这位同事已不在本部门。
merge-none = { $number }：该客户没有其他未结工单。
merge-gone = { $number }：另一个工单已结案，没有合并。
no-customer = { $number }：没有可询问的客户。
customer-unreachable = { $number }：无法在聊天中联系到客户。{ $contact }
no-contact = 没有客户的联系方式。
reveal-not-yours = 只有处理人和部门负责人可以查看客户的联系方式。
reveal-in-private = 已私聊发给您。
reveal-write-first = 内容较长，这里显示不下。请先私聊给我发送 /start。

## 表单

form-due = 期限：<b>{ $at }（{ $weekday ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
  }）</b>
form-day = 收到日期：<b>{ $at }（{ $weekday ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
  }）</b>
form-so-far = 您之前写的内容（可以保留，也可以回复这条消息重写）：
form-keep = 保留
form-next = 下一页 ▸
form-previous = ◂ 上一页

quick-today-18 = 今天 18:00（{ $day }）
quick-tomorrow-12 = 明天 12:00（{ $day }）
quick-tomorrow-18 = 明天 18:00（{ $day }）
quick-in-3-days = 3天后（{ $day }）
quick-in-a-week = 一周后（{ $day }）
quick-day-later = 推迟1天（{ $day }）
quick-3-days-later = 推迟3天（{ $day }）
quick-week-later = 推迟一周（{ $day }）
quick-today = 今天（{ $day }）
quick-yesterday = 昨天（{ $day }）

when-unclear = 看不懂时间“{ $text }”。可以这样写：明天18点、周五17:30、3天后、11月30日18点。
when-day-unclear = 看不懂日期“{ $text }”。可以这样写：昨天、周一、11月20日、2026-11-20。
when-past = 这个时间已经过了，请另选一个。
when-future = “{ $text }”还没有到。请填写收到的日期。
when-not-later = 新期限必须晚于承诺的期限：{ $at }（{ $weekday ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
  }）。

plan-measure = <b>{ $number }</b> 1/3：采取什么整改措施？请回复这条消息。
plan-due = <b>{ $number }</b> 2/3：什么时候完成？请选择，或回复这条消息：明天18点、周五、3天后……
plan-goal = <b>{ $number }</b> 3/3：要达到什么目标？请选择，或回复这条消息。
plan-goal-ready = 客户满意
plan-preview = <b>{ $number }：整改计划，请核对</b>
plan-preview-measure = 措施：{ $text }
plan-preview-goal = 目标：{ $text }
plan-sent = { $number }：整改计划已登记。

extend-reason = <b>{ $number }</b> 1/2：为什么要延期？客户会看到。请回复这条消息。
extend-due = <b>{ $number }</b> 2/2：延到什么时候？请选择，或回复这条消息：周五18点、10天后……
extend-preview = <b>{ $number }：延期，请核对。</b>确认后立即告知客户。
extend-preview-reason = 原因：{ $text }
extend-sent = { $number }：已延期，并已告知客户。

question-question = <b>{ $number }</b>：想问客户什么？请回复这条消息。
question-preview = <b>{ $number }：请核对。</b>客户将看到：
question-preview-question = { $text }
question-sent = { $number }：已询问客户，工单等待客户回复。

hand-over-person = <b>{ $number }</b>：交接给谁？
hand-over-sent = { $number }：已交接。

appeal-received = <b>{ $number }</b> 1/2：监管申诉是哪天收到的？请选择，或回复这条消息：11月20日……
appeal-reference = <b>{ $number }</b> 2/2：申诉编号是什么？请回复这条消息，或点“跳过”。
appeal-preview = <b>{ $number }：监管申诉，请核对。</b>须在监管部门规定的期限内答复，自收到当天起算。
appeal-preview-reference = 申诉编号：{ $text }
appeal-sent = { $number }：监管申诉已登记。

merge-into = <b>{ $number }</b>：并入该客户的哪个工单？
merge-preview = <b>{ $number }：请核对。</b>本工单到此结束，全部内容并入：
merge-preview-into = { $text }
merge-sent = { $number }：已合并。

regulator-root-cause = <b>{ $number }</b> 1/6：调查结果如何？请回复这条消息。
regulator-is-valid = <b>{ $number }</b> 2/6：公司是否有责？
regulator-valid = 有责
regulator-not-valid = 无责
regulator-action = <b>{ $number }</b> 3/6：与客户达成了什么协议？客户会看到。请回复这条消息。
regulator-compensation = <b>{ $number }</b> 4/6：给了什么赔偿或道歉？请回复这条消息。
regulator-is-satisfied = <b>{ $number }</b> 5/6：客户对此是否满意？
regulator-satisfied = 满意
regulator-not-satisfied = 不满意
regulator-handler = <b>{ $number }</b> 6/6：经办人是谁？请回复这条消息，写明姓名和电话。
regulator-preview = <b>{ $number }：对监管申诉的答复，请核对</b>
regulator-preview-root-cause = 调查结果：{ $text }
regulator-preview-valid = 公司有责。
regulator-preview-not-valid = 公司无责。
regulator-preview-action = 与客户的协议：{ $text }
regulator-preview-compensation = 赔偿或道歉：{ $text }
regulator-preview-satisfied = 客户对此满意。
regulator-preview-not-satisfied = 客户对此不满意。
regulator-preview-handler = 经办人：{ $text }
regulator-sent = { $number }：已提交审核。

## 卡片下方

handed-over = { $number } 已由{ $by }交接给您处理：
customer-asked =
    { $number }：已询问客户：
    { $question }
customer-silent = { $number }：客户没有回答提问，请继续处理。
extended-unreached = { $number }：无法在聊天中联系到客户，客户下次上线才会看到。请电话告知。
appealed = { $number }：监管申诉（{ $received } 收到），须在 { $due } 前答复：
merged-here = { $number }：同一客户的 { $other } 已并入本工单，内容如下：
card-approved = { $name }已审核通过，还需要一次审核。

## 给客户

answering-question =
    <b>关于 { $number }，想请问您</b>

    { $question }
answering-how = 直接写下回答或发送照片即可。收到您的回答后，我们会继续处理。
answering-more = 已收到您对 { $number } 的回答（{ $count }条）。可以继续发送，或点“完成”。
answering-done = 谢谢，责任部门已收到您对 { $number } 的回答。
answering-over = { $number } 已经结案。
case-extended =
    <b>{ $number }</b> 的答复需要的时间比原先承诺的更长，新的期限是 { $due }。

    原因：{ $reason }
case-merged = 您的工单 { $number } 已与 <b>{ $other }</b> 合并处理。您提交的内容都已保留，之后请使用这个编号。

## 客户的联系方式

reveal-name = 姓名：{ $text }
reveal-account = Telegram：{ $text }
reveal-phone = 电话：{ $text }
reveal-contact = 联系方式：{ $text }
reveal-words = 客户原话：{ $text }
reveal-nothing = { $number }：没有客户的联系方式。

## 其他事件

event-adopt = 采纳
event-decline = 不采纳
event-progress = 向客户通报进展
event-finish = 落实完成
event-answer = 答复
event-ask-more = 客户又提了问题
event-reveal = 查看了客户联系方式
timeline-adopt = { $at } · 您的建议已被采纳
timeline-decline = { $at } · 您的建议未被采纳
timeline-progress = { $at } · 有新进展
timeline-finish = { $at } · 已落实
timeline-answer = { $at } · 已答复
timeline-ask-more = { $at } · 您又提了一个问题
state-adopted = 已采纳
state-declined = 未采纳
