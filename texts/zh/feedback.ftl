### 我的工单、答复后的反馈、建议、咨询与标准答复、表扬。

kind-complaint = 投诉
kind-suggestion = 建议
kind-inquiry = 咨询
kind-praise = 表扬

## 我的工单

mycases-older = 较早 ▸
mycases-newer = ◂ 较新
mycases-back = 返回列表
withdraw = 撤回
withdraw-really = 确定撤回 { $number } 吗？撤回后不再处理，也不能恢复。
withdraw-yes = 确定撤回
withdraw-no = 不撤回
withdrawn = { $number } 已撤回，并已告知责任部门。谢谢您告诉我们。
solved-here = { $number }：客户确认问题已解决。
withdrawn-here = { $number }：客户已撤回，不需要继续处理。
dialogue-over = { $number } 已由客户撤回，没有发送任何内容。
not-solved-after-all = 其实还没解决
timeline-words = “{ $text }”
timeline-reply = 我们的答复：{ $text }
next-assigned = 下一步：责任部门受理，最迟于 { $due } 给您答复。
next-in-work = 下一步：最迟于 { $due } 给您答复。
next-planned = 下一步：按计划整改，最迟于 { $due } 给您答复。
next-in-review = 下一步：答复正在审核，最迟于 { $due } 发给您。
next-waiting = 下一步：等待您回答我们的问题。
next-answered = 下一步：请告诉我们您对答复的意见。
next-adopted = 下一步：落实您的建议，最迟于 { $due } 完成。
next-merged = 这个工单已并入 { $number } 继续处理。
next-closed = 如仍未解决，可在 { $until } 之前要求重新处理。
reason-reopen = { $number } 还有哪里没有解决？请用一条消息告诉我们。
reason-ask-more = 您还想了解什么？请用一条消息写下，{ $number } 将转回责任部门。
reason-preview-reopen = { $number }：
reason-preview-ask-more = { $number }：
taken-up-again =
    { $old } 结案已久，不能重新打开，已为您另立新工单 <b>{ $number }</b> 继续处理。
    最迟于 <b>{ $due }</b> 给您答复。
linked-here = { $number } 承接 { $old }：原工单结案已久，不能重新打开。
low-joined = 您对这次配送不满意，您的评价已补充到处理中的工单 <b>{ $number }</b>，责任部门最迟于 { $due } 答复。
joined-note = 客户再次投诉，这次是关于：{ $about }

## 答复之后

handling-question = 您对这次的处理满意吗？1分为很不满意，5分为很满意。
handling-thanks = 谢谢。您对处理的评分是{ $score }分（满分5分），仍可修改。
card-handling = 客户对处理的评分：{ $text }分（满分5分）
closed-silently =
    我们一直没有收到您对 { $number } 答复的意见，工单已结案。
    如果问题还没解决，请在 { $until } 之前点下方按钮告诉我们。
closed-silently-inquiry = 我们一直没有收到您的回复，{ $number } 视为已答复。您随时可以使用 /ask。
question-lapsed = 我们没有收到您对 { $number } 所提问题的回答，会继续处理。您仍可随时回答，我们最迟于 { $due } 给您答复。

## 建议

suggestion-words = 您有什么建议？请写下来，也可以发送图片。
suggestion-about = 是关于哪方面？（可跳过）
suggestion-summary = <b>请核对您的建议</b>
suggestion-summary-about = 关于：{ $about }
suggestion-cancelled = 已取消，没有发送任何内容。/suggest 可重新开始。
suggestion-filed =
    谢谢。您的建议 <b>{ $number }</b> 已转交责任部门。
    最迟于 <b>{ $due }</b> 告知您处理结果。/mycases 可查看进度。
suggestion-accepted = 您的建议 <b>{ $number }</b> 已有专人研究。
suggestion-adopted =
    好消息：您的建议 <b>{ $number }</b> 已被采纳，预计在 { $due } 前落实。

    { $text }
suggestion-declined =
    您的建议 <b>{ $number }</b> 目前没有采纳。仍感谢您的用心。

    原因：{ $text }
suggestion-progress =
    您的建议 <b>{ $number }</b> 有新进展：

    { $text }
suggestion-finished =
    您的建议 <b>{ $number }</b> 已经落实。感谢您帮助我们做得更好。

    { $text }
telling-files = { $count ->
    [0] 需要补充图片或文件吗？请直接发送，然后点“完成”。
   *[other] 已收到{ $count }个文件。可以继续发送，或点“完成”。
  }
telling-summary-files = 附件：{ $count }个
card-adopted = 价值 { $value }分，可行性 { $feasibility }分（满分5分），落实期限：{ $due }

