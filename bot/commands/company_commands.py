"""Commands about the company's files, which need no database: they are written, and the words in them are found."""

import sys

import click

from bot import settings as environment
from bot.commands.failures import report_failures


@click.command()
@click.option("--preset", help="express, trucking, ecommerce or warehouse: what the company does.")
@click.option("--languages", help="The languages offered to customers, the company's own first: zh,en.")
@click.option("--name", "names", multiple=True, help="The company's name; once for each language as zh=… and en=….")
@click.option("--zone", help="Its time zone, such as Asia/Shanghai.")
@click.option("--country", help="For public holidays and phone numbers, such as CN or US-CA; by default the zone's.")
@click.option(
    "--token", help="The bot's token; better typed when asked, or in HUIFANG_TOKEN: others can see a command."
)
@click.option("--language", help="The language of the questions; by default that of the terminal.")
@click.option("--yes", is_flag=True, help="Do not ask: what no option says is as in the example.")
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@report_failures
def init(*, names: tuple[str, ...], language: str | None, yes: bool, force: bool, **said: str | None) -> None:
    """Write the company's files, to adapt, and a secret.

    huifang.toml and its surveys are the company, commented. A .env beside them gets a new secret and the bot's token; if there is one its
    secret stays, because what is stored can only be read with it.
    """
    from bot.commands import init_command

    interview = init_command.SetupInterview(init_command.find_operator_language(language), asks=not yes)
    target, keys = environment.read().config, environment.find_file()
    if target.exists() and not force:
        raise click.ClickException(interview.say("init-exists", file=str(target)))
    try:
        company = init_command.ask_company(interview, init_command.SetupFlags(names=names, **said), target, keys)
    except click.Abort:
        raise click.ClickException(interview.say("init-nothing-written")) from None
    init_command.write_company(interview, company, target, force=force)
    init_command.write_keys(interview, company.token, keys)


@click.command()
@click.argument("text", nargs=-1)
@click.option("--list", "lists", is_flag=True, help="List every message.")
@click.option("--language", help="Look at this language only; by default at those that the company offers.")
@click.option("--copy", is_flag=True, help="Put the message TEXT into wording/*.ftl, to be changed there.")
@report_failures
def wording(text: tuple[str, ...], *, lists: bool, language: str | None, copy: bool) -> None:
    """Find which message a text is, to say it in other words.

    TEXT is what stands in a chat, a few words of it, or the name of a message. The company's own words are in files beside its own:
    wording/zh.ftl, wording/en.ftl. `huifang check` says what is wrong in them.
    """
    from bot.commands.wording_command import answer_wording

    said = " ".join(text).strip()
    if bool(said) == lists or (copy and not said):
        raise click.UsageError("write a text or the name of a message, or --list")
    lines, is_found = answer_wording(environment.read().config, said, language, copies=copy)
    for line in lines:
        click.echo(line)
    if not is_found:
        sys.exit(1)
