import threading
from fastapi import APIRouter, FastAPI, Header, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator

TOKENS = {"ann-7f3a": "ann", "bo-91c2": "bo", "cy-d05e": "cy"}


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(max_length=1000)
    note: str | None = Field(default=None, max_length=1000)
    done: bool = False

    @field_validator("title")
    @classmethod
    def not_blank(cls, value: str) -> str:
        value = value.strip()
        if not 1 <= len(value) <= 100:
            raise ValueError("1 to 100 letters")
        return value


class Part(Body):
    title: str = "-"


class Store:
    def __init__(self):
        self.rows, self.last, self.news = {}, 0, threading.Condition()

    def one(self, id):
        if id not in self.rows:
            raise HTTPException(404)
        return self.rows[id]

    def own(self, id, authorization):
        name = user(authorization)
        row = self.one(id)
        if row["owner"] != name:
            raise HTTPException(403)
        return row

    def change(self, row, fields):
        with self.news:
            row.update(fields)
            self.news.notify_all()
        return row


def user(authorization):
    kind, _, token = (authorization or "").partition(" ")
    if kind.lower() != "bearer" or token not in TOKENS:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return TOKENS[token]


def create_app():
    store, router = Store(), APIRouter(prefix="/todos")

    @router.get("")
    def listed(request: Request, done: bool | None = None, q: str | None = None, limit: int = 20, offset: int = 0):
        if not 1 <= limit <= 100 or offset < 0:
            return JSONResponse({"detail": "out of range"}, 422)
        rows = [store.rows[i] for i in sorted(store.rows)]
        rows = [r for r in rows if done is None or r["done"] is done]
        rows = [r for r in rows if not q or q.lower() in r["title"].lower() or q.lower() in (r["note"] or "").lower()]
        return {"items": rows[offset:][:limit], "total": len(rows)}

    @router.post("", status_code=201)
    def create(body: Body, response: Response, authorization: str | None = Header(None)):
        name = user(authorization)
        with store.news:
            store.last += 1
            row = {"id": store.last, "owner": name, **body.model_dump()}
            store.rows[store.last] = row
        response.headers["location"] = f"http://service/todos/{row['id']}"
        return row

    @router.get("/{todo_id}")
    def read(todo_id: int):
        return store.one(todo_id)

    @router.put("/{todo_id}")
    def put(todo_id: int, body: Body, authorization: str | None = Header(None)):
        return store.change(store.own(todo_id, authorization), body.model_dump())

    @router.patch("/{todo_id}")
    def patch(todo_id: int, body: Part, authorization: str | None = Header(None)):
        row = store.own(todo_id, authorization)
        return store.change(row, {name: getattr(body, name) for name in body.model_fields_set})

    @router.delete("/{todo_id}", status_code=204)
    def delete(todo_id: int, authorization: str | None = Header(None)):
        store.own(todo_id, authorization)
        del store.rows[todo_id]

    @router.get("/{todo_id}/done")
    def done(todo_id: int, wait: float = 0):
        if not 0 <= wait <= 5:
            return JSONResponse({"detail": "out of range"}, 422)
        row = store.one(todo_id)
        with store.news:
            store.news.wait_for(lambda: row["done"], wait)
        return {"done": row["done"]}

    app = FastAPI()
    app.include_router(router)
    return app
