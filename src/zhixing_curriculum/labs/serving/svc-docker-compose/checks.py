import re

FILES = {
    "app/__init__.py": 0, "app/main.py": 2_400, "app/store.py": 3_100,
    "app/__pycache__/main.cpython-312.pyc": 4_800, "requirements.txt": 96, "README.md": 1_800,
    "Dockerfile": 1_000, ".dockerignore": 80, "compose.yaml": 1_200, ".env": 40,
    "tests/test_main.py": 5_200, "data/todos.db": 61_000_000,
    ".git/HEAD": 21, ".git/objects/pack/pack-1.pack": 118_000_000,
    ".venv/pyvenv.cfg": 200, ".venv/lib/python3.12/site-packages/fastapi/applications.py": 230_000_000,
}  # fmt: skip
NEEDED = ("app/__init__.py", "app/main.py", "app/store.py")
KEPT_OUT = {
    ".env": ".env", ".git": ".git/objects/pack/pack-1.pack", ".venv": ".venv/pyvenv.cfg",
    "data": "data/todos.db", "__pycache__": "app/__pycache__/main.cpython-312.pyc",
}  # fmt: skip
MIB = 1024 * 1024
SECRET = re.compile(r"PASS(WORD|WD)?|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL", re.IGNORECASE)
PINNED = re.compile(r":v?\d+\.\d+|@sha256:[0-9a-f]{64}$")
INSTALLERS, INSTALLS = {"pip", "pip3", "uv", "poetry", "pdm", "conda"}, {"install", "sync"}
LISTS = (".txt", ".toml", ".lock", ".cfg")  # files that name requirements
MOST_IGNORED, LONGEST_PATTERN = 8 * 1024, 256
SERVICES = ("web", "db", "cache")
TOP_KEYS = "name version services volumes networks configs secrets".split()
SERVICE_KEYS = (
    "annotations attach build blkio_config cap_add cap_drop cgroup command configs container_name "
    "cpus cpu_shares depends_on deploy develop devices dns domainname entrypoint env_file "
    "environment expose extends extra_hosts group_add healthcheck hostname image init ipc isolation "
    "labels links logging mem_limit mem_reservation network_mode networks pid pids_limit platform "
    "ports privileged profiles pull_policy read_only restart runtime secrets security_opt shm_size "
    "stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits user volumes "
    "volumes_from working_dir"
).split()


def stages_of(answer):
    return answer.dockerfile("Dockerfile")


def all_of(stage, *names):
    return [one for one in stage["instructions"] if one["name"] in names]


def copies(stage):
    """COPY and ADD from the build context: (instruction, sources)."""
    every = all_of(stage, "COPY", "ADD")
    return [(one, one["words"][:-1]) for one in every if "from" not in one["flags"]]


# What follows reads texts of an answer in the judge: each step looks at a sign once. A regular
# expression with two open ends (`.*x.*`, `\w*x\w*`) would try them against each other for minutes.


def words_of(text):
    return re.split(r"\W+", text)


def installs_packages(text):
    """`pip … install`, `uv … sync`: one of the tools, and after it what it is to do."""
    words = words_of(text)
    first = next((n for n, word in enumerate(words) if word in INSTALLERS), len(words))
    return not INSTALLS.isdisjoint(words[first + 1 :])


def makes_user(text, user):
    """`useradd … NAME`, within one command."""
    for command in re.split(r"[&;|]", text):
        words = re.split(r"[\s\"'(),]+", command)
        first = next((n for n, w in enumerate(words) if w.split("/")[-1] in ("useradd", "adduser")), None)
        if first is not None and user in words[first + 1 :]:
            return True
    return False


def sets_secret(text):
    """`PASSWORD=…`: the word before an equals sign."""
    names = (re.split(r"\W", before)[-1] for before in text.split("=")[:-1])
    return any(SECRET.search(name) for name in names)


