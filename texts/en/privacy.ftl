### What is kept of a person, and what they agree to.

consent-by-sending = <i>What you send is kept, encrypted, to deal with it. By sending it you agree: /privacy. You need not; a rating takes no words.</i>
consent-by-confirming = <i>By going on you agree that this is kept, encrypted, to deal with it: /privacy. If you cancel, nothing of it is kept.</i>
consent-by-sharing = <i>By sharing your number you agree that it is kept for this: /privacy.</i>
