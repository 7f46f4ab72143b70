### 专项回访：把一份问卷发给一群客户，一位经理制定，另一位经理批准。

menu-campaign = 专项回访
help-campaign =
    /campaign 把问卷发给一群客户：由您制定，另一位经理批准

## 列表

campaign-list = { $count ->
    [0] 还没有专项回访。专项回访把一份问卷发给一群客户，可以只发一次，也可以定期发送。
   *[other] <b>专项回访{ $count }个</b>
  }
campaign-line = <b>{ $title }</b> · { $state }
campaign-line-counts = 已发 { $sent } / { $total }
campaign-line-when = { $at }
campaign-new = 新建专项回访
campaign-list-back = 全部专项回访

campaign-state-planned = 待批准
campaign-state-declined = 未批准
campaign-state-approved = 已批准
campaign-state-sending = 发送中
campaign-state-stopped = 已暂停
campaign-state-done = 已完成
campaign-state-cancelled = 已取消

## 制定

campaign-which-survey = 发送哪份问卷？
campaign-which-group = 发给哪些客户？
campaign-group-all = 全部客户
campaign-group-type = 某一类客户
campaign-group-service = 使用某项服务的客户
campaign-group-station = 某个区域（网点）的客户
campaign-group-lost = 流失客户
campaign-which-type = 哪一类客户？请选择，或直接写名称。
campaign-which-service = 哪项服务？请选择，或直接写名称。
campaign-which-station = 哪个网点？请选择，或直接写名称。
campaign-which-title = 起个什么名称？只有经理能看到。请写下名称，或直接用下面这个。
campaign-which-moment = 什么时候开始？请选择，或直接写：明天10点、下周一14点、12月1日10点……
campaign-when-far = “{ $text }”在两年以后，请选早一些的日期。
campaign-quick-now = 批准后立即开始
campaign-quick-tomorrow = 明天（{ $day }）
campaign-quick-monday = 周一（{ $day }）
campaign-quick-month = 下月初（{ $day }）
campaign-which-cycle = 多久发一次？
campaign-cycle-once = 只发一次
campaign-cycle-month = 每月
campaign-cycle-quarter = 每季度
campaign-cycle-half-year = 每半年
campaign-cycle-year = 每年
campaign-cycle-once-says = 频率：只发一次
campaign-cycle-month-says = 频率：每月一次，直到取消
campaign-cycle-quarter-says = 频率：每季度一次，直到取消
campaign-cycle-half-year-says = 频率：每半年一次，直到取消
campaign-cycle-year-says = 频率：每年一次，直到取消

campaign-plan =
    <b>请核对</b>

    <b>{ $title }</b>
campaign-plan-survey = 问卷：{ $survey }
campaign-audience-all = 对象：全部客户
campaign-audience-type = 对象：客户类型“{ $value }”
campaign-audience-service = 对象：使用“{ $value }”服务的客户
campaign-audience-station = 对象：网点“{ $value }”的客户
campaign-audience-lost = 对象：流失客户（很久没有新的配送）
campaign-plan-now = 开始：批准后立即开始
campaign-plan-when = 开始：{ $at }（{ $weekday ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
  }）
campaign-reach = 目前可送达{ $reached }人；无法送达{ $unreachable }人，已关闭回访{ $stopped }人。
campaign-disturbs = ⚠️ 这个时间不在 { $from }–{ $until } 之内，我们通常只在这段时间打扰客户。
campaign-plan-next = 确认后会请其他经理批准，批准之前不会发送。
campaign-handed-in = <b>{ $title }</b>已制定。
campaign-dropped = 已取消，未制定专项回访。

## 单个专项回访

campaign-head = <b>{ $title }</b> · { $state }
campaign-survey-gone = 问卷：{ $survey }（已不再提供）
campaign-when-due = 开始：批准后立即开始
campaign-run = 第{ $run }期
campaign-planned-by = 制定人：{ $name }
campaign-approved-by = 批准人：{ $name }
campaign-bar = { $bar } { $percent }%
campaign-progress = 已发 { $sent } / { $total } · 无法送达 { $unreachable } · 已关闭回访 { $stopped } · 已回答 { $answered }
campaign-really = 确定取消吗？取消后不再发送。

campaign-show = 刷新
campaign-approve = 批准
campaign-decline = 不批准
campaign-stop = 暂停
campaign-resume = 继续发送
campaign-cancel = 取消专项回访
campaign-cancel-really = 确定取消
campaign-keep = 不取消

## 通知

campaign-asked = { $count ->
   *[other] 已请{ $count }位经理批准<b>{ $title }</b>，结果会通知您。
  }
campaign-needs-second = <b>{ $title }</b>已制定，但需要另一位经理批准，而目前只有您一位经理。请回复对方的消息发送 /grant 经理，或加上 @用户名；之后对方可在 /campaign 中看到它。
campaign-please = { $name }制定了一个专项回访，请决定是否批准。
campaign-own = 这是您自己制定的，需要另一位经理批准。
campaign-not-now = 这个专项回访的状态已变化，现已刷新。
campaign-approved-told = { $name }已批准<b>{ $title }</b>，{ $at } 开始。
campaign-approved-now = { $name }已批准<b>{ $title }</b>，现在开始发送。
campaign-declined-told = { $name }没有批准<b>{ $title }</b>，不会发送。
campaign-stopped-told = { $name }暂停了<b>{ $title }</b>。
campaign-resumed-told = { $name }已恢复发送<b>{ $title }</b>。
campaign-cancelled-told = { $name }取消了<b>{ $title }</b>。
campaign-approve-done = 已批准。
campaign-decline-done = 未批准，已通知制定人。
campaign-stop-done = 已暂停。已发出的消息仍会送达。
campaign-resume-done = 从暂停处继续发送。
campaign-cancel-done = 已取消。
campaign-without-survey = <b>{ $title }</b>已暂停，因为它的问卷已不再提供。请恢复问卷后点“继续发送”，或取消这个专项回访。
campaign-done-told = { $total ->
    [0] <b>{ $title }</b>：这群客户目前没有人，没有发送。
   *[other] <b>{ $title }</b>已完成：共{ $total }人，已发{ $sent }人，无法送达{ $unreachable }人，已关闭回访{ $stopped }人。
  }
campaign-next-told = 下一次：{ $at }。
