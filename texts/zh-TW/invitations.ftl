### 什麼時候詢問客戶，什麼時候不問。

rating-reminder = 想再打擾您一次，按一下就能完成評分。（不想再收到，請傳送 /stop）

stopped = 好的，之後不再傳送評分邀請給您。您的案件照常處理，/complain 和 /rate 隨時可用；想恢復請傳送 /resume。
stopped-already = 您目前不接收評分邀請。想恢復請傳送 /resume。
resumed = 歡迎回來！之後配送完成時，我會在這裡請您評分，按一下就好。
resumed-already = 您目前會收到評分邀請，每週最多一次。不想接收請傳送 /stop。

timezone-which = 您在哪個時區？我只在您當地時間 { $from } 至 { $until } 之間傳訊息給您。您那裡現在是 { $now }。
timezone-set = 好的，之後我只在 { $zone } 時間 { $from } 至 { $until } 之間傳訊息給您。
timezone-unknown = 找不到時區「{ $given }」。請這樣寫：/timezone Europe/Berlin，或點選下面的時區。

menu-stop = 不再接收評分邀請
menu-resume = 恢復評分邀請
menu-timezone = 設定您的時區
