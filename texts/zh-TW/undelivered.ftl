### 沒能送達的訊息，以及沒能處理的事件。

undelivered-where = 僅供經理使用，請在私訊或管理群組中傳送。
undelivered-none = 訊息全部送達。
undelivered-head = <b>未送達：{ $count } 則</b>
undelivered-cause-lost = <b>機器人不在群組裡：{ $count } 則</b>，最早 { $since }
undelivered-cause-forbidden = <b>機器人無權發言：{ $count } 則</b>，最早 { $since }
undelivered-cause-unmade = <b>內容未能產生：{ $count } 則</b>，最早 { $since }
undelivered-cause-refused = <b>遭 Telegram 拒絕：{ $count } 則</b>，最早 { $since }
undelivered-cause-blocked = <b>對方封鎖了機器人或已刪除帳號：{ $count } 則</b>，最早 { $since }
undelivered-kind-survey = 回訪：{ $count }
undelivered-kind-card = 案件卡片：{ $count }
undelivered-kind-file = 圖片和檔案：{ $count }
undelivered-kind-message = 訊息：{ $count }
undelivered-to = { $more ->
    [0] 收件方：{ $names }
   *[other] 收件方：{ $names } 等，另有 { $more } 個
  }
undelivered-said = 原因：{ $words }
undelivered-cure-lost = → 把機器人重新加入該群組，或用 /bind 綁定另一個群組，積壓的訊息隨後送出。
undelivered-cure-forbidden = → 允許機器人發言，或將其設為管理員，然後重新傳送。
undelivered-cure-unmade = → 原因請見機器人的記錄檔；處理後再重新傳送。
undelivered-cure-refused = → 重新傳送。如果仍遭拒絕，請依上述原因處理。
undelivered-cure-blocked = → 無需處理：對方回來後，積壓的訊息會自動送出。
undelivered-send-again = 重新傳送
undelivered-again = { $count ->
    [0] 目前沒有可以重新傳送的訊息。
   *[other] 正在重新傳送 { $count } 則訊息。
  }
grown-refused = ⚠️ 遭 Telegram 拒絕的訊息：{ $count } 則。傳送 /undelivered 查看詳情和原因。
grown-held = ⚠️ 因對方或群組暫時無法接收而積壓的訊息：{ $count } 則。傳送 /undelivered 查看詳情和原因。
grown-parked = ⚠️ 沒能處理的點擊或訊息：{ $count } 則。請通知系統管理員：執行 <code>huifang parked</code> 查看原因。
help-undelivered = /undelivered 查看未送達的訊息和原因
menu-undelivered = 未送達的訊息
