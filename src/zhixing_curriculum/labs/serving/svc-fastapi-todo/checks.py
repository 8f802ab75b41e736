import numpy as np

ANN, BO = {"Authorization": "Bearer ann-7f3a"}, {"Authorization": "Bearer bo-91c2"}
FIELDS = {"id", "owner", "title", "note", "done"}
WORDS = ["bread", "牛奶", "Paper", "gradient", "写周报", "tests", "Tea", "论文"]


def title(rng):
    """A fresh title; some are Chinese."""
    return f"{WORDS[int(rng.integers(8))]} {int(rng.integers(100, 1000))}"


def expect(reply, *statuses):
    """A failure in words when the status is another one."""
    wanted = " / ".join(map(str, statuses))
    assert reply.status in statuses, f"`{reply.label}` 应回 {wanted}，得到 {reply.status} // `{reply.label}` should give {wanted}, not {reply.status}"
    return reply


def todo_of(reply, status=200):
    """The todo in a reply, or a failure in words."""
    found = expect(reply, status).json()
    ok = isinstance(found, dict) and set(found) == FIELDS
    assert ok, f"`{reply.label}` 应回一个待办：{sorted(FIELDS)} // `{reply.label}` should give a todo: {sorted(FIELDS)}"
    assert type(found["id"]) is int and type(found["done"]) is bool, "id 应是整数，done 应是布尔值 // id is an integer, done a bool"
    return found


def created(answer, who=ANN, **fields):
    return todo_of(answer.request("POST", "/todos", json=fields, headers=who), 201)


def page_of(answer, **query):
    found = expect(answer.request("GET", "/todos", query=query), 200).json()
    ok = isinstance(found, dict) and set(found) == {"items", "total"} and isinstance(found["items"], list)
    assert ok, "`GET /todos` 应回 {items, total} // `GET /todos` should give {items, total}"
    return found


def check_create_read_delete(answer, rng):
    first, second = title(rng), title(rng)
    reply = answer.request("POST", "/todos", json={"title": first}, headers=ANN)
    todo = todo_of(reply, 201)
    assert (todo["title"], todo["note"], todo["done"]) == (first, None, False), "只给 title 时，note 应是 null，done 应是 false // with a title alone, note is null and done false"
    assert reply.headers.get("location", "").endswith(f"/todos/{todo['id']}"), "201 的回复应有 Location 头，指向新的待办 // a 201 has a Location header that points to the new todo"
    other = created(answer, title=second, note="now", done=True)
    path, gone = f"/todos/{other['id']}", f"/todos/{todo['id']}"
    assert other["id"] != todo["id"], "两个待办的 id 相同 // two todos have the same id"
    assert todo_of(answer.request("GET", path)) == other, "读回来的与创建时给的不同 // what is read back is not what was created"
    expect(answer.request("DELETE", gone, headers=ANN), 204)
    for method, body in (("GET", None), ("PUT", {"title": "x"}), ("PATCH", {"done": True}), ("DELETE", None)):
        more = {} if body is None else {"json": body}
        expect(answer.request(method, gone, headers=ANN, **more), 404)
    expect(answer.request("GET", f"{gone}/done"), 404)
    third = created(answer, title=first)
    assert third["id"] not in (todo["id"], other["id"]), "新的待办拿到了用过的 id：删掉一个以后，数一数有几个就会撞上 // a new todo got an id that was used before: counting how many there are collides after a deletion"
    assert todo_of(answer.request("GET", path)) == other, "创建新的待办，改动了旧的 // creating a new todo changed an old one"


def check_put_replaces_everything(answer, rng):
    old = created(answer, title=title(rng), note="keep me", done=True)
    path, new = f"/todos/{old['id']}", title(rng)
    put = todo_of(answer.request("PUT", path, json={"title": new}, headers=ANN))
    assert (put["id"], put["owner"], put["title"]) == (old["id"], "ann", new), "PUT 换掉内容，id 和 owner 不变 // PUT replaces the content; id and owner stay"
    assert (put["note"], put["done"]) == (None, False), "PUT 是整个换掉：没有给的字段回到默认值，而不是留着旧的 // PUT replaces all of it: what is not given goes back to its default and does not stay"
    assert todo_of(answer.request("GET", path)) == put, "PUT 的回复与随后读到的不同 // the reply to PUT is not what is read afterwards"
    expect(answer.request("PUT", path, json={"note": "no title"}, headers=ANN), 422)


