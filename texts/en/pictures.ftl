### Pictures of figures. Plain words only. Percentages, means, rates and durations arrive finished, as text; the rest are whole numbers.
### Texts are drawn: only characters of the typeface.

picture-share = { $strength ->
    [none] –
    [counts] { $part } of { $n }
    [indicative] ≈{ $percent }%
   *[solid] { $percent }%
  }
picture-share-note = { $strength ->
    [none] no answers
    [counts] { $basis }: too few for a percentage
    [indicative] { $basis }, indicative, { $low }–{ $high }%
   *[solid] { $basis }, { $low }–{ $high }%
  }
picture-n = no answers
picture-whole = { $strength ->
    [none] –
    [counts] { $part } of { $n }
    [indicative] ≈{ $percent }% ({ $basis }, indicative, 95% interval { $low }–{ $high }%)
   *[solid] { $percent }% ({ $basis }, 95% interval { $low }–{ $high }%)
  }
picture-count = { $count }
picture-of = of { $n }
picture-tick-percent = { $value }%
picture-more = … and { $count } more
picture-none = none yet
picture-duration = { $unit ->
    [minutes] { $value } min
    [hours] { $value } h
    [day] { $value } day
   *[days] { $value } days
  }
picture-silence = Did not say whether it was solved
picture-came = { $count ->
    [1] and one unprompted
   *[other] and { $count } unprompted
  }
picture-rate = { $rate }
picture-working-duration = { $unit ->
    [minutes] { $value } working min
    [hours] { $value } working h
    [day] { $value } working day
   *[days] { $value } working days
  }
picture-ratings-n = n = { $n }, not weighted

## The headline figures.

picture-mean = Mean of 5
picture-index = index { $index }: { $band }
picture-complaints = Complaints per 1,000
picture-complaints-note = { $strength ->
    [none] no deliveries
    [counts] on { $n } deliveries: too few for a rate
    [indicative] { $count } on { $n } deliveries, indicative, { $low }–{ $high }
   *[solid] { $count } on { $n } deliveries, { $low }–{ $high }
  }
picture-valid = { $strength ->
    [none] valid { $count }
    [counts] valid: { $count }
   *[other] valid: { $count }, { $rate } per million ({ $low }–{ $high })
  }
picture-response-note = { $n ->
    [0] nobody invited
   *[other] { $part } of { $n } invited
  }
picture-reach = { $strength ->
    [counts] invitations reached { $part } of { $n }
   *[other] invitations reached { $percent }% of { $n }
  }
picture-overdue = { $overdue } overdue
picture-unanswered = { $count } not answered yet, oldest { $oldest }
picture-resolved = Time to the answer
picture-spans = median; 9 in 10 within { $most }, n = { $n }
picture-replied = first reply { $median }; 9 in 10 within { $most }, n = { $n }

## Ratings, dimensions, what became of complaints, units.

picture-rating-row = { $strength ->
    [none] { $part }
    [counts] { $part }
   *[other] { $part } ({ $percent }%)
  }
picture-dimensions = Satisfaction by dimension
picture-four-levels = Four-level surveys
picture-recommend = Would recommend us
picture-nps = Net promoter score
picture-nps-value = { $strength ->
    [counts] { $promoters } for, { $detractors } against, of { $n }
   *[other] { $score } ± { $margin }
  }
picture-stages = On time, of what fell due
picture-stage = { $stage ->
    [accept] Acceptance
    [plan] Plan
    [rectify] Rectification
    [review] Review
    [answer] Answer
   *[regulator] To the regulator
  }
picture-results = What became of complaints
picture-first-time = Solved first time, of those who told us; target { $target }%
picture-handling = Satisfied with the handling, of all answered
picture-reopened = Reopened
picture-repeated = Repeated{ $chance ->
    [none] {""}
   *[other] , by chance about { $chance }%
  }
picture-axis = satisfied, with 95% interval
picture-head = { $head ->
    [satisfied] Satisfied
    [complaints] Complaints
    [deliveries] Deliveries
    [open] Open
   *[overdue] Overdue
  }
picture-by = { $by ->
    [courier] Couriers
    [route] Routes
    [station] Stations
    [service] Services
    [customer_type] Customer types
    [category] Categories
    [priority] Priorities
    [hour] Hours
   *[department] Departments
  }
