### Campaigns: a survey sent to a group of customers, planned by one manager and approved by a second.

menu-campaign = Surveys to groups of customers
help-campaign =
    /campaign sends a survey to a group of customers: you plan it, a second manager approves it

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

campaign-state-planned = waits for approval
campaign-state-declined = declined
campaign-state-approved = approved
campaign-state-sending = being sent
campaign-state-stopped = stopped
campaign-state-done = done
campaign-state-cancelled = cancelled

## Planning one

campaign-which-survey = Which survey shall be sent?
campaign-which-group = Who shall be asked?
campaign-group-all = All customers
campaign-group-type = Customers of one type
campaign-group-service = Customers of one service
campaign-group-station = Customers of one region (station)
campaign-group-lost = Lost customers
campaign-which-type = Which type of customer? Press one, or write its name.
campaign-which-service = Which service? Press one, or write its name.
campaign-which-station = Which station? Press one, or write its name.
campaign-which-title = What is it called? Only managers see this. Write a title, or take this one.
campaign-which-moment = When shall it start? Press, or write it: tomorrow 10:00, next Monday 14:00, 2026-12-01 10:00 …
campaign-when-far = “{ $text }” is more than two years away. Please choose an earlier date.
campaign-quick-now = Once it is approved
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
campaign-cycle-month-says = How often: every month, until somebody cancels it
campaign-cycle-quarter-says = How often: every quarter, until somebody cancels it
campaign-cycle-half-year-says = How often: every half-year, until somebody cancels it
campaign-cycle-year-says = How often: every year, until somebody cancels it

campaign-plan =
    <b>Please check</b>

    <b>{ $title }</b>
campaign-plan-survey = Survey: { $survey }
campaign-audience-all = For: all customers
campaign-audience-type = For: customers of type { $value }
campaign-audience-service = For: customers of the service { $value }
campaign-audience-station = For: customers of the station { $value }
campaign-audience-lost = For: lost customers, who have had no delivery for a long time
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
  } now. Not in chat: { $unreachable }. Want no surveys: { $stopped }.
campaign-disturbs = ⚠️ That is outside { $from }–{ $until }, the hours in which customers are usually asked.
campaign-plan-next = When you confirm, the other managers are asked to approve it. Nothing is sent before.
campaign-handed-in = <b>{ $title }</b> is planned.
campaign-dropped = Cancelled. Nothing was planned.

## One campaign

campaign-head = <b>{ $title }</b> · { $state }
campaign-survey-gone = Survey: { $survey } (no longer in the company's file)
campaign-when-due = Start: as soon as it is approved
campaign-run = Run { $run }
campaign-planned-by = Planned by { $name }
campaign-approved-by = Approved by { $name }
campaign-bar = { $bar } { $percent } %
campaign-progress = Sent { $sent } of { $total } · unreachable { $unreachable } · no surveys wanted { $stopped } · answered { $answered }
campaign-really = Cancel it for good? It will not be sent again.

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
    [1] <b>{ $title }</b> was put to the other manager for approval.
   *[other] <b>{ $title }</b> was put to { $count } other managers for approval.
  } You will hear what they decide.
campaign-needs-second = <b>{ $title }</b> is planned, but a second manager has to approve it, and you are the only one. Grant the role with /grant manager, in reply to a message of that person or with @name; they will then find it under /campaign.
campaign-please = { $name } has planned a campaign. Please approve or decline it.
campaign-own = You planned this yourself: another manager has to approve it.
campaign-not-now = This campaign has moved on. It is up to date now.
campaign-approved-told = { $name } has approved <b>{ $title }</b>. It starts { $at }.
campaign-approved-now = { $name } has approved <b>{ $title }</b>. It starts now.
campaign-declined-told = { $name } has declined <b>{ $title }</b>. Nothing is sent.
campaign-stopped-told = { $name } has stopped <b>{ $title }</b>.
campaign-resumed-told = { $name } has resumed <b>{ $title }</b>.
campaign-cancelled-told = { $name } has cancelled <b>{ $title }</b>.
campaign-approve-done = Approved.
campaign-decline-done = Declined. The planner has been told.
campaign-stop-done = Stopped. Messages already on their way will still arrive.
campaign-resume-done = It picks up where it left off.
campaign-cancel-done = Cancelled.
campaign-without-survey = <b>{ $title }</b> was stopped: its survey is no longer in the company's file. Put it back and press Resume, or cancel the campaign.
campaign-done-told = { $total ->
    [0] <b>{ $title }</b>: nobody is in this group now, so nothing was sent.
    [1] <b>{ $title }</b>: done. Sent to { $sent } of 1 person, unreachable { $unreachable }, no surveys wanted { $stopped }.
   *[other] <b>{ $title }</b>: done. Sent to { $sent } of { $total } people, unreachable { $unreachable }, no surveys wanted { $stopped }.
  }
campaign-next-told = It comes again: { $at }.
