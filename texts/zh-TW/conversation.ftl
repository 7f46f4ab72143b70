### 各種對話共用的文字。

back = 返回
skip = 略過
enough = 結束問卷
done = 完成
confirm = 確認
cancel = 取消
solved = 已解決
not-solved = 未解決
list-and = { $one }、{ $more }
department-keyed = { $name }（{ $key }）
delivery-choice = { $waybill } · { $month }月{ $day }日

not-now = 這個按鈕已失效，沒有做任何變更。
not-understood = 抱歉，看不懂您的訊息。請按按鈕，或回答下面的問題。
unusable = 貼圖、投票和小遊戲無法轉達。可以傳送文字、照片、影片、檔案、語音訊息或位置。
unusable-alone = 謝謝！如果有什麼想告訴我們，直接寫下來就好，也可以傳送照片、檔案、語音訊息或位置。/help 可查看我能做什麼。
asked-other = 這個問題是問{ $name }的，您的回答沒有採用。如要自己處理，請按案件卡片上的按鈕。
reply-please = 請<b>回覆</b>這則訊息來作答（長按或滑動訊息）。不是用回覆方式寫的內容不會傳給任何人。
not-yours = 抱歉，您不能在這裡這樣操作，沒有做任何變更。
hint = 我負責回訪配送情況，也受理客訴。/rate 為配送評分，/complain 提出客訴，/mycases 查看您的案件。
too-fast = 您每分鐘傳送的訊息已超過{ $limit }則。您在評分和案件中寫的內容都會保留；其他訊息請停一分鐘再傳，我會繼續回覆。
unknown-command = 沒有這個指令。/help 可以看到我能做什麼。
only-in-private = 請在與我的私訊中使用這個指令。
write-as-yourself = 您目前以群組身分發言，我無法得知您是誰。請在管理員權限中關閉「匿名」，再傳送一次指令。
cancelled = 已取消，沒有傳送任何內容。
nothing-to-cancel = 沒有可以取消的內容。
reply-here = 請回覆這則訊息

## 開始

greeting =
    您好，這裡是{ $company }。
    配送完成後，我會回訪您是否滿意；如有客訴，我也會受理，直到問題解決。/rate 為配送評分，/complain 提出客訴，/mycases 查看案件，/language 更換語言。也可以直接寫給我，我會先保留下來，再問您是哪一類。

    如果希望在這裡接收配送回訪，請按下方按鈕分享您的手機號碼。號碼會加密儲存，不作其他用途。
share-phone = 分享我的手機號碼
phone-linked = { $count ->
    [0] 謝謝。之後的配送，我會在這裡回訪您是否滿意。
   *[other] 謝謝。找到您的{ $count }筆配送，之後的配送也會在這裡回訪您是否滿意。
  }
contact-not-yours = 這是別人的聯絡資訊。請用下方按鈕分享您自己的，以免別人看到您的配送。
link-unknown = 無法辨識這個連結。請重新掃描送貨單上的 QR 碼，也可以使用 /rate。
link-expired = 這個連結已過期。您隨時可以使用 /rate 和 /complain。
link-yours = <b>{ $waybill }</b> 是您自己配送的，不能由您評分。請讓客戶掃描 QR 碼或開啟連結。
link-taken = 這個連結已經有人開啟過，這筆配送由對方評分。如果這是您的包裹，請用 /complain 告訴我們。

## 評分

rating-about = 託運單 <b>{ $waybill }</b>
rating-progress = <i>第{ $place }題，共{ $of }題</i>
rating-given = 您的評分：{ $score }分（滿分5分）
rating-offer = 非常抱歉。要提出客訴嗎？客訴會直接送達負責部門，我們會給您答覆。
rating-file = 提出客訴
rating-no-thanks = 不用了，謝謝
rating-declined = 好的，您的評分照常計入。
rating-already-filed = 已經提出客訴了。
rating-change = 修改評分
rating-picked = 完成
rating-expired = 這次回訪已結束，沒有收到您的評分。您隨時可以使用 /rate。
rating-over = 您已為這筆配送評分，現在不能再修改。您隨時可以使用 /complain。
rate-which = 您想為哪一筆配送評分？
rate-none = 都不是

## 客訴

