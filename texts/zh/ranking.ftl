### /leaderboard、部门月度评分、季度满意度冠军。
### $percent、$low、$high、$value、$weight 是文字；$part、$n、$rank、$count、$minimum 是整数。

ranking-head = <b>{ $what ->
    [c] 快递员
   *[d] 部门
  }满意度排名</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  } · { $when }
ranking-rank = <b>第 { $rank } 名</b>{ $count ->
    [1] {""}
   *[other] {" "}· 共 { $count } 个，区间直接或间接重叠，不分先后
  }
ranking-line = { $name } · { $share }
ranking-share = { $strength ->
    [none] 无回答
    [counts] { $part }/{ $n }
    [indicative] { $percent }%（{ $part }/{ $n }，仅供参考，95% 区间 { $low }–{ $high }%）
   *[solid] { $percent }%（{ $part }/{ $n }，95% 区间 { $low }–{ $high }%）
  }
ranking-nobody = 本期没有人达到 { $minimum } 份回答。
ranking-hidden = { $count ->
    [1] 另有 1 个不足 { $minimum } 份回答，未参与排名。
   *[other] 另有 { $count } 个不足 { $minimum } 份回答，未参与排名。
  }
ranking-note = <i>满意指 4 分和 5 分。只有区间不重叠才分出名次；同一名次内的先后没有意义。</i>
ranking-what = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $what ->
    [c] 快递员
   *[d] 部门
  }
ranking-only-heads = 排名供经理查看；部门负责人可查看本部门的快递员。
ranking-own-couriers = 只有经理可以比较各部门。您可以查看本部门的快递员：/leaderboard 快递员

## 部门月度评分

score-head = <b>本月评分</b>（0 至 100）
score-line = <b>{ $unit }</b> { $known ->
    [yes] { $value }
   *[no] 数据太少，暂无评分
  }{ $parts ->
    [none] {""}
   *[other] {" "}· { $parts }
  }
score-part = { $part ->
    [satisfaction] 满意率
    [on_time] 及时率
    [handling] 整改满意率
   *[first_time] 一次解决率
  } { $counted ->
    [yes] { $value }（n = { $n }，权重 { $weight }%）
   *[no] 不计入（n = { $n }）
  }

## 季度满意度冠军

champion-caption = 🏆 <b>{ $what ->
    [c] 快递员满意度冠军
   *[d] 部门满意度冠军
  }</b>：{ $name }
    { $year } 年第 { $quarter } 季度 { $share }，与其他任何一个的区间都不重叠。
champion-none = { $what ->
    [c] <b>{ $year } 年第 { $quarter } 季度没有快递员满意度冠军。</b>
   *[d] <b>{ $year } 年第 { $quarter } 季度没有部门满意度冠军。</b>
  }{ $why ->
    [overlap] 前 { $count } 名的区间重叠，无人明显领先。
   *[few] 达到 { $minimum } 份回答的不足两个，无法比较。
  }

menu-leaderboard = 快递员与部门的比较
help-leaderboard =
    /leaderboard 月、季度或 2026-10，可选快递员或部门：回答能分出先后的才有名次
