### Campaigns: a survey sent to a group of customers, planned by one manager and approved by a second.

menu-campaign = Surveys for groups of customers
help-campaign =
    /campaign sends a survey to a group of customers; a second manager approves it first

## The list

campaign-list = { $count ->
    [0] No campaigns yet. A campaign sends one of your surveys to a group of customers, once or regularly.
    [1] <b>1 campaign</b>
   *[other] <b>{ $count } campaigns</b>
  }
campaign-line = <b>{ $title }</b> · { $state }
campaign-line-counts = { $sent } of { $total } sent
campaign-line-when = { $at }
campaign-new = New campaign
campaign-list-back = All campaigns

campaign-state-planned = waiting for approval
campaign-state-declined = declined
campaign-state-approved = approved
campaign-state-sending = being sent
campaign-state-stopped = stopped
campaign-state-done = done
campaign-state-cancelled = cancelled

## Planning one

campaign-which-survey = Which survey would you like to send?
campaign-which-group = Who should receive it?
campaign-group-all = All customers
campaign-group-type = Customers of one type
campaign-group-service = Customers of one service
campaign-group-station = Customers of one region (station)
campaign-group-lost = Lost customers
campaign-which-type = Which type of customer? Choose one, or write its name.
campaign-which-service = Which service? Choose one, or write its name.
campaign-which-station = Which station? Choose one, or write its name.
campaign-which-title = What would you like to call it? Only managers see the name. Write one, or use this one.
campaign-which-moment = When should it start? Choose, or write a time: tomorrow 10:00, next Monday 14:00, 2026-12-01 10:00 …
campaign-when-far = “{ $text }” is more than two years away. Please choose an earlier date.
campaign-quick-now = As soon as it is approved
campaign-quick-tomorrow = Tomorrow ({ $day })
campaign-quick-monday = Monday ({ $day })
campaign-quick-month = Next month ({ $day })
campaign-which-cycle = How often?
campaign-cycle-once = Once
campaign-cycle-month = Every month
campaign-cycle-quarter = Every quarter
campaign-cycle-half-year = Every half-year
campaign-cycle-year = Every year
campaign-cycle-once-says = How often: once
campaign-cycle-month-says = How often: every month until cancelled
campaign-cycle-quarter-says = How often: every quarter until cancelled
campaign-cycle-half-year-says = How often: every half-year until cancelled
campaign-cycle-year-says = How often: every year until cancelled

campaign-plan =
    <b>Please check</b>

    <b>{ $title }</b>
campaign-plan-survey = Survey: { $survey }
campaign-audience-all = For: all customers
campaign-audience-type = For: customers of type { $value }
campaign-audience-service = For: customers of the service { $value }
campaign-audience-station = For: customers of { $value }
campaign-audience-lost = For: lost customers (no delivery for a long time)
campaign-plan-now = Start: as soon as it is approved
campaign-plan-when = Start: { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
  }, { $at }
campaign-reach = It would reach { $reached ->
    [0] nobody
    [1] 1 person
   *[other] { $reached } people
  } now. Not reachable in chat: { $unreachable }. Opted out of surveys: { $stopped }.
campaign-disturbs = ⚠️ That is outside { $from }–{ $until }, when we usually write to customers.
campaign-plan-next = Once you confirm, the other managers are asked to approve it. Nothing is sent until then.
campaign-handed-in = <b>{ $title }</b> has been planned.
campaign-dropped = Cancelled. No campaign was planned.

## One campaign

campaign-head = <b>{ $title }</b> · { $state }
campaign-survey-gone = Survey: { $survey } (no longer offered)
campaign-when-due = Start: as soon as it is approved
campaign-run = Run { $run }
campaign-planned-by = Planned by { $name }
campaign-approved-by = Approved by { $name }
campaign-bar = { $bar } { $percent }%
campaign-progress = Sent { $sent } of { $total } · not reachable { $unreachable } · opted out { $stopped } · answered { $answered }
campaign-really = Cancel this campaign for good? It will not be sent again.

campaign-show = Refresh
campaign-approve = Approve
campaign-decline = Decline
campaign-stop = Stop
campaign-resume = Resume
campaign-cancel = Cancel campaign
campaign-cancel-really = Yes, cancel it
campaign-keep = No, keep it

## What is said

campaign-asked = { $count ->
    [1] The other manager has been asked to approve <b>{ $title }</b>.
   *[other] { $count } other managers have been asked to approve <b>{ $title }</b>.
  } I will tell you what they decide.
campaign-needs-second = <b>{ $title }</b> has been planned, but a second manager has to approve it and you are the only one. To make somebody a manager, reply to one of their messages with /grant manager, or add their @name; they will then find it under /campaign.
campaign-please = { $name } has planned a campaign. Please approve or decline it.
campaign-own = You planned this campaign yourself, so another manager has to approve it.
campaign-not-now = This campaign has changed in the meantime. It now shows the latest state.
campaign-approved-told = { $name } has approved <b>{ $title }</b>. It starts on { $at }.
campaign-approved-now = { $name } has approved <b>{ $title }</b>. It starts now.
campaign-declined-told = { $name } has declined <b>{ $title }</b>. Nothing will be sent.
campaign-stopped-told = { $name } has stopped <b>{ $title }</b>.
campaign-resumed-told = { $name } has resumed <b>{ $title }</b>.
campaign-cancelled-told = { $name } has cancelled <b>{ $title }</b>.
campaign-approve-done = Approved.
campaign-decline-done = Declined. The planner has been told.
campaign-stop-done = Stopped. Messages already on their way will still arrive.
campaign-resume-done = Sending continues where it stopped.
campaign-cancel-done = Cancelled.
campaign-without-survey = <b>{ $title }</b> has been stopped because its survey is no longer offered. Ask for it to be put back and press Resume, or cancel the campaign.
campaign-done-told = { $total ->
    [0] <b>{ $title }</b>: nobody is in this group at the moment, so nothing was sent.
    [1] <b>{ $title }</b> is finished. Sent to { $sent } of 1 person, not reachable { $unreachable }, opted out { $stopped }.
   *[other] <b>{ $title }</b> is finished. Sent to { $sent } of { $total } people, not reachable { $unreachable }, opted out { $stopped }.
  }
campaign-next-told = Next time: { $at }.
