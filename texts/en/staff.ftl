### What staff, quality and managers read.

card-head = <b>{ $what }</b>{ $urgency ->
    [no] {""}
   *[other] {" "}({ $urgency } severity)
  } · <b>{ $number }</b> · { $state }
card-category = { $category } → { $department }
card-round = <b>Round { $round }</b>
card-waybill = Waybill: { $text }
card-courier = Courier: { $text }
card-contact = Contact: { $text }
card-appealed = <b>A regulator waits for the answer</b>
card-due = Answer due: { $due }
card-owner = Owner: <b>{ $owner }</b>
card-no-owner = No owner yet
card-files = { $count ->
    [1] 1 file
   *[other] { $count } files
  }
card-said = “{ $text }”
card-nothing-said = (no words)
card-wanted = Wants: { $text }
card-plan = Plan: { $text }
card-action = Action: { $text }
card-note = Last note: { $text }

act-accept = Accept
act-transfer = Transfer
act-resolve = Resolve
act-approve = Approve
act-return = Return
act-history = History
act-full-text = Full text

accepted = { $number } is yours now.
taken = { $owner } was first and has { $number }.
approved = { $number } is approved and answered.
approved-first = { $number } is approved. Quality reviews it next.
case-not-now = { $number } has moved on, so that is no longer possible. The card is up to date.
case-not-yours = You cannot do that with { $number } now (owner: { $owner }).
case-own-approval = You answered { $number } yourself, so somebody else has to approve it: another head of the department, or management.
case-missing = Something is missing for { $number }.
case-same-department = { $number } is already with this department.
review-due = { $number } is resolved and waits for review.
returned =
    { $number } was returned:
    { $reason }
transferred-here =
    { $number } comes from { $department }:
    { $reason }
round-begins =
    { $number }: the customer says it is not solved. Round { $round } begins.
    { $reason }
full-text-head = Everything written in { $number }:
history-head = <b>History of { $number }</b>
history-line = { $at } · { $who } · { $what }
history-reason = — { $reason }
the-customer = the customer
the-clock = the clock

event-file = filed
event-accept = accepted
event-transfer = transferred
event-hand-over = handed over
event-plan = planned
event-ask-customer = asked the customer
event-customer-answers = the customer answered
event-extend = extended
event-resolve = resolved
event-approve = approved
event-return = returned
event-satisfied = solved, says the customer
event-not-satisfied = not solved, says the customer
event-silent = closed, no word from the customer
event-reopen = reopened
event-withdraw = withdrawn
event-merge = merged
event-appeal = appeal to the regulator

staff-cancelled = { $number }: cancelled, nothing was changed.

resolution-root-cause = <b>{ $number }</b> 1/4: What was the root cause? Reply to this message.
resolution-action = <b>{ $number }</b> 2/4: What was done? The customer reads this in your words. Reply to this message.
resolution-compensation = <b>{ $number }</b> 3/4: What compensation, if any? Reply to this message, or press Skip.
resolution-is-valid = <b>{ $number }</b> 4/4: Is the company at fault?
resolution-valid = At fault
resolution-not-valid = Not at fault
resolution-preview = <b>{ $number }: please check</b>
resolution-preview-root-cause = Root cause: { $text }
resolution-preview-action = To the customer: { $text }
resolution-preview-compensation = Compensation: { $text }
resolution-preview-valid = The company is at fault.
resolution-preview-not-valid = The company is not at fault.
resolution-sent = { $number }: handed in for review.

transfer-where = <b>{ $number }</b>: to which department?
reason-transfer = <b>{ $number }</b>: why is it transferred? Reply to this message.
reason-return = <b>{ $number }</b>: what is missing? The owner reads this. Reply to this message.
reason-preview-transfer = <b>{ $number }</b> goes to { $department }, because:
reason-preview-return = <b>{ $number }</b> goes back to its owner, because:
reason-preview-not-satisfied = { $number }:
reason-sent = { $number }: done.

cases-none = No open cases.
list-not-here = Cases are listed in your private chat, in the quality or management group, or in a department’s group for that department.
membership-over = You are not in the group of <b>{ $department }</b> any more, so you are not staff of it here. If you should be, ask to be added to the group.
membership-unsure = I cannot see whether you are still in the group of { $departments }. Press a button on a card there or send /cases there, then try again; if I am not in that group, ask a manager to add me.
not-staff = This is for staff. A manager can grant you a role with /grant.

