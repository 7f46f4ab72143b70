### 我的案件、答覆後的意見、建議、詢問與標準答覆、讚美。

kind-complaint = 客訴
kind-suggestion = 建議
kind-inquiry = 詢問
kind-praise = 讚美

## 我的案件

mycases-older = 較早 ▸
mycases-newer = ◂ 較新
mycases-back = 返回清單
withdraw = 撤回
withdraw-really = 確定撤回 { $number } 嗎？撤回後不再處理，也無法復原。
withdraw-yes = 確定撤回
withdraw-no = 不撤回
withdrawn = { $number } 已撤回，負責部門已知悉。感謝您告訴我們。
solved-here = { $number }：客戶確認問題已解決。
withdrawn-here = { $number }：客戶已撤回，無須繼續處理。
dialogue-over = { $number } 已由客戶撤回，沒有傳送任何內容。
not-solved-after-all = 其實還沒解決
timeline-words = 「{ $text }」
timeline-reply = 我們的答覆：{ $text }
next-assigned = 下一步：由負責部門受理，最遲於 { $due } 給您答覆。
next-in-work = 下一步：最遲於 { $due } 給您答覆。
next-planned = 下一步：依計畫改善，最遲於 { $due } 給您答覆。
next-in-review = 下一步：答覆審核中，最遲於 { $due } 傳送給您。
next-waiting = 下一步：等待您回答我們的問題。
next-answered = 下一步：請告訴我們您對答覆的意見。
next-adopted = 下一步：落實您的建議，最遲於 { $due } 完成。
next-merged = 這個案件已併入 { $number } 繼續處理。
next-closed = 如仍未解決，可在 { $until } 之前要求重新處理。
reason-reopen = { $number } 還有哪裡沒有解決？請用一則訊息告訴我們。
reason-ask-more = 您還想了解什麼？請用一則訊息寫下，{ $number } 將轉回負責部門。
reason-preview-reopen = { $number }：
reason-preview-ask-more = { $number }：
taken-up-again =
    { $old } 結案已久，不能重新開啟，已為您另立新案件 <b>{ $number }</b> 繼續處理。
    最遲於 <b>{ $due }</b> 給您答覆。
linked-here = { $number } 承接 { $old }：原案件結案已久，不能重新開啟。
low-joined = 您對這次配送不滿意，您的評分已補充到處理中的案件 <b>{ $number }</b>，負責部門最遲於 { $due } 答覆。
joined-note = 客戶再次提出客訴，這次是關於：{ $about }

## 答覆之後

handling-question = 您對這次的處理滿意嗎？1分為很不滿意，5分為很滿意。
handling-thanks = 謝謝。您對處理的評分是{ $score }分（滿分5分），仍可修改。
card-handling = 客戶對處理的評分：{ $text }分（滿分5分）
closed-silently =
    我們一直沒有收到您對 { $number } 答覆的意見，案件已結案。
    如果問題還沒解決，請在 { $until } 之前按下方按鈕告訴我們。
closed-silently-inquiry = 我們一直沒有收到您的回覆，{ $number } 視為已答覆。您隨時可以使用 /ask。
question-lapsed = 我們沒有收到您對 { $number } 所提問題的回答，會繼續處理。您仍可隨時回答，我們最遲於 { $due } 給您答覆。

## 建議

suggestion-words = 您有什麼建議？請寫下來，也可以傳送圖片。
suggestion-about = 是關於哪方面？（可略過）
suggestion-summary = <b>請確認您的建議</b>
suggestion-summary-about = 關於：{ $about }
suggestion-cancelled = 已取消，沒有傳送任何內容。/suggest 可重新開始。
suggestion-filed =
    謝謝。您的建議 <b>{ $number }</b> 已轉交負責部門。
    最遲於 <b>{ $due }</b> 告訴您處理結果。/mycases 可查看進度。
suggestion-accepted = 您的建議 <b>{ $number }</b> 已有專人研議。
suggestion-adopted =
    好消息：您的建議 <b>{ $number }</b> 已獲採納，預計於 { $due } 前落實。

    { $text }
suggestion-declined =
    您的建議 <b>{ $number }</b> 目前沒有採納。仍感謝您的用心。

    原因：{ $text }
suggestion-progress =
    您的建議 <b>{ $number }</b> 有新進展：

    { $text }
suggestion-finished =
    您的建議 <b>{ $number }</b> 已經落實。感謝您幫助我們做得更好。

    { $text }
telling-files = { $count ->
    [0] 需要補充圖片或檔案嗎？請直接傳送，然後按「完成」。
   *[other] 已收到{ $count }個檔案。可以繼續傳送，或按「完成」。
  }
telling-summary-files = 附件：{ $count }個
card-adopted = 價值 { $value }分，可行性 { $feasibility }分（滿分5分），落實期限：{ $due }

