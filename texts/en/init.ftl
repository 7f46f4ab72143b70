### What `huifang init` asks whoever sets the bot up, at the command line.

init-hello = Press Enter for what stands in brackets. Everything can be changed in { $file } later.
init-preset = What does the company do? { $choices }
init-preset-express = express: parcels to the door
init-preset-trucking = trucking: part and full loads by road
init-preset-ecommerce = ecommerce: a shop that sells and sends
init-preset-warehouse = warehouse: storage and handling for others
init-languages = Languages that customers can choose from, the company's own first ({ $choices })
init-name = The company's name in { $language }, as customers read it
init-zone = Time zone
init-country = Country, for public holidays and for phone numbers without a country code (two letters; US-CA for a part of one)
init-token = The bot's token from @BotFather; what you paste is not shown. Press Enter to put it into { $file } later
init-write = Write { $file }?

init-wrong-preset = There is no “{ $given }”; choose from { $choices }.
init-wrong-languages = There are no texts in { $given }; choose from { $choices }, separated by commas.
init-wrong-name = A name has 1 to { $limit } characters, on one line.
init-wrong-name-language = “{ $given }”: a name for one language is written like { $example }, and its language is one of those the company offers.
init-wrong-zone = “{ $given }” is no time zone; write one like Asia/Shanghai or Europe/Berlin.
init-wrong-country = “{ $given }” is no country; write two letters like CN or DE.
init-wrong-token = That does not look like a bot token; @BotFather gives one like 123456:ABC-DEF.

init-exists = { $file } exists; edit it, or replace it with --force
init-nothing-written = nothing was written
init-wrote = wrote { $file } and { $surveys }
init-kept-survey = { $file } was there and stays as it is; --force replaces it
init-no-holidays = No public holidays are known for { $country }: add those of your company under [calendar.days]
init-wrote-secret = wrote { $file } with a new secret: keep a copy of it
init-wrote-keys = wrote { $file }
init-token-kept = { $file } has a token already and stays as it is: change it there
init-put-token = put the token from @BotFather into { $file }
init-next = `huifang check` says whether everything is right