def ignored(answer):
    """The patterns of .dockerignore: (pattern, whether it lets a file in again)."""
    assert len(answer.text(".dockerignore")) <= MOST_IGNORED, (
        ".dockerignore 超过 8 KiB，没有哪个项目要写这么长 // "
        ".dockerignore is over 8 KiB, longer than any project needs"
    )
    lines = [line.strip() for line in answer.lines(".dockerignore")]
    patterns = [line for line in lines if line and not line.startswith("#")]
    assert patterns, ".dockerignore 还是空的 // .dockerignore is still empty"
    return [(p.removeprefix("!"), p.startswith("!")) for p in patterns]


def matches(pattern, path):
    """Does a pattern of Docker's take this path, or a folder above it?

    Patterns begin at the root of the context: `x` is not `a/x`, `**/x` is both. A set of places in
    the path (the bits of `at`) moves along the pattern, each sign of it looked at once.
    """
    text, at, everywhere = pattern.strip().strip("/").removeprefix("./"), 1, (2 << len(path)) - 1
    assert len(text) <= LONGEST_PATTERN, (
        f"{text[:40]}… 长过任何路径 // {text[:40]}… is longer than any path"
    )
    begins = sum(2 << n for n, sign in enumerate(path) if sign == "/")  # where a name begins
    slashes, place = begins >> 1, 0
    while at and place < len(text):
        sign = next((s for s in ("**/", "**", "*") if text.startswith(s, place)), text[place])
        onward = everywhere & ~((at & -at) - 1)  # from the first of the places to the end
        if sign == "**/":
            at |= begins & onward & ~(at & -at)
        elif sign == "**":
            at = onward
        elif sign == "*":
            for _ in path:
                at |= (at & ~slashes) << 1
        elif sign == "?":
            at = (at & ~slashes) << 1
        else:
            at = sum(2 << n for n, one in enumerate(path) if one == sign and at >> n & 1)
        at, place = at & everywhere, place + len(sign)
    return bool(at & (slashes | 1 << len(path)))


def context(answer):
    """The files that a build would be sent."""
    patterns, sent = ignored(answer), []
    for path in FILES:
        out = False
        for pattern, lets_in in patterns:
            if matches(pattern, path):
                out = not lets_in
        if not out:
            sent.append(path)
    return sent


def covered(source, paths):
    """The paths that `COPY source` would take."""
    whole = source.strip("/") in ("", ".")
    return [path for path in paths if whole or matches(source, path)]


# --- the image -----------------------------------------------------------------------------------


def check_built_in_stages(answer):
    stages = stages_of(answer)
    last = stages[-1]
    earlier = {stage["name"] for stage in stages[:-1] if stage["name"]}
    earlier |= {str(number) for number in range(len(stages) - 1)}
    taken = [one for one in all_of(last, "COPY") if one["flags"].get("from", "").lower() in earlier]
    inherits = last["image"].lower() in earlier
    installs = any(installs_packages(one["text"]) for one in all_of(last, "RUN"))
    answer.saw("Dockerfile", [len(stages) > 1, bool(taken) or inherits, installs])
    assert len(stages) > 1, (
        "只有一个阶段：装依赖用的工具会一直留在镜像里 // "
        "there is one stage: the tools that installed the requirements stay in the image"
    )
    assert taken or inherits, (
        "最后一个阶段没有从前面的阶段拿任何东西：COPY --from=… // "
        "the last stage takes nothing from an earlier one: COPY --from=…"
    )
    assert not installs, (
        "最后一个阶段又装了一遍依赖：把前面装好的环境拿过来 // "
        "the last stage installs the requirements again: take the environment that is made already"
    )


def check_base_images_are_pinned(answer):
    stages = stages_of(answer)
    names = [stage["name"] for stage in stages]
    floating = [
        stage["written"]
        for number, stage in enumerate(stages)
        if stage["image"].lower() not in names[:number]
        and stage["image"] != "scratch"
        and not PINNED.search(stage["image"])
    ]
    answer.saw("Dockerfile", len(floating))
    assert not floating, (
        f"基础镜像 {floating[0]} 没有固定到小版本：明天再构建，得到的可能是另一个 // "
        f"the base image {floating[0]} is not pinned to a minor version: tomorrow's build may get "
        "another one"
    )


