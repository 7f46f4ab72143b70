### 電話回訪：無法在聊天中回訪的客戶名單、一通電話，以及代客戶填寫的問卷。

entered-on-behalf = 代客戶填寫
rating-offer-behalf = 評分偏低。請詢問客戶：是否要提出客訴？客訴會直接送達負責部門。
rating-declined-behalf = 好的，不提出客訴。評分照常計入。
rating-given-behalf = 客戶評分：{ $score }分（滿分5分）
rating-change-behalf = 修改評分
behalf-thanks = 問題都問完了，請向客戶道謝。
behalf-filed = 已代客戶提出客訴 <b>{ $number }</b>，並轉交負責部門。請告知客戶：最遲於 { $due } 答覆。
behalf-joined = 這筆配送已有處理中的案件 <b>{ $number }</b>，客戶的回答已補充進去，最遲於 { $due } 答覆。
behalf-became-case = 您代填的評分偏低，客戶沒有表示要不要提出客訴，已為客戶建立案件 <b>{ $number }</b>，最遲於 { $due } 答覆。
answer-by-phone = { $number } 已核准，但客戶與我們沒有聊天，請打電話告知客戶答覆內容。承辦人按「聯絡方式」可查看號碼。

## 名單

calls-head = { $count ->
    [0] <b>電話回訪</b> · { $day }沒有新增
   *[other] <b>電話回訪</b> · { $day }共{ $count }筆
  }
calls-count-taken = 已認領 { $count }
calls-count-answered = 已回答 { $count }
calls-count-no-reply = 無人接聽 { $count }
calls-count-refused = 拒絕回訪 { $count }
calls-count-wrong-number = 號碼有誤 { $count }
calls-earlier = 先前未完成：{ $count }筆
calls-without-number = 沒有電話、無法回訪：{ $count }筆
calls-open = 以下{ $count }位客戶無法在聊天中回訪。按「認領」後，號碼和問卷會私訊給您。
calls-all-done = 全部回訪完畢，辛苦了。
calls-line = { $attempts ->
    [0] { $number }. { $waybill } · { $name } · { $phone } · { $at }
   *[other] { $number }. { $waybill } · { $name } · { $phone } · { $at } · 已撥打{ $attempts }次
  }
calls-taken-by = ↳ { $name }已認領
calls-take = 認領 { $number }
calls-none = 今天沒有需要電話回訪的客戶。
calls-where = 電話回訪名單供品管人員在品管群組中使用：請在該群組傳送 /callbacks。
calls-no-group = 有{ $count }筆配送需要電話回訪，但還沒有品管群組。請把我加入群組並傳送 /bind { $key }，再傳送 /callbacks。

## 一通電話

call-yours = { $waybill } 由您回訪，號碼和問卷已私訊給您。
call-taken = { $name }已先認領 { $waybill }，名單已更新。
call-done = { $waybill } 已處理完畢，名單已更新。
call-overtaken-now = { $waybill } 的客戶現在可以在聊天中回訪，不必再打電話，沒有做任何變更。
call-too-old = { $waybill } 送達已久，不再回訪。
call-write-first = 尚未認領：我還不能傳訊息給您。請開啟與 @{ $bot } 的私訊並按「開始」，再按「認領」。
call-card =
    <b>請您電話回訪</b>
    託運單：<b>{ $waybill }</b>，{ $at } 送達
    客戶：{ $name }
    電話：{ $phone }

    請依下方問卷提問，並點選客戶的回答。如果沒有得到回答，請在這裡選擇原因。到 { $until } 仍未完成，將退回名單。
call-others = 名單中還有同一號碼的{ $count }筆：{ $waybills }。可在同一通電話中一併回訪。
call-no-reply-button = 無人接聽
call-refused-button = 拒絕回訪
call-wrong-number-button = 號碼有誤
call-give-back-button = 退回名單
call-not-yours = 這次回訪已不由您負責。在品管群組傳送 /callbacks 可查看名單。
call-answered = { $waybill }：客戶的回答已登記，可在下方繼續或修改。
call-given-back = { $waybill }：已退回名單。
call-no-reply-again = { $waybill }：無人接聽，已撥打{ $attempts }次，保留在名單中，稍後再撥。
call-no-reply-last = { $waybill }：無人接聽，已撥打{ $attempts }次，不再撥打。
call-refused-kept = { $waybill }：客戶不願接受回訪，不再為這筆配送致電。
call-wrong-number-kept = { $waybill }：號碼有誤，不再為這筆配送致電。
call-went-back = { $waybill } 未能如期完成，已退回名單。如果您已聯絡上客戶，請重新認領。
call-survey-over = 這份問卷已不能在這裡填寫。
