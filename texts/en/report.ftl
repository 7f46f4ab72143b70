### The report as PDF (`/report`), and what is pushed when a period is over. Plain words only.
### Numbers arrive finished: $value, $interval, $before, $by, $percent, $rate and $time are text, the rest are whole numbers.

menu-report = The report of a period, as PDF
help-report = /report month, /report 2026-q3: the report of a period as a PDF for the board; add a department if you like
report-only-managers = /report is for managers, and for heads of departments for their own. To file a complaint, use /complain in our private chat.
report-one-department = You head several departments ({ $departments }). Please name one after the period.
report-not-yours = You can ask for the report of your own department only: { $departments }.
report-caption = { report-title }
    { $company }{ $scope ->
      [none] {""}
     *[other] {" · "}{ $scope }
    }
    { $first } – { $last }
report-file = report { $code }.pdf

report-title = Customer satisfaction report
report-period-label = Period
report-scope-label = Covers
report-scope-whole = The whole company
report-scope-department = Department: { $name }
report-compared-label = Compared with
report-made-label = Made
report-made = { $at }, company time; figures as they stood at that moment
report-cover-label = Counted
report-cover = { $deliveries } deliveries, { $surveyed } invitations delivered, { $answers } ratings, { $opened } complaints opened
report-contents = Contents
report-tile-note = { $interval ->
    [none] n = { $n }
   *[other] n = { $n }, { $interval }
  }
report-footer = No names, phone numbers, waybills or words of customers in this report

## Sections

report-section-figures = Key figures
report-section-findings = Findings
report-section-method = How these figures were obtained
report-section-answers = What customers say
report-section-units = Departments, couriers and routes
report-section-complaints = What complaints are about
report-section-handling = How complaints are handled
report-section-trend = Trend
report-section-worst = Cases worth a look
report-section-plans = Corrective measures
report-section-terms = What the figures mean

## Key figures

report-group-asked = Customers
report-group-handled = Complaints: how they were handled
report-figure-satisfaction = Satisfaction
report-figure-response = Response rate
report-figure-reach = Reach
report-figure-complaints = Complaints per 1,000 deliveries
report-figure-valid = Valid complaints per million
report-figure-handling = Satisfaction with the handling
report-figure-first = Solved the first time
report-figure-second = Solved within two rounds
report-figure-third = Solved within three rounds
report-figure-repeat = Repeated complaints
report-figure-reopen = Reopened complaints
report-figure-mean = Mean rating, of 5
report-figure-index = Index, of 100
report-figure-nps = NPS
report-figure-recommend = Would recommend us
report-head-figure = Figure
report-head-now = This period
report-head-n = n
report-head-interval = 95% interval
report-head-before = Before
report-head-change = Change
report-value = { $strength ->
    [none] –
    [counts] { $part } of { $n }
    [indicative] { $value }*
   *[solid] { $value }
  }
report-change = { $verdict ->
    [better] better, { $by }
    [worse] worse, { $by }
    [unproven] { $by }, not proven
   *[unknown] too few
  }
report-others-note = By chance alone about { $chance } of the complaints would be repeats.
report-method-silent = There were no ratings from these priorities, so the figures say nothing about them: { $priorities }.
report-method-came = { $count } people rated unprompted, with the link on the slip or with /rate. Their ratings count, but not in the response rate.
report-change-days = { $change } (to { $last })
report-change-none = { $why ->
    [first] no earlier period
   *[growing] still growing until { $until }
  }
report-compared-first = nothing: figures begin on { $begins }
report-points = { $sign }{ $by } points
report-figures-legend = We only say better or worse where the two 95% intervals do not touch; any other change may be chance. In brackets after n: what weighted answers are worth, or the events of a rate. Worth less than 10: counts only. * 10 to 29: an indication. A figure that is still growing is judged by its complete days, if there are any.

## Findings

report-findings-worse = Worse than before
report-findings-better = Better than before
report-findings-missed = Targets missed
report-findings-reached = Targets reached
report-findings-open-target = Targets: not certain
report-findings-look = Worth a look
report-findings-unproven = Not proven
report-findings-few = Too few to say
report-findings-none = Nothing stands out in this period.
report-finding-moved = { $figure }{ $days ->
    [none] {""}
   *[other] {" "}(complete days, { $days })
  }: { $now } (n = { $n }, { $interval }), before { $before } (n = { $before-n }, { $before-interval }).