adopt-value = <b>{ $number }</b> 1/4：這項建議的價值如何？1分為較低，5分為很高。
adopt-feasibility = <b>{ $number }</b> 2/4：可行性如何？1分為較低，5分為很高。
adopt-reason = <b>{ $number }</b> 3/4：為什麼採納、打算怎麼落實？客戶會看到。請回覆這則訊息。
adopt-due = <b>{ $number }</b> 4/4：什麼時候落實？請選擇，或回覆這則訊息：週五、10天後、12月31日……
adopt-preview = <b>{ $number }：採納，請確認內容。</b>確認後立即告知客戶。
adopt-preview-value = 價值：{ $text }分（滿分5分）
adopt-preview-feasibility = 可行性：{ $text }分（滿分5分）
adopt-preview-reason = 告知客戶：{ $text }
adopt-sent = { $number }：已採納，並已告知客戶。
decline-value = <b>{ $number }</b> 1/3：這項建議的價值如何？1分為較低，5分為很高。
decline-feasibility = <b>{ $number }</b> 2/3：可行性如何？1分為較低，5分為很高。
decline-reason = <b>{ $number }</b> 3/3：為什麼不採納？客戶會看到。請回覆這則訊息。
decline-preview = <b>{ $number }：不採納，請確認內容。</b>確認後立即告知客戶。
decline-preview-value = 價值：{ $text }分（滿分5分）
decline-preview-feasibility = 可行性：{ $text }分（滿分5分）
decline-preview-reason = 告知客戶：{ $text }
decline-sent = { $number }：未採納，並已告知客戶。
progress-words = <b>{ $number }</b>：目前進展如何？客戶會看到。請回覆這則訊息。
progress-preview = <b>{ $number }：請確認內容。</b>客戶將看到：
progress-preview-words = { $text }
progress-sent = { $number }：已將進展告知客戶。
finish-words = <b>{ $number }</b>：結果如何？客戶會看到。請回覆這則訊息。
finish-preview = <b>{ $number }：已落實，請確認內容。</b>客戶將看到：
finish-preview-words = { $text }
finish-sent = { $number }：已落實，並已告知和感謝客戶。

## 詢問

inquiry-words = 您想了解什麼？請寫下您的問題。
inquiry-offer = 以下內容也許已經回答了您的問題。如果沒有，請按「專人答覆」，或換個說法再問一次。
inquiry-standard = <b>{ $question }</b>
inquiry-enough = 這樣回答了您的問題嗎？
inquiry-helps = 有幫助
inquiry-person = 專人答覆
inquiry-helped = 很高興能幫上忙。您隨時可以使用 /ask。
inquiry-cancelled = 已取消，沒有傳送任何內容。/ask 可重新提問。
inquiry-filed =
    您的問題 <b>{ $number }</b> 已轉交負責部門。
    最遲於 <b>{ $due }</b> 給您答覆。/mycases 可查看進度。
inquiry-answer =
    <b>對您詢問 { $number } 的答覆</b>

    { $text }

    您還有其他想了解的嗎？
inquiry-no-more = 沒有了，謝謝
inquiry-ask-more = 繼續提問
inquiry-closed = 謝謝。<b>{ $number }</b> 已結案。您隨時可以使用 /ask。
inquiry-again = 您的問題已再次轉交負責部門，編號 <b>{ $number }</b>，最遲於 { $due } 給您答覆。
inquiry-only-files = （圖片或檔案）
inquiry-answered = { $number } 已答覆。如果其他客戶也可能問到，可儲存為標準答覆，以後自動提供。
reply-words = <b>{ $number }</b>：要怎麼答覆？客戶將看到您的原話。請回覆這則訊息。
reply-preview = <b>{ $number }：請確認內容。</b>客戶將看到：
reply-preview-words = { $text }
reply-sent = { $number }：答覆已傳送給客戶。

## 標準答覆

standard-list = { $count ->
    [0] 還沒有標準答覆。新增後，客戶提出類似問題時會先看到它。
   *[other] 共{ $count }則標準答覆。點一下即可查看、修改或停用。
  }
standard-add = 新增
standard-edit = 修改
standard-retire = 停用
standard-keep = 儲存為標準答覆
standard-shown =
    <b>{ $question }</b>

    { $answer }
standard-used = { $count ->
    [0] 還沒有幫到客戶。
   *[other] 已幫到客戶{ $count }次。
  }
standard-retire-really = 確定停用嗎？停用後不再提供給客戶：{ $question }
standard-retired = 已停用。
standard-gone = 這則標準答覆已停用。
standard-question = 客戶會怎麼問？請用客戶的說法寫，不要出現姓名和號碼。請回覆這則訊息。
standard-answer = 要怎麼答覆？客戶將看到您的原話。請回覆這則訊息。
standard-so-far = 目前內容：{ $text }
standard-preview = <b>請確認內容。</b>提出類似問題的客戶會先看到它，內容不得涉及特定個人。
standard-shown-question = 問：{ $text }
standard-shown-answer = 答：{ $text }
standard-kept = <b>已儲存為標準答覆</b>
standard-cancelled = 已取消，沒有做任何變更。

## 讚美

rating-praise = 讚美配送員
praise-words = 哪裡做得好？請寫下來。負責部門和配送員會看到，但配送員看不到您的姓名。
praise-about = 是哪一筆配送？（可略過）
praise-summary = <b>請確認您的讚美</b>
praise-summary-about = 託運單：{ $about }
praise-cancelled = 已取消，沒有傳送任何內容。/praise 可重新開始。
praise-filed = 謝謝。您的讚美 <b>{ $number }</b> 已轉達。
praise-for-you =
    <b>有客戶讚美您</b>

    { $text }
role-courier = 配送員
grant-not-yourself = 不能把自己設為配送員，請找經理處理。
grant-not-your-courier = { $courier } 不屬於您主管的部門。請找經理或該部門主管。
grant-which-courier = 是哪位配送員？請回覆對方的訊息，傳送 /grant 配送員 加配送員編號（如 k17），或附上 @使用者名稱。

## 說明與選單

help-others =
    /suggest 提出建議，/ask 詢問，/praise 讚美
help-answers =
    /answers 查看提供給客戶的標準答覆，/answers 新增 可新增一則
menu-suggest = 提出建議
menu-ask = 詢問
menu-praise = 讚美
menu-answers = 標準答覆
