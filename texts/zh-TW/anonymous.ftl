### 匿名問卷，以及各問卷的結果。

anonymous-begins = 🔒 這份問卷採匿名填寫：儲存的答案不含您的姓名、電話和託運單，沒有人看得出是您填的。最後一題之前都可以修改；填完之後，連我們也找不到哪一份是您的。
anonymous-over = 🔒 您的答案已匿名儲存。因為沒有人知道哪份答案是誰的，所以無法再修改。
anonymous-low = 如果遇到了問題，請用 /complain 提出客訴，會有專人處理；您在這份問卷中的回答不會一併附上。

results-which =
    要看哪一份問卷？請傳送 /results 加問卷代號：
    { $surveys }
results-unknown =
    沒有「{ $name }」這份問卷。目前有：
    { $surveys }
results-head = <b>{ $title }</b>（{ $name }）
results-anonymous = 🔒 匿名問卷：不足{ $minimum }份的數據，以及能據以推算的數據，都不顯示；每增加{ $minimum }份回覆才更新一次。
results-none = 還沒有人填答。
results-few = 不足{ $minimum }份答案
results-responses = { $n ->
   *[other] 共{ $n }份回覆
  }
results-n = n = { $n }
results-line = { $percent ->
    [-1] { $label }：{ $count }
   *[other] { $label }：{ $count }（{ $percent }%）
  }
results-hidden = { $label }：不顯示
results-mean = 平均 { $figure }
results-nps = NPS { $figure }
results-promoters = 9–10 分，推薦者
results-passives = 7–8 分，中立者
results-detractors = 0–6 分，批評者
results-yes = 是
results-no = 否
results-cut = 選項依最近{ $n }份答案統計。
results-others = 這份問卷有過幾個版本，其他版本請傳送：{ $names }
menu-results = 查看問卷結果

why-answered-anonymous = 已於 { $asked } 回訪客戶（{ $how }），客戶已填答。這份問卷採匿名填寫，答了什麼、何時填答，都無從得知。
call-anonymous = { $waybill } 的問卷採匿名填寫，不能由他人代填。
