### 员工、差评管理部门和管理层看到的文字。

card-head = <b>{ $what }</b>{ $urgency ->
    [no] {""}
   *[other] （{ $urgency }）
  } · <b>{ $number }</b> · { $state }
card-category = { $category } → { $department }
card-round = <b>第 { $round } 轮整改</b>
card-waybill = 运单：{ $text }
card-courier = 快递员：{ $text }
card-contact = 联系方式：{ $text }
card-appealed = <b>监管部门等待答复</b>
card-due = 答复期限：{ $due }
card-owner = 负责人：<b>{ $owner }</b>
card-no-owner = 尚无负责人
card-files = 附件 { $count } 个
card-said = “{ $text }”
card-nothing-said = （无文字）
card-wanted = 诉求：{ $text }
card-plan = 整改计划：{ $text }
card-action = 整改措施：{ $text }
card-note = 最近备注：{ $text }

act-accept = 受理
act-transfer = 转办
act-resolve = 办结
act-approve = 通过
act-return = 退回
act-history = 历史
act-full-text = 全文

accepted = { $number } 由您负责。
taken = { $owner } 已先受理 { $number }。
approved = { $number } 已审核通过并答复客户。
approved-first = { $number } 已审核通过，转差评管理部复审。
case-not-now = { $number } 的状态已变化，现在无法这样操作。卡片已刷新。
case-not-yours = { $number } 目前不由您操作（负责人：{ $owner }）。
case-own-approval = { $number } 是您本人处理的，需由他人审核：本部门其他主管或管理层。
case-missing = { $number } 缺少必填内容。
case-same-department = { $number } 已在本部门。
review-due = { $number } 已办结，等待审核。
returned =
    { $number } 被退回：
    { $reason }
transferred-here =
    { $number } 由{ $department }转来：
    { $reason }
round-begins =
    { $number }：客户反馈未解决，进入第 { $round } 轮整改。
    { $reason }
full-text-head = { $number } 的全部文字：
history-head = <b>{ $number } 的历史</b>
history-line = { $at } · { $who } · { $what }
history-reason = — { $reason }
the-customer = 客户
the-clock = 系统

event-file = 登记
event-accept = 受理
event-transfer = 转办
event-hand-over = 交接
event-plan = 制定计划
event-ask-customer = 询问客户
event-customer-answers = 客户回答
event-extend = 延期
event-resolve = 办结
event-approve = 审核通过
event-return = 退回
event-satisfied = 客户确认已解决
event-not-satisfied = 客户反馈未解决
event-silent = 客户未反馈，关闭
event-reopen = 客户要求重新处理
event-withdraw = 撤回
event-merge = 合并
event-appeal = 向监管部门申诉

staff-cancelled = { $number }：已取消，未作更改。

resolution-root-cause = <b>{ $number }</b> 1/4：根本原因是什么？请回复这条消息。
resolution-action = <b>{ $number }</b> 2/4：采取了什么整改措施？客户会看到您的原话。请回复这条消息。
resolution-compensation = <b>{ $number }</b> 3/4：有什么补偿？请回复这条消息，或点“跳过”。
resolution-is-valid = <b>{ $number }</b> 4/4：企业是否有责？
resolution-valid = 企业有责
resolution-not-valid = 企业无责
resolution-preview = <b>{ $number }：请核对</b>
resolution-preview-root-cause = 根本原因：{ $text }
resolution-preview-action = 答复客户：{ $text }
resolution-preview-compensation = 补偿：{ $text }
resolution-preview-valid = 企业有责。
resolution-preview-not-valid = 企业无责。
resolution-sent = { $number }：已提交审核。

transfer-where = <b>{ $number }</b>：转给哪个部门？
reason-transfer = <b>{ $number }</b>：为什么转办？请回复这条消息。
reason-return = <b>{ $number }</b>：还缺什么？负责人会看到。请回复这条消息。
reason-preview-transfer = <b>{ $number }</b> 将转给{ $department }，原因：
reason-preview-return = <b>{ $number }</b> 将退回负责人，原因：
reason-preview-not-satisfied = { $number }：
reason-sent = { $number }：已完成。

cases-none = 没有未结工单。
list-not-here = 工单列表只在您的私聊、差评管理部门或管理层的群，或本部门的群里（仅该部门）显示。
membership-over = 您已不在<b>{ $department }</b>的群里，因此不再是该部门的员工。如有误，请让人把您加回群里。
membership-unsure = 我无法确认您是否还在{ $departments }的群里。请在群里按一下工单上的按钮或发送 /cases，然后再试；如果我不在那个群里，请让经理把我加进去。
not-staff = 此命令供员工使用。经理可用 /grant 授予角色。

## 群组与角色

