### 管制圖：/trend，以及某期的變化超出隨機波動時的提醒。
### 數字已排好：$value、$limit、$lower、$upper、$centre 是文字，$count、$n、$judged、$baseline、$needed 是整數。

trend-title = <b>趨勢（按{ $grain ->
    [day] 日
    [week] 週
   *[month] 月
  }）</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }
trend-chart = { $chart ->
    [p] <b>不滿意率</b>（1分和2分）
   *[u] <b>每千筆配送主動客訴數</b>
  }
trend-when = { $grain ->
    [day] { $first }
    [week] { $first } 至 { $last }
   *[month] { $code }
  }
trend-number = { $chart ->
    [p] { $value }%
   *[u] { $value }
  }
trend-figure = { $strength ->
    [none] 沒有數據
    [counts] { $n }中{ $count }
    [indicative] { $value }（{ $n }中{ $count }，僅供參考）
   *[solid] { $value }（{ $n }中{ $count }）
  }
trend-in-control = 沒有異常：最近{ $judged }{ $grain ->
    [day] 天
    [week] 週
   *[month] 個月
  }與先前{ $baseline }期（共{ $chart ->
    [p] { $events }個低分
   *[u] { $events }件客訴
  }）的差別沒有超出正常波動。
trend-warning = ⚠️ { $line }
trend-too-rare = 資料太少，無法判斷：先前{ $baseline }{ $grain ->
    [day] 天
    [week] 週
   *[month] 個月
  }只有{ $chart ->
    [p] { $events }個低分
   *[u] { $events }件客訴
  }，至少需要 { $needed }。{ $grain ->
    [day] 請改看週或月。
    [week] 請改看月。
   *[month] {""}
  }
trend-too-small = 資料太少，無法判斷：每{ $grain ->
    [day] 天
    [week] 週
   *[month] 個月
  }的{ $chart ->
    [p] 評分
   *[u] 配送
  }都不夠多，即使升到平時的四倍也看不出來。{ $grain ->
    [day] 請改看週或月。
    [week] 請改看月。
   *[month] {""}
  }
trend-unjudged = 未判斷（空心點）：最近{ $judged }期中有{ $count }期（{ $alike ->
    [yes] n = { $most }
   *[no] n = { $least }至{ $most }
  }）。
trend-signal = { $when }：{ $figure }{ $growing ->
    [yes] ，數據仍在增加
   *[no] {""}
  }，{ $signal ->
    [above] 高於管制上限 { $limit }
    [below] 低於管制下限 { $limit }
    [run_above] 已連續八期或更久高於中心線 { $limit }
   *[run_below] 已連續八期或更久低於中心線 { $limit }
  }。
trend-more = ……另有{ $count }處。
trend-last = 最近一期：{ $when }，{ $figure }{ $growing ->
    [yes] ，數據仍在增加
   *[no] {""}
  }。
trend-last-limits = 最近一期：{ $when }，{ $figure }{ $growing ->
    [yes] ，數據仍在增加
   *[no] {""}
  }；管制界限 { $lower }–{ $upper }，中心線 { $centre }。
trend-last-unjudged = 最近一期：{ $when }，{ $figure }{ $growing ->
    [yes] ，數據仍在增加
   *[no] {""}
  }：未判斷（n = { $n }）。
trend-too-short = { $grain ->
    [day] 天數
    [week] 週數
   *[month] 月數
  }還不夠：已有 { $count }，需要 { $needed }。
trend-note = <i>只有點超出管制界限，或連續八點在同一側，才有意義；界限內的起伏屬於正常波動。數據仍在增加：最近{ $answers }天配送的評分、最近{ $complaints }天配送的客訴還沒有到齊。由低分評價轉來的客訴不計入主動客訴。</i>

trend-grain = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $grain ->
    [day] 日
    [week] 週
   *[month] 月
  }
trend-everything = 全部部門
trend-chosen = • { $unit }
trend-cases = { $when } 的案件
trend-how = 看不懂「{ $text }」。請試試 /trend 週、/trend 月，或加上部門：/trend 週 { $department }
trend-only-heads = 趨勢供經理查看；部門主管可查看自己部門。
trend-behind = <b>{ $when } 的案件</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }：{ $count }
trend-behind-none = { $when } 沒有案件。

## 提醒

alert-head = <b>異常波動</b> · { $chart ->
    [p] 不滿意率
   *[u] 每千筆配送主動客訴數
  }{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }
alert-cases = { $count ->
    [0] 該期間還沒有相關客訴。
    [1] 該期間或其配送的客訴：
   *[other] 該期間或其配送的客訴共{ $count }件（含由低分評價轉來的）：
  }
alert-chart = 查看管制圖

menu-trend = 趨勢與異常波動
help-trend =
    /trend 日、週或月，可加部門：趨勢與異常波動
