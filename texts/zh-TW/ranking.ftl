### /leaderboard、部門每月考核分數、每季滿意度冠軍。
### $percent、$low、$high、$value、$weight 是文字；$part、$n、$rank、$count、$minimum 是整數。

ranking-head = <b>{ $what ->
    [c] 配送員
   *[d] 部門
  }滿意度排名</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  } · { $when }
ranking-rank = <b>第 { $rank } 名</b>{ $count ->
    [1] {""}
   *[other] {" "}· 共 { $count } 個，區間直接或間接重疊，不分先後
  }
ranking-line = { $name } · { $share }
ranking-share = { $strength ->
    [none] 無評分
    [counts] { $part }/{ $n }
    [indicative] { $percent }%（{ $part }/{ $n }，僅供參考，95% 信賴區間 { $low }–{ $high }%）
   *[solid] { $percent }%（{ $part }/{ $n }，95% 信賴區間 { $low }–{ $high }%）
  }
ranking-nobody = 本期沒有人達到 { $minimum } 份評分。
ranking-hidden = { $count ->
    [1] 另有 1 個不足 { $minimum } 份評分，未列入排名。
   *[other] 另有 { $count } 個不足 { $minimum } 份評分，未列入排名。
  }
ranking-note = <i>滿意指 4 分和 5 分。只有區間不重疊才分出名次；同一名次內的先後沒有意義。</i>
ranking-what = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $what ->
    [c] 配送員
   *[d] 部門
  }
ranking-only-heads = 排名供經理查看；部門主管可查看自己部門的配送員。
ranking-own-couriers = 只有經理可以比較各部門。您可以查看自己部門的配送員：/leaderboard 配送員

## 部門每月考核分數

score-head = <b>本月考核分數</b>（0 至 100）
score-line = <b>{ $unit }</b> { $known ->
    [yes] { $value }
   *[no] 數據太少，暫不計分
  }{ $parts ->
    [none] {""}
   *[other] {" "}· { $parts }
  }
score-part = { $part ->
    [satisfaction] 滿意度
    [on_time] 及時率
    [handling] 改善滿意度
   *[first_time] 一次解決率
  } { $counted ->
    [yes] { $value }（n = { $n }，權重 { $weight }%）
   *[no] 不計入（n = { $n }）
  }

## 每季滿意度冠軍

champion-caption = 🏆 <b>{ $what ->
    [c] 配送員滿意度冠軍
   *[d] 部門滿意度冠軍
  }</b>：{ $name }
    { $year } 年第 { $quarter } 季 { $share }，與其他任何一個的區間都不重疊。
champion-none = { $what ->
    [c] <b>{ $year } 年第 { $quarter } 季沒有配送員滿意度冠軍。</b>
   *[d] <b>{ $year } 年第 { $quarter } 季沒有部門滿意度冠軍。</b>
  }{ $why ->
    [overlap] 前 { $count } 名的區間重疊，無人明顯領先。
   *[few] 達到 { $minimum } 份評分的不足兩個，無法比較。
  }

menu-leaderboard = 配送員與部門的比較
help-leaderboard =
    /leaderboard 月、季或 2026-10，可選配送員或部門：評分能分出高下的才有名次
