### When customers are asked, and when they are not.

rating-reminder = A short reminder: one tap is enough. (If you would rather not get surveys, send /stop.)

stopped = All right, no more surveys. Your cases carry on as before, you can still use /complain and /rate, and /resume turns the surveys back on.
stopped-already = You are not getting any surveys from us. /resume turns them back on.
resumed = Good to have you back. After a delivery I will ask you here how it went; one tap is enough.
resumed-already = You already get our surveys, one a week at most. /stop turns them off.

timezone-which = Which time zone are you in? I only write between { $from } and { $until } your time. By my clock it is now { $now } where you are.
timezone-set = From now on I'll only write between { $from } and { $until }, { $zone } time.
timezone-unknown = I do not know a time zone called “{ $given }”. Write it like /timezone Europe/Berlin, or choose one below.

menu-stop = Turn surveys off
menu-resume = Turn surveys back on
menu-timezone = Your time zone
