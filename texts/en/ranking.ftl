### /leaderboard, the monthly score of departments, the quarter's champion.
### $percent, $low, $high, $value, $weight are text; $part, $n, $rank, $count, $minimum whole numbers.

ranking-head = <b>{ $what ->
    [c] Couriers
   *[d] Departments
  } by satisfaction</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  } · { $when }
ranking-rank = <b>Rank { $rank }</b>{ $count ->
    [1] {""}
   *[other] {" "}· { $count } not told apart: their intervals overlap, directly or through others
  }
ranking-line = { $name } · { $share }
ranking-share = { $strength ->
    [none] no answers
    [counts] { $part } of { $n }
    [indicative] { $percent }% ({ $part } of { $n }, indicative, 95% interval { $low }–{ $high }%)
   *[solid] { $percent }% ({ $part } of { $n }, 95% interval { $low }–{ $high }%)
  }
ranking-nobody = Nobody has { $minimum } answers in this period.
ranking-hidden = { $count ->
    [1] 1 more has fewer than { $minimum } answers and is not ranked.
   *[other] { $count } more have fewer than { $minimum } answers and are not ranked.
  }
ranking-note = <i>Satisfied: ratings 4 and 5. A lower rank is given only where the intervals do not overlap; within a rank the order means nothing.</i>
ranking-what = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $what ->
    [c] Couriers
   *[d] Departments
  }
ranking-only-heads = The leaderboard is for managers; a head sees their own department's couriers.
ranking-own-couriers = Only managers compare departments. You can see your own department's couriers: /leaderboard couriers

## The monthly score

score-head = <b>Score of the month</b>, from 0 to 100
score-line = <b>{ $unit }</b> { $known ->
    [yes] { $value }
   *[no] no score: too little to go by
  }{ $parts ->
    [none] {""}
   *[other] {" "}· { $parts }
  }
score-part = { $part ->
    [satisfaction] satisfaction
    [on_time] on time
    [handling] handling
   *[first_time] first-time solution
  } { $counted ->
    [yes] { $value } (n = { $n }, weight { $weight }%)
   *[no] left out (n = { $n })
  }

## The quarter's champion

champion-caption = 🏆 <b>{ $what ->
    [c] Courier of the quarter
   *[d] Department of the quarter
  }</b>: { $name }
    { $share } in quarter { $quarter } of { $year }; nobody's interval overlaps.
champion-none = { $what ->
    [c] <b>No courier is champion of quarter { $quarter } of { $year }.</b>
   *[d] <b>No department is champion of quarter { $quarter } of { $year }.</b>
  } { $why ->
    [overlap] The intervals of the best { $count } overlap: nobody stands out.
   *[few] There are not two with { $minimum } answers to compare.
  }

menu-leaderboard = Couriers and departments compared
help-leaderboard =
    /leaderboard month, quarter or 2026-10, couriers or departments: who is told apart by the answers