def check_dependencies_before_the_source(answer):
    wrong = installed = False
    for stage in stages_of(answer):
        seen = False
        for one in stage["instructions"]:
            if one["name"] in ("COPY", "ADD") and "from" not in one["flags"]:
                plain = [s for s in one["words"][:-1] if s.endswith(LISTS)]
                seen = seen or len(plain) < len(one["words"]) - 1
            if one["name"] == "RUN" and installs_packages(one["text"]):
                installed, wrong = True, wrong or seen
    answer.saw("Dockerfile", [installed, wrong])
    assert installed, "没有一条 RUN 安装 requirements.txt // no RUN installs requirements.txt"
    assert not wrong, (
        "源代码比依赖先进镜像：改一行代码，就要把依赖全部重装一遍 // "
        "the source comes before the requirements: each changed line installs them all again"
    )


def check_what_is_copied_exists(answer):
    sent, stages = context(answer), stages_of(answer)
    absent = [
        source
        for stage in stages
        for one, sources in copies(stage)
        for source in sources
        if not source.startswith(("http://", "https://")) and not covered(source, sent)
    ]
    shipped = {path for one, sources in copies(stages[-1]) for s in sources for path in covered(s, sent)}
    answer.saw("Dockerfile", [len(absent), set(NEEDED) <= shipped])
    assert not absent, (
        f"COPY {absent[0]}：项目里没有它，或者被 .dockerignore 挡在外面 // "
        f"COPY {absent[0]}: the project has no such thing, or .dockerignore keeps it out"
    )
    assert set(NEEDED) <= shipped, (
        "最后一个阶段里没有服务的代码（app 文件夹） // the last stage does not hold the service: folder app"
    )


def user_of(stage):
    users = all_of(stage, "USER")
    return users[-1]["text"].split(":")[0] if users else "root"


def check_not_run_as_root(answer):
    last = stages_of(answer)[-1]
    user = user_of(last)
    root = user in ("root", "0")
    runs = " ".join(one["text"] for one in all_of(last, "RUN"))
    made = user.isdigit() or user == "nobody" or makes_user(runs, user)
    answer.saw("Dockerfile", [root, made])
    assert not root, (
        "容器以 root 运行：服务被攻破，攻击者就是 root。建一个用户，最后 USER 切过去 // "
        "the container runs as root, and so does whoever breaks into the service: make a user, and "
        "change to it with USER at the end"
    )
    assert made, (
        f"USER {user}：这个用户没有建过，容器会启动不了 // "
        f"USER {user}: that user was never made, and the container will not start"
    )


def started_by(stage):
    """ENTRYPOINT and CMD together as words, and whether both are in exec form."""
    last = [all_of(stage, name)[-1:] for name in ("ENTRYPOINT", "CMD")]
    found = [one for each in last for one in each]
    assert found, "没有 CMD：容器不知道要启动什么 // there is no CMD: a container knows nothing to start"
    words = [w for one in found for w in re.findall(r"[^\s'\",\[\]]+", " ".join(one["words"]))]
    return words, all(one["form"] == "exec" for one in found)


def check_started_in_exec_form(answer):
    _, executed = started_by(stages_of(answer)[-1])
    answer.saw("Dockerfile", executed)
    assert executed, (
        "CMD 不是合法的 JSON 数组，Docker 会交给 /bin/sh：停止信号到不了你的进程，要等 10 秒被强杀。"
        "用双引号写 [\"程序\", \"参数\"] // "
        "CMD is no JSON array, so Docker hands it to /bin/sh: the signal to stop never reaches your "
        "process and after 10 s it is killed. Write [\"program\", \"argument\"], in double quotes"
    )


