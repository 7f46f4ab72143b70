### 客户主动发来的消息：先保存，再由按钮分类。

triage-kept = { $count ->
    [1] 您的消息已保存。
   *[other] 您的{ $count }条消息已保存。
  }
triage-what = 这属于哪一类？点一个按钮，就会送到对应的部门；您也可以先继续补充。{ $minutes }分钟内没有选择的话，会作为咨询转交我们的质量部门答复。
triage-complaint = 投诉
triage-inquiry = 咨询
triage-suggestion = 建议
triage-praise = 表扬
triage-nothing = 没事，谢谢
triage-case = 属于 { $number }
triage-delivery = { $kind ->
    [complaint] 投诉涉及哪一单？
    [inquiry] 咨询涉及哪一单？
    [suggestion] 建议涉及哪一单？
   *[praise] 表扬涉及哪一单？
  }
triage-no-delivery = 都不是
triage-discarded = 好的，您写的内容已删除，没有人看过。有需要时随时找我。
triage-full = 请先点一个按钮，才能继续保存。您刚才发的这一条没有保存。
triage-taken = { $kind ->
    [complaint] <b>您的投诉</b>
    [inquiry] <b>您的咨询</b>
    [suggestion] <b>您的建议</b>
   *[praise] <b>您的表扬</b>
  }
triage-filed =
    您写的内容已登记为咨询 <b>{ $number }</b>，并转交质量部门。
    最迟于 <b>{ $due }</b> 给您答复。/mycases 可查看进度。
