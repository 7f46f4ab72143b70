### /leaderboard、部門每月考核分數、每季滿意度冠軍。
### $percent、$low、$high、$value、$weight 是文字；$part、$n、$count、$minimum 是整數。

ranking-head = <b>{ $what ->
    [c] 配送員
   *[d] 部門
  }滿意度比較</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  } · { $when }
ranking-group = <b>{ $verdict ->
    [higher] 明顯高於其餘
    [lower] 明顯低於其餘
    [few] 未比較：評分太少，或沒有其餘可比
   *[same] 與其餘無明顯差異
  }</b> · { $count }個
ranking-line = { $name } · { $share }
ranking-share = { $strength ->
    [none] 尚無評分
    [counts] { $n }份中{ $part }份
    [indicative] { $percent }%（{ $basis }，僅供參考，95%信賴區間 { $low }–{ $high }%）
   *[solid] { $percent }%（{ $basis }，95%信賴區間 { $low }–{ $high }%）
  }
ranking-nobody = 本期沒有人達到{ $minimum }份評分。
ranking-hidden = { $count ->
    [1] 另有1個不足{ $minimum }份評分（加權者以有效份數計），未列出。
   *[other] 另有{ $count }個不足{ $minimum }份評分（加權者以有效份數計），未列出。
  }
ranking-note = <i>滿意指4分和5分；加權：各優先等級依其配送筆數。其餘：除了自己以外的全部合計。明顯：逐一與其餘做費雪精確檢定，{ $compared }次比較以霍姆法一併校正（合計5%）。同一組內的先後沒有意義。</i>
ranking-growing = <i>{ $growing }</i>
ranking-what = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $what ->
    [c] 配送員
   *[d] 部門
  }
ranking-only-heads = 比較結果供經理查看；部門主管可查看自己部門的配送員。
ranking-own-couriers = 只有經理可以比較各部門。您可以查看自己部門的配送員：/leaderboard 配送員

## 圖片、摘要和報告對各單位的結論，與比較清單的標題用同樣的詞。

unit-verdict = { $verdict ->
    [higher] 明顯高於其餘
    [lower] 明顯低於其餘
    [few] 數量太少，不比較
   *[same] 與其餘無明顯差異
  }

## 部門每月考核分數

score-head = <b>本月考核分數</b>（0至100）
score-line = <b>{ $unit }</b> { $known ->
    [all] { $value } · { $parts }
    [some] { $value } · { $parts } · 未計入：{ $missing }
   *[no] 各項都不足10，暫不計分
  }
score-part = { $part ->
    [satisfaction] 滿意度
    [on_time] 及時率
    [handling] 改善滿意度
   *[first_time] 一次解決率
  } { $value }（n = { $n }，權重 { $weight }%）
score-part-missing = { $part ->
    [satisfaction] 滿意度
    [on_time] 及時率
    [handling] 改善滿意度
   *[first_time] 一次解決率
  }（n = { $n }）
score-incomplete = <b>以下缺少部分指標</b>（不足10）：不能與其他分數比較，彼此之間也不能比較

## 每季滿意度冠軍

champion-caption = 🏆 <b>{ $what ->
    [c] 配送員滿意度冠軍
   *[d] 部門滿意度冠軍
  }</b>：{ $name }
    { $year }年第{ $quarter }季 { $share }，明顯高於其餘的 { $rest }。
champion-none = { $what ->
    [c] <b>{ $year }年第{ $quarter }季沒有配送員滿意度冠軍。</b>
   *[d] <b>{ $year }年第{ $quarter }季沒有部門滿意度冠軍。</b>
  }{ $why ->
    [several] 有{ $count }個明顯高於其餘，但最高的那一個並沒有明顯勝過其他每一個。
    [nobody] 沒有明顯高於其餘的。
   *[few] 達到{ $minimum }份評分的不足兩個，無法比較。
  }

menu-leaderboard = 配送員與部門的比較
help-leaderboard =
    /leaderboard 本月、本季或2026年10月，可選配送員或部門：誰明顯高於其餘，誰明顯低於其餘
