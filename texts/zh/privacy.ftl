### 保存个人的哪些信息，本人同意什么。

consent-by-sending = <i>您发来的内容会加密保存，只用于处理此事。发送即表示您同意：/privacy。不想说也可以，点按钮评分不需要写字。</i>
consent-by-confirming = <i>继续即表示您同意我们加密保存以上内容，用于处理此事：/privacy。取消则什么也不保留。</i>
consent-by-sharing = <i>分享号码即表示您同意我们为此保存它：/privacy。</i>
