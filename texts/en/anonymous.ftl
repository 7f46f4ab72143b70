### Anonymous surveys, and the results of every survey.

anonymous-begins = 🔒 This survey is anonymous. Your answers are kept without your name, number or delivery, so nobody can tell they are yours. You can change them until the last question; after that, not even we can find them.
anonymous-over = 🔒 Your answers are kept without your name. They can no longer be changed, because nobody knows which answers are whose.
anonymous-low = If something went wrong, please use /complain and we will look into it. Your answers here are not passed on with it.

results-which =
    Which survey? Send /results and its short name:
    { $surveys }
results-unknown =
    There is no survey called “{ $name }”. These are the surveys:
    { $surveys }
results-head = <b>{ $title }</b> ({ $name })
results-anonymous = 🔒 Anonymous: figures with fewer than { $minimum } answers are hidden, and so is anything that would reveal them. New responses appear { $minimum } at a time.
results-none = Nobody has answered yet.
results-few = fewer than { $minimum } answers
results-responses = { $n ->
    [1] 1 response
   *[other] { $n } responses
  }
results-n = n = { $n }
results-line = { $percent ->
    [-1] { $label }: { $count }
   *[other] { $label }: { $count } ({ $percent }%)
  }
results-hidden = { $label }: hidden
results-mean = mean { $figure }
results-nps = NPS { $figure }
results-promoters = 9–10, promoters
results-passives = 7–8, passives
results-detractors = 0–6, detractors
results-yes = yes
results-no = no
results-cut = Options are counted over the latest { $n } answers.
results-others = There were several versions of this survey. See the others with { $names }
menu-results = How a survey was answered

why-answered-anonymous = The customer was asked on { $asked } ({ $how }) and has answered. The survey is anonymous, so nobody can see what was answered or when.
call-anonymous = The survey about { $waybill } is anonymous, so nobody can fill it in for somebody else.
