### Deadlines: what a card shows of them, whom they nudge, what the morning says.

card-clock-accept = Accept by: { $due }
card-clock-plan = Plan by: { $due }
card-clock-rectify = Put right by: { $due }
card-clock-review = Review by: { $due }

stage-accept = to be accepted
stage-plan = to be planned
stage-rectify = to be put right as planned
stage-review = to be reviewed
stage-answer = to be answered
stage-regulator = to be answered to the regulator

nudge-due = ⏰ <b>{ $number }</b> is { $stage } by { $due }; { $percent }% of the time has gone.
nudge-overdue = ⚠️ <b>{ $number }</b> was { $stage } by { $due }. It is now overdue.
nudge-from = Department: { $department }

digest-head = <b>Good morning.</b> { $late ->
    [0] Nothing is overdue
   *[other] Overdue: { $late }
  }, due today: { $today }
digest-late = <b>Overdue</b>
digest-today = <b>Due today</b>
digest-line = { $number } · { $stage } · { $due } · { $who }
digest-more = … and { $count } more: /cases lists them

pinned-head = 📌 <b>Open cases</b>
pinned-none = 📌 <b>Open cases</b>: none. Well done.
pinned-line = { $number } · { $state } · { $owner } · { $due }{ $late ->
    [yes] {" "}⚠️
   *[no] {""}
  }
pinned-more = … /cases lists all of them

digest-calendar = 📅 My calendar of public holidays ends on { $reach }. Please ask your administrator to install a newer release, or to add the days under [calendar.days] in huifang.toml.

backup-last = ✅ Last good backup: { $at }
backup-none = There is no good backup yet.
backup-writing = ⚠️ Backups cannot be written since { $since }. Please tell your administrator: the log says why.
backup-upload = ⚠️ Backups are written, but cannot be uploaded since { $since }. Please tell your administrator: the log says why.