def check_tells_its_health(answer):
    last = stages_of(answer)[-1]
    found = [one for one in all_of(last, "HEALTHCHECK") if one["form"] != "none"]
    text = found[-1]["text"] if found else ""
    installs = " ".join(one["text"] for one in all_of(last, "RUN"))
    tool = next((t for t in ("curl", "wget") if re.search(rf"\b{t}\b", text)), "")
    lacking = bool(tool) and tool not in installs
    answer.saw("Dockerfile", [bool(found), "/health" in text, lacking])
    assert found, (
        "最后一个阶段没有 HEALTHCHECK：进程还在、却已不应答的服务，谁也看不出来 // "
        "the last stage has no HEALTHCHECK: nobody sees a service that lives and no longer answers"
    )
    assert "/health" in text, (
        "HEALTHCHECK 没有去问服务的 /health // the HEALTHCHECK does not ask the service for /health"
    )
    assert not lacking, (
        f"slim 镜像里没有 {tool}，健康检查会永远失败：用 Python 自己去问 // "
        f"a slim image has no {tool}, and the health check fails for ever: let Python ask"
    )


def check_no_secret_in_any_layer(answer):
    told = []
    for stage in stages_of(answer):
        for one in stage["instructions"]:
            if one["name"] in ("ENV", "ARG", "LABEL"):
                told += [f"{one['name']} {key}" for key in one["pairs"] if SECRET.search(key)]
            if one["name"] == "RUN" and sets_secret(one["text"]):
                told.append("RUN")
            if one["name"] in ("COPY", "ADD") and "from" not in one["flags"]:
                told += [f"COPY {s}" for s in one["words"][:-1] if ".env" in s.split("/")[-1]]
    answer.saw("Dockerfile", len(told))
    assert not told, (
        f"镜像的某一层里有密钥（{told[0]}）：docker history 谁都看得到，后面再删也删不掉 // "
        f"a layer holds a secret ({told[0]}): docker history shows it to everybody, and no later "
        "layer takes it away"
    )


# --- what is sent ----------------------------------------------------------------------------------


def check_the_context_is_clean(answer):
    stages_of(answer)  # without an image there is nothing to keep clean
    sent = context(answer)
    inside = [name for name, path in KEPT_OUT.items() if path in sent]
    lost = [path for path in (*NEEDED, "requirements.txt") if path not in sent]
    size = sum(FILES[path] for path in sent)
    answer.saw(".dockerignore", inside)
    assert not lost, (
        f"{lost[0] if lost else ''} 被 .dockerignore 挡在外面，构建时要用它 // "
        f"{lost[0] if lost else ''} is kept out by .dockerignore, and the build needs it"
    )
    assert not inside, (
        f"{', '.join(inside)} 会送进构建（共 {size / MIB:.0f} MiB）：写进 .dockerignore；"
        "注意这里的写法从项目根算起，任何一层都算要写 **/ // "
        f"{', '.join(inside)} would be sent to the build ({size / MIB:.0f} MiB in all): name it in "
        ".dockerignore; patterns begin at the root there, **/ means at any depth"
    )


# --- compose ---------------------------------------------------------------------------------------


def compose_of(answer):
    doc = answer.yaml("compose.yaml")
    assert isinstance(doc, dict) and isinstance(doc.get("services"), dict), (
        "compose.yaml 要有 services，下面是各个服务 // compose.yaml has services, with each service below"
    )
    for name in SERVICES:
        assert isinstance(doc["services"].get(name), dict) and doc["services"][name], (
            f"services 下没有 {name}，或它还是空的 // there is no {name} under services, or it is empty"
        )
    return doc


def listed(value):
    return value if isinstance(value, list) else []


def nearest(word, known):
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, known, 1)), "?")


