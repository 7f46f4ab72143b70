### 員工對案件的操作（受理和處理完成以外）。

act-hand-over = 交接
act-plan = 改善計畫
act-ask-customer = 詢問客戶
act-extend = 延期
act-merge = 合併
act-appeal = 主管機關申訴
act-note = 備註
act-reveal = 聯絡方式
act-report = 回報
act-adopt = 採納
act-decline = 不採納
act-progress = 進展
act-finish = 落實完成
act-answer = 答覆

## 為什麼不行

case-same-owner = { $number } 已經由這位同仁承辦。
case-no-date = { $number }：看不懂這個日期。
case-date-past = { $number }：這個時間已經過了，請另選一個將來的時間。
case-regulators-date = { $number }：主管機關申訴的期限由法規訂定，不能延期。
case-overdue = { $number }：承諾的期限已過，不能再延期。
case-not-later = { $number }：新期限必須晚於承諾的期限。
case-plan-first = { $number }：請先擬定改善計畫。這種嚴重程度的案件要有計畫，才能回報處理完成。
case-merge-itself = { $number } 不能併入它自己。
case-too-late = { $number }：已超過期限，無法這樣做。
hand-over-nobody = { $number }：我還不認識這個部門的其他人。在本群組按過卡片按鈕，或由經理用 /grant 授予過角色的人，我才認識。
hand-over-gone = { $number }：這位同仁已不在本部門。
merge-none = { $number }：這位客戶沒有其他未結案件。
merge-gone = { $number }：另一個案件已經結案，沒有合併。
no-customer = { $number }：沒有可以詢問的客戶。
customer-unreachable = { $number }：無法在聊天中聯絡到客戶。{ $contact }
no-contact = 沒有客戶的聯絡方式。
reveal-not-yours = 只有承辦人和部門主管可以查看客戶的聯絡方式。
reveal-in-private = 已私訊給您。
reveal-write-first = 內容太長，這裡顯示不下。請先私訊我 /start。

## 表單

form-due = 期限：<b>{ $at }（{ $weekday ->
    [1] 週一
    [2] 週二
    [3] 週三
    [4] 週四
    [5] 週五
    [6] 週六
   *[7] 週日
  }）</b>
form-day = 收到日期：<b>{ $at }（{ $weekday ->
    [1] 週一
    [2] 週二
    [3] 週三
    [4] 週四
    [5] 週五
    [6] 週六
   *[7] 週日
  }）</b>
form-so-far = 您先前填寫的內容（可以保留，也可以回覆這則訊息重寫）：
form-keep = 保留
form-next = 下一頁 ▸
form-previous = ◂ 上一頁

quick-today-18 = 今天 18:00（{ $day }）
quick-tomorrow-12 = 明天 12:00（{ $day }）
quick-tomorrow-18 = 明天 18:00（{ $day }）
quick-in-3-days = 3天後（{ $day }）
quick-in-a-week = 一週後（{ $day }）
quick-day-later = 延後1天（{ $day }）
quick-3-days-later = 延後3天（{ $day }）
quick-week-later = 延後一週（{ $day }）
quick-today = 今天（{ $day }）
quick-yesterday = 昨天（{ $day }）

when-unclear = 看不懂時間「{ $text }」。可以這樣寫：明天18點、週五17:30、3天後、11月30日18點。
when-day-unclear = 看不懂日期「{ $text }」。可以這樣寫：昨天、週一、11月20日、2026-11-20。
when-past = 這個時間已經過了，請另選一個將來的時間。
when-future = 「{ $text }」還沒到。請填寫收到的日期。
when-not-later = 新期限必須晚於承諾的期限：{ $at }（{ $weekday ->
    [1] 週一
    [2] 週二
    [3] 週三
    [4] 週四
    [5] 週五
    [6] 週六
   *[7] 週日
  }）。

plan-measure = <b>{ $number }</b> 1/3：要採取什麼改善措施？請回覆這則訊息。
plan-due = <b>{ $number }</b> 2/3：什麼時候完成？請選擇，或回覆這則訊息：明天18點、週五、3天後……
plan-goal = <b>{ $number }</b> 3/3：要達到什麼目標？請選擇，或回覆這則訊息。
plan-goal-ready = 客戶滿意
plan-preview = <b>{ $number }：改善計畫，請確認內容</b>
plan-preview-measure = 措施：{ $text }
plan-preview-goal = 目標：{ $text }
plan-sent = { $number }：改善計畫已登記。

extend-reason = <b>{ $number }</b> 1/2：為什麼要延期？客戶會看到。請回覆這則訊息。
extend-due = <b>{ $number }</b> 2/2：延到什麼時候？請選擇，或回覆這則訊息：週五18點、10天後……
extend-preview = <b>{ $number }：延期，請確認內容。</b>確認後立即告知客戶。
extend-preview-reason = 原因：{ $text }
extend-sent = { $number }：已延期，並已告知客戶。

