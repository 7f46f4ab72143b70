### When customers are asked, and when they are not.

rating-reminder = May we ask once more? One tap is enough. (/stop ends these questions.)

stopped = All right: no more surveys. Your cases go on as before, /complain and /rate are always open, and /resume brings the surveys back.
stopped-already = You are not getting any surveys from us. /resume brings them back.
resumed = Good to have you back. After a delivery I will ask you here how it went, with one tap to answer.
resumed-already = You are already getting our surveys, one a week at most. /stop ends them.

timezone-which = Where are you? I write between { $from } and { $until } your time. By my clock it is now { $now } there.
timezone-set = From now on I write between { $from } and { $until } in { $zone }.
timezone-unknown = I know no time zone called “{ $given }”. Write it like /timezone Europe/Berlin, or choose one below.

menu-stop = No more surveys
menu-resume = Surveys again
menu-timezone = Your time zone
