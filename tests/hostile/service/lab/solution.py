from fastapi import FastAPI
from pydantic import BaseModel


class Thing(BaseModel):
    name: str


def create_app():
    """GET /double/{n} gives {"n": 2n}; POST /things gives 201 and the thing."""
    # <answer>
    app = FastAPI()

    @app.get("/double/{n}")
    async def double(n: int):
        return {"n": 2 * n}

    @app.post("/things", status_code=201)
    async def make(thing: Thing):
        return {"name": thing.name}

    return app
    # </answer>
