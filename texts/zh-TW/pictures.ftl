### 各種圖。只寫文字。百分比、平均分數、比率、時間長度都已排好，是文字；其餘是整數。
### 這些文字是畫出來的：只用字型裡有的字。

picture-share = { $strength ->
    [none] –
    [counts] { $part } / { $n }
    [indicative] ≈{ $percent }%
   *[solid] { $percent }%
  }
picture-share-note = { $strength ->
    [none] 尚無評分
    [counts] { $basis }，太少，不計百分比
    [indicative] { $basis }，僅供參考，{ $low }–{ $high }%
   *[solid] { $basis }，{ $low }–{ $high }%
  }
picture-n = 尚無
picture-whole = { $strength ->
    [none] –
    [counts] { $part } / { $n }
    [indicative] ≈{ $percent }%（{ $basis }，僅供參考，95%信賴區間 { $low }–{ $high }%）
   *[solid] { $percent }%（{ $basis }，95%信賴區間 { $low }–{ $high }%）
  }
picture-count = { $count }
picture-of = 共{ $n }筆
picture-tick-percent = { $value }%
picture-more = … 另有{ $count }項
picture-none = 尚無
picture-duration = { $unit ->
    [minutes] { $value }分鐘
    [hours] { $value }小時
   *[days] { $value }天
  }
picture-silence = 未表示意見
picture-came = 另有{ $count }人主動評分
picture-rate = { $rate }
picture-working-duration = { $unit ->
    [minutes] { $value }分鐘（上班時間）
    [hours] { $value }個工作小時
   *[days] { $value }個工作天
  }
picture-ratings-n = n = { $n }，未加權

## 主要數字。

picture-mean = 平均分數（滿分5）
picture-index = 滿意度指數 { $index }：{ $band }
picture-complaints = 每千筆配送客訴
picture-complaints-note = { $strength ->
    [none] 沒有配送
    [counts] 配送{ $n }筆，太少，不計比率
    [indicative] 配送{ $n }筆，客訴{ $count }件，僅供參考，{ $low }–{ $high }
   *[solid] 配送{ $n }筆，客訴{ $count }件，{ $low }–{ $high }
  }
picture-valid = { $strength ->
    [none] 有責{ $count }件
    [counts] 有責{ $count }件
   *[other] 有責{ $count }件，每百萬筆{ $rate }件（{ $low }–{ $high }）
  }
picture-response-note = { $n ->
    [0] 尚未邀請任何人
   *[other] 邀請{ $n }人，回答{ $part }人
  }
picture-reach = { $strength ->
    [counts] 應邀請{ $n }筆，送達{ $part }筆
   *[other] 應邀請{ $n }筆，送達 { $percent }%
  }
picture-overdue = 其中逾期{ $overdue }件
picture-unanswered = { $count }件尚未答覆，最久 { $oldest }
picture-resolved = 答覆所需時間
picture-spans = 中位數；九成不超過 { $most }，n = { $n }
picture-replied = 首次回應 { $median }；九成不超過 { $most }，n = { $n }

## 評分、分項、客訴的結果、各單位。

picture-rating-row = { $strength ->
    [none] { $part }
    [counts] { $part }
   *[other] { $part }（{ $percent }%）
  }
picture-dimensions = 分項滿意度
picture-four-levels = 四級問卷
picture-recommend = 推薦率
picture-nps = 淨推薦值
picture-nps-value = { $strength ->
    [counts] { $n }份中推薦 { $promoters }，批評 { $detractors }
   *[other] { $score } ± { $margin }
  }
picture-stages = 各階段及時率（以到期數計）
picture-stage = { $stage ->
    [accept] 受理
    [plan] 擬定計畫
    [rectify] 改善
    [review] 審核
    [answer] 答覆客戶
   *[regulator] 答覆主管機關
  }
picture-results = 客訴處理結果
picture-first-time = 一次解決率（占已表示意見的客戶，目標{ $target }%）
picture-handling = 改善滿意度（占全部已答覆）
picture-reopened = 重啟率
picture-repeated = 重複客訴率{ $chance ->
    [none] {""}
   *[other] （偶然約 { $chance }%）
  }
picture-axis = 滿意度與95%信賴區間
picture-head = { $head ->
    [satisfied] 滿意度
    [complaints] 客訴
    [deliveries] 配送
    [open] 未結
   *[overdue] 逾期
  }
picture-by = { $by ->
    [courier] 配送員
    [route] 路線
    [station] 營業所
    [service] 服務
    [customer_type] 客戶類型
    [category] 客訴類別
    [priority] 優先等級
    [hour] 時段
   *[department] 部門
  }
picture-unit-none = 未註明
picture-method = 滿意：評4分或5分。加權：各優先等級依其配送筆數；「相當於」指多少份等權評分有同樣的說服力。細線和範圍：95%威爾森信賴區間，比率用 Byar 法。指數{ $basically }起為大致滿意，{ $satisfied }起為滿意。相當於不足10份僅列份數；10–29份僅供參考，標示 ≈，以淺色呈現。一次解決、未表示意見：答覆已滿七天的客訴。逾期未結算不及時。三角形：目標。未結：此刻的件數。

