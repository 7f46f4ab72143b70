### The summary for managers: one caption and one picture. Plain words only; the code adds emphasis and escapes.
### Numbers arrive finished: $percent, $low, $high, $points, $rate, $mean, $index are text, the rest are whole numbers.

summary-title = Service quality
summary-period = { $kind ->
    [day] Day
    [week] Week
    [month] Month
    [quarter] Quarter
    [year] Year
   *[range] Period
  } { $days ->
    [1] { $first }
   *[other] { $first } – { $last }
  }{ $running ->
    [yes] {" "}(so far)
   *[no] {""}
  }
summary-compared = Compared with { $days ->
    [1] { $first }
   *[other] { $first } – { $last }
  }

summary-satisfaction = Satisfaction
summary-mean = Mean rating
summary-index = Index
summary-ratings = Ratings
summary-response = Response rate
summary-complaints = Complaints
summary-open = Open now
summary-overdue = Overdue now
summary-dimensions = By dimension
summary-departments = Departments

summary-dimension = { $name ->
    [timeliness] Timeliness
    [goods] Goods intact
    [attitude] Attitude
    [environment] Environment
    [layout] Layout
    [facilities] Facilities
    [operation] Operation
    [safety] Safety
    [product] Product
    [service] Service
    [price] Price
    [image] Image
   *[other] { $name }
  }
summary-band = { $band ->
    [satisfied] satisfied
    [basically] basically satisfied
   *[not] not satisfied
  }

## A share of people; fewer than 10 are shown as counts, 10–29 as an indication.

summary-share = { $strength ->
    [none] no answers
    [counts] { $part } of { $n }
    [indicative] { $percent }% (n = { $n }, indicative, 95% interval { $low }–{ $high }%)
   *[solid] { $percent }% (n = { $n }, 95% interval { $low }–{ $high }%)
  }
summary-share-short = { $strength ->
    [none] no answers
    [counts] { $part } of { $n }
    [indicative] { $percent }% (n = { $n }, indicative)
   *[solid] { $percent }% (n = { $n })
  }
summary-share-big = { $strength ->
    [none] –
    [counts] { $part } of { $n }
   *[other] { $percent }%
  }
summary-share-note = { $strength ->
    [none] no answers
    [counts] n = { $n }: too few for a percentage
    [indicative] n = { $n }, indicative, { $low }–{ $high }%
   *[solid] n = { $n }, { $low }–{ $high }%
  }
summary-n = { $strength ->
    [none] no answers
    [indicative] n = { $n }, indicative
   *[other] n = { $n }
  }
summary-ratings-value = 5: { $five } · 4: { $four } · 3: { $three } · 2: { $two } · 1: { $one } (n = { $n })
summary-rating-row = { $strength ->
    [none] { $part }
    [counts] { $part }
   *[other] { $part } ({ $percent }%)
  }
summary-reached = { $strength ->
    [none] no survey delivered
    [counts] { $part } of { $n } surveys delivered
    [indicative] { $percent }% ({ $part } of { $n } surveys delivered, indicative)
   *[solid] { $percent }% ({ $part } of { $n } surveys delivered)
  }
summary-reached-note = { $n ->
    [0] no survey delivered
    [1] { $part } of 1 survey delivered
   *[other] { $part } of { $n } surveys delivered
  }

## Mean, score and index; nothing below 10 answers.

summary-mean-value = { $mean } of 5, score { $score }, index { $index } of 100: { $band } (n = { $n }{ $strength ->
    [indicative] , indicative
   *[solid] {""}
  })
summary-mean-big = { $mean }
summary-mean-note = of 5, n = { $n }{ $strength ->
    [indicative] , indicative
   *[solid] {""}
  }
summary-index-big = { $index }
summary-index-note = { $band }, score { $score } of { $most }, n = { $n }{ $strength ->
    [indicative] , indicative
   *[solid] {""}
  }
summary-hidden = { $strength ->
    [none] no answers
   *[other] n = { $n }: too few for a mean
  }

## Complaints per 1,000 deliveries.

summary-complaints-value = { $strength ->
    [none] { $count } (no deliveries)
    [counts] { $count } (n = { $n } deliveries)
    [indicative] { $count }, { $rate } per 1,000 (n = { $n } deliveries, indicative)
   *[solid] { $count }, { $rate } per 1,000 (n = { $n } deliveries)
  }
summary-complaints-short = { $strength ->
    [none] { $count } (no deliveries)
    [counts] { $count } (n = { $n })
    [indicative] { $count }, { $rate } per 1,000 (n = { $n }, indicative)
   *[solid] { $count }, { $rate } per 1,000 (n = { $n })
  }
summary-complaints-note = { $strength ->
    [none] no deliveries
    [counts] n = { $n } deliveries
    [indicative] { $rate } per 1,000, n = { $n }, indicative
   *[solid] { $rate } per 1,000, n = { $n }
  }
summary-overdue-note = { $overdue } overdue
summary-open-value = { $open }, overdue { $overdue }
summary-cases = { $complaints ->
    [1] 1 complaint
   *[other] { $complaints } complaints
  }, { $open } open, { $overdue } overdue

## Against the period before; up and down are said only where the intervals do not overlap.

summary-change-share = before { $before }: { $verdict ->
    [up] up { $points } points
    [down] down { $points } points
    [unproven] no clear change
   *[unknown] too few to compare
  }
summary-change-rate = before { $before }: { $verdict ->
    [up] rate up
    [down] rate down
    [unproven] no clear change
   *[unknown] too few to compare
  }

summary-more = … and { $count } more
summary-none = none yet
summary-axis = satisfied, with 95% interval
summary-method = Satisfied: ratings 4 and 5. Ranges and thin lines: 95% Wilson interval. n below 10: counts only; 10–29: indicative, pale bars. Surveys not answered are not counted as satisfied. Complaints: cases opened. Open and overdue: at this moment.

summary-period-unknown = I do not know the period “{ $text }”. Try: today, yesterday, week, month, quarter, year, 2026-10 or 2026-10-01..2026-10-31.
summary-period-reversed = The period ends ({ $last }) before it begins ({ $first }).
summary-period-future = { $first } is still to come: there is nothing to summarise yet.
