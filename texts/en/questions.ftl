### A survey's questions: the words that ratings are read in, and what stands on the buttons.

labels-satisfied = 1 very dissatisfied · 2 dissatisfied · 3 neutral · 4 fairly satisfied · 5 satisfied
labels-very-satisfied = 1 very dissatisfied · 2 dissatisfied · 3 neutral · 4 satisfied · 5 very satisfied
labels-four-levels = 1 very dissatisfied · 2 dissatisfied · 4 satisfied · 5 very satisfied

rating-given-four = Your rating: { $score } of 5 (four levels)
rating-given-four-behalf = The customer's rating: { $score } of 5 (four levels)

answer-nps = 0 not at all likely … 10 extremely likely
answer-yes = { $tick }Yes
answer-no = { $tick }No
answer-wrote = You wrote: { $words }
answer-photos = { $count ->
    [0] Send photos, videos or files, one by one or together. (You can skip this.)
    [1] 1 photo. Send more, or press Done.
   *[other] { $count } photos. Send more, or press Done.
  }
answer-photos-full = We can keep at most { $count } here. This one was not kept.
answer-take-back = Remove what I sent
answer-contact = Write a phone number or another way to reach you, or send your own contact from Telegram’s attachment menu. Only the people who deal with it can see it.

## For the people who read the answers

words-four-levels = { $score }/5 (of four levels)
words-yes = yes
words-no = no
words-photos = { $count ->
    [1] 1 photo
   *[other] { $count } photos
  }
words-contact = left ({ $masked })
