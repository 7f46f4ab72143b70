### 员工、差评管理部门和管理层看到的文字。

card-head = <b>{ $what }</b>{ $urgency ->
    [no] {""}
   *[other] （{ $urgency }）
  } · <b>{ $number }</b> · { $state }
card-category = { $category } → { $department }
card-round = <b>第{ $round }轮整改</b>
card-waybill = 运单：{ $text }
card-courier = 快递员：{ $text }
card-contact = 联系方式：{ $text }
card-appealed = <b>监管部门等待答复</b>
card-due = 答复期限：{ $due }
card-owner = 处理人：<b>{ $owner }</b>
card-no-owner = 还没有人受理
card-files = 附件{ $count }个
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

accepted = { $number } 现由您处理。
taken = { $number } 已被{ $owner }抢先受理。
approved = { $number } 已审核通过并答复客户。
approved-first = { $number } 已审核通过，接下来由差评管理部门复审。
case-not-now = { $number } 的状态已变化，现在不能这样操作。卡片已更新。
case-not-yours = { $number } 目前不由您操作（处理人：{ $owner }）。
case-own-approval = { $number } 是您本人处理的，须由他人审核：本部门其他负责人或管理层。
case-missing = { $number }：还缺必填内容。
case-same-department = { $number } 已经在这个部门。
review-due = { $number } 已办结，等待审核。
returned =
    { $number } 已退回：
    { $reason }
transferred-here =
    { $number } 由{ $department }转来：
    { $reason }
round-begins =
    { $number }：客户反馈未解决，进入第{ $round }轮整改。
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
event-silent = 客户未反馈，结案
event-reopen = 客户要求重新处理
event-withdraw = 撤回
event-merge = 合并
event-appeal = 向监管部门申诉

staff-cancelled = { $number }：已取消，没有做任何更改。

resolution-root-cause = <b>{ $number }</b> 1/4：根本原因是什么？请回复这条消息。
resolution-action = <b>{ $number }</b> 2/4：采取了什么整改措施？客户会看到您的原话。请回复这条消息。
resolution-compensation = <b>{ $number }</b> 3/4：给了客户什么补偿？请回复这条消息，或点“跳过”。
resolution-is-valid = <b>{ $number }</b> 4/4：公司是否有责？
resolution-valid = 公司有责
resolution-not-valid = 公司无责
resolution-preview = <b>{ $number }：请核对</b>
resolution-preview-root-cause = 根本原因：{ $text }
resolution-preview-action = 答复客户：{ $text }
resolution-preview-compensation = 补偿：{ $text }
resolution-preview-valid = 公司有责。
resolution-preview-not-valid = 公司无责。
resolution-sent = { $number }：已提交审核。

transfer-where = <b>{ $number }</b>：转给哪个部门？
reason-transfer = <b>{ $number }</b>：为什么转办？请回复这条消息。
reason-return = <b>{ $number }</b>：还缺什么？处理人会看到。请回复这条消息。
reason-preview-transfer = <b>{ $number }</b> 将转给{ $department }，原因：
reason-preview-return = <b>{ $number }</b> 将退回给处理人，原因：
reason-preview-not-satisfied = { $number }：
reason-sent = { $number }：已完成。

cases-none = 没有未结工单。
list-not-here = 工单列表只在您的私聊、差评管理部门或管理层的群，或本部门的群里（仅该部门）显示。
membership-over = 您已不在<b>{ $department }</b>的群里，不能再代表该部门操作。如有误，请让人把您加回群里。
membership-unsure = 我无法确认您是否还在{ $departments }的群里。请在群里点一下工单卡片的按钮，或发送 /cases，然后再试；如果我不在那个群里，请经理把我加进去。
not-staff = 这个命令供员工使用。经理可用 /grant 授予角色。

## 群组与角色

added-to-group =
    大家好。要把本群绑定到部门，请经理在这里发送 /bind 加括号里的代号：
    { $departments }
bind-in-group = 请在部门的群里发送 /bind 加括号里的代号：{ $departments }
bind-which = 要绑定哪个部门？请发送 /bind 加括号里的代号：{ $departments }
bound = 本群现在属于<b>{ $department }</b>。该部门的工单会出现在这里，群成员都可以处理。要设部门负责人，请回复其消息并发送 /grant 负责人。
bound-instead = 本群现在属于{ $department }，不再属于{ $before }；{ $before }暂时没有群，需要经理在它的群里发送 /bind。本群成员今后都是{ $department }的员工。
bound-elsewhere = 本群不再属于{ $department }：{ $who }已为该部门绑定了另一个群。工单已转到那里，本群卡片上的按钮不再有效。
department-removed = 公司设置中已没有{ $department }这个部门，本群不会再收到新工单。如有误，请告知系统管理员；要把本群绑定到其他部门，请经理在这里发送 /bind 加部门名称。
group-lost = 我已无法在<b>{ $department }</b>的群里发消息（{ $reason }）。恢复之前，该部门的工单转到这里，未发出的消息保留待发。
only-managers = 只有经理可以这样操作。
manager-welcome =
    您是首位经理。
    1. 把我加入各部门的群，并在群里发送 /bind 加括号里的代号：{ $departments }
    2. 用 /grant 授予角色，例如回复某人的消息：/grant 负责人
    3. /summary 查看概况，/help 查看全部命令。
grant-how = 请写明角色：/grant 员工、负责人、差评管理或经理，并回复对方的消息或附上 @用户名。员工和负责人还要注明部门（括号里的代号）：{ $departments }
revoke-how = 请写明角色：/revoke 员工、负责人、差评管理或经理，并回复对方的消息或附上 @用户名。员工和负责人还要注明部门（括号里的代号）：{ $departments }
grant-whom = 我还不认识这个人。请回复对方的消息，或请对方先给我发一条消息，再用 @用户名。
granted = { $name }现在是{ $role }。
granted-already = { $name }已经是{ $role }。
revoked = { $name }不再是{ $role }。
granted-member = { $name }现在是{ $role }，在该部门群里期间有效。
revoked-member = { $name }不再是{ $role }，即使仍在群里。可用 /grant 恢复。
revoked-already = { $name }不是{ $role }。
last-manager = 这是最后一位经理，请先任命另一位。
roles-head = <b>角色</b>
roles-line = { $name }：{ $roles }
roles-groups = <b>群组</b>
roles-group-here = { $department }（{ $key }）：已绑定
roles-group-lost = { $department }（{ $key }）：我已不在群里，请重新把我加入
roles-group-none = { $department }（{ $key }）：尚未绑定，请在群里发送 /bind { $key }
role-staff = 员工
role-head = 部门负责人
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
    回复工单卡片即可给客户发消息，发送前会先请您核对；/note 添加内部备注
    /cases 列出未结工单，/case 42 查看工单及其档案，/search 按工单号、运单号、电话或文字搜索
help-summary = /summary 今天、本周、上月、本季、今年、2026年10月，或 2026-10-01 至 2026-10-31
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
menu-roles = 谁有哪些角色
menu-grant = 授予角色
menu-revoke = 收回角色