def check_keys_are_known(answer):
    doc = compose_of(answer)
    wrong = [(str(key), TOP_KEYS) for key in doc if key not in TOP_KEYS and not str(key).startswith("x-")]
    for service in doc["services"].values():
        keys = service if isinstance(service, dict) else {}
        wrong += [(str(k), SERVICE_KEYS) for k in keys if k not in SERVICE_KEYS and not str(k).startswith("x-")]
    answer.saw("compose.yaml", len(wrong))
    assert not wrong, (
        f"Compose 没有 {wrong[0][0]} 这个键，是不是 {nearest(*wrong[0])}？ // "
        f"Compose has no key {wrong[0][0]}; did you mean {nearest(*wrong[0])}?"
    )


def check_services_are_pinned(answer):
    services = compose_of(answer)["services"]
    images = {name: str(s.get("image", "")) for name, s in services.items() if isinstance(s, dict)}
    floating = [n for n, image in images.items() if image and "build" not in services[n]
                and not PINNED.search(image)]
    built = "build" in services["web"]
    answer.saw("compose.yaml", [built, floating])
    assert built, "web 要从这里的 Dockerfile 构建：build: . // web is built from the Dockerfile: build: ."
    for name in ("db", "cache"):
        assert images[name], f"{name} 没有写 image // {name} names no image"
    assert not floating, (
        f"{floating[0]} 的镜像没有固定版本：某天拉到新的大版本，旧数据就打不开了 // "
        f"the image of {floating[0]} is not pinned: one day a new major version comes and cannot open "
        "the old data"
    )


def health_of(service):
    check = service.get("healthcheck")
    test = check.get("test") if isinstance(check, dict) and not check.get("disable") else None
    return bool(test) and test not in ("NONE", ["NONE"])


def check_web_waits_for_health(answer):
    services = compose_of(answer)["services"]
    waits = services["web"].get("depends_on")
    kind = "list" if isinstance(waits, list) else "map" if isinstance(waits, dict) else "none"
    entries = waits if isinstance(waits, dict) else {}
    ready = {
        name: isinstance(entries.get(name), dict) and entries[name].get("condition") == "service_healthy"
        for name in ("db", "cache")
    }
    healthy = {name: health_of(services[name]) for name in ("db", "cache")}
    answer.saw("compose.yaml", [kind, ready, healthy])
    for name in ("db", "cache"):
        assert healthy[name], (
            f"{name} 没有 healthcheck：别人无从知道它是否就绪 // "
            f"{name} has no healthcheck: nobody can know when it is ready"
        )
        assert ready[name], (
            f"web 没有等 {name} 健康（condition: service_healthy）：容器启动了，不等于数据库能连了 // "
            f"web does not wait until {name} is healthy (condition: service_healthy): a container that "
            "has started is not yet a database that answers"
        )


def mounts(service):
    """(source, target) of each volume, in short or long form."""
    found = []
    for one in listed(service.get("volumes")):
        if isinstance(one, dict):
            found.append((str(one.get("source", "")), str(one.get("target", ""))))
        else:
            parts = str(one).split(":")
            found.append((parts[0], parts[1]) if len(parts) > 1 else ("", parts[0]))
    return found


def check_data_live_in_a_volume(answer):
    doc = compose_of(answer)
    place = "/var/lib/postgresql/data"
    there = [source for source, target in mounts(doc["services"]["db"]) if target.rstrip("/") == place]
    named = bool(there) and bool(re.fullmatch(r"[A-Za-z0-9][\w.-]*", there[0]))
    declared = named and isinstance(doc.get("volumes"), dict) and there[0] in doc["volumes"]
    answer.saw("compose.yaml", [bool(there), named, declared])
    assert there, (
        f"db 的数据（{place}）没有放在卷里：docker compose down 一次就没了 // "
        f"the data of db ({place}) are in no volume: one docker compose down and they are gone"
    )
    assert named, (
        "卷没有名字：换一个容器就是一个新的空卷 // the volume has no name: a new container gets a new, empty one"
    )
    assert declared, (
        f"卷 {there[0]} 没有在最下面的 volumes 里声明，Compose 会拒绝启动 // "
        f"the volume {there[0]} is not declared under volumes at the end: Compose refuses to start"
    )


