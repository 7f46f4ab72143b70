### 控制图：/trend，以及某个周期的变化超出偶然时的提醒。
### 数字已排好：$value、$limit、$lower、$upper、$centre 是文字，$count、$n、$judged、$baseline、$needed 是整数。

trend-title = <b>趋势（按{ $grain ->
    [day] 日
    [week] 周
   *[month] 月
  }）</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }
trend-chart = { $chart ->
    [p] <b>不满意率</b>（1分和2分）
   *[u] <b>每千单主动投诉</b>
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
    [none] 没有数据
    [counts] { $n }中{ $count }
    [indicative] { $value }（{ $n }中{ $count }，仅供参考）
   *[solid] { $value }（{ $n }中{ $count }）
  }
trend-in-control = 没有异常：最近{ $judged }{ $grain ->
    [day] 天
    [week] 周
   *[month] 个月
  }与之前{ $baseline }期（共{ $chart ->
    [p] { $events }个低分
   *[u] { $events }件投诉
  }）的差别没有超出正常波动。
trend-warning = ⚠️ { $line }
trend-too-rare = 数据太少，无法判断：之前{ $baseline }{ $grain ->
    [day] 天
    [week] 周
   *[month] 个月
  }只有{ $chart ->
    [p] { $events }个低分
   *[u] { $events }件投诉
  }，至少需要 { $needed }。{ $grain ->
    [day] 请改看周或月。
    [week] 请改看月。
   *[month] {""}
  }
trend-too-small = 数据太少，无法判断：每{ $grain ->
    [day] 天
    [week] 周
   *[month] 个月
  }的{ $chart ->
    [p] 评价
   *[u] 配送
  }都不够多，即使升到平时的四倍也看不出来。{ $grain ->
    [day] 请改看周或月。
    [week] 请改看月。
   *[month] {""}
  }
trend-unjudged = 未判断（空心点）：最近{ $judged }期中有{ $count }期（{ $alike ->
    [yes] n = { $most }
   *[no] n = { $least }至{ $most }
  }）。
trend-signal = { $when }：{ $figure }{ $growing ->
    [yes] ，数据还在增加
   *[no] {""}
  }，{ $signal ->
    [above] 高于上限 { $limit }
    [below] 低于下限 { $limit }
    [run_above] 已连续八期或更久高于中心线 { $limit }
   *[run_below] 已连续八期或更久低于中心线 { $limit }
  }。
trend-more = ……另有{ $count }处。
trend-last = 最近一期：{ $when }，{ $figure }{ $growing ->
    [yes] ，数据还在增加
   *[no] {""}
  }。
trend-last-limits = 最近一期：{ $when }，{ $figure }{ $growing ->
    [yes] ，数据还在增加
   *[no] {""}
  }；控制限 { $lower }–{ $upper }，中心线 { $centre }。
trend-last-unjudged = 最近一期：{ $when }，{ $figure }{ $growing ->
    [yes] ，数据还在增加
   *[no] {""}
  }：未判断（n = { $n }）。
trend-too-short = { $grain ->
    [day] 天数
    [week] 周数
   *[month] 月数
  }还不够：已有 { $count }，需要 { $needed }。
trend-note = <i>只有点超出控制限，或连续八点在同一侧，才说明问题；限内的起伏属于正常波动。数据还在增加：最近{ $answers }天配送的评价、最近{ $complaints }天配送的投诉还没有到齐。由低分评价转来的投诉不计入主动投诉。</i>

trend-grain = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $grain ->
    [day] 日
    [week] 周
   *[month] 月
  }
trend-everything = 全部部门
trend-chosen = • { $unit }
trend-cases = { $when } 的工单
trend-how = 看不懂“{ $text }”。请试试 /trend 周、/trend 月，或加上部门：/trend 周 { $department }
trend-only-heads = 趋势供经理查看；部门负责人可查看本部门。
trend-behind = <b>{ $when } 的工单</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }：{ $count }
trend-behind-none = { $when } 没有工单。

## 提醒

alert-head = <b>异常波动</b> · { $chart ->
    [p] 不满意率
   *[u] 每千单主动投诉
  }{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }
alert-cases = { $count ->
    [0] 这段时间还没有相关投诉。
    [1] 这段时间或其配送的投诉：
   *[other] 这段时间或其配送的投诉共{ $count }件（含由低分评价转来的）：
  }
alert-chart = 查看控制图

menu-trend = 趋势与异常波动
help-trend =
    /trend 日、周或月，可加部门：趋势与异常波动