report-finding-aimed = { $figure }: { $now } (n = { $n }, { $interval }); target { $target }{ $standing ->
    [missed] . The whole interval is below the target.
    [under] . Below the target, but the interval includes it.
    [over] . At or above the target, but the interval reaches below it.
   *[reached] . The whole interval is at or above the target.
  }{ $silent ->
    [none] {""}
   *[other] {" "}Only customers who gave feedback are counted; { $silent } did not.
  }
report-finding-slipped = Deadlines: { $stage } was on time in { $percent } of { $n } that fell due ({ $interval }), the lowest of all stages; { $missed } missed.
report-finding-apart = { $name }: satisfaction { $now } (n = { $n }, { $interval }), { $side ->
    [below] clearly below the rest
   *[above] clearly above the rest
  } with { $rest } (n = { $rest-n }, { $rest-interval }).
report-finding-vital = { $count ->
    [1] One category, { $names }, makes
   *[other] { $count } categories ({ $names }) make
  } { $percent } of the { $n } complaints opened.
report-finding-waiting = { $open ->
    [1] One complaint awaits
   *[other] { $open } complaints await
  } an answer at this moment, { $overdue ->
    [0] none of them overdue
    [1] one of them overdue
   *[other] { $overdue } of them overdue
  }{ $requests ->
    [0] .
    [1] ; so does one suggestion or question.
   *[other] ; so do { $requests } suggestions and questions.
  }
report-finding-unproven = { $figure }{ $days ->
    [none] {""}
   *[other] {" "}({ $days })
  }: { $now } (n = { $n }), before { $before } (n = { $before-n }).
report-finding-few = { $figure }: { $part } of { $n }.
report-and = { $one }, { $more }
report-findings-note = This report says what was counted, not why: two things happening together does not mean that one caused the other.

## Method

report-method-who = We asked the recipients of deliveries completed in the period, once per delivery and recipient, after the delivery. The last answer counts. Test chats, staff, and ratings set aside after an appeal are not included.
report-method-sampling = Drawn from each priority by a fixed rule that nobody can influence: { $rates }; other deliveries: all.
report-method-sampling-all = All deliveries were asked about.
report-method-rate = { $priority } { $percent }%
report-method-weights = Priorities are asked about at different rates, so the answers of each stand for its deliveries. Satisfaction and mean rating are weighted accordingly, with Wilson intervals for the effective number of answers.
report-method-silence = Customers who did not answer are not counted as satisfied. These figures cannot tell whether they think differently.
report-method-funnel = From delivery to answer
report-funnel-deliveries = Deliveries completed
report-funnel-sampled = Drawn to be asked about
report-funnel-surveyed = Invitations delivered
report-funnel-answered = Answered
report-funnel-row = { $count }
report-funnel-of = { $count } ({ $percent })
report-method-strata = Priorities
report-head-priority = Priority
report-head-deliveries = Deliveries
report-head-share = Share of deliveries
report-head-answers = Ratings
report-no-priority = none
report-head-satisfaction = Satisfaction

## Answers

report-ratings = Overall ratings
report-rating = { $rating ->
    [5] 5 – very satisfied
    [4] 4 – satisfied
    [3] 3 – fair
    [2] 2 – dissatisfied
   *[1] 1 – very dissatisfied
  }
report-rating-row = { $part } ({ $percent })
report-rating-count = { $part }
report-ratings-n = n = { $n } ratings; not weighted
report-dimensions = Satisfaction by dimension
report-bar = { $strength ->
    [none] no ratings
    [counts] { $part } of { $n }{ $weighted ->
      [yes] {" "}(too few to weight)
     *[no] {""}
    }
    [indicative] { $value }* ({ $basis })
   *[solid] { $value } ({ $basis })
  }
report-bars-note = Bars: satisfied (ratings 4 and 5). Black lines: 95% interval. Below 10: counts, no bar. * 10 to 29: an indication, pale bar.
report-nothing = none in this period

## Units

report-departments = Departments
report-departments-line = Dotted line: the whole, { $value }
report-head-department = Department
report-head-complaints = Complaints
report-head-opened = Opened
report-head-open = Open now
report-head-overdue = Overdue now
report-couriers = Couriers worth a look
report-routes = Routes worth a look
report-courier = Courier { $key }
report-route = Route { $key }
report-compared = { $compared ->
    [0] None had enough ratings to compare (10).
    [1] One had enough ratings (10) and was compared with the rest, that is all others together: { $below } clearly below, { $above } clearly above.
   *[other] { $compared } had enough ratings (10). Each was compared with the rest, that is all others together: { $below } clearly below, { $above } clearly above.
  }