question-question = <b>{ $number }</b>：想問客戶什麼？請回覆這則訊息。
question-preview = <b>{ $number }：請確認內容。</b>客戶將看到：
question-preview-question = { $text }
question-sent = { $number }：已詢問客戶，案件等待客戶回覆。

hand-over-person = <b>{ $number }</b>：要交接給誰？
hand-over-sent = { $number }：已交接。

appeal-received = <b>{ $number }</b> 1/2：主管機關申訴是哪一天收到的？請選擇，或回覆這則訊息：11月20日……
appeal-reference = <b>{ $number }</b> 2/2：申訴編號是多少？請回覆這則訊息，或按「略過」。
appeal-preview = <b>{ $number }：主管機關申訴，請確認內容。</b>須在主管機關規定的期限內答覆，自收到當天起算。
appeal-preview-reference = 申訴編號：{ $text }
appeal-sent = { $number }：主管機關申訴已登記。

merge-into = <b>{ $number }</b>：要併入這位客戶的哪一個案件？
merge-preview = <b>{ $number }：請確認內容。</b>這個案件到此結束，所有內容併入：
merge-preview-into = { $text }
merge-sent = { $number }：已合併。

regulator-root-cause = <b>{ $number }</b> 1/6：調查結果如何？請回覆這則訊息。
regulator-is-valid = <b>{ $number }</b> 2/6：公司是否有責？
regulator-valid = 有責
regulator-not-valid = 無責
regulator-action = <b>{ $number }</b> 3/6：與客戶達成什麼協議？客戶會看到。請回覆這則訊息。
regulator-compensation = <b>{ $number }</b> 4/6：給了什麼賠償或道歉？請回覆這則訊息。
regulator-is-satisfied = <b>{ $number }</b> 5/6：客戶對此是否滿意？
regulator-satisfied = 滿意
regulator-not-satisfied = 不滿意
regulator-handler = <b>{ $number }</b> 6/6：經辦人是誰？請回覆這則訊息，寫明姓名和電話。
regulator-preview = <b>{ $number }：對主管機關申訴的答覆，請確認內容</b>
regulator-preview-root-cause = 調查結果：{ $text }
regulator-preview-valid = 公司有責。
regulator-preview-not-valid = 公司無責。
regulator-preview-action = 與客戶達成的協議：{ $text }
regulator-preview-compensation = 賠償或道歉：{ $text }
regulator-preview-satisfied = 客戶對此滿意。
regulator-preview-not-satisfied = 客戶對此不滿意。
regulator-preview-handler = 經辦人：{ $text }
regulator-sent = { $number }：已送審。

## 卡片下方

handed-over = { $number } 已由{ $by }交接給您承辦：
customer-asked =
    { $number }：已詢問客戶：
    { $question }
customer-silent = { $number }：客戶沒有回答提問，請繼續處理。
extended-unreached = { $number }：無法在聊天中聯絡到客戶，客戶下次上線才會看到。請打電話告知。
appealed = { $number }：主管機關申訴（{ $received } 收到），須在 { $due } 前答覆：
merged-here = { $number }：同一位客戶的 { $other } 已併入這個案件，內容如下：
card-approved = { $name }已核准，還需要一次審核。

## 給客戶

answering-question =
    <b>關於 { $number }，想請問您</b>

    { $question }
answering-how = 直接寫下回答或傳送照片即可。收到您的回答後，我們會繼續處理。
answering-more = 已收到您對 { $number } 的回答（{ $count }則）。可繼續傳送，或按「完成」。
answering-done = 謝謝，負責部門已收到您對 { $number } 的回答。
answering-over = { $number } 已經結案。
case-extended =
    <b>{ $number }</b> 的答覆需要的時間比原先承諾的更長，新的期限是 { $due }。

    原因：{ $reason }
case-merged = 您的案件 { $number } 已與 <b>{ $other }</b> 合併處理。您提供的內容都已保留，之後請使用這個編號。

## 客戶的聯絡方式

reveal-name = 姓名：{ $text }
reveal-account = Telegram：{ $text }
reveal-phone = 電話：{ $text }
reveal-contact = 聯絡方式：{ $text }
reveal-words = 客戶原話：{ $text }
reveal-nothing = { $number }：沒有客戶的聯絡方式。

## 其他事件

event-adopt = 採納
event-decline = 不採納
event-progress = 告知客戶進展
event-finish = 落實完成
event-answer = 答覆
event-ask-more = 客戶又提了問題
event-reveal = 查看了客戶聯絡方式
timeline-adopt = { $at } · 您的建議已獲採納
timeline-decline = { $at } · 您的建議未獲採納
timeline-progress = { $at } · 有新進展
timeline-finish = { $at } · 已落實
timeline-answer = { $at } · 已答覆
timeline-ask-more = { $at } · 您又提了一個問題
state-adopted = 已採納
state-declined = 未採納
