### 匿名问卷，以及各问卷的结果。

anonymous-begins = 🔒 本问卷匿名填写：保存的答案不含您的姓名、电话和运单，没有人能看出是您填的。最后一题之前可以随时修改；填完之后，连我们也找不到哪一份是您的。
anonymous-over = 🔒 您的答案已匿名保存。因为没有人知道哪份答案是谁的，所以无法再修改。
anonymous-low = 如果遇到了问题，请用 /complain 投诉，会有专人处理；您在本问卷中的回答不会附带过去。

results-which =
    要看哪份问卷？请发送 /results 加问卷代号：
    { $surveys }
results-unknown =
    没有“{ $name }”这份问卷。现有：
    { $surveys }
results-head = <b>{ $title }</b>（{ $name }）
results-anonymous = 🔒 匿名问卷：不足{ $minimum }份的数据，以及能据此推算的数据，都不显示；每新增{ $minimum }份答卷更新一次。
results-none = 还没有人作答。
results-few = 不足{ $minimum }份答案
results-responses = { $n ->
   *[other] 共{ $n }份答卷
  }
results-n = n = { $n }
results-line = { $percent ->
    [-1] { $label }：{ $count }
   *[other] { $label }：{ $count }（{ $percent }%）
  }
results-hidden = { $label }：不显示
results-mean = 平均 { $figure }
results-nps = NPS { $figure }
results-promoters = 9–10 分，推荐者
results-passives = 7–8 分，中立者
results-detractors = 0–6 分，贬损者
results-yes = 是
results-no = 否
results-cut = 选项按最近{ $n }份答案统计。
results-others = 这份问卷有过几个版本，其他版本请发送：{ $names }
menu-results = 查看问卷结果

why-answered-anonymous = 已于 { $asked } 回访客户（{ $how }），客户已回答。该问卷匿名填写，答了什么、何时回答，都无从得知。
call-anonymous = { $waybill } 的问卷为匿名填写，不能由他人代填。
