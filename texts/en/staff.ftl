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
card-appealed = <b>The regulator is waiting for the answer</b>
card-due = Answer due: { $due }
card-owner = Owner: <b>{ $owner }</b>
card-no-owner = Nobody has taken this case yet
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
taken = { $owner } was quicker and already has { $number }.
approved = { $number } is approved, and the customer has been answered.
approved-first = { $number } is approved. Quality reviews it next.
case-not-now = { $number } has changed in the meantime, so that is no longer possible. The card now shows the latest state.
case-not-yours = You cannot do that with { $number } at the moment (owner: { $owner }).
case-own-approval = You answered { $number } yourself, so somebody else has to approve it: another head of the department, or management.
case-missing = { $number }: something is still missing.
case-same-department = { $number } is already with this department.
review-due = { $number } is resolved and ready for review.
returned =
    { $number } was returned:
    { $reason }
transferred-here =
    { $number } has been transferred from { $department }:
    { $reason }
round-begins =
    { $number }: the customer says it is not solved. Round { $round } begins.
    { $reason }
full-text-head = Everything written in { $number }:
history-head = <b>History of { $number }</b>
history-line = { $at } · { $who } · { $what }
history-reason = — { $reason }
the-customer = the customer
the-clock = the system

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
event-satisfied = the customer says it is solved
event-not-satisfied = the customer says it is not solved
event-silent = closed, as the customer did not reply
event-reopen = reopened
event-withdraw = withdrawn
event-merge = merged
event-appeal = appeal to the regulator

staff-cancelled = { $number }: cancelled, nothing was changed.

resolution-root-cause = <b>{ $number }</b> 1/4: What was the root cause? Reply to this message.
resolution-action = <b>{ $number }</b> 2/4: What was done? The customer will read this in your words. Reply to this message.
resolution-compensation = <b>{ $number }</b> 3/4: Was there any compensation? Reply to this message, or press Skip.
resolution-is-valid = <b>{ $number }</b> 4/4: Is the company at fault?
resolution-valid = At fault
resolution-not-valid = Not at fault
resolution-preview = <b>{ $number }: please check</b>
resolution-preview-root-cause = Root cause: { $text }
resolution-preview-action = To the customer: { $text }
resolution-preview-compensation = Compensation: { $text }
resolution-preview-valid = The company is at fault.
resolution-preview-not-valid = The company is not at fault.
resolution-sent = { $number }: sent for review.

transfer-where = <b>{ $number }</b>: to which department?
reason-transfer = <b>{ $number }</b>: why should it be transferred? Reply to this message.
reason-return = <b>{ $number }</b>: what is missing? The owner will read this. Reply to this message.
reason-preview-transfer = <b>{ $number }</b> goes to { $department }, because:
reason-preview-return = <b>{ $number }</b> goes back to its owner, because:
reason-preview-not-satisfied = { $number }:
reason-sent = { $number }: done.

cases-none = No open cases.
list-not-here = Cases are listed in your private chat, in the quality or management group, or in a department’s group for that department.
membership-over = You are no longer in the group of <b>{ $department }</b>, so you cannot act for it here. If that is a mistake, ask to be added to the group again.
membership-unsure = I cannot see whether you are still in the group of { $departments }. Please press a button on a card there or send /cases there, then try again. If I am not in that group, ask a manager to add me.
not-staff = This is for staff. A manager can give you a role with /grant.

## Groups and roles

added-to-group =
    Hello. To link this group to a department, a manager sends /bind here with the word in brackets:
    { $departments }
bind-in-group = Please send /bind in the department's own group, with the word in brackets: { $departments }
bind-which = Which department? Send /bind and the word in brackets: { $departments }
bound = This group now belongs to <b>{ $department }</b>. Its cases appear here, and everybody in this group can work on them. To make somebody head of the department, reply to one of their messages with /grant head.
bound-instead = This group now belongs to { $department } and no longer to { $before }, which has no group until a manager sends /bind in one. Everybody in this group now counts as staff of { $department }.
bound-elsewhere = This group no longer belongs to { $department }: { $who } has given the department another group. Its cases are there now, and the buttons on the cards here no longer work.
department-removed = The department { $department } is no longer in the company's settings, so no new cases come to this group. If that is a mistake, please tell your administrator. To link this group to another department, a manager sends /bind and its name here.
group-lost = I can no longer write to the group of <b>{ $department }</b> ({ $reason }). Its cases come here until I am back. Messages for that group are kept.
only-managers = Only a manager can do that.
manager-welcome =
    You are the first manager.
    1. Add me to each department's group and send /bind there with the word in brackets: { $departments }
    2. Give people roles with /grant, for example by replying to somebody's message: /grant head
    3. /summary shows how things are going. /help lists everything.
grant-how = Please say which role: /grant staff, head, quality or manager, in reply to one of the person's messages or with their @name. Staff and head also need a department, by the word in brackets: { $departments }
revoke-how = Please say which role: /revoke staff, head, quality or manager, in reply to one of the person's messages or with their @name. Staff and head also need a department, by the word in brackets: { $departments }
grant-whom = I do not know this person yet. Reply to one of their messages, or ask them to write to me once and use @name.
granted = { $name } is now { $role }.
granted-already = { $name } is already { $role }.
revoked = { $name } is no longer { $role }.
granted-member = { $name } is now { $role } for as long as they are in that department's group.
revoked-member = { $name } is no longer { $role }, even while in the group. /grant gives the role back.
revoked-already = { $name } is not { $role }.
last-manager = This is the last manager. Please appoint another one first.
roles-head = <b>Roles</b>
roles-line = { $name }: { $roles }
roles-groups = <b>Groups</b>
roles-group-here = { $department } ({ $key }): linked
roles-group-lost = { $department } ({ $key }): I am no longer in its group; please add me again
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
    /rate to rate a delivery
    /complain to make a complaint
    /mycases to see your cases
    /stop to turn surveys off, /resume to turn them back on
    /language to change the language, /timezone to set your time zone
    /cancel to stop the current question
help-staff =
    In the department's group, use the buttons on a card to work on a case. What you write only counts as a reply to my question.
    Reply to a card to write to the customer; I show it to you first. /note adds an internal note
    /cases lists the open cases, /case 42 shows one with its file, /search finds cases by number, waybill, phone or words
help-summary = /summary today, week, last month, quarter, year, 2026-10 or 2026-10-01..2026-10-31
help-results = /results shows how a survey was answered
help-open = /open lists the open cases by department, /overdue the late ones
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
