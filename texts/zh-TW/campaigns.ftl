### 專案調查：把一份問卷傳送給一群客戶，由一位經理規劃，另一位經理核准。

menu-campaign = 專案調查
help-campaign =
    /campaign 把問卷傳送給一群客戶：由您規劃，另一位經理核准

## 清單

campaign-list = { $count ->
    [0] 還沒有專案調查。專案調查把一份問卷傳送給一群客戶，可以只傳送一次，也可以定期傳送。
   *[other] <b>專案調查{ $count }項</b>
  }
campaign-line = <b>{ $title }</b> · { $state }
campaign-line-counts = 已送出 { $sent } / { $total }
campaign-line-when = { $at }
campaign-new = 新增專案調查
campaign-list-back = 全部專案調查

campaign-state-planned = 待核准
campaign-state-declined = 未核准
campaign-state-approved = 已核准
campaign-state-sending = 傳送中
campaign-state-stopped = 已暫停
campaign-state-done = 已完成
campaign-state-cancelled = 已取消

## 規劃

campaign-which-survey = 要傳送哪一份問卷？
campaign-which-group = 要傳送給哪些客戶？
campaign-group-all = 全部客戶
campaign-group-type = 某一類客戶
campaign-group-service = 使用某項服務的客戶
campaign-group-station = 某個區域（營業所）的客戶
campaign-group-lost = 流失客戶
campaign-which-type = 哪一類客戶？請選擇，或直接寫名稱。
campaign-which-service = 哪一項服務？請選擇，或直接寫名稱。
campaign-which-station = 哪一個營業所？請選擇，或直接寫名稱。
campaign-which-title = 要取什麼名稱？只有經理看得到。請寫下名稱，或直接採用下面這個。
campaign-which-moment = 什麼時候開始？請選擇，或直接寫：明天10點、下週一14點、12月1日10點……
campaign-when-far = 「{ $text }」在兩年以後，請選早一點的日期。
campaign-quick-now = 核准後立即開始
campaign-quick-tomorrow = 明天（{ $day }）
campaign-quick-monday = 週一（{ $day }）
campaign-quick-month = 下月初（{ $day }）
campaign-which-cycle = 多久傳送一次？
campaign-cycle-once = 只傳送一次
campaign-cycle-month = 每月
campaign-cycle-quarter = 每季
campaign-cycle-half-year = 每半年
campaign-cycle-year = 每年
campaign-cycle-once-says = 頻率：只傳送一次
campaign-cycle-month-says = 頻率：每月一次，直到取消
campaign-cycle-quarter-says = 頻率：每季一次，直到取消
campaign-cycle-half-year-says = 頻率：每半年一次，直到取消
campaign-cycle-year-says = 頻率：每年一次，直到取消

campaign-plan =
    <b>請確認內容</b>

    <b>{ $title }</b>
campaign-plan-survey = 問卷：{ $survey }
campaign-audience-all = 對象：全部客戶
campaign-audience-type = 對象：客戶類型「{ $value }」
campaign-audience-service = 對象：使用「{ $value }」服務的客戶
campaign-audience-station = 對象：營業所「{ $value }」的客戶
campaign-audience-lost = 對象：流失客戶（很久沒有新的配送）
campaign-plan-now = 開始：核准後立即開始
campaign-plan-when = 開始：{ $at }（{ $weekday ->
    [1] 週一
    [2] 週二
    [3] 週三
    [4] 週四
    [5] 週五
    [6] 週六
   *[7] 週日
  }）
campaign-reach = 目前可送達{ $reached }人；無法送達{ $unreachable }人，已關閉回訪{ $stopped }人。
campaign-disturbs = ⚠️ 這個時間不在 { $from }–{ $until } 之內，我們通常只在這段時間打擾客戶。
campaign-plan-next = 您確認後，會請其他經理核准；核准之前不會傳送。
campaign-handed-in = <b>{ $title }</b>已規劃完成。
campaign-dropped = 已取消，沒有建立專案調查。

## 單項專案調查

campaign-head = <b>{ $title }</b> · { $state }
campaign-survey-gone = 問卷：{ $survey }（已不再提供）
campaign-when-due = 開始：核准後立即開始
campaign-run = 第{ $run }次
campaign-planned-by = 規劃人：{ $name }
campaign-approved-by = 核准人：{ $name }
campaign-bar = { $bar } { $percent }%
campaign-progress = 已送出 { $sent } / { $total } · 無法送達 { $unreachable } · 已關閉回訪 { $stopped } · 已回答 { $answered }
campaign-really = 確定要取消嗎？取消後不再傳送。

campaign-show = 重新整理
campaign-approve = 核准
campaign-decline = 不核准
campaign-stop = 暫停
campaign-resume = 繼續傳送
campaign-cancel = 取消專案調查
campaign-cancel-really = 確定取消
campaign-keep = 不取消

## 通知

campaign-asked = { $count ->
   *[other] 已請{ $count }位經理核准<b>{ $title }</b>，結果會通知您。
  }
campaign-needs-second = <b>{ $title }</b>已規劃完成，但需要另一位經理核准，而目前只有您一位經理。請回覆對方的訊息並傳送 /grant 經理，或附上 @使用者名稱；之後對方可在 /campaign 中看到這項調查。
campaign-please = { $name }規劃了一項專案調查，請決定是否核准。
campaign-own = 這是您自己規劃的，需要另一位經理核准。
campaign-not-now = 這項專案調查的狀態已有變動，現已更新。
campaign-approved-told = { $name }已核准<b>{ $title }</b>，{ $at } 開始。
campaign-approved-now = { $name }已核准<b>{ $title }</b>，現在開始傳送。
campaign-declined-told = { $name }沒有核准<b>{ $title }</b>，不會傳送。
campaign-stopped-told = { $name }暫停了<b>{ $title }</b>。
campaign-resumed-told = { $name }已恢復傳送<b>{ $title }</b>。
campaign-cancelled-told = { $name }取消了<b>{ $title }</b>。
campaign-approve-done = 已核准。
campaign-decline-done = 未核准，已通知規劃人。
campaign-stop-done = 已暫停。已送出的訊息仍會送達。
campaign-resume-done = 從暫停處繼續傳送。
campaign-cancel-done = 已取消。
campaign-without-survey = <b>{ $title }</b>已暫停，因為它的問卷已不再提供。請恢復問卷後按「繼續傳送」，或取消這項專案調查。
campaign-done-told = { $total ->
    [0] <b>{ $title }</b>：這群客戶目前沒有人，沒有傳送。
   *[other] <b>{ $title }</b>已完成：共{ $total }人，已送出{ $sent }人，無法送達{ $unreachable }人，已關閉回訪{ $stopped }人。
  }
campaign-next-told = 下一次：{ $at }。
