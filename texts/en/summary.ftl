### The summary for managers: one caption and one picture. Plain words only; the code adds emphasis and escapes.
### Numbers arrive finished: $percent, $low, $high, $points, $rate, $mean, $index are text, the rest are whole numbers.

summary-title = Service quality
period-name = { $kind ->
    [year] { $year }
    [quarter] Quarter { $quarter } of { $year }
    [month] { $month ->
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
    [week] Week { $first } – { $last }
    [day] { $first }
   *[days] { $first } – { $last }
  }{ $running ->
    [named] {","} so far (to { $last })
    [yes] {" "}(so far)
   *[no] {""}
  }
summary-compared = { $how ->
    [first] Nothing to compare with: figures begin on { $begins }
    [none] Nothing is compared yet: no day is complete
    [days] Compared: complete days, with the same days of the period before
   *[whole] Compared with { $period }
  }
summary-explain-title = <b>What these figures count, and what they cannot tell</b>
summary-term = <b>{ $term }</b>: { $means }
summary-explain = What is this?
summary-change-none = { $why ->
    [first] no earlier period
   *[growing] still growing: no verdict before { $until }
  }
summary-days = { $days ->
    [1] { $first }
   *[other] { $first } – { $last }
  }
summary-requests = { $count ->
    [1] One suggestion or question is open too
   *[other] { $count } suggestions and questions are open too
  }
summary-silent-strata = There are no ratings from these priorities: { $priorities }
summary-left-out = { $mark } Leaves out priorities from which there are deliveries but no ratings.
summary-origins = asked { $asked }; unprompted { $came }
figure-basis = { $weighted ->
    [yes] n = { $n }, weighted: worth { $worth }
   *[no] n = { $n }
  }
summary-cohort = { $cohort ->
    [filed] complaints opened until { $until }
    [answers] answers until { $until }
    [complaints] complaints until { $until }
    [valid] valid complaints until { $until }
    [reopened] reopened complaints until { $until }
   *[handling] handling until { $until }
  }
summary-growing = Still growing: { $cohorts }

summary-satisfaction = Satisfaction
summary-mean = Mean rating
summary-ratings = Ratings
summary-response = Response rate
summary-complaints = Complaints
summary-open = Complaints open now
summary-dimensions = By dimension
summary-departments = Departments
summary-categories = Complaints opened in the period, by category ({ $n })

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
    [counts] { $part } of { $n }{ $weighted ->
      [yes] {" "}(too few to weight)
     *[no] {""}
    }
    [indicative] { $percent }% ({ $basis }, indicative, 95% interval { $low }–{ $high }%)
   *[solid] { $percent }% ({ $basis }, 95% interval { $low }–{ $high }%)
  }
summary-share-short = { $strength ->
    [none] no answers
    [counts] { $part } of { $n }{ $weighted ->
      [yes] {" "}(too few to weight)
     *[no] {""}
    }
    [indicative] { $percent }% ({ $basis }, indicative)
   *[solid] { $percent }% ({ $basis })
  }
summary-ratings-value = 5: { $five } · 4: { $four } · 3: { $three } · 2: { $two } · 1: { $one } (n = { $n })
summary-reached = { $strength ->
    [none] nobody invited
    [counts] { $part } of { $n } invited
    [indicative] { $percent }% ({ $part } of { $n } invited, indicative)
   *[solid] { $percent }% ({ $part } of { $n } invited)
  }

## Mean, score and index; nothing below 10 answers.

summary-mean-value = { $mean } of 5, index { $index } of 100: { $band } ({ $weighted ->
    [yes] weighted alike
   *[no] { $basis }
  }{ $strength ->
    [indicative] , indicative
   *[solid] {""}
  })

## Complaints per 1,000 deliveries.

summary-complaints-value = { $strength ->
    [none] { $count } (no deliveries)
    [counts] { $count } on { $n } deliveries
    [indicative] { $count }, { $rate } per 1,000 ({ $low }–{ $high }; n = { $n } deliveries, indicative)
   *[solid] { $count }, { $rate } per 1,000 ({ $low }–{ $high }; n = { $n } deliveries)
  }
summary-complaints-short = { $strength ->
    [none] { $count } (no deliveries)
    [counts] { $count } on { $n }
    [indicative] { $count }, { $rate } per 1,000 (n = { $n }, indicative)
   *[solid] { $count }, { $rate } per 1,000 (n = { $n })
  }
summary-open-value = { $open }, overdue { $overdue }
summary-cases = { $complaints ->
    [1] 1 complaint
   *[other] { $complaints } complaints
  }, { $open } open, { $overdue } overdue

## Against the period before; up and down are said only where the intervals do not overlap.

summary-change-share = { $days ->
    [none] before { $before }
   *[other] complete to { $days }: { $now }, before { $before }
  }: { $verdict ->
    [up] up { $points } points
    [down] down { $points } points
    [unproven] no clear change
   *[unknown] too few to compare
  }
summary-change-rate = { $days ->
    [none] before { $before }
   *[other] complete to { $days }: { $now }, before { $before }
  }: { $verdict ->
    [up] rate up
    [down] rate down
    [unproven] no clear change
   *[unknown] too few to compare
  }

summary-more = … and { $count } more

summary-period-unknown = I do not know the period “{ $text }”. Try: today, yesterday, week, last week, month, last month, quarter, year, 2026-10 or 2026-10-01..2026-10-31.
summary-period-reversed = The period ends ({ $last }) before it begins ({ $first }).
summary-period-future = { $first } is still in the future: there is nothing to summarise yet.

## The message's own buttons, breakdowns, and the cases behind a figure.

summary-reach = Reach
summary-by = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $by ->
    [all] Overview
    [department] Departments
    [courier] Couriers
    [route] Routes
    [station] Stations
    [service] Services
    [customer_type] Customer types
    [category] Categories
    [priority] Priorities
   *[hour] Hours
  }
summary-of-unit = { $by ->
    [department] Department
    [courier] Courier
    [route] Route
    [station] Station
    [service] Service
    [customer_type] Customer type
    [category] Category
    [priority] Priority
   *[other] Hour
  }: { $name }
summary-unit-none = not given
summary-unit-complaints = { $count ->
    [1] 1 complaint
   *[other] { $count } complaints
  }
summary-part = { $strength ->
    [none] 0
    [counts] { $part } of { $n }
   *[other] { $part } ({ $percent }% of { $n })
  }
summary-cases-behind = { $count ->
    [1] 1 case
   *[other] Cases ({ $count })
  }
summary-worse = ⚠ Worse than in the period before: courier { $name }, { $now }% satisfied (n = { $n }), before { $before }% (n = { $earlier })
summary-worse-cases = ⚠ Show the cases behind it
summary-cases-head = { $unit ->
    [all] Cases
   *[other] Cases: { $unit }
  } ({ $count }), page { $page } of { $pages }
summary-case-line = { $number } · { $state } · { $opened }
keyboard-menu = { $menu ->
    [p] Period
    [b] Break down
   *[other] More
  } ▾
summary-back = « Back
summary-open-file = Open case
summary-export = Export
summary-report = Report
summary-by-unknown = I cannot break figures down by “{ $said }”. Try: department, courier, route, station, service, customer type, category, priority, hour.
summary-unit-gone = Nothing is counted for this in the period.
summary-only-heads = Figures are for managers, and for heads of departments for their own department.
summary-not-here = Figures are shown in your private chat, in the management group, or in a department’s group for that department.
