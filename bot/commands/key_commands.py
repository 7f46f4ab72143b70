"""Commands about the secret that opens what is stored."""

import asyncio

import click

from bot import settings as environment
from bot.commands.failures import report_failures


@click.command(name="rotate-key")
@report_failures
def rotate_key() -> None:
    """Seal everything anew with the first of HUIFANG_SECRET=NEW,OLD.

    Put the new secret first for every process and restart them; then this, while they run. It can be stopped at any time and started again. At
    the end it says which secrets can go.
    """
    from bot.commands.rotation_command import RotationError
    from bot.commands.rotation_command import rotate_key as rotate

    settings = environment.read(need=("HUIFANG_SECRET",))
    try:
        lines = asyncio.run(rotate(settings, lambda said: click.echo(said, err=True)))
    except RotationError as error:
        raise click.ClickException(str(error)) from None
    for line in lines:
        click.echo(line)
