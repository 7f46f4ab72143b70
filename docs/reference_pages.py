"""Reference pages: every command and every address, as the code itself says it."""  # noqa: INP001

from collections.abc import Iterator

import click

from bot.commands.cli import main
from bot.web.openapi import describe_api
from handlers.rooms import ROOMS
from texts import LANGUAGES, Texts


def write_command_page(note: str) -> str:
    """What can be typed: at the command line, and in chats."""
    lines = ["# Commands", "", note, "## At the command line", ""]
    lines += [
        "`huifang COMMAND --help` says the same. Exit status 0: done; 1: failed, with one clear line; 2: wrong usage.",
        "",
    ]
    context = click.Context(main, info_name="huifang")
    for name, command in sorted(main.commands.items()):
        if not command.hidden:
            lines += _describe_command(click.Context(command, info_name=name, parent=context), command)
    lines += ["## In chats", "", "Telegram's menu shows each person those that are theirs; `/help` explains them.", ""]
    lines += ["| command | what | in the menu of |", "|---|---|---|", *_list_chat_commands()]
    return "\n".join(lines) + "\n"


def _describe_command(context: click.Context, command: click.Command) -> Iterator[str]:
    yield f"### {context.command_path}"
    yield ""
    if isinstance(command, click.Group):
        yield f"{_join(command.help)}"
        yield ""
        for name, below in command.commands.items():
            yield from _describe_command(click.Context(below, info_name=name, parent=context), below)
        return
    usage = " ".join(command.collect_usage_pieces(context))
    yield from ("```text", f"{context.command_path} {usage}", "```", "")
    for paragraph in (command.help or "").split("\n\n"):
        yield from (_join(paragraph), "")
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    if options:
        yield from ("| option | what |", "|---|---|")
        for option in options:
            yield f"| `{'`, `'.join(option.opts)}`{_word_default(option)} | {option.help or ''} |"
        yield ""


def _word_default(option: click.Option) -> str:
    return f" ({option.default})" if option.show_default and option.default is not None else ""


def _join(paragraph: str | None) -> str:
    return " ".join((paragraph or "").split())


def _list_chat_commands() -> Iterator[str]:
    texts = Texts()
    keys = texts.list_sources(LANGUAGES[0])
    commands = sorted((one for room in ROOMS for one in room.commands), key=lambda one: one.name)
    for command in commands:
        said = texts.plain(LANGUAGES[0], f"menu-{command.name}") if f"menu-{command.name}" in keys else ""
        readers = ", ".join(sorted(one.value for one in command.menus))
        yield f"| `/{command.name}` | {said} | {readers} |"


def write_http_page(note: str) -> str:
    """The addresses of the API and those for whoever runs the bot."""
    lines = [
        "# HTTP",
        "",
        note,
        "The API for machines is described whole in [openapi.json](openapi.json), which the bot serves at ",
    ]
    lines[-1] += (
        "`/api/v1/openapi.json`. A token is made by `huifang api-token create NAME` and sent as `Authorization: Bearer TOKEN`."
    )
    for path, methods in describe_api()["paths"].items():
        for method, said in methods.items():
            lines += [
                "",
                f"## {method.upper()} {path}",
                "",
                f"{said['summary']}. {said.get('description', '')}".strip(),
                "",
            ]
            if parameters := said.get("parameters"):
                lines += ["| parameter | what |", "|---|---|"]
                lines += [f"| `{one['name']}` ({one['in']}) | {one.get('description', '')} |" for one in parameters] + [
                    ""
                ]
            lines += ["| status | what |", "|---|---|"]
            lines += [f"| {status} | {answer['description']} |" for status, answer in said["responses"].items()]
    return "\n".join([*lines, "", *_OPERATIONS]) + "\n"


_OPERATIONS = (
    "## For whoever runs it",
    "",
    "| address | what |",
    "|---|---|",
    "| `POST /telegram` | updates from Telegram, where `HUIFANG_WEBHOOK` is set; refused without the secret header agreed on with it |",
    "| `GET /healthz` | 200 while the process lives |",
    "| `GET /readyz` | 200 when the database can be reached, migrations are done and updates and messages flow; else 503 with the reason |",
    "| `GET /metrics` | figures for Prometheus: from this machine, with a token, or at `HUIFANG_METRICS` |",
)
