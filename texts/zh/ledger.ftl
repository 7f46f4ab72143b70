### 回访台账，以及某一单的回访情况。

only-oversight = 这个命令供经理和差评管理人员使用，请在私聊、差评管理群或管理层群中发送。

## 统计用语

fate-waiting = 待回访
fate-sent = 已邀请，尚未回答
fate-opened = 客户已打开，尚未回答
fate-answered = 已在聊天中回答
fate-phoned = 已在电话中回答
fate-expired = 到期未回答
fate-sampled-out = 未抽中
fate-too-soon = 近期已回访过
fate-unreachable = 无法在聊天中联系
fate-blocked = 已屏蔽机器人
fate-stopped = 已关闭回访
fate-too-late = 已过回访期限
origin-sent = 主动邀请
origin-link = 扫码或链接
origin-rate = 主动（/rate）
origin-campaign = 专项回访
origin-phone = 电话
invitation-open = 进行中或已回答
invitation-expired = 已到期
invitation-undelivered = 未送达
calls-state-listed = 待认领
calls-state-taken = 已认领
calls-state-answered = 已回答
calls-state-no-reply = 无人接听
calls-state-refused = 拒绝回访
calls-state-wrong-number = 号码有误
calls-state-overtaken = 期间已可在聊天中联系

## 台账

ledger-head = { $days ->
    [1] <b>回访台账</b> · { $first }
   *[other] <b>回访台账</b> · { $first } – { $last }
  }
ledger-deliveries = <b>配送：{ $count }单</b>
ledger-place = · { $place }：{ $count }
ledger-sum = { $holds ->
    [yes] 合计 { $sum } = 配送{ $count }单 ✓
   *[no] ⚠ 合计 { $sum } ≠ 配送{ $count }单
  }
ledger-invitations = <b>邀请：{ $count }</b>
ledger-invited = · { $origin }，{ $state }：{ $count }
ledger-other = · 与运单无关，{ $origin }：{ $count }
ledger-responses = <b>回答：{ $total }</b>（聊天 { $chat }，电话代填 { $phone }）
ledger-calls = <b>电话回访：{ $count }</b>
ledger-priorities = <b>按优先级</b>
ledger-no-priority = 未分级
ledger-priority = · { $priority }：配送{ $deliveries }单，目标{ $percent }%即{ $target }单；抽中{ $sampled }，已回访{ $asked }，已回答{ $answered }，电话回答{ $phoned }；{ $shortfall ->
    [0] 已达标
   *[other] 还差{ $shortfall }单
  }
ledger-shortfall = { $count ->
    [0] 抽样目标：已达标
   *[other] 抽样目标：还差{ $count }单
  }
ledger-differs-asked = ⚠ 已回访的配送{ $left }单，送达的邀请却有{ $right }份
ledger-differs-answered = ⚠ 已在聊天中回答的配送{ $left }单，回答却有{ $right }份
ledger-differs-phoned = ⚠ 已在电话中回答的配送{ $left }单，回答却有{ $right }份
ledger-short = <b>昨日配送{ $count }单</b>
ledger-short-place = { $place } { $count }

## /why

why-how = 请发送 /why 加运单号，例如：/why SF1234567890
why-unknown = 没有运单号为 { $waybill } 的配送。请核对单号，或确认这单是否已上报。
why-several = 有{ $count }个来源上报了这个运单号：
why-head = <b>{ $waybill }</b>（{ $source }），{ $at } 送达
why-sampling = 优先级：{ $priority }，按{ $percent }%抽样回访。
why-customer = 客户：{ $who }
why-waiting = 尚未回访：还没到时间。
why-sent = 已于 { $at } 邀请客户，尚未回答。
why-opened = 客户已于 { $at } 打开问卷（{ $how }），尚未回答。
why-answered = 已于 { $asked } 回访客户（{ $how }），客户于 { $at } 回答，共{ $count }项。
why-phoned = 已电话回访，客户于 { $at } 回答，共{ $count }项。
why-expired = 已于 { $asked } 回访客户，没有得到回答，问卷于 { $at } 到期。
why-sampled-out = 未回访：抽样未抽中。客户仍可通过链接评价。
why-too-soon = 未回访：客户已于 { $at } 接受过回访，{ $days }天内最多一次。
why-unreachable = 未回访：客户与我们没有聊天。
why-blocked = 未回访：客户已屏蔽机器人。
why-stopped = 未回访：客户已于 { $at } 关闭回访。
why-too-late = 未回访：送达已超过{ $days }天。
why-origin-sent = 主动邀请
why-origin-link = 扫码或链接
why-origin-rate = 主动（/rate）
why-origin-campaign = 专项回访
why-origin-phone = 电话
why-entered-by = 由{ $name }代填。
why-reminded = 已于 { $at } 提醒。
why-call-listed = { $attempts ->
    [0] 已列入电话回访名单。
   *[other] 已列入电话回访名单，已拨打{ $attempts }次。
  }
why-call-taken = { $name }正在电话回访。
why-call-answered = 由{ $name }电话回访。
why-call-no-reply = 已拨打{ $attempts }次，无人接听（最近一次：{ $name }）。
why-call-refused = { $name }已致电：客户不愿接受回访。
why-call-wrong-number = { $name }已致电：号码有误。
why-next-try = 接下来：{ $at } 起尽早回访客户。
why-next-reminder = 接下来：{ $at } 起在客户方便的时段提醒一次。
why-next-expiry = 如未回答，{ $at } 到期。
why-next-unreachable = 接下来：客户打开链接或分享手机号后，即在聊天中回访，截至 { $at }。
why-next-blocked = 接下来：客户恢复聊天后即回访，截至 { $at }。
why-next-call = 接下来：列入次日早上的电话回访名单。
why-next-no-number = 没有可拨打的号码。
why-next-listed = 保留在名单中，截至 { $at }。
why-next-nothing = 不会再有自动的后续操作。

help-ledger =
    /ledger 昨天、本周、本月……：配送的回访情况与缺口
    /why SF123 查看某一单的回访情况
    /callbacks 在差评管理群中查看电话回访名单
menu-ledger = 回访台账
menu-why = 某一单的回访情况
