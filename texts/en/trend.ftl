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
   *[u] <b>Complaints filed per 1,000 deliveries</b>
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
trend-in-control = Nothing unusual: { $judged ->
    [1] the last { $grain ->
        [day] day
        [week] week
       *[month] month
      } differs
   *[other] the last { $judged } { $grain ->
        [day] days
        [week] weeks
       *[month] months
      } differ
  } by no more than chance from the { $baseline } before, which had { $chart ->
    [p] { $events } low ratings
   *[u] { $events } complaints
  }.
trend-warning = ⚠️ { $line }
trend-too-rare = Too few to judge: the { $baseline } { $grain ->
    [day] days
    [week] weeks
   *[month] months
  } before had { $chart ->
    [p] { $events ->
        [1] 1 low rating
       *[other] { $events } low ratings
      }
   *[u] { $events ->
        [1] 1 complaint
       *[other] { $events } complaints
      }
  }; { $needed } are needed.{ $grain ->
    [day] {" "}Try weeks or months.
    [week] {" "}Try months.
   *[month] {""}
  }
trend-too-small = Too few to judge: no { $grain ->
    [day] day
    [week] week
   *[month] month
  } has enough { $chart ->
    [p] answers
   *[u] deliveries
  } for four times the usual level to stand out.{ $grain ->
    [day] {" "}Try weeks or months.
    [week] {" "}Try months.
   *[month] {""}
  }
trend-unjudged = Not judged, drawn hollow: { $count } of the last { $judged } ({ $alike ->
    [yes] n = { $most }
   *[no] n = { $least } to { $most }
  }).
trend-signal = { $when }: { $figure }{ $growing ->
    [yes] , still growing
   *[no] {""}
  }, { $signal ->
    [above] above the upper limit of { $limit }
    [below] below the lower limit of { $limit }
    [run_above] the eighth or later in a row above the centre of { $limit }
   *[run_below] the eighth or later in a row below the centre of { $limit }
  }.
trend-more = … and { $count } more.
trend-last = Last: { $when }, { $figure }{ $growing ->
    [yes] , still growing
   *[no] {""}
  }.
trend-last-limits = Last: { $when }, { $figure }{ $growing ->
    [yes] , still growing
   *[no] {""}
  }; limits { $lower }–{ $upper }, centre { $centre }.
trend-last-unjudged = Last: { $when }, { $figure }{ $growing ->
    [yes] , still growing
   *[no] {""}
  }: not judged (n = { $n }).
trend-too-short = Not enough { $grain ->
    [day] days
    [week] weeks
   *[month] months
  } yet: { $count } of { $needed }.
trend-note = <i>Only a point outside the limits, or eight in a row on one side, is more than chance. Still growing: answers about the last { $answers } days, complaints about the last { $complaints }. Complaints opened after a low rating are not counted here.</i>

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

alert-head = <b>Unusual change</b> · { $chart ->
    [p] dissatisfaction
   *[u] complaints filed per 1,000 deliveries
  }{ $scoped ->
    [yes] {" "}· { $unit }
   *[no] {""}
  }
alert-cases = { $count ->
    [0] There is no complaint of that time or about its deliveries yet.
    [1] The complaint of that time or about its deliveries:
   *[other] The { $count } complaints of that time or about its deliveries, including those opened after a low rating:
  }
alert-chart = See the chart

menu-trend = Trends and unusual changes
help-trend =
    /trend day, week or month, with a department if you like: trends and unusual changes
