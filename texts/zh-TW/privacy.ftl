### 保存個人的哪些資料，本人同意什麼。

consent-by-sending = <i>您傳來的內容會加密保存，只用於處理這件事。傳送即表示您同意：/privacy。不想說也可以，按按鈕評分不需要打字。</i>
consent-by-confirming = <i>繼續即表示您同意我們加密保存以上內容，用於處理這件事：/privacy。取消則什麼也不保留。</i>
consent-by-sharing = <i>分享號碼即表示您同意我們為此保存它：/privacy。</i>
