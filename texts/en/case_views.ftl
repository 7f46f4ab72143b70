### Looking at cases: one case in three parts, the search, lists, and the file on paper.

## What an event brought along

fact-department = To
fact-reason = Reason
fact-person = To
fact-measure = Measure
fact-due = Due
fact-goal = Goal
fact-question = Question
fact-root-cause = Root cause
fact-action = Action, as the customer reads it
fact-compensation = Compensation
fact-valid = Finding
fact-into = Merged into
fact-received = Received
fact-value = Value
fact-feasibility = Feasibility
fact-words = Text
fact-satisfied = Customer
fact-handler = Dealt with by
regulator-fact-root-cause = Findings
regulator-fact-valid = Liability
regulator-fact-action = Agreement with the customer
regulator-fact-compensation = Compensation or apology
regulator-fact-satisfied = Customer
regulator-fact-handler = Dealt with by
fact-reference = Reference

## The file

dossier-title-complaint = Complaint file
dossier-title-suggestion = Suggestion file
dossier-title-inquiry = Inquiry file
dossier-title-praise = Praise file
dossier-complaint = Complaint
dossier-process = Process
dossier-result = Result
dossier-customer = Customer
dossier-phone = Phone
dossier-contact = Contact
dossier-filed = Filed
dossier-category = About
dossier-severity = Severity
dossier-department = Lead department
dossier-cooperating = Cooperating
dossier-waybill = Waybill
dossier-courier = Courier
dossier-linked = Continues
dossier-words = In the customer's words
dossier-edited = (edited)
dossier-before = Before { $at }
dossier-wanted = Wants
dossier-files = Files
dossier-attached = Photos and files
dossier-file-name = Name
dossier-file-from = From
dossier-file-size = Size
dossier-file-hash = SHA-256
dossier-file-kilobytes = { $kilobytes } KB
dossier-file-waiting = not fetched from Telegram yet
dossier-file-too-big = too large to be kept
dossier-file-gone = gone at Telegram before it was kept
dossier-file-infected = not kept: a virus was found in it
dossier-file-erased = erased
dossier-owner = Owner
dossier-said-customer = wrote
dossier-said-staff = wrote to the customer
dossier-said-note = added an internal note
dossier-said-report = reported to the lead department
dossier-nudge = reminder: { $stage }, { $percent }% of the time used
dossier-clocks = Deadlines
dossier-clock-stage = Stage
dossier-clock-due = Due
dossier-clock-ended = Done
dossier-clock-kept = On time?
dossier-stage-accept = Acceptance
dossier-stage-plan = Plan
dossier-stage-rectify = Rectification
dossier-stage-review = Review
dossier-stage-answer = Answer
dossier-stage-regulator = Answer to the regulator
dossier-met = on time
dossier-missed = late
dossier-running = in progress
dossier-overdue = overdue
dossier-handling = Rating of the handling
dossier-form = Rectification form
dossier-regulators-form = Answer to the regulator
dossier-handed-in = Sent for review
dossier-approved = Approved
dossier-signed-owner = Owner
dossier-signed-head = Head of department
dossier-signed-quality = Quality
dossier-signed-handler = Dealt with by
dossier-signed-company = Company (seal)
dossier-sign-here = Signature, date
dossier-nothing-yet = Nothing yet.
dossier-masked = As of { $at }. Personal data is masked.
dossier-unmasked = As of { $at }. Contains personal data: only for the people handling this case.

## As a message

look-head = <b>{ $number }</b> · { $state }
look-part = <b>{ $part }</b>
look-line = { $label }: { $text }
look-entry = { $at } · { $who } · { $what }
look-fact = — { $label }: { $text }
look-words = “{ $text }”
look-form = <b>{ $title }</b>
look-clock = { $late ->
    [yes] ⚠️{" "}
   *[no] {""}
  }{ $stage }: due { $due }, { $done ->
    [no] { $kept }
   *[yes] done { $ended } ({ $kept })
  }
look-chosen = • { $part }
look-audit = Audit
look-files = Files ({ $count })
look-pdf = PDF
look-later = ▸
look-earlier = ◂
look-page = Page { $page } of { $pages }
look-audit-line = { $at } · { $who } · { $what }
look-audit-new = — { $after }
look-audit-change = — { $before } → { $after }
look-no-audit = Only managers and quality see the log.
look-no-files = { $number } has no files.
look-files-in-private = The files of { $number } are in your private chat with me.
look-open-chat = I cannot write to you yet. Open the chat with @{ $bot }, press Start, then press here again.
look-files-coming = { $count ->
    [1] 1 file of { $number }
   *[other] { $count } files of { $number }
  }
look-pdf-coming = I am preparing the file of { $number }.
look-pdf-caption = { $title } { $number } · { $state }
look-unknown = There is no case { $number } here.
look-how = Which case? Send /case and its number, for example /case C-261123-0042 or /case 42, or reply to a card with /case.

audit-case-file = filed
audit-case-add = the customer added something
audit-case-edit = changed what was written
audit-case-letter = wrote to the customer
audit-case-note = added a note
audit-case-report = reported to the lead department
audit-case-reveal = saw the customer's contact
audit-case-files = fetched the files in private
audit-case-document = fetched the file as PDF
audit-case-handling = rated the handling
audit-case-merged-from = another case was merged into this one
audit-case-joined = received another complaint about the same delivery

## Lists

list-cases = <b>Open cases</b>: { $count }
list-mine = <b>Cases you own</b>: { $count }
list-open = <b>Open cases by department</b>: { $count }
list-overdue = <b>Overdue cases by department</b>: { $count }
list-search = <b>Found</b> for “{ $words }”:
list-department = <b>{ $department }</b>: { $count }
list-line = { $late ->
    [yes] ⚠️{" "}
   *[no] {""}
  }<b>{ $number }</b> · { $state } · { $owner } · { $due }
list-newer = ◂ Newer
list-older = Older ▸
list-before = ◂ Previous
list-more = More ▸
list-nothing-overdue = Nothing is overdue.
list-no-department = There is no department { $department }. Departments: { $departments }
search-none = Nothing found for “{ $words }”.
search-how = What are you looking for? Send /search and a case number, the start of a waybill number, a phone number, or words.
menu-case = Show a case
menu-search = Find a case
menu-open = Open cases by department
menu-overdue = Overdue cases

## A case behind a figure, as a picture's caption.

case-in-short = <b>{ $number }</b> · { $state }
    { $department } · { $category } · { $waybill }
    Opened { $opened }, answer due { $due }, owner { $owner }

    { $words }