def check_patch_changes_what_is_sent(answer, rng):
    old = created(answer, title=title(rng), note="keep me", done=False)
    path, new = f"/todos/{old['id']}", title(rng)
    for fields in ({"done": True}, {"title": new}, {}, {"note": None}, {"note": "back", "done": False}):
        old |= fields
        got = todo_of(answer.request("PATCH", path, json=fields, headers=ANN))
        assert got == old, f"PATCH {sorted(fields)}：只改给出的字段（给了 null 也算给出），别的不动 // PATCH {sorted(fields)}: only what is sent changes (a null that is sent counts), the rest stays"
    assert todo_of(answer.request("GET", path)) == old, "PATCH 的回复与随后读到的不同 // the reply to PATCH is not what is read afterwards"
    expect(answer.request("PATCH", path, json={"title": None}, headers=ANN), 422)
    assert todo_of(answer.request("GET", path)) == old, "被拒绝的 PATCH 还是改动了待办 // a PATCH that was refused changed the todo all the same"


def check_bad_input_gets_422(answer, rng):
    good = title(rng)
    bad = [{}, {"title": ""}, {"title": "   "}, {"title": "x" * 101}, {"title": None}, {"title": [good]}, {"title": good, "done": "perhaps"}, {"title": good, "note": "n" * 1001}, [good], good]
    for body in bad:
        expect(answer.request("POST", "/todos", json=body, headers=ANN), 422)
    expect(answer.request("POST", "/todos", body=b"{not json", headers=ANN | {"Content-Type": "application/json"}), 422)
    expect(answer.request("GET", "/todos/seven"), 422)
    total = page_of(answer)["total"]
    assert total == 0, f"输入全被拒绝了，列表里却有 {total} 个待办 // everything was refused, yet there are {total} todos in the list"
    assert created(answer, title=f"  {good} ")["title"] == good, "标题两端的空白应去掉 // spaces around a title are stripped"
    assert created(answer, title="x" * 100, note="n" * 1000)["note"] == "n" * 1000, "100 个字符的标题和 1000 个字符的备注是合法的 // a title of 100 letters and a note of 1000 are fine"


def check_writing_needs_a_token(answer, rng):
    todo = created(answer, title=title(rng))
    path = f"/todos/{todo['id']}"
    writes = [("POST", "/todos", {"title": "x"}), ("PUT", path, {"title": "x"}), ("PATCH", path, {"done": True}), ("DELETE", path, None)]
    for headers in ({}, {"Authorization": "Bearer nobody-0000"}, {"Authorization": "Bearer"}, {"Authorization": "ann-7f3a"}):
        for method, where, body in writes:
            more = {} if body is None else {"json": body}
            reply = expect(answer.request(method, where, headers=headers, **more), 401)
            assert "bearer" in reply.headers.get("www-authenticate", "").lower(), "401 的回复应有 WWW-Authenticate: Bearer 头 // a 401 has a header WWW-Authenticate: Bearer"
    page = page_of(answer)
    assert (page["items"], page["total"]) == ([todo], 1), "没有令牌的请求被拒绝了，内容却变了 // requests without a token were refused, and yet something changed"


def check_only_the_owner_may_write(answer, rng):
    todo = created(answer, title=title(rng))
    path = f"/todos/{todo['id']}"
    for method, body in (("PUT", {"title": "mine now"}), ("PATCH", {"title": "mine now"}), ("DELETE", None)):
        more = {} if body is None else {"json": body}
        expect(answer.request(method, path, headers=BO, **more), 403)
    assert todo_of(answer.request("GET", path)) == todo, "别人的请求被拒绝了，内容却变了 // somebody else was refused, and yet it changed"
    assert created(answer, BO, title=title(rng))["owner"] == "bo", "owner 应是令牌的主人 // the owner is whose token it is"


def check_id_and_owner_come_from_the_server(answer, rng):
    mine, number = created(answer, title=title(rng)), int(rng.integers(1000, 9000))
    path = f"/todos/{mine['id']}"
    forged = {"title": "x", "id": number, "owner": "bo"}
    for method, where in (("POST", "/todos"), ("PUT", path), ("PATCH", path)):
        reply = expect(answer.request(method, where, json=forged, headers=ANN), 200, 201, 422)
        if reply.status != 422:
            todo = todo_of(reply, reply.status)
            assert todo["owner"] == "ann", f"`{method}` 的正文里写了 owner，就真的改了主人：哪些字段可以由外面给，要一个个列出来 // an owner in the body of `{method}` became the owner: name the fields that may come from outside"
            assert todo["id"] != number, f"`{method}` 的正文里写了 id，就真的用了它 // an id in the body of `{method}` was really used"
    expect(answer.request("GET", f"/todos/{number}"), 404)
    assert todo_of(answer.request("GET", path))["owner"] == "ann", "主人变了 // the owner has changed"


