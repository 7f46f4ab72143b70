### 各对话共用的文字。

back = 返回
skip = 跳过
enough = 结束问卷
done = 完成
confirm = 确认
cancel = 取消
solved = 已解决
not-solved = 未解决
list-and = { $one }、{ $more }
department-keyed = { $name }（{ $key }）
delivery-choice = { $waybill } · { $month }月{ $day }日

not-now = 这个按钮已失效，没有做任何更改。
not-understood = 抱歉，没有看懂您的消息。请点按钮，或回答下面的问题。
unusable = 贴纸、投票和小游戏无法转达。可以发送文字、照片、视频、文件、语音或位置。
unusable-alone = 谢谢！如果有什么想告诉我们，直接写下来就好，也可以发送照片、文件、语音或位置。/help 可查看我能做什么。
asked-other = 这个问题是问{ $name }的，您的回答没有采用。如需自己处理，请点工单卡片上的按钮。
reply-please = 请<b>回复</b>这条消息来作答（长按或滑动消息）。没有用回复方式写的内容不会发给任何人。
not-yours = 抱歉，您不能在这里这样操作，没有做任何更改。
hint = 我负责回访配送情况，也受理投诉。/rate 评价配送，/complain 提交投诉，/mycases 查看您的工单。
too-fast = 您每分钟发送的消息已超过{ $limit }条。您在评价和工单中写的内容都会保存；其他消息请停一分钟再发，我会继续回复。
unknown-command = 没有这个命令。/help 可以看到我能做什么。
only-in-private = 请在与我的私聊中使用这个命令。
write-as-yourself = 您正以群组身份发言，我无法识别您是谁。请在管理员权限中关闭“匿名”，再发送一次命令。
cancelled = 已取消，没有发送任何内容。
nothing-to-cancel = 没有可以取消的内容。
reply-here = 请回复这条消息

## 开始

greeting =
    您好，这里是{ $company }。
    配送完成后，我会回访您是否满意；如有投诉，我也会受理，直到问题解决。/rate 评价配送，/complain 提交投诉，/mycases 查看工单，/language 更换语言。也可以直接写给我，我会先保存下来，再问您是哪一类。

    如果希望在这里接收配送回访，请点下方按钮分享您的手机号。手机号加密保存，不作其他用途。
share-phone = 分享我的手机号
phone-linked = { $count ->
    [0] 谢谢。以后的配送，我会在这里向您回访。
   *[other] 谢谢。找到了您的{ $count }单配送，以后的配送也会在这里向您回访。
  }
contact-not-yours = 这是别人的联系方式。请用下方按钮分享您自己的，以免别人看到您的配送。
link-unknown = 无法识别这个链接。请重新扫描面单上的二维码，也可以使用 /rate。
link-expired = 这个链接已过期。您随时可以使用 /rate 和 /complain。
link-yours = <b>{ $waybill }</b> 是您自己配送的，不能由您评价。请让客户扫码或打开链接。
link-taken = 这个链接已经有人打开过，这单配送由对方评价。如果这是您的包裹，请用 /complain 告诉我们。

## 评价

rating-about = 运单 <b>{ $waybill }</b>
rating-progress = <i>第{ $place }题，共{ $of }题</i>
rating-given = 您的评分：{ $score }分（满分5分）
rating-offer = 非常抱歉。要提交投诉吗？投诉会直接送达责任部门，我们会给您答复。
rating-file = 提交投诉
rating-no-thanks = 不用了
rating-declined = 好的，您的评分照常计入。
rating-already-filed = 已经提交过了。
rating-change = 修改评分
rating-picked = 完成
rating-expired = 本次回访已结束，没有收到您的评价。您随时可以使用 /rate。
rating-over = 您已评价过这单配送，现在不能再修改。您随时可以使用 /complain。
rate-which = 您想评价哪一单？
rate-none = 都不是

## 投诉

complaint-delivery = 要投诉的是哪一单？
complaint-no-delivery = 跳过
complaint-category = 是哪方面的问题？
complaint-told = 您写的内容已记入这件投诉。
complaint-reason = 发生了什么？请选择最接近的一项，或直接写下经过。也可以发送照片、视频、文件或语音。
complaint-description = 发生了什么？请写下经过。也可以发送照片、视频、文件或语音。
complaint-files = { $count ->
    [0] 需要补充照片、视频、文件或语音吗？请直接发送，然后点“完成”。
   *[other] 已收到{ $count }个文件。可以继续发送，或点“完成”。
  }
