### Control charts: /trend, and the alert when a period differs by more than chance.
### Numbers arrive finished: $value, $limit, $lower, $upper, $centre are text, $count, $n, $judged, $baseline, $needed whole numbers.

trend-title = <b>Trend by { $grain ->
    [day] day
    [week] week
   *[month] month
  }</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }
trend-chart = { $chart ->
    [p] <b>Dissatisfaction</b> (ratings 1 and 2)
   *[u] <b>Complaints per 1,000 deliveries</b>
  }
trend-when = { $grain ->
    [day] { $first }
    [week] { $first } – { $last }
   *[month] { $code }
  }
trend-number = { $chart ->
    [p] { $value }%
   *[u] { $value }
  }
trend-figure = { $strength ->
    [none] no data
    [counts] { $count } of { $n }
    [indicative] { $value } ({ $count } of { $n }, indicative)
   *[solid] { $value } ({ $count } of { $n })
  }
trend-in-control = In control: { $judged ->
    [1] the last { $grain ->
        [day] day does
        [week] week does
       *[month] month does
      }
   *[other] the last { $judged } { $grain ->
        [day] days do
        [week] weeks do
       *[month] months do
      }
  } not differ by more than chance from the { $baseline } before.
trend-signal = ⚠️ { $when }: { $figure }, { $signal ->
    [above] above the upper limit of { $limit }
    [below] below the lower limit of { $limit }
    [run_above] the eighth in a row above the centre of { $limit }
   *[run_below] the eighth in a row below the centre of { $limit }
  }.
trend-more = … and { $count } more.
trend-last = Last: { $when }, { $figure }.
trend-last-limits = Last: { $when }, { $figure }; limits { $lower }–{ $upper }, centre { $centre }.
trend-too-short = Not enough { $grain ->
    [day] days
    [week] weeks
   *[month] months
  } yet: { $count } of { $needed }.
trend-note = <i>Only a point outside the limits, or eight in a row on one side, means something; ups and downs within them are chance. Complaints about the latest deliveries may still come.</i>

trend-grain = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $grain ->
    [day] Day
    [week] Week
   *[month] Month
  }
trend-everything = All departments
trend-chosen = • { $unit }
trend-cases = Cases of { $when }
trend-how = I do not know “{ $text }”. Try /trend week, /trend month, or with a department: /trend week { $department }
trend-only-heads = The trend is for managers; a head sees their own department's.
trend-behind = <b>Cases of { $when }</b>{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }: { $count }
trend-behind-none = There are no cases of { $when }.

## The alert

alert-head = <b>More than chance</b> · { $chart ->
    [p] dissatisfaction
   *[u] complaints per 1,000 deliveries
  }{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }
alert-cases = { $count ->
    [0] No complaint has been filed about it yet.
    [1] The case behind it:
   *[other] The { $count } cases behind it:
  }
alert-chart = See the chart

menu-trend = What changes by more than chance
help-trend =
    /trend day, week or month, with a department if you like: what changes by more than chance
