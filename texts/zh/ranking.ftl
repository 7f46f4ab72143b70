### /leaderboard、部门月度评分、季度满意度冠军。
### $percent、$low、$high、$value、$weight 是文字；$part、$n、$count、$minimum 是整数。

ranking-head = <b>{ $what ->
    [c] 快递员
   *[d] 部门
  }满意度对比</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  } · { $when }
ranking-group = <b>{ $verdict ->
    [higher] 明显高于其余
    [lower] 明显低于其余
    [few] 未作比较：评价太少，或没有其余可比
   *[same] 与其余无明显差异
  }</b> · { $count }个
ranking-line = { $name } · { $share }
ranking-share = { $strength ->
    [none] 暂无评价
    [counts] { $n }份中{ $part }份
    [indicative] { $percent }%（{ $basis }，仅供参考，95%区间 { $low }–{ $high }%）
   *[solid] { $percent }%（{ $basis }，95%区间 { $low }–{ $high }%）
  }
ranking-nobody = 本期没有人达到{ $minimum }份评价。
ranking-hidden = { $count ->
   *[other] 另有{ $count }个不足{ $minimum }份评价（加权的按有效份数计），未列出。
  }
ranking-note = <i>满意指4分和5分；加权：各优先级按其单数。其余：除其本身外的全部合计。明显：逐一与其余作费希尔精确检验，{ $compared }次比较用霍尔姆法一并校正（合计5%）。同组内的先后没有意义。</i>
ranking-growing = <i>{ $growing }</i>
ranking-what = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $what ->
    [c] 快递员
   *[d] 部门
  }
ranking-only-heads = 对比供经理查看；部门负责人可查看本部门的快递员。
ranking-own-couriers = 只有经理可以比较各部门。您可以查看本部门的快递员：/leaderboard 快递员

## 图片、汇总和报告对各单位的结论，与对比列表的标题用同样的词。

unit-verdict = { $verdict ->
    [higher] 明显高于其余
    [lower] 明显低于其余
    [few] 数量太少，不作比较
   *[same] 与其余无明显差异
  }

## 部门月度评分

score-head = <b>本月考核得分</b>（0至100）
score-line = <b>{ $unit }</b> { $known ->
    [all] { $value } · { $parts }
    [some] { $value } · { $parts } · 未计入：{ $missing }
   *[no] 各项都不足10，暂不计分
  }
score-part = { $part ->
    [satisfaction] 满意率
    [on_time] 及时率
    [handling] 整改满意率
   *[first_time] 一次解决率
  } { $value }（n = { $n }，权重 { $weight }%）
score-part-missing = { $part ->
    [satisfaction] 满意率
    [on_time] 及时率
    [handling] 整改满意率
   *[first_time] 一次解决率
  }（n = { $n }）
score-incomplete = <b>以下缺少部分指标</b>（不足10）：既不能与其他得分比较，彼此之间也不能比较

## 季度满意度冠军

champion-caption = 🏆 <b>{ $what ->
    [c] 快递员满意度冠军
   *[d] 部门满意度冠军
  }</b>：{ $name }
    { $year }年第{ $quarter }季度 { $share }，明显高于其余的 { $rest }。
champion-none = { $what ->
    [c] <b>{ $year }年第{ $quarter }季度没有快递员满意度冠军。</b>
   *[d] <b>{ $year }年第{ $quarter }季度没有部门满意度冠军。</b>
  }{ $why ->
    [several] 有{ $count }个明显高于其余，但其中最高的并不明显优于另外每一个。
    [nobody] 没有明显高于其余的。
   *[few] 达到{ $minimum }份评价的不足两个，无法比较。
  }

menu-leaderboard = 快递员与部门的比较
help-leaderboard =
    /leaderboard 本月、本季或2026年10月，可选快递员或部门：谁明显高于其余，谁明显低于其余
