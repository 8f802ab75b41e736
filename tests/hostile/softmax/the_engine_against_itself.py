"""Uses the engine's own modules, importable beside it, to load the lab and to start a judge."""
# needs: rootless


def tried(what, call):
    try:
        got = call()
    except BaseException:
        return
    print("ATTACK-REACHED", what, repr(got)[:40])


def labs():
    from zhixing.catalog.reading import catalog_or_problem
    import pathlib
    import zhixing

    root = pathlib.Path(zhixing.__file__).parents[1] / "zhixing_curriculum"
    return catalog_or_problem([root]).labs["dl-softmax-ce"].solution


def judge():
    from zhixing.grader.grading import Judge

    with Judge() as mine:
        return mine.process.pid


tried("a judge of its own", judge)
tried("the catalog", labs)
