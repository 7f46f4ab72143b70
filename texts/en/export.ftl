### /export: tables of everything behind the figures, as a workbook or as CSV.

## In the chat

export-how = Send /export, or /export with a period, such as 2026-10 or 2026-10-01..2026-10-31. /export csv gives CSV files.
export-only = Managers can export everything, in private or in the management or quality group; heads can export their own department, in private or in its group.
export-coming = I am preparing the export { $first } – { $last }{ $departments ->
    [none] {""}
   *[other] {" "}({ $departments })
  }. It will arrive as a file in a moment.
export-caption = Export { $first } – { $last }{ $departments ->
    [none] {""}
   *[other] {" "}({ $departments })
  }. { $form ->
    [csv] One CSV file per table, in a zip.
   *[other] Figures, responses, cases, process, deadlines, deliveries.
  } { $words ->
    [yes] What customers wrote is in it: keep it to yourself.
   *[no] Without what customers wrote.
  }
export-as-csv = As CSV
export-as-xlsx = As workbook
export-too-big = The export { $first } – { $last } is { $size } MB, and Telegram takes 50 MB from a bot. Choose a shorter period, or have it written where the bot runs: huifang export { $code } -o export.xlsx
export-too-many = The export { $first } – { $last } has more rows than a sheet can hold. Choose a shorter period, or /export csv { $code }

help-export =
    /export today, week, month, 2026-10 …: everything behind the figures as a workbook; /export csv as CSV files
menu-export = Everything as a workbook

## Sheets, files and their titles

export-sheet-figures = Figures
export-sheet-responses = Responses
export-sheet-cases = Cases
export-sheet-process = Process
export-sheet-deadlines = Deadlines
export-sheet-deliveries = Deliveries

export-title = { $company }: { $first } – { $last }
export-asof = As of { $at }, company time ({ $zone }). Departments: { $departments }.
export-all = all
export-note = Value, count and n are what the bot counted; the live columns count again from the other sheets. n below 10: counts only; 10–29: indicative. Ranges are 95% intervals.
export-note-priorities = Satisfaction and the mean are weighted by the deliveries of each priority: see the table below the figures. Anonymous answers are in no row.
export-note-empty = Nothing happened in this period: no responses, no cases, no deadlines, no deliveries.

export-figures-figure = Figure
export-figures-part = Count
export-figures-n = n
export-column-came = Unprompted
export-column-responded = Invited and answered
export-column-invited = Invited
export-column-spoken = Customer said whether it was solved
export-figure-requests-now = Suggestions and questions open now
export-figure-silence = Did not say whether it was solved
export-figure-came = Rated unprompted
export-strata-worth = Weight² ÷ answers
export-figures-worth = Worth
export-figures-value = Value
export-figures-low = 95% from
export-figures-high = 95% to
export-figures-strength = Says
export-figures-live-part = Count, live
export-figures-live-n = n, live
export-figures-live-value = Value, live
export-figures-check = Agree
export-figures-until = Grows until

export-strength-none = nothing yet
export-strength-counts = counts only
export-strength-indicative = indicative
export-strength-solid = solid

export-strata-priority = Priority
export-strata-deliveries = Deliveries
export-strata-answers = Answers
export-strata-satisfied = Satisfied
export-strata-score = Sum of ratings
export-strata-weight = Weight
export-strata-weighed-satisfied = Weight × satisfied
export-strata-weighed-score = Weight × mean
export-strata-none = none

## Figures

