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
    [p] <b>不满意率</b>（1 分和 2 分）
   *[u] <b>每千单投诉</b>
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
    [none] 无数据
    [counts] { $count }/{ $n }
    [indicative] { $value }（{ $count }/{ $n }，仅供参考）
   *[solid] { $value }（{ $count }/{ $n }）
  }
trend-in-control = 受控：{ $judged ->
    [1] 最近 1 { $grain ->
        [day] 天
        [week] 周
       *[month] 个月
      }
   *[other] 最近 { $judged } { $grain ->
        [day] 天
        [week] 周
       *[month] 个月
      }
  }与之前 { $baseline } 期的差别没有超出偶然。
trend-signal = ⚠️ { $when }：{ $figure }，{ $signal ->
    [above] 高于上限 { $limit }
    [below] 低于下限 { $limit }
    [run_above] 已连续八期高于中心线 { $limit }
   *[run_below] 已连续八期低于中心线 { $limit }
  }。
trend-more = ……另有 { $count } 处。
trend-last = 最近一期：{ $when }，{ $figure }。
trend-last-limits = 最近一期：{ $when }，{ $figure }；控制限 { $lower }–{ $upper }，中心线 { $centre }。
trend-too-short = { $grain ->
    [day] 天数
    [week] 周数
   *[month] 月数
  }还不够：已有 { $count }，需要 { $needed }。
trend-note = <i>只有点超出控制限，或连续八点在同一侧，才说明问题；限内的起伏属于偶然。最近配送的投诉可能还会到来。</i>

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
trend-how = 不认识“{ $text }”。请试试 /trend 周、/trend 月，或加上部门：/trend 周 { $department }
trend-only-heads = 趋势供经理查看；部门负责人可查看本部门。
trend-behind = <b>{ $when } 的工单</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }：{ $count }
trend-behind-none = { $when } 没有工单。

## 提醒

alert-head = <b>超出偶然的变化</b> · { $chart ->
    [p] 不满意率
   *[u] 每千单投诉
  }{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }
alert-cases = { $count ->
    [0] 目前还没有相关投诉。
    [1] 相关工单：
   *[other] 相关工单 { $count } 件：
  }
alert-chart = 查看控制图

menu-trend = 超出偶然的变化
help-trend =
    /trend 日、周或月，可加部门：哪些变化超出了偶然
