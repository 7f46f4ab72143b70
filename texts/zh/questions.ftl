### 问卷题目：评分的文字标签，以及按钮上的文字。

labels-satisfied = 1 很不满意 · 2 不满意 · 3 一般 · 4 较满意 · 5 满意
labels-very-satisfied = 1 很不满意 · 2 不满意 · 3 一般 · 4 满意 · 5 很满意
labels-four-levels = 1 很不满意 · 2 不满意 · 4 满意 · 5 很满意

rating-given-four = 您的评分：{ $score }分（四级量表，满分5分）
rating-given-four-behalf = 客户评分：{ $score }分（四级量表，满分5分）

answer-nps = 0 完全不可能 … 10 极有可能
answer-yes = { $tick }是
answer-no = { $tick }否
answer-wrote = 您写的是：{ $words }
answer-photos = { $count ->
    [0] 请发送照片、视频或文件，可以逐个发送，也可以一次发送多个。（可跳过）
   *[other] 已收到{ $count }张照片。可以继续发送，或点“完成”。
  }
answer-photos-full = 这里最多保存{ $count }个，这一个没有保存。
answer-take-back = 删除已发送的内容
answer-contact = 请写下手机号或其他联系方式，也可以从 Telegram 的附件菜单发送您本人的名片。只有处理人员能看到。

## 给阅读答案的人

words-four-levels = { $score }/5（四级量表）
words-yes = 是
words-no = 否
words-photos = 照片{ $count }张
words-contact = 已留（{ $masked }）
