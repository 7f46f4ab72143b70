### 电话回访：无法在聊天中回访的客户名单、一次通话，以及代客户填写的问卷。

entered-on-behalf = 代客户填写
rating-offer-behalf = 评分较低。请询问客户：要提交投诉吗？投诉会直接送达责任部门。
rating-declined-behalf = 好的，不投诉。评分照常计入。
rating-given-behalf = 客户评分：{ $score }分（满分5分）
rating-change-behalf = 修改评分
behalf-thanks = 问题已全部问完，请向客户致谢。
behalf-filed = 已代客户提交投诉 <b>{ $number }</b>，并转交责任部门。请告知客户：最迟于 { $due } 答复。
behalf-joined = 这单配送已有处理中的工单 <b>{ $number }</b>，客户的回答已补充进去，最迟于 { $due } 答复。
behalf-became-case = 您代填的评分较低，客户没有表示要不要投诉，已为客户登记工单 <b>{ $number }</b>，最迟于 { $due } 答复。
answer-by-phone = { $number } 已审核通过，但客户与我们没有聊天，请打电话告知客户答复内容。处理人点“联系方式”可查看号码。

## 名单

calls-head = { $count ->
    [0] <b>电话回访</b> · { $day }无新增
   *[other] <b>电话回访</b> · { $day }共{ $count }单
  }
calls-count-taken = 已认领 { $count }
calls-count-answered = 已回答 { $count }
calls-count-no-reply = 无人接听 { $count }
calls-count-refused = 拒绝回访 { $count }
calls-count-wrong-number = 号码有误 { $count }
calls-earlier = 此前未完成：{ $count }单
calls-without-number = 没有电话、无法回访：{ $count }单
calls-open = 以下{ $count }位客户无法在聊天中回访。点“认领”后，号码和问卷会私聊发给您。
calls-all-done = 已全部回访完毕，辛苦了。
calls-line = { $attempts ->
    [0] { $number }. { $waybill } · { $name } · { $phone } · { $at }
   *[other] { $number }. { $waybill } · { $name } · { $phone } · { $at } · 已拨打{ $attempts }次
  }
calls-taken-by = ↳ { $name }已认领
calls-take = 认领 { $number }
calls-none = 今天没有需要电话回访的客户。
calls-where = 电话回访名单供差评管理人员在差评管理群中使用：请在该群发送 /callbacks。
calls-no-group = 有{ $count }单需要电话回访，但还没有差评管理群。请把我加入群并发送 /bind { $key }，再发送 /callbacks。

## 一次通话

call-yours = { $waybill } 由您回访，号码和问卷已私聊发给您。
call-taken = { $name }已先认领 { $waybill }，名单已刷新。
call-done = { $waybill } 已处理完毕，名单已刷新。
call-overtaken-now = { $waybill } 的客户现在可以在聊天中回访，不必再打电话，没有做任何更改。
call-too-old = { $waybill } 送达已久，不再回访。
call-write-first = 尚未认领：我还不能给您发消息。请打开与 @{ $bot } 的私聊并点“开始”，再点“认领”。
call-card =
    <b>请您电话回访</b>
    运单：<b>{ $waybill }</b>，{ $at } 送达
    客户：{ $name }
    电话：{ $phone }

    请按下面的问卷提问，并点选客户的回答。没有得到回答时，请在这里选择原因。到 { $until } 仍未完成，将退回名单。
call-others = 名单中还有同一号码的{ $count }单：{ $waybills }。可在同一通电话中一并回访。
call-no-reply-button = 无人接听
call-refused-button = 拒绝回访
call-wrong-number-button = 号码有误
call-give-back-button = 退回名单
call-not-yours = 这次回访已不由您负责。在差评管理群发送 /callbacks 可查看名单。
call-answered = { $waybill }：客户的回答已录入，可在下方继续或修改。
call-given-back = { $waybill }：已退回名单。
call-no-reply-again = { $waybill }：无人接听，已拨打{ $attempts }次，保留在名单中待再次拨打。
call-no-reply-last = { $waybill }：无人接听，已拨打{ $attempts }次，不再拨打。
call-refused-kept = { $waybill }：客户不愿接受回访，不再为这单致电。
call-wrong-number-kept = { $waybill }：号码有误，不再为这单致电。
call-went-back = { $waybill } 未能按时完成，已退回名单。如已联系上客户，请重新认领。
call-survey-over = 这份问卷已不能在这里填写。
