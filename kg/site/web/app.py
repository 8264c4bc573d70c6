"""The application: a holding in, an ASGI application out."""

from __future__ import annotations

from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.site.model import Holding, Page
from kg.site.rendering import Renderer
from kg.site.sections import sections


def application(holding: Holding) -> Starlette:
    """Serve a holding."""
    renderer = Renderer(holding)
    parts = sections(holding)

    def page(request: Request) -> Response:
        path = request.url.path.removeprefix("/").removesuffix(".html")
        for part in parts:
            found = part.page(path, dict(request.query_params))
            if found is not None:
                return HTMLResponse(renderer.html(found))
        missing = Page(path, "Not found", "error.html", {"reason": "Nothing is at this address."})
        return HTMLResponse(renderer.html(missing), 404)

    assets = StaticFiles(directory=str(files("kg") / "site" / "assets"))
    return Starlette(routes=[Mount("/assets", assets), Route("/{path:path}", page)])