complaint-files-full = 一件投诉最多附{ $count }个文件，这一个没有保存。
complaint-wanted = 您希望我们怎么处理？（可跳过）
complaint-contact = 需要联系时，怎样找到您？例如手机号。（可跳过）
complaint-summary = <b>请核对您的投诉</b>
complaint-summary-waybill = 运单：{ $waybill }
complaint-summary-category = 类别：{ $category }
complaint-summary-reason = 原因：{ $reason }
complaint-summary-description = 经过：{ $description }
complaint-summary-files = 附件：{ $count }个
complaint-summary-wanted = 诉求：{ $wanted }
complaint-summary-contact = 联系方式：{ $contact }
complaint-cancelled = 投诉已取消，没有发送任何内容。/complain 可重新开始。
complaint-joined = 这单配送已有处理中的工单 <b>{ $number }</b>，您写的内容已补充进去。
low-became-case = 您对这次配送不满意，我们已为您登记工单 <b>{ $number }</b>，责任部门最迟于 { $due } 答复。/mycases 可查看进度。

## 我的工单

case-filed =
    您的投诉 <b>{ $number }</b> 已登记并转交责任部门。
    最迟于 <b>{ $due }</b> 给您答复。/mycases 可查看进度。
add-to-case = 补充内容
see-case = 查看进度
adding-first = 现在可以为 { $number } 补充文字、照片或文件，补充完请点“完成”。
adding-more = { $number } 已补充{ $count }次。可以继续发送，或点“完成”。
adding-done = { $count ->
    [0] { $number } 没有补充内容。
   *[other] 谢谢。您补充的内容已送达 { $number } 的责任部门。
  }
case-over = 这个工单已结案。/complain 可重新提交。
mycases = 您的工单：
mycases-none = 您没有工单。/complain 可提交投诉。
timeline-head = <b>{ $number }</b>：{ $state }
timeline-due = 承诺最迟于 { $due } 答复。
timeline-file = { $at } · 已登记并转交
timeline-accept = { $at } · 已有专人处理
timeline-transfer = { $at } · 已转其他部门
timeline-hand-over = { $at } · 已交接给同事
timeline-plan = { $at } · 已制定整改计划
timeline-ask-customer = { $at } · 我们向您提出了问题
timeline-customer-answers = { $at } · 已收到您的回答
timeline-extend = { $at } · 期限已调整
timeline-resolve = { $at } · 已处理，审核中
timeline-approve = { $at } · 已审核
timeline-return = { $at } · 退回重新处理
timeline-satisfied = { $at } · 您确认已解决
timeline-not-satisfied = { $at } · 您反馈未解决
timeline-silent = { $at } · 未收到您的反馈，已结案
timeline-reopen = { $at } · 您要求重新处理
timeline-withdraw = { $at } · 您已撤回
timeline-merge = { $at } · 已并入另一工单
timeline-appeal = { $at } · 已向监管部门申诉

case-accepted = 您的投诉 <b>{ $number }</b> 已有专人处理，最迟于 { $due } 给您答复。
case-answer =
    <b>对您投诉 { $number } 的答复</b>

    { $action }
case-compensation = 补偿：{ $compensation }
case-answer-question = 问题解决了吗？
case-solved = <b>{ $number }</b> 已解决。谢谢您告诉我们。
case-again = 非常抱歉。<b>{ $number }</b> 已重新转交处理（第{ $round }轮），您说明的原因已送达责任部门。/mycases 可查看进度。
verdict-late = { $number } 目前不需要您的反馈。/mycases 可查看进度。
reason-not-satisfied = { $number } 还有哪里没有解决？请用一条消息告诉我们。

## 语言

language-which = 您希望使用哪种语言？
language-set = 以后我用简体中文与您联系。

## 工单状态

state-assigned = 待受理
state-in-work = 处理中
state-planned = 已定整改计划
state-waiting = 等待客户回复
state-in-review = 审核中
state-answered = 已答复
state-closed = 已结案
state-withdrawn = 已撤回
state-merged = 已合并
