### 客戶主動傳來的訊息：先保留，再由按鈕分類。

triage-kept = { $count ->
    [1] 您的訊息已保留。
   *[other] 您的{ $count }則訊息已保留。
  }
triage-what = 這是哪一類？按一個按鈕，就會送到合適的部門；您也可以先繼續補充。{ $minutes }分鐘內沒有選擇的話，會當作詢問轉交品管部門答覆。
triage-complaint = 客訴
triage-inquiry = 詢問
triage-suggestion = 建議
triage-praise = 讚美
triage-nothing = 沒事，謝謝
triage-case = 屬於 { $number }
triage-delivery = { $kind ->
    [complaint] 客訴是關於哪一筆配送？
    [inquiry] 詢問是關於哪一筆配送？
    [suggestion] 建議是關於哪一筆配送？
   *[praise] 讚美是關於哪一筆配送？
  }
triage-no-delivery = 都不是
triage-discarded = 好的，您寫的內容已捨棄，沒有人看過。有需要時隨時找我。
triage-full = 請先按一個按鈕，才能繼續保留。您剛才傳的這一則沒有保留。
triage-taken = { $kind ->
    [complaint] <b>您的客訴</b>
    [inquiry] <b>您的詢問</b>
    [suggestion] <b>您的建議</b>
   *[praise] <b>您的讚美</b>
  }
triage-filed =
    您寫的內容已登記為詢問 <b>{ $number }</b>，並轉交品管部門。
    最遲於 <b>{ $due }</b> 給您答覆。/mycases 可查看進度。