added-to-group =
    大家好。经理在本群发送 /bind 和部门代号即可绑定部门：
    { $departments }
bind-in-group = 请在部门的群里发送 /bind。部门：{ $departments }
bind-which = 绑定哪个部门？请发送 /bind 加上其中之一：{ $departments }
bound = 本群现为<b>{ $department }</b>。该部门的工单会出现在这里，群内成员均可处理。回复某人的消息并发送 /grant head 可设其为负责人。
bound-instead = 本群现在是{ $department }，不再是{ $before }；在经理为{ $before }另行发送 /bind 之前，该部门没有群。本群所有成员即为{ $department }的员工。
bound-elsewhere = 本群不再是{ $department }：{ $who } 已将该部门绑定到另一个群。工单已转到那里，本群卡片上的按钮不再有效。
department-removed = 公司配置文件中已没有部门 { $department }，本群不会再收到新工单。如属误删，请运维人员恢复；如要把本群设为其他部门，请经理在此发送 /bind 加部门名称。
group-lost = 我已无法在<b>{ $department }</b>的群里发消息（{ $reason }）。恢复之前，其工单转到这里，未发出的内容保留待发。
only-managers = 只有经理可以这样操作。
manager-welcome =
    您是首位经理。
    1. 把我加入各部门的群，并在群里发送 /bind 和部门代号：{ $departments }
    2. 用 /grant 授予角色，例如回复某人的消息：/grant head
    3. /summary 查看概况，/help 列出全部命令。
grant-how = 请写明角色：/grant staff、head、quality 或 manager，回复对方的消息或写 @用户名。staff 和 head 需要部门：{ $departments }
revoke-how = 请写明角色：/revoke staff、head、quality 或 manager，回复对方的消息或写 @用户名。staff 和 head 需要部门：{ $departments }
grant-whom = 我还不认识此人。请回复对方的消息，或请对方先给我发一条消息，再用 @用户名。
granted = { $name } 现在是{ $role }。
granted-already = { $name } 已经是{ $role }。
revoked = { $name } 不再是{ $role }。
granted-member = { $name } 现在是{ $role }，在该部门群里期间有效。
revoked-member = { $name } 不再是{ $role }，即使仍在群里。可用 /grant 恢复。
revoked-already = { $name } 不是{ $role }。
last-manager = 这是最后一位经理，请先授予另一位。
roles-head = <b>角色</b>
roles-line = { $name }：{ $roles }
roles-groups = <b>群组</b>
roles-group-here = { $department }（{ $key }）：已绑定
roles-group-lost = { $department }（{ $key }）：无法发送，请重新把我加入该群
roles-group-none = { $department }（{ $key }）：尚未绑定，请在群里发送 /bind { $key }
role-staff = 员工
role-head = 负责人
role-quality = 差评管理
role-manager = 经理

period-today = { $chosen ->
    [yes] • 今天
   *[no] 今天
  }
period-week = { $chosen ->
    [yes] • 本周
   *[no] 本周
  }
period-month = { $chosen ->
    [yes] • 本月
   *[no] 本月
  }
period-quarter = { $chosen ->
    [yes] • 本季
   *[no] 本季
  }
period-year = { $chosen ->
    [yes] • 今年
   *[no] 今年
  }
period-earlier = ◂ 上一期

## 帮助与菜单

help-part = { $part ->
    [c] 客户指令
    [s] 员工指令
   *[m] 管理指令
  }
help-customer =
    /rate 评价配送
    /complain 提交投诉
    /mycases 查看我的工单
    /stop 不再接收评价邀请，/resume 恢复
    /language 更换语言，/timezone 设置时区
    /cancel 结束当前提问
help-staff =
    在部门群里：用卡片上的按钮处理工单；只有回复我的提问，您写的内容才算数。
    回复工单卡片可给客户写信，发送前会先请您核对；/note 为内部备注
    /cases 列出未结工单，/case 42 查看工单及其档案，/search 按工单号、运单、电话或文字搜索
help-summary = /summary 今天、本周、上月、本季、今年、2026-10 或 2026-10-01..2026-10-31
help-results = /results 查看问卷结果
help-open = /open 按部门列出未结工单，/overdue 列出逾期工单
help-roles =
    /bind 在群里发送，把群绑定到部门
    /grant 和 /revoke 授予和收回角色，/roles 列出角色
menu-rate = 评价配送
menu-complain = 提交投诉
menu-mycases = 我的工单
menu-language = 更换语言
menu-cancel = 结束当前提问
menu-help = 使用说明
menu-cases = 未结工单
menu-summary = 服务质量概况
menu-roles = 谁能做什么
menu-grant = 授予角色
menu-revoke = 收回角色