def settings(service):
    """environment as pairs, from its list or its map."""
    found = service.get("environment")
    if isinstance(found, dict):
        return {str(key): "" if value is None else str(value) for key, value in found.items()}
    return {str(one).partition("=")[0]: str(one).partition("=")[2] for one in listed(found)}


def check_passwords_come_from_outside(answer):
    services = compose_of(answer)["services"]
    told, without = [], []
    for name, service in services.items():
        pairs = settings(service) if isinstance(service, dict) else {}
        for key, value in pairs.items():
            outside = value == "" or re.fullmatch(r"\$\{\w+(:?\?[^}]*)?\}|\$\w+", value)
            if SECRET.search(key) and not key.endswith("_FILE") and not outside:
                told.append(f"{name}.{key}")
    db = services["db"]
    if not any("POSTGRES_PASSWORD" in key for key in settings(db)) and "env_file" not in db:
        without.append("db")
    answer.saw("compose.yaml", [len(told), not without])
    assert not without, (
        "db 没有 POSTGRES_PASSWORD：PostgreSQL 会拒绝启动 // db has no POSTGRES_PASSWORD: PostgreSQL refuses to start"
    )
    assert not told, (
        f"{told[0]} 的密码写在了 compose.yaml 里，会进 git：用 ${{DATABASE_PASSWORD:?…}}，值放在 .env；"
        "也不要给默认密码 // "
        f"the password {told[0]} is written into compose.yaml, and goes into git: use "
        "${DATABASE_PASSWORD:?…} with its value in .env, and no default"
    )


def published(service):
    """(port of the host, port of the container) as texts."""
    found = []
    for one in listed(service.get("ports")):
        if isinstance(one, dict):
            found.append((str(one.get("published", "")), str(one.get("target", ""))))
        else:
            parts = str(one).split("/")[0].split(":")
            found.append((parts[-2] if len(parts) > 1 else "", parts[-1]))
    return found


def listening(words):
    """(address, port) where the server listens, as its arguments say; uvicorn's own defaults."""
    host, colon, port = given(words, "-b", "--bind").rpartition(":")
    if colon and port.isdigit():
        return host, port
    port = given(words, "--port", "-p")
    return given(words, "--host") or "127.0.0.1", port if port.isdigit() else "8000"


def given(words, *names):
    """What is given to one of these options: `--host x`, `--host=x`; "" without it."""
    for word, following in zip(words, [*words[1:], ""]):
        name, equals, value = word.partition("=")
        if name in names:
            return value if equals else following
    return ""


def check_ports_match(answer):
    last = stages_of(answer)[-1]
    words, _ = started_by(last)
    address, port = listening(words)
    exposed = [word.split("/")[0] for one in all_of(last, "EXPOSE") for word in one["words"]]
    inside = [target for _, target in published(compose_of(answer)["services"]["web"])]
    asked = [m for one in all_of(last, "HEALTHCHECK") for m in re.findall(r":(\d+)/", one["text"])]
    answer.saw("Dockerfile", [
        address in ("0.0.0.0", "::", "[::]"), exposed == [port], inside == [port], asked == [port]])
    assert address in ("0.0.0.0", "::", "[::]"), (
        f"服务只听 {address}：那是容器自己的回环地址，外面连不进来，写 0.0.0.0 // "
        f"the service listens on {address}, the container's own loopback, where nobody outside reaches "
        "it: say 0.0.0.0"
    )
    assert inside, "web 没有发布端口（ports） // web publishes no port: ports"
    for what, found in (("compose.yaml 的 ports // ports in compose.yaml", inside),
                        ("EXPOSE // EXPOSE", exposed), ("HEALTHCHECK // HEALTHCHECK", asked)):
        zh, en = what.split(" // ")
        assert found == [port], (
            f"服务在容器里听 {port}，{zh} 里却不是（得到 {'、'.join(found) or '没有'}） // "
            f"inside its container the service listens on {port}, which is not what {en} says "
            f"({', '.join(found) or 'nothing'})"
        )