report-compared-how = Fisher’s exact test, corrected for the number of comparisons by Holm’s method: if there were no real differences, at most one report in twenty would name any. Please look before you judge.
report-none-apart = None is clearly different from the rest.
report-more = … and { $count } more

## Complaints

report-pareto = Complaints opened, by category
report-pareto-note = This counts complaints opened in the period, whatever delivery they are about, each once and not weighted (n = { $n }). Bars: share of the total. Line: that category and all above it together. Everything is counted, so there is no interval.
report-head-category = Category
report-head-count = Opened
report-head-together = Together

## Handling

report-stages = Deadlines kept, by stage
report-stage-bar = { $strength ->
    [none] none due
    [counts] { $part } of { $n } kept
    [indicative] { $value }* (n = { $n })
   *[solid] { $value } (n = { $n })
  }
report-settled-bar = { $strength ->
    [none] no feedback
    [counts] { $part } of { $n }
    [indicative] { $value }* (n = { $n })
   *[solid] { $value } (n = { $n })
  }
report-stages-note = Deadlines that fell due in the period; open and overdue counts as missed. By the dates first promised, ignoring extensions and waiting: { $promised }.
report-stage-promised = { $stage } { $value }
report-rounds = Solved by round, against targets
report-rounds-note = Dotted marks: targets. This counts complaints opened in the period and answered at least seven days ago whose customers said whether it was solved: of { $settled } such complaints, { $silent } did not{ $percent ->
    [none] .
   *[other] {" "}({ $percent }).
  }
report-times = Times
report-times-note = Of complaints opened in the period. { $unanswered ->
    [0] All of them have an answer.
    [1] One has no answer yet{ $oldest ->
      [none] .
     *[other] , since { $oldest }.
    }
   *[other] { $unanswered } have no answer yet and are in no median{ $oldest ->
      [none] .
     *[other] ; the oldest for { $oldest }.
    }
  }
report-head-time = From receipt to …
report-head-median = Median
report-head-p90 = Nine in ten within
report-time-replied = first reply by a person, working time
report-time-resolved = first answer, less waiting for the customer
report-time-finished = last answer, less waiting for the customer
report-others = Satisfied with the handling, repeated, reopened

## Trend

report-trend-dissatisfied = Dissatisfied (ratings 1 and 2), %
report-trend-complaints = Complaints filed per 1,000 deliveries (without those opened after a low rating)
report-trend-note = { $step ->
    [day] Each point is a day
    [week] Each point is a week, named by its first day
   *[month] Each point is a month
  }. Grey: the usual variation around the mean of { $base } earlier points ({ $mean }). A square is a signal: outside the limits, or the eighth in a row on one side of the mean. Hollow: not judged, because too little was counted.
report-trend-short = { $step ->
    [day] Each point is a day
    [week] Each point is a week, named by its first day
   *[month] Each point is a month
  }.
report-trend-cut = The last point ends on { $last }. Its { $step ->
    [week] week
   *[month] month
  } is not complete, so it says less.
report-trend-basis = Each point: n = { $alike ->
    [yes] { $most }
   *[no] { $least } to { $most }
  } { $chart ->
    [p] ratings, not weighted
   *[u] deliveries
  }.{ $growing ->
    [0] {""}
    [1] {" "}The last point is still growing: { $chart ->
        [p] answers
       *[u] complaints
      } about the last { $days } days are still to come.
   *[other] {" "}The last { $growing } points are still growing: { $chart ->
        [p] answers
       *[u] complaints
      } about the last { $days } days are still to come.
  }
report-trend-none = No ratings and no deliveries in these periods.

## Cases

report-worst-intro = Complaints of the period that were serious, answered late, went through several rounds or were reopened: { $count }{ $shown ->
    [all] .
   *[some] ; the { $listed } most pressing are listed.
  }
