"""Entry point: `python -m bot` is `huifang`."""

from bot.commands.cli import main

if __name__ == "__main__":  # the helper process that draws pictures imports this module too
    main(prog_name="huifang")
