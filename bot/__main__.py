"""Entry point: `python -m bot` is `huifang`."""

if __name__ == "__main__":  # the helper process that draws pictures imports this module too, and needs no commands
    from bot.commands.cli import main

    main(prog_name="huifang")