report-worst-none = No complaint of the period was serious, answered late, went through several rounds or was reopened.
report-head-case = Case
report-head-severity = Severity
report-head-took = Took
report-head-rounds = Rounds
report-head-what = What happened
report-took-open = open, { $time }
report-what-late = answered late
report-what-overdue = overdue
report-what-reopened = reopened
report-what-regulator = with the regulator
report-what-dissatisfied = customer not satisfied
report-plans-intro = Measures planned or due in the period, in the words of the people who planned them; phone numbers are masked. { $kept } on time, { $late } late, { $overdue } overdue, { $running } in progress.
report-plans-none = No corrective measure was planned or due in this period.
report-head-measure = Measure and goal
report-head-due = Due
report-head-kept = On time
report-plan-kept = on time
report-plan-late = late
report-plan-overdue = overdue
report-plan-running = in progress
report-plan-goal = Goal: { $goal }

## Terms

report-term-satisfaction = Satisfaction
report-term-satisfaction-means = (ratings 4 + 5) ÷ all ratings, each priority weighted by its share of the deliveries. For deliveries completed in the period. No answer does not count as satisfied.
report-term-dissatisfaction-means = (ratings 1 + 2) ÷ all ratings, by the hour of the delivery in company time; not weighted.
report-term-dissatisfaction = Dissatisfaction
report-term-opened-means = Complaints opened in the period, whatever delivery they are about. Their number can therefore differ from the complaints about the deliveries of the period.
report-term-opened = Complaints by category
report-term-growing-means = Some answers, complaints and decisions about the period are still to come, and the early ones tend to be kinder. Until it is complete it is not judged; its complete days are compared with the same days of the period before.
report-term-growing = Still growing
report-term-silence-means = Complaints answered at least seven days ago whose customers never said whether it was solved ÷ all answered so long ago.
report-term-silence = Did not say
report-term-weighted-means = Priorities are asked about at different rates, so each answer stands for as many deliveries as its priority has per answer. Together, such answers prove less than their number suggests: worth 15 means as much as 15 equal ones.
report-term-weighted = Weighted, worth
report-term-mean = Mean rating, index
report-term-mean-means = Mean: sum of ratings ÷ ratings, weighted alike. Index: the mean in percent of the best; 20 when all are 1. From { $satisfied } satisfied, from { $basically } basically satisfied.
report-term-response = Response rate
report-term-response-means = Invitations answered ÷ invitations delivered to a chat. Customers who rate unprompted nearly always answer and are counted separately; so are phone calls.
report-term-reach = Reach
report-term-reach-means = Invitations delivered ÷ deliveries drawn to be asked about. Customers who have no chat with us, or were asked a few days ago, were drawn but not reached.
report-term-complaints = Complaints per 1,000
report-term-complaints-means = Complaints about deliveries completed in the period ÷ these deliveries × 1,000, whether valid or not. The latest days’ complaints are still to come.
report-term-valid = Valid complaints
report-term-valid-means = Of these, the ones where the company was found to be at fault, per million deliveries. Complaints still to be decided do not count yet.
report-term-ontime = Deadlines kept
report-term-ontime-means = On time ÷ due in the period. Open and overdue counts as due and missed.
report-term-handling = Satisfaction with the handling
report-term-handling-means = Customers who said it was solved, and it stayed so ÷ complaints answered. No reply does not count as satisfied.
report-term-first = Solved the first time
report-term-first-means = Solved in the first round and never reopened ÷ complaints answered at least seven days ago whose customers said whether it was solved. What the others think is unknown; their share is shown beside it.
report-term-repeat = Repeated complaints
report-term-repeat-means = Complaints whose courier (else station, else department) had one of the same category in the { $days } days before ÷ complaints opened.
report-term-reopen = Reopened complaints
report-term-reopen-means = Complaints reopened after they were closed ÷ complaints answered.
report-term-times = Median, nine in ten
report-term-times-means = Half, or nine in ten, of the complaints took no longer than this. A mean would hide the slowest ones.
report-term-interval = 95% interval
report-term-interval-means = Where the true share probably lies, given how many answered (Wilson; for rates Byar). It allows for chance, not for who chose to answer.
report-term-limits = Control limits
report-term-limits-means = The usual variation around the mean, for each point’s n; by chance a point goes beyond it on one side once in 740. Points inside need no explanation; points outside are worth a question.

## Scheduled pushes

push-days-skipped = { $count ->
    [1] One earlier day was not sent; ask for it with /summary { $first }.
   *[other] { $count } earlier days, from { $first }, were not sent; ask for them with /summary { $first }..{ $last }.
  }
push-empty = { $period }: no deliveries, no complaints.
