"""Commands about who may come in: tokens of other systems, and the first manager's code."""

import secrets

import click

from bot.commands.failures import report_failures
from bot.commands.on_database import run_on_database


@click.group(name="api-token")
def api_token() -> None:
    """Manage the tokens of systems that send deliveries."""


@api_token.command(name="create")
@click.argument("name")
@click.option("--cases", is_flag=True, help="Let it read all cases, not only those about its own deliveries.")
@report_failures
def create_token(name: str, *, cases: bool) -> None:
    """Print a new token for the system NAME. It is shown only once."""
    from bot.commands.operator_commands import create_token as create

    token = "hf_" + secrets.token_urlsafe(32)
    if not run_on_database(lambda settings: create(settings, name, token, reads_cases=cases)):
        raise click.ClickException(f"there is a token called {name} already; revoke it and choose another name")
    click.echo(token)


@api_token.command(name="list")
@report_failures
def list_tokens() -> None:
    """List all tokens and what they may read."""
    from bot.commands.operator_commands import list_tokens as listed

    for token in run_on_database(listed):
        state = f"revoked {token.revoked_at:%Y-%m-%d}" if token.revoked_at else "active"
        cases = "all cases" if token.reads_cases else "its own cases"
        click.echo(f"{token.name}\tcreated {token.created_at:%Y-%m-%d}\t{cases}\t{state}")


@api_token.command(name="revoke")
@click.argument("name")
@report_failures
def revoke_token(name: str) -> None:
    """Revoke the token NAME."""
    from bot.commands.operator_commands import revoke_token as revoke

    if not run_on_database(lambda settings: revoke(settings, name)):
        raise click.ClickException(f"there is no active token called {name}; `huifang api-token list` shows them")
    click.echo(f"revoked {name}")


@click.command(name="manager-code")
@report_failures
def manager_code() -> None:
    """Print a new one-time code for a manager."""
    from bot.commands.operator_commands import create_manager_code

    click.echo(run_on_database(create_manager_code))