picture-unit-none = not given
picture-method = Satisfied: ratings 4 and 5. Weighted: each priority by its deliveries; worth: how many equal answers would prove as much. Thin lines and ranges: 95% intervals, by Wilson for shares, by Byar for rates. Index: from { $basically } basically satisfied, from { $satisfied } satisfied. Worth less than 10: counts only; 10–29: indicative, ≈ and pale bars. Solved, silent: complaints answered at least seven days ago. What is open and overdue is not on time. Triangle: target. Open: at this moment.

## Units beside one another.

picture-units-title = Satisfaction: { $by }
picture-units-subtitle = Lowest first; those with fewer than 10 answers last, without a percentage
picture-units-all = all together { $share }
picture-units-pale = ≈ n 10–29: indicative
picture-units-n = { $weighted ->
    [yes] n = { $n }, worth { $worth }
   *[no] n = { $n }
  }
picture-units-method = Satisfied: ratings 4 and 5. Weighted: each priority by its deliveries; worth: how many equal answers would prove as much. Lines: 95% Wilson intervals. Rest: all others together. Clearly: each tested against the rest (Fisher, exact), corrected for all comparisons (Holm, together 5%); weighted answers count as what they are worth. Complaints: about the deliveries of the period.

## Complaint categories.

picture-pareto-title = Complaints by category
picture-pareto-n = complaints opened in the period: { $n }
picture-rest = { $count ->
    [1] one other
   *[other] { $count } others
  }
picture-cumulative = { $percent }%
picture-pareto-key = { $key ->
    [bar] complaints, and their share of all
   *[line] sum of the shares; the dashed line marks 80%
  }

picture-pareto-method = Counted: complaints opened in the period, whatever delivery they are about. Each counts once, not weighted. All of them are counted, so no interval is drawn; the next period will differ by chance.

## Weekday by hour.

picture-heat-title = Dissatisfaction by hour
picture-heat-all = ratings 1 and 2 by hour of delivery; all together { $share }
picture-weekday = { $day ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
  }
picture-hour = { $hour }:00
picture-slot = { $part } of { $n }
picture-heat-key = Share of ratings 1 and 2
picture-class = { $place ->
    [first] below { $high }%
    [last] { $low }% or more
   *[other] { $low } to { $high }%
  }
picture-heat-few = n below 10: counts
picture-heat-complaints = complaints
picture-heat-method = Company time. ≈: n 10–29, indicative. Not weighted by priority. A cell is little: the 95% interval of 10% is 3–26% at n = 30, 6–17% at n = 100. Empty: nothing delivered.

## Control charts.

picture-trend-title = Trend
picture-trend-subtitle = Control charts by { $grain ->
    [day] day
    [month] month
   *[week] week
  }
picture-span = { $first } – { $last }
picture-trend-chart = { $kind ->
    [p] Dissatisfaction: share of ratings 1 and 2
   *[u] Complaints filed per 1,000 deliveries
  }
picture-trend-basis = centre { $centre }, from { $periods } { $grain ->
    [day] days
    [month] months
   *[week] weeks
  }; n = { $alike ->
    [yes] { $most }
   *[no] { $least } to { $most }
  } each
picture-per-thousand = { $value } per 1,000
picture-trend-label = { $grain ->
    [month] { $year }-{ $month }
   *[other] { $month }-{ $day }
  }
picture-trend-key = { $mark ->
    [above] above its limit: worse
    [below] below its limit: better
    [run_above] eight in a row above: worse
    [growing] still growing
   *[run_below] eight in a row below: better
  }
picture-trend-method = Shares are not weighted. Band: the usual variation around the centre (dashed), each { $grain ->
    [day] day
    [month] month
   *[week] week
  } by its own n; a value goes above it, or below it, by chance once in 740. Left of the dotted line: what the limits come from; right of it: what is judged. Hollow: not judged, too little was counted. Still growing: answers about the last { $answers } days, complaints about the last { $complaints }. Complaints opened after a low rating are not counted here.

## The champion's certificate.

picture-certificate-honour = Certificate of Honour
picture-certificate-title = Satisfaction Champion
picture-certificate-quarter = { $quarter ->
    [1] First
    [2] Second
    [3] Third
   *[4] Fourth
  } quarter of { $year }
picture-certificate-to = awarded to
picture-certificate-share = { $strength ->
    [counts] { $part } of { $n } customers satisfied
   *[other] { $percent }% of customers satisfied
  }
picture-certificate-basis = { $strength ->
    [counts] { $basis }
   *[other] { $basis }, 95% interval { $low }–{ $high }%
  }
picture-certificate-counted = Satisfied: ratings 4 and 5. Answers that come after this day are not in it.
picture-certificate-awarded = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
  } { $year }
