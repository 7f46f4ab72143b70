### 問卷題目：評分的文字標籤，以及按鈕上的文字。

labels-satisfied = 1 非常不滿意 · 2 不滿意 · 3 普通 · 4 還算滿意 · 5 滿意
labels-very-satisfied = 1 非常不滿意 · 2 不滿意 · 3 普通 · 4 滿意 · 5 非常滿意
labels-four-levels = 1 非常不滿意 · 2 不滿意 · 4 滿意 · 5 非常滿意

rating-given-four = 您的評分：{ $score }分（四級量表，滿分5分）
rating-given-four-behalf = 客戶評分：{ $score }分（四級量表，滿分5分）

answer-nps = 0 完全不可能 … 10 極有可能
answer-yes = { $tick }是
answer-no = { $tick }否
answer-wrote = 您寫的是：{ $words }
answer-photos = { $count ->
    [0] 請傳送照片、影片或檔案，可以逐一傳送，也可以一次傳送多個。（可略過）
   *[other] 已收到{ $count }張照片。可繼續傳送，或按「完成」。
  }
answer-photos-full = 這裡最多儲存{ $count }個，這一個沒有儲存。
answer-take-back = 移除已傳送的內容
answer-contact = 請寫下手機號碼或其他聯絡方式，也可以從 Telegram 的附件選單傳送您自己的聯絡資訊。只有處理人員看得到。

## 給看答案的人

words-four-levels = { $score }/5（四級量表）
words-yes = 是
words-no = 否
words-photos = 照片{ $count }張
words-contact = 已留（{ $masked }）
