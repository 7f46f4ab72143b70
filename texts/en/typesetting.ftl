# How a paper is set in this language.

# Two sentences of one paragraph, and what stands between them.
report-sentences = { $one } { $more }
# What stands for ‘ ’ “ and ”, four signs: the typeface draws those as wide as a Chinese sign.
report-quotes = ''""