def check_pages_fit_together(answer, rng):
    count = int(rng.integers(23, 30))
    made = [created(answer, [ANN, BO][i % 2], title=title(rng)) for i in range(count)]
    for i in rng.permutation(count)[:6].tolist():
        who, path = [ANN, BO][i % 2], f"/todos/{made[i]['id']}"
        method = ["PUT", "PATCH"][int(rng.integers(2))]
        made[i] = todo_of(answer.request(method, path, json={"title": title(rng)}, headers=who))
    limit = int(rng.integers(4, 8))
    pages = [page_of(answer, limit=limit, offset=offset) for offset in range(0, count + limit, limit)]
    assert {page["total"] for page in pages} == {count}, f"共 {count} 个待办，total 却不是：它是总数，不是这一页的个数 // there are {count} todos, total says otherwise: it counts all, not this page"
    ids = [todo["id"] for page in pages for todo in page["items"]]
    assert sorted(ids) == sorted(todo["id"] for todo in made), "一页页接起来，有的待办漏了或重复了 // joined together, the pages lose or repeat todos"
    assert ids == [todo["id"] for todo in made], "次序应是创建的先后（id 从小到大），改动过的也留在原位：否则翻页时会漏掉或重复 // the order is that of creation (by id), and what was changed stays in its place: or else pages lose and repeat"
    assert [todo for page in pages for todo in page["items"]] == made, "列表里的待办与单独读到的不同 // the todos in the list are not what they are one by one"
    first = page_of(answer)["items"]
    assert [todo["id"] for todo in first] == ids[:20], "不给 limit 时应是 20 个 // without limit there are 20"


def check_filters_come_before_paging(answer, rng):
    word = f"kw{int(rng.integers(100, 1000))}"
    made = []
    for i in range(18):
        fields = {"title": f"{title(rng)} {word.upper()}" if i % 3 == 0 else title(rng), "done": i % 2 == 0}
        if i % 3 == 1:
            fields["note"] = f"see {word}!"
        made.append(created(answer, **fields))
    fits = {
        "done=true": ({"done": "true"}, [t for t in made if t["done"]]),
        "done=false": ({"done": "false"}, [t for t in made if not t["done"]]),
        "q": ({"q": word}, [t for t in made if word in f"{t['title']} {t['note']}".lower()]),
        "done, q": ({"done": "true", "q": word}, [t for t in made if t["done"] and word in f"{t['title']} {t['note']}".lower()]),
    }
    for name, (query, wanted) in fits.items():
        page = page_of(answer, **query)
        assert page["items"] == wanted, f"筛选 {name} 的结果不对：应有 {len(wanted)} 个，得到 {len(page['items'])} 个（q 在标题和备注里找，不分大小写） // the filter {name} is wrong: {len(wanted)} fit, got {len(page['items'])} (q looks into title and note, upper or lower case)"
        page = page_of(answer, **query, limit=2, offset=1)
        assert (page["items"], page["total"]) == (wanted[1:3], len(wanted)), f"筛选 {name} 再分页：应先筛选、后分页，total 是筛选后的总数 // filter {name}, then pages: filter first, cut afterwards; total counts what fits"


def check_limits_have_limits(answer, rng):
    made = [created(answer, title=title(rng)) for _ in range(3)]
    for query in ({"limit": 0}, {"limit": 101}, {"limit": -1}, {"offset": -1}, {"limit": "many"}, {"done": "perhaps"}):
        expect(answer.request("GET", "/todos", query=query), 422)
    assert page_of(answer, limit=100, offset=2)["items"] == made[2:], "limit=100 是允许的 // limit=100 is allowed"
    assert page_of(answer, offset=10**6) == {"items": [], "total": 3}, "翻到末尾之后应是空的一页 // beyond the end there is an empty page"
    for wait in (-1, 6, "long"):
        expect(answer.request("GET", f"/todos/{made[0]['id']}/done", query={"wait": wait}), 422)