adopt-value = <b>{ $number }</b> 1/4：这条建议的价值如何？1分为较低，5分为很高。
adopt-feasibility = <b>{ $number }</b> 2/4：可行性如何？1分为较低，5分为很高。
adopt-reason = <b>{ $number }</b> 3/4：为什么采纳、打算怎么落实？客户会看到。请回复这条消息。
adopt-due = <b>{ $number }</b> 4/4：什么时候落实？请选择，或回复这条消息：周五、10天后、12月31日……
adopt-preview = <b>{ $number }：采纳，请核对。</b>确认后立即告知客户。
adopt-preview-value = 价值：{ $text }分（满分5分）
adopt-preview-feasibility = 可行性：{ $text }分（满分5分）
adopt-preview-reason = 告知客户：{ $text }
adopt-sent = { $number }：已采纳，并已告知客户。
decline-value = <b>{ $number }</b> 1/3：这条建议的价值如何？1分为较低，5分为很高。
decline-feasibility = <b>{ $number }</b> 2/3：可行性如何？1分为较低，5分为很高。
decline-reason = <b>{ $number }</b> 3/3：为什么不采纳？客户会看到。请回复这条消息。
decline-preview = <b>{ $number }：不采纳，请核对。</b>确认后立即告知客户。
decline-preview-value = 价值：{ $text }分（满分5分）
decline-preview-feasibility = 可行性：{ $text }分（满分5分）
decline-preview-reason = 告知客户：{ $text }
decline-sent = { $number }：未采纳，并已告知客户。
progress-words = <b>{ $number }</b>：目前进展如何？客户会看到。请回复这条消息。
progress-preview = <b>{ $number }：请核对。</b>客户将看到：
progress-preview-words = { $text }
progress-sent = { $number }：已将进展告知客户。
finish-words = <b>{ $number }</b>：结果如何？客户会看到。请回复这条消息。
finish-preview = <b>{ $number }：已落实，请核对。</b>客户将看到：
finish-preview-words = { $text }
finish-sent = { $number }：已落实，并已告知和感谢客户。

## 咨询

inquiry-words = 您想了解什么？请写下您的问题。
inquiry-offer = 下面的内容也许已经回答了您的问题。如果没有，请点“人工答复”，或换个说法再问一次。
inquiry-standard = <b>{ $question }</b>
inquiry-enough = 这样回答了您的问题吗？
inquiry-helps = 解答了
inquiry-person = 人工答复
inquiry-helped = 很高兴能帮到您。您随时可以使用 /ask。
inquiry-cancelled = 已取消，没有发送任何内容。/ask 可重新提问。
inquiry-filed =
    您的问题 <b>{ $number }</b> 已转交责任部门。
    最迟于 <b>{ $due }</b> 给您答复。/mycases 可查看进度。
inquiry-answer =
    <b>对您咨询 { $number } 的答复</b>

    { $text }

    您还有其他想了解的吗？
inquiry-no-more = 没有了，谢谢
inquiry-ask-more = 继续提问
inquiry-closed = 谢谢。<b>{ $number }</b> 已结案。您随时可以使用 /ask。
inquiry-again = 您的问题已再次转交责任部门，编号 <b>{ $number }</b>，最迟于 { $due } 给您答复。
inquiry-only-files = （图片或文件）
inquiry-answered = { $number } 已答复。如果其他客户也可能问到，可以保存为标准答复，以后自动提供。
reply-words = <b>{ $number }</b>：怎么答复？客户会看到您的原话。请回复这条消息。
reply-preview = <b>{ $number }：请核对。</b>客户将看到：
reply-preview-words = { $text }
reply-sent = { $number }：答复已发给客户。

## 标准答复

standard-list = { $count ->
    [0] 还没有标准答复。添加后，客户提出类似问题时会先看到它。
   *[other] 共{ $count }条标准答复。点一下即可查看、修改或停用。
  }
standard-add = 添加
standard-edit = 修改
standard-retire = 停用
standard-keep = 保存为标准答复
standard-shown =
    <b>{ $question }</b>

    { $answer }
standard-used = { $count ->
    [0] 还没有帮到客户。
   *[other] 已帮到客户{ $count }次。
  }
standard-retire-really = 确定停用吗？停用后不再提供给客户：{ $question }
standard-retired = 已停用。
standard-gone = 这条标准答复已停用。
standard-question = 客户会怎么问？请用客户的说法写，不要出现姓名和号码。请回复这条消息。
standard-answer = 怎么答复？客户会看到您的原话。请回复这条消息。
standard-so-far = 目前内容：{ $text }
standard-preview = <b>请核对。</b>提出类似问题的客户会先看到它，内容不得涉及具体个人。
standard-shown-question = 问：{ $text }
standard-shown-answer = 答：{ $text }
standard-kept = <b>已保存为标准答复</b>
standard-cancelled = 已取消，没有做任何更改。

## 表扬

rating-praise = 表扬快递员
praise-words = 哪里做得好？请写下来。责任部门和快递员会看到，但快递员看不到您的姓名。
praise-about = 是哪一单？（可跳过）
praise-summary = <b>请核对您的表扬</b>
praise-summary-about = 运单：{ $about }
praise-cancelled = 已取消，没有发送任何内容。/praise 可重新开始。
praise-filed = 谢谢。您的表扬 <b>{ $number }</b> 已转达。
praise-for-you =
    <b>有客户表扬您</b>

    { $text }
role-courier = 快递员
grant-not-yourself = 不能把自己设为快递员，请找经理。
grant-not-your-courier = { $courier } 不属于您负责的部门。请找经理或该部门的负责人。
grant-which-courier = 是哪位快递员？请回复本人的消息，发送 /grant 快递员 加快递员编号（如 k17），或附上 @用户名。

## 帮助与菜单

help-others =
    /suggest 提建议，/ask 咨询，/praise 表扬
help-answers =
    /answers 查看提供给客户的标准答复，/answers 添加 可添加一条
menu-suggest = 提建议
menu-ask = 咨询
menu-praise = 表扬
menu-answers = 标准答复