## Groups and roles

added-to-group =
    Hello. A manager binds this group to a department by sending here: /bind followed by one of
    { $departments }
bind-in-group = Send /bind in the department's own group. Departments: { $departments }
bind-which = Which department? Send /bind followed by one of: { $departments }
bound = This group is now the department <b>{ $department }</b>. Its cases appear here, and everybody in this group can work on them. To make somebody head, send /grant head in reply to one of their messages.
bound-instead = This group is now the department { $department }, and no longer { $before }, which has no group until a manager sends /bind there. Everybody in the group is staff of { $department } from now on.
bound-elsewhere = This group is no longer the department { $department }: { $who } has given it another group. Its cases are there now, and the buttons on the cards here no longer work.
department-removed = The department { $department } is no longer in the company file, so no new cases come to this group. If that is a mistake, the person who runs me can put it back. To make this group another department, a manager sends /bind and its name here.
group-lost = I cannot write to the group of <b>{ $department }</b> any more ({ $reason }). Its cases come here until I am back. Messages waiting for that group are kept.
only-managers = Only a manager can do that.
manager-welcome =
    You are the first manager.
    1. Add me to each department's group and send /bind there, with one of: { $departments }
    2. Grant roles with /grant, for example in reply to somebody: /grant head
    3. /summary shows how things are. /help lists everything.
grant-how = Say which role: /grant staff, head, quality or manager, in reply to one of the person's messages, or with @name. Staff and head need a department: { $departments }
revoke-how = Say which role: /revoke staff, head, quality or manager, in reply to one of the person's messages, or with @name. Staff and head need a department: { $departments }
grant-whom = I do not know this person yet. Reply to one of their messages, or ask them to write to me once and use @name.
granted = { $name } is now { $role }.
granted-already = { $name } is already { $role }.
revoked = { $name } is no longer { $role }.
granted-member = { $name } is now { $role }, as long as { $name } is in the group of that department.
revoked-member = { $name } is no longer { $role }, even while in the group. /grant gives the role back.
revoked-already = { $name } is not { $role }.
last-manager = That is the last manager. Appoint another one first.
roles-head = <b>Roles</b>
roles-line = { $name }: { $roles }
roles-groups = <b>Groups</b>
roles-group-here = { $department } ({ $key }): bound
roles-group-lost = { $department } ({ $key }): lost; add me to the group again
roles-group-none = { $department } ({ $key }): no group yet; send /bind { $key } in it
role-staff = staff
role-head = head
role-quality = quality
role-manager = manager

period-today = { $chosen ->
    [yes] • Today
   *[no] Today
  }
period-week = { $chosen ->
    [yes] • Week
   *[no] Week
  }
period-month = { $chosen ->
    [yes] • Month
   *[no] Month
  }
period-quarter = { $chosen ->
    [yes] • Quarter
   *[no] Quarter
  }
period-year = { $chosen ->
    [yes] • Year
   *[no] Year
  }
period-earlier = ◂ Earlier

## Help and menus

help-part = { $part ->
    [c] For customers
    [s] For staff
   *[m] For managers
  }
help-customer =
    /rate rates a delivery
    /complain takes a complaint
    /mycases shows your cases
    /stop ends the surveys, /resume brings them back
    /language changes the language, /timezone sets the time zone I go by
    /cancel stops the current question
help-staff =
    In the department's group: the buttons on a card act on a case; what you write counts only as a reply to my question.
    Reply to a card to write to the customer: I show it to you first. /note keeps an internal note
    /cases lists the open cases, /case 42 shows one with its file, /search finds cases by number, waybill, phone or words
help-summary = /summary today, week, last month, quarter, year, 2026-10 or 2026-10-01..2026-10-31
help-results = /results shows how a survey was answered
help-open = /open lists open cases by department, /overdue the late ones
help-roles =
    /bind in a group links it to a department
    /grant and /revoke give and take roles, /roles lists them
menu-rate = Rate a delivery
menu-complain = File a complaint
menu-mycases = My cases
menu-language = Change the language
menu-cancel = Stop the current question
menu-help = What I can do
menu-cases = Open cases
menu-summary = Service quality at a glance
menu-roles = Who has which role
menu-grant = Give a role
menu-revoke = Take a role away