export-figure-satisfaction = Satisfaction (ratings 4 and 5, weighted)
export-figure-mean = Mean rating (weighted; count: sum of ratings)
export-figure-index = Index of 100 (count: score)
export-figure-rating = Ratings of { $rating }
export-figure-dissatisfied = Dissatisfied (ratings 1 and 2)
export-figure-dimension = { $about }: satisfaction
export-figure-dimension-mean = { $about }: mean rating
export-figure-nps = Net promoter score (count: promoters minus detractors)
export-figure-recommend = Would recommend us
export-figure-deliveries = Deliveries
export-figure-response = Response rate
export-figure-reach = Reach
export-figure-complaints = Complaints per 1,000 deliveries
export-figure-valid = Valid complaints per million deliveries
export-figure-opened = Complaints opened
export-figure-category = Complaints opened: { $category }
export-figure-handling = Satisfaction with the handling
export-figure-handling-said = Satisfaction with the handling, of those who said
export-figure-repeated = Repeat rate
export-figure-reopened = Reopen rate
export-figure-round-1 = Solved in the first round, for good
export-figure-round-2 = Solved in at most two rounds
export-figure-round-3 = Solved in at most three rounds
export-figure-on-time = On time: { $stage }
export-figure-as-promised = On time by the first promise: { $stage }
export-figure-replied-median = First reply, median, working hours
export-figure-replied-p90 = First reply, nine of ten within, working hours
export-figure-resolved-median = First answer, median, hours
export-figure-resolved-p90 = First answer, nine of ten within, hours
export-figure-finished-median = Last answer, median, hours
export-figure-finished-p90 = Last answer, nine of ten within, hours
export-figure-open-now = Complaints open now
export-figure-overdue-now = Overdue now

## Columns

export-column-source = Source
export-column-waybill = Waybill
export-column-delivered-at = Delivered
export-column-asked-at = Asked
export-column-answered-at = Answered
export-column-department = Department
export-column-courier = Courier
export-column-route = Route
export-column-station = Station
export-column-service = Service
export-column-priority = Priority
export-column-customer-type = Customer type
export-column-origin = How it came
export-column-survey = Survey
export-column-overall = Overall
export-column-four-levels = { $about } (four levels)
export-column-nps = Recommend, 0–10 ({ $about })
export-column-recommend = Would recommend
export-column-reasons = Reasons ticked
export-column-comment = In the customer's words
export-column-on-behalf = Entered on behalf
export-column-excluded = Set aside by an appeal
export-column-counts = Counts in the ratings
export-column-number = Case
export-column-kind = Kind
export-column-state = State
export-column-category = Category
export-column-reason = Reason
export-column-severity = Severity
export-column-cooperating = Cooperating
export-column-owner = Owner
export-column-opened-at = Opened
export-column-counted-at = Counted on the day of
export-column-due-at = Due
export-column-closed-at = Closed
export-column-round = Round
export-column-valid = At fault
export-column-outcome = Customer's last word
export-column-handling = Handling rated
export-column-replied-hours = First reply, working hours
export-column-resolved-hours = First answer, hours
export-column-finished-hours = Last answer, hours
export-column-solved-in = Solved in round
export-column-settled = Settled
export-column-reopened = Reopened
export-column-repeated = Repeated
export-column-appealed = Regulator
export-column-linked = Takes up again
export-column-merged-into = Merged into
export-column-counts-opened = Opened in the period
export-column-counts-about = About a delivery of the period
export-column-description = What the customer wrote
export-column-wanted = What the customer wants
export-column-version = Step
export-column-at = At
export-column-event = Event
export-column-actor = By
export-column-facts = With
export-column-stage = Stage
export-column-started-at = Began
export-column-promised-at = Promised first
export-column-ended-at = Ended
export-column-kept = Kept
export-column-kept-as-promised = Kept as first promised
export-column-counts-due = Ended or overdue
export-column-day = Day
export-column-deliveries = Deliveries
export-column-sampled = Drawn to be asked
export-column-surveyed = Survey delivered
export-column-answered = Answered

export-outcome-none = no answer yet
export-outcome-answered = answered, nothing said yet
export-outcome-satisfied = solved
export-outcome-dissatisfied = not solved
export-outcome-silent = silent
export-outcome-withdrawn = withdrawn
export-outcome-merged = merged