def check_waiting_blocks_nobody(answer, rng):
    todo = created(answer, title=title(rng))
    path = f"/todos/{todo['id']}"
    assert expect(answer.request("GET", f"{path}/done"), 200).json() == {"done": False}, "wait=0 时应立刻回答 // with wait=0 the answer comes at once"
    waiting = answer.begin("GET", f"{path}/done", query={"wait": 1.2})
    for _ in range(3):
        answer.request("GET", path)
    expect(answer.request("PATCH", path, json={"done": True}, headers=ANN), 200)
    told = expect(waiting.reply(), 200).json()
    assert told == {"done": True}, "有人在等 done，这时发来的 PATCH 要到他等完才得到处理：等待堵住了整个服务 // while one client waited for done, a PATCH was not handled until the wait was over: the waiting blocks the whole service"


# --- requests drawn from the OpenAPI document ---

ODD = [None, True, 0, -1, 1.5, 2**70, "", "x" * 3000, "\x00", "日本語", [], {}, ["a"], {"a": {"b": 1}}]


def draw(rng, schema, document, wrong):
    """A value for a schema; with chance `wrong` at each step something odd."""
    if rng.random() < wrong:
        return ODD[int(rng.integers(len(ODD)))]
    if "$ref" in schema:
        return draw(rng, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], document, 0)
    if "anyOf" in schema:
        return draw(rng, schema["anyOf"][int(rng.integers(len(schema["anyOf"])))], document, 0)
    if "enum" in schema:
        return schema["enum"][int(rng.integers(len(schema["enum"])))]
    kind = schema.get("type")
    if kind == "object":
        needed = schema.get("required", [])
        return {name: draw(rng, part, document, wrong) for name, part in schema.get("properties", {}).items() if name in needed or rng.random() < 0.6}
    if kind == "array":
        return [draw(rng, schema.get("items", {}), document, wrong) for _ in range(int(rng.integers(4)))]
    plain = {"string": title(rng), "integer": int(rng.integers(1, 12)), "number": float(rng.uniform(0, 0.05)), "boolean": bool(rng.random() < 0.5)}
    return plain.get(kind)


def request_from(rng, document, path, method, operation):
    """One request for an operation of the document."""
    query, where = {}, path
    for parameter in operation.get("parameters", []):
        value = draw(rng, parameter.get("schema", {}), document, 0.15)
        if parameter["in"] == "path":
            where = where.replace("{" + parameter["name"] + "}", "odd" if isinstance(value, (list, dict, str)) or value is None else str(value))
        elif parameter["in"] == "query" and rng.random() < 0.6:
            small = 0.02 if parameter["name"] == "wait" and isinstance(value, (int, float)) and 0 < value <= 5 else value
            query[parameter["name"]] = str(small)[:200]
    more = {"query": query, "headers": [ANN, BO, {}][int(rng.integers(3))]}
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content:
        more["json"] = draw(rng, content.get("schema", {}), document, 0.15)
    return method, where, more


def check_random_requests_never_crash(answer, rng):
    document = expect(answer.request("GET", "/openapi.json"), 200).json()
    paths = document.get("paths", {}) if isinstance(document, dict) else {}
    operations = [(path, method.upper(), what) for path, kinds in paths.items() for method, what in kinds.items()]
    told = {(path.replace("{todo_id}", "{id}"), method) for path, method, _ in operations}
    wanted = {("/todos", "GET"), ("/todos", "POST"), *(("/todos/{id}", m) for m in ("GET", "PUT", "PATCH", "DELETE")), ("/todos/{id}/done", "GET")}
    missing = sorted(f"{method} {path}" for path, method in wanted - told)
    assert not missing, f"/openapi.json 里没有这些路由：{missing} // /openapi.json lacks these routes: {missing}"
    for i in range(4):
        created(answer, [ANN, BO][i % 2], title=title(rng))
    for _ in range(14):
        for path, method, operation in operations:
            method, where, more = request_from(rng, document, path, method, operation)
            reply = answer.request(method, where, **more)
            assert reply.status < 500, f"`{reply.label}` 回了 {reply.status}：随机的请求让它崩溃了；运行输出里有出错的那一行 // `{reply.label}` gave {reply.status}: a random request crashed it; the output of the run shows the line"
            documented = {str(status) for status in operation.get("responses", {})} | {"401", "403", "404", "422"}
            assert str(reply.status) in documented, f"`{reply.label}` 回了 {reply.status}，文档里没有这个状态码 // `{reply.label}` gave {reply.status}, a status that its document does not know"
    assert np.all([set(todo) == FIELDS for todo in page_of(answer, limit=100)["items"]]), "列表里有不完整的待办 // some todos in the list are not whole"
