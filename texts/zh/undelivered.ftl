### 没能送达的消息，以及没能处理的事件。

undelivered-where = 仅供经理使用，请在私聊或管理群中发送。
undelivered-none = 消息全部送达。
undelivered-head = <b>未送达：{ $count } 条</b>
undelivered-cause-lost = <b>机器人不在群里：{ $count } 条</b>，最早 { $since }
undelivered-cause-forbidden = <b>机器人无权发言：{ $count } 条</b>，最早 { $since }
undelivered-cause-unmade = <b>内容未能生成：{ $count } 条</b>，最早 { $since }
undelivered-cause-refused = <b>被 Telegram 拒绝：{ $count } 条</b>，最早 { $since }
undelivered-cause-blocked = <b>对方屏蔽了机器人或已注销：{ $count } 条</b>，最早 { $since }
undelivered-kind-survey = 回访：{ $count }
undelivered-kind-card = 工单卡片：{ $count }
undelivered-kind-file = 图片和文件：{ $count }
undelivered-kind-message = 消息：{ $count }
undelivered-to = { $more ->
    [0] 收件方：{ $names }
   *[other] 收件方：{ $names } 等，另有 { $more } 个
  }
undelivered-said = 原因：{ $words }
undelivered-cure-lost = → 把机器人重新加入该群，或用 /bind 绑定另一个群，积压的消息随后发出。
undelivered-cure-forbidden = → 允许机器人发言，或将其设为管理员，然后重新发送。
undelivered-cure-unmade = → 原因见机器人日志；处理后再重新发送。
undelivered-cure-refused = → 重新发送。如果仍被拒绝，请按上述原因处理。
undelivered-cure-blocked = → 无需处理：对方回来后，积压的消息会自动发出。
undelivered-send-again = 重新发送
undelivered-again = { $count ->
    [0] 目前没有可以重新发送的消息。
   *[other] 正在重新发送 { $count } 条消息。
  }
grown-refused = ⚠️ 被 Telegram 拒绝的消息：{ $count } 条。发送 /undelivered 查看详情和原因。
grown-held = ⚠️ 因对方或群暂时无法接收而积压的消息：{ $count } 条。发送 /undelivered 查看详情和原因。
grown-parked = ⚠️ 没能处理的点击或消息：{ $count } 条。请告知系统管理员：运行 <code>huifang parked</code> 查看原因。
help-undelivered = /undelivered 查看未送达的消息和原因
menu-undelivered = 未送达的消息
