### Fairness: own ratings, appeals against them, and the weekly checks of ratings.

## Own ratings

myratings-head = <b>Your ratings</b> of the last 12 months, courier { $couriers }
myratings-head-handling = <b>How customers rated your handling</b> of the cases you own
myratings-head-appeal = <b>Ratings you can appeal</b>: those of the last { $days } days
myratings-nobody = You are not rated here. Couriers see the ratings of their deliveries, staff see how the handling of their cases was rated. A manager can link you with /grant.
myratings-none = No ratings yet.
myratings-none-handling = Nobody has rated the handling of your cases yet.
myratings-none-appeal = There is no rating you can appeal at the moment. A rating can be appealed once, within { $days } days.
myratings-no-courier = Appeals are for couriers, against ratings of their deliveries. You have none.
myratings-mean = Mean { $mean } of 5 (n = { $n }{ $strength ->
    [indicative] , indicative
   *[solid] {""}
  })
myratings-too-few = n = { $n }: too few for a mean
myratings-line = <b>{ $place }.</b> { $day } · { $scores }
myratings-score = { $dimension } { $score }/5
myratings-dimension = { $name ->
    [overall] Overall
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
myratings-ticked = — { $reasons }
myratings-on-behalf = — entered on behalf of the customer
myratings-appealed = — { $state ->
    [open] your appeal is being looked at
    [upheld] set aside after an appeal: it does not count
   *[rejected] appeal rejected: it counts
  }
myratings-handling-line = <b>{ $number }</b> · { $day } · { $score }/5
myratings-appeal = Appeal { $place }
myratings-deliveries = Deliveries
myratings-handling = Handling of cases
myratings-chosen = • { $part }
menu-myratings = How I was rated
menu-appeal = Appeal a rating
menu-checks = What stands out in the ratings
help-rated =
    /myratings shows how you were rated, without who rated you
    /appeal asks quality to review a rating you find unfair
help-checks = /checks shows what stood out in the ratings of the last seven days

## The appeal

appeal-of = Appeal, rating of { $day }
reason-rating-appeal = <b>{ $number }</b>: why is this rating unfair? Quality reads your words; the customer does not. Write it in one message.
reason-preview-rating-appeal = <b>{ $number }</b>. Quality will read:
appeal-filed = Your appeal is with quality. Somebody who was not involved will decide, and you will get the decision and the reason here.
appeal-already = There is already an appeal against this rating. A rating can be appealed once.
appeal-too-late = It is too late: a rating can be appealed within { $days } days.
appeal-not-yours = That rating is not yours.

## The card in quality's group

appeal-head = <b>Appeal against a rating</b> · { $state ->
    [open] open
    [upheld] upheld
   *[rejected] rejected
  }
appeal-rating = Rating of { $day }: { $scores }
appeal-ticked = Reasons: { $text }
appeal-on-behalf = Entered on behalf of the customer
appeal-courier = Courier: { $text }
appeal-department = Department: { $text }
appeal-waybill = Waybill: { $text }
appeal-customer = Customer: { $text }
appeal-cases = Cases about it: { $text }
appeal-by = Appeal by { $name }:
appeal-words = “{ $text }”
appeal-changed = The customer has changed the rating since the appeal.
appeal-decided = Decided by { $name }, { $at }:
appeal-uphold = Uphold
appeal-reject = Reject
reason-uphold = <b>{ $number }</b>: why is it upheld? The courier will read this. Reply to this message.
reason-reject = <b>{ $number }</b>: why is it rejected? The courier will read this. Reply to this message.
reason-preview-uphold = <b>{ $number }: upheld.</b> The rating no longer counts in any figure but stays in the log. The courier will read:
reason-preview-reject = <b>{ $number }: rejected.</b> The rating stays. The courier will read:
appeal-only-quality = Appeals are decided by quality.
appeal-involved = This rating involves you, so somebody else in quality has to decide. Thank you for leaving it to them.
appeal-late = { $name } has already decided this appeal. Nothing was changed.
appeal-gone = I do not know this appeal.

## The decision

appeal-upheld-appellant =
    <b>Your appeal against the rating of { $day } was upheld.</b> It no longer counts.

    The reason: { $reason }
appeal-rejected-appellant =
    <b>Your appeal against the rating of { $day } was rejected.</b> It counts as before.

    The reason: { $reason }
appeal-upheld-customer =
    Your rating of { $day }{ $known ->
        [no] {""}
       *[yes] {" "}(delivery { $waybill })
      } was reviewed, and we do not count it in our figures. That happens, for example, when what went wrong was beyond the control of the person rated.

    Nothing else changes: your rating stays on record, and all your cases go on as before. /complain is always open to you.

## The checks

checks-head = <b>Checks of the ratings</b>, { $first } to { $last }
checks-note = These are worth a look; there may be a good reason for each of them.
checks-nothing = <b>Checks of the ratings</b>, { $first } to { $last }: nothing stands out.
checks-only-quality = The checks are for quality and managers, in their groups or in private.
checks-quick = <b>Quick answers</b>: { $n } responses within { $seconds } s, { $who ->
    [colleague] entered on behalf by the same colleague
   *[customer] from the same customer
  }. Look at { $days }, { $couriers }.
checks-burst = <b>Many fives at once</b>: { $n } within { $minutes } min. Look at { $days }, { $couriers }.
checks-own = <b>{ $who ->
    [courier] Cases in which the rated courier took part
   *[customer] Cases in which the customer's own account took part
  }</b>: { $n }. Look at { $cases }, { $couriers }.
checks-self = <b>Ratings of a courier from the courier's own account</b>: { $n }. Look at { $days }, { $couriers }.
checks-granted = <b>{ $who ->
    [own] Somebody made themselves a courier
   *[other] A head made somebody a courier of another department
  }</b>. Look at /roles, { $days }, { $couriers }.
checks-changed = <b>Low ratings that became good ones</b>: { $n }. Look at { $days }, { $couriers }.
checks-withdrawn = <b>Cases of low ratings, withdrawn</b>: { $n }. Look at { $cases }, { $couriers }.
checks-upheld = <b>Appeals upheld</b>: { $n } of { $of } in the last { $within } days. Look at { $couriers }.
checks-courier = courier { $names }
checks-no-courier = no courier named
checks-day = { $first }
checks-days = { $first } to { $last }
checks-more = … and { $count } more
