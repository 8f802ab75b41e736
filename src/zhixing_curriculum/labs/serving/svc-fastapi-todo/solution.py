import asyncio
import itertools
import time
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field, StringConstraints

TOKENS = {"ann-7f3a": "ann", "bo-91c2": "bo", "cy-d05e": "cy"}
"""Who is it? Sent as `Authorization: Bearer TOKEN`."""


class Todo(BaseModel):
    """What goes out."""

    id: int
    owner: str
    title: str
    note: str | None
    done: bool


class Page(BaseModel):
    """A part of the list, and how many there are in all."""

    items: list[Todo]
    total: int


def create_app():
    """The application, with an empty store of its own. Its routes: see the statement."""
    # <answer> models of what comes in; who is it, which one, whose is it as dependencies; then the routes
    app, todos, numbers = FastAPI(title="todo"), {}, itertools.count(1)
    Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    Note = Annotated[str, StringConstraints(max_length=1000)] | None

    class TodoIn(BaseModel):
        title: Title
        note: Note = None
        done: bool = False

    class TodoPatch(BaseModel):
        title: Title = ""
        note: Note = None
        done: bool = False

    bearer = HTTPBearer(auto_error=False)

    async def who(given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]):
        name = TOKENS.get(given.credentials) if given else None
        if name is None:
            raise HTTPException(401, "a known token, please", {"WWW-Authenticate": "Bearer"})
        return name

    async def found(id: int):
        if id not in todos:
            raise HTTPException(404, "no such todo")
        return todos[id]

    async def mine(name: Annotated[str, Depends(who)], todo: Annotated[Todo, Depends(found)]):
        if todo.owner != name:
            raise HTTPException(403, "somebody else's")
        return todo

    @app.get("/todos")
    async def listed(
        done: bool | None = None,
        q: str = "",
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> Page:
        fits = list(todos.values())
        if done is not None:
            fits = [todo for todo in fits if todo.done == done]
        if q:
            fits = [todo for todo in fits if q.lower() in f"{todo.title}\n{todo.note or ''}".lower()]
        return Page(items=fits[offset : offset + limit], total=len(fits))

    @app.post("/todos", status_code=201)
    async def create(body: TodoIn, name: Annotated[str, Depends(who)], response: Response) -> Todo:
        todo = Todo(id=next(numbers), owner=name, **body.model_dump())
        todos[todo.id] = todo
        response.headers["Location"] = f"/todos/{todo.id}"
        return todo

    @app.get("/todos/{id}")
    async def read(todo: Annotated[Todo, Depends(found)]) -> Todo:
        return todo

    @app.put("/todos/{id}")
    async def replace(body: TodoIn, todo: Annotated[Todo, Depends(mine)]) -> Todo:
        todos[todo.id] = todo.model_copy(update=body.model_dump())
        return todos[todo.id]

    @app.patch("/todos/{id}")
    async def change(body: TodoPatch, todo: Annotated[Todo, Depends(mine)]) -> Todo:
        todos[todo.id] = todo.model_copy(update=body.model_dump(exclude_unset=True))
        return todos[todo.id]

    @app.delete("/todos/{id}", status_code=204)
    async def delete(todo: Annotated[Todo, Depends(mine)]) -> None:
        del todos[todo.id]

    @app.get("/todos/{id}/done")
    async def is_done(
        todo: Annotated[Todo, Depends(found)], wait: Annotated[float, Query(ge=0, le=5)] = 0
    ) -> dict[str, bool]:
        end = time.monotonic() + wait
        while not todos.get(todo.id, todo).done and time.monotonic() < end:
            await asyncio.sleep(0.02)
        return {"done": todos.get(todo.id, todo).done}

    return app
    # </answer>