complaint-delivery = 是關於哪一筆配送？
complaint-no-delivery = 略過
complaint-category = 是關於哪方面的問題？
complaint-told = 您寫的內容已列入這件客訴。
complaint-reason = 發生了什麼事？請選擇最接近的一項，或直接寫下經過。也可以傳送照片、影片、檔案或語音訊息。
complaint-description = 發生了什麼事？請寫下經過。也可以傳送照片、影片、檔案或語音訊息。
complaint-files = { $count ->
    [0] 需要補充照片、影片、檔案或語音訊息嗎？請直接傳送，然後按「完成」。
   *[other] 已收到{ $count }個檔案。可以繼續傳送，或按「完成」。
  }
complaint-files-full = 一件客訴最多附上{ $count }個檔案，這一個沒有儲存。
complaint-wanted = 您希望我們怎麼處理？（可略過）
complaint-contact = 需要聯絡時，怎麼找到您？例如手機號碼。（可略過）
complaint-summary = <b>請確認您的客訴</b>
complaint-summary-waybill = 託運單：{ $waybill }
complaint-summary-category = 類別：{ $category }
complaint-summary-reason = 原因：{ $reason }
complaint-summary-description = 經過：{ $description }
complaint-summary-files = 附件：{ $count }個
complaint-summary-wanted = 訴求：{ $wanted }
complaint-summary-contact = 聯絡方式：{ $contact }
complaint-cancelled = 客訴已取消，沒有傳送任何內容。/complain 可重新開始。
complaint-joined = 這筆配送已有處理中的案件 <b>{ $number }</b>，您寫的內容已補充進去。
low-became-case = 您對這次配送不滿意，我們已為您建立案件 <b>{ $number }</b>，負責部門最遲於 { $due } 答覆。/mycases 可查看進度。

## 我的案件

case-filed =
    您的客訴 <b>{ $number }</b> 已登記並轉交負責部門。
    最遲於 <b>{ $due }</b> 給您答覆。/mycases 可查看進度。
add-to-case = 補充內容
see-case = 查看進度
adding-first = 現在可以為 { $number } 補充文字、照片或檔案，補充完請按「完成」。
adding-more = { $number } 已補充{ $count }次。可繼續傳送，或按「完成」。
adding-done = { $count ->
    [0] { $number } 沒有補充內容。
   *[other] 謝謝。您補充的內容已送達 { $number } 的負責部門。
  }
case-over = 這個案件已結案。/complain 可重新提出。
mycases = 您的案件：
mycases-none = 您沒有案件。/complain 可提出客訴。
timeline-head = <b>{ $number }</b>：{ $state }
timeline-due = 承諾最遲於 { $due } 答覆。
timeline-file = { $at } · 已登記並轉交
timeline-accept = { $at } · 已有專人處理
timeline-transfer = { $at } · 已轉交其他部門
timeline-hand-over = { $at } · 已交接給同仁
timeline-plan = { $at } · 已擬定改善計畫
timeline-ask-customer = { $at } · 我們向您提出了問題
timeline-customer-answers = { $at } · 已收到您的回答
timeline-extend = { $at } · 期限已調整
timeline-resolve = { $at } · 已處理，審核中
timeline-approve = { $at } · 已審核
timeline-return = { $at } · 退回重新處理
timeline-satisfied = { $at } · 您確認已解決
timeline-not-satisfied = { $at } · 您表示尚未解決
timeline-silent = { $at } · 未收到您的意見，已結案
timeline-reopen = { $at } · 您要求重新處理
timeline-withdraw = { $at } · 您已撤回
timeline-merge = { $at } · 已併入另一案件
timeline-appeal = { $at } · 已向主管機關申訴

case-accepted = 您的客訴 <b>{ $number }</b> 已有專人處理，最遲於 { $due } 給您答覆。
case-answer =
    <b>對您客訴 { $number } 的答覆</b>

    { $action }
case-compensation = 補償：{ $compensation }
case-answer-question = 問題解決了嗎？
case-solved = <b>{ $number }</b> 已解決。謝謝您告訴我們。
case-again = 非常抱歉。<b>{ $number }</b> 已重新轉交處理（第{ $round }輪），您說明的原因已送達負責部門。/mycases 可查看進度。
verdict-late = { $number } 目前不需要您表示意見。/mycases 可查看進度。
reason-not-satisfied = { $number } 還有哪裡沒有解決？請用一則訊息告訴我們。

## 語言

language-which = 您希望使用哪種語言？
language-set = 之後我用繁體中文與您聯絡。

## 案件狀態

state-assigned = 待受理
state-in-work = 處理中
state-planned = 已定改善計畫
state-waiting = 等待客戶回覆
state-in-review = 審核中
state-answered = 已答覆
state-closed = 已結案
state-withdrawn = 已撤回
state-merged = 已合併