## 各單位相比。

picture-units-title = 各{ $by }滿意度
picture-units-subtitle = 滿意度低的在前；不足10份的在後，僅列份數
picture-units-all = 全部合計 { $share }
picture-units-pale = ≈ n 為10–29，僅供參考
picture-units-n = { $weighted ->
    [yes] n = { $n }，相當於{ $worth }份
   *[no] n = { $n }
  }
picture-units-method = 滿意：評4分或5分。加權：各優先等級依其配送筆數；「相當於」指多少份等權評分有同樣的說服力。橫線：95%威爾森信賴區間。其餘：除了自己以外的全部合計。明顯：逐一與其餘做費雪精確檢定，全部比較以霍姆法一併校正（合計5%）；加權者以有效份數計。客訴：針對本期配送。

## 客訴類別。

picture-pareto-title = 客訴類別柏拉圖
picture-pareto-n = 本期新增客訴：{ $n }
picture-rest = { $count ->
    [1] 其他1類
   *[other] 其他{ $count }類
  }
picture-cumulative = { $percent }%
picture-pareto-key = { $key ->
    [bar] 件數及占比
   *[line] 累計占比；虛線為80%
  }

picture-pareto-method = 統計本期新增的客訴，不論針對哪一次配送；每件計一次，不加權。全部計入，所以沒有信賴區間；下一期的件數會有隨機的出入。

## 星期與時段。

picture-heat-title = 各時段不滿意率
picture-heat-all = 依送達時間，評1分和2分的占比；全部合計 { $share }
picture-weekday = { $day ->
    [1] 週一
    [2] 週二
    [3] 週三
    [4] 週四
    [5] 週五
    [6] 週六
   *[7] 週日
  }
picture-hour = { $hour }:00
picture-slot = { $part } / { $n }
picture-heat-key = 評1分和2分的占比
picture-class = { $place ->
    [first] 低於{ $high }%
    [last] { $low }%以上
   *[other] { $low }%至{ $high }%
  }
picture-heat-few = n 不足10，僅列份數
picture-heat-complaints = 客訴件數
picture-heat-method = 公司所在時區。≈：n 為10–29，僅供參考。不依優先等級加權。一格資料不多：同為10%，n = 30 時95%信賴區間為3–26%，n = 100 時為6–17%。空白：沒有配送。

## 管制圖。

picture-trend-title = 趨勢
picture-trend-subtitle = 管制圖，按{ $grain ->
    [day] 日
    [month] 月
   *[week] 週
  }
picture-span = { $first } 至 { $last }
picture-trend-chart = { $kind ->
    [p] 不滿意率：評1分和2分的占比
   *[u] 每千筆配送主動客訴數
  }
picture-trend-basis = 中心線 { $centre }，取自{ $periods }{ $grain ->
    [day] 天
    [month] 個月
   *[week] 週
  }；每期 n = { $alike ->
    [yes] { $most }
   *[no] { $least }至{ $most }
  }
picture-per-thousand = 每千筆 { $value }
picture-trend-label = { $grain ->
    [month] { $year }-{ $month }
   *[other] { $month }-{ $day }
  }
picture-trend-key = { $mark ->
    [above] 高於上限，變差
    [below] 低於下限，變好
    [run_above] 連續八期偏高，變差
    [growing] 數據仍在增加
   *[run_below] 連續八期偏低，變好
  }
picture-trend-method = 占比未加權。色帶：中心線（虛線）上下正常波動的範圍，依每{ $grain ->
    [day] 日
    [month] 月
   *[week] 週
  }各自的 n 計算；碰巧高於（或低於）色帶的機會是1/740。點線左側：管制界限的依據；右側：所判斷的各期。空心：未判斷，資料太少。數據仍在增加：最近{ $answers }天配送的評分、最近{ $complaints }天配送的客訴還沒有到齊。由低分評價轉來的客訴不計入主動客訴。

## 冠軍獎狀。

picture-certificate-honour = 榮譽獎狀
picture-certificate-title = 滿意度冠軍
picture-certificate-quarter = { $year }年第{ $quarter ->
    [1] 一
    [2] 二
    [3] 三
   *[4] 四
  }季
picture-certificate-to = 頒予
picture-certificate-share = { $strength ->
    [counts] { $n }份評分中{ $part }份滿意
   *[other] 客戶滿意度 { $percent }%
  }
picture-certificate-basis = { $strength ->
    [counts] { $basis }
   *[other] { $basis }，95%信賴區間 { $low }–{ $high }%
  }
picture-certificate-counted = 滿意：評4分或5分。此日之後收到的評分不計在內。
picture-certificate-awarded = { $year }年{ $month }月{ $day }日
