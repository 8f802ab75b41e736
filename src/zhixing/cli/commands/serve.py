"""serve: the pages, on this machine."""

import sys

from zhixing.cli.door import Door
from zhixing.cli.kinds import NumberKind
from zhixing.cli.params import option
from zhixing.cli.speaking import command
from zhixing.words import say


@command(
    "serve",
    about=say("the pages: today, plan, labs in your browser"),
    more=say(
        "They are for this machine alone and need no network. Ctrl-C stops them; what was being "
        "checked is then not remembered, and everything that was saved is."
    ),
)
@option("--host", about=say("127.0.0.1, ::1 or localhost"), metavar="HOST", default="127.0.0.1")
@option("--port", about=say("the port; without it the first free one from 8321 on"),
        metavar="N", type=NumberKind(1, 65535))  # fmt: skip
@option("--open", "wants_browser", about=say("open them in the browser"), is_flag=True)
def serve(door: Door, host: str, port: float | None, wants_browser: bool) -> None:
    from zhixing.web.serving import open_browser  # FastAPI: half a second
    from zhixing.web.serving import serve as serve_pages

    def opened(address: str) -> None:
        if door.as_json:
            from zhixing.cli.plain import write_json

            write_json({"address": address}, sys.stdout, one_line=True)
        else:
            paper = door.paper()
            paper.say((say("The pages are at"), "ink"), "  ", (address, "strong"))
            paper.say((say("Ctrl-C stops them; nothing is lost."), "quiet"))
        sys.stdout.flush()
        if wants_browser:
            open_browser(address)

    door.settings  # noqa: B018 (a letter about them comes before the pages)
    serve_pages(lambda: door.settings, door.now, host, int(port) if port else None, opened)
