# How a paper is set in this language.

report-sentences = { $one }{ $more }
report-quotes = ‘’“”
