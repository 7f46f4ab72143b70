### /leaderboard, the monthly score of departments, the quarter's champion.
### $percent, $low, $high, $value, $weight are text; $part, $n, $count, $minimum whole numbers.

ranking-head = <b>{ $what ->
    [c] Couriers
   *[d] Departments
  } by satisfaction</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  } · { $when }
ranking-group = <b>{ $verdict ->
    [higher] Clearly above the rest
    [lower] Clearly below the rest
    [few] Not compared: too few answers, or nothing to compare with
   *[same] No clear difference from the rest
  }</b> · { $count }
ranking-line = { $name } · { $share }
ranking-share = { $strength ->
    [none] no answers
    [counts] { $part } of { $n }
    [indicative] { $percent }% ({ $basis }, indicative, 95% interval { $low }–{ $high }%)
   *[solid] { $percent }% ({ $basis }, 95% interval { $low }–{ $high }%)
  }
ranking-nobody = Nobody has { $minimum } answers in this period.
ranking-hidden = { $count ->
    [1] 1 more has fewer than { $minimum } answers, or answers worth fewer, and is not shown.
   *[other] { $count } more have fewer than { $minimum } answers, or answers worth fewer, and are not shown.
  }
ranking-note = <i>Satisfied: ratings 4 and 5; weighted: each priority by its deliveries. Rest: all others together. Clearly: Fisher’s exact test of each against the rest, corrected for { $compared ->
    [1] one comparison
   *[other] { $compared } comparisons
  } by Holm’s method (together 5%). Within a group the order means nothing.</i>
ranking-growing = <i>{ $growing }</i>
ranking-what = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $what ->
    [c] Couriers
   *[d] Departments
  }
ranking-only-heads = The leaderboard is for managers; a head sees their own department's couriers.
ranking-own-couriers = Only managers compare departments. You can see your own department's couriers: /leaderboard couriers

## What the picture, the summary and the report say of a unit; the headings of the leaderboard are the same words.

unit-verdict = { $verdict ->
    [higher] clearly above the rest
    [lower] clearly below the rest
    [few] too few to compare
   *[same] no clear difference from the rest
  }

## The monthly score

score-head = <b>Score of the month</b>, from 0 to 100
score-line = <b>{ $unit }</b> { $known ->
    [all] { $value } · { $parts }
    [some] { $value } · { $parts } · left out: { $missing }
   *[no] no score: fewer than 10 of everything
  }
score-part = { $part ->
    [satisfaction] satisfaction
    [on_time] on time
    [handling] handling
   *[first_time] first-time solution
  } { $value } (n = { $n }, weight { $weight }%)
score-part-missing = { $part ->
    [satisfaction] satisfaction
    [on_time] on time
    [handling] handling
   *[first_time] first-time solution
  } (n = { $n })
score-incomplete = <b>Parts are missing</b> (fewer than 10): not comparable, neither with other scores nor with one another

## The quarter's champion

champion-caption = 🏆 <b>{ $what ->
    [c] Courier of the quarter
   *[d] Department of the quarter
  }</b>: { $name }
    { $share } in quarter { $quarter } of { $year }: clearly above the rest with { $rest }.
champion-none = { $what ->
    [c] <b>No courier is champion of quarter { $quarter } of { $year }.</b>
   *[d] <b>No department is champion of quarter { $quarter } of { $year }.</b>
  } { $why ->
    [several] { $count } are clearly above the rest, and the best of them is not clearly better than each of the others.
    [nobody] Nobody is clearly above the rest.
   *[few] Fewer than two have { $minimum } answers, so there is nothing to compare.
  }

menu-leaderboard = Couriers and departments compared
help-leaderboard =
    /leaderboard month, quarter or 2026-10, couriers or departments: who is clearly above the rest, and who below
