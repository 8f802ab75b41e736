import math

import numpy as np
from zhixing_checks import Table, raises

NUMBERS = ("age", "minutes", "opened", "idle_days")


# --- what the judge knows by itself -----------------------------------------------------------


def counted(y, flagged):
    """(flagged and true, flagged, true), counted row by row."""
    pairs = [(bool(a), bool(b)) for a, b in zip(y, flagged)]
    return sum(a and b for a, b in pairs), sum(b for _, b in pairs), sum(a for a, _ in pairs)


def pair_by_pair(y, score):
    """The AUC by its meaning: every row of class 1 against every row of class 0."""
    won = [1.0 if a > b else 0.5 if a == b else 0.0 for a, one in zip(score, y) if one for b, other in zip(score, y) if not other]
    return sum(won) / len(won)


def both_classes(rng, n, share=0.4):
    return rng.permutation(np.arange(n) < max(1, round(share * n))).astype(int)


# --- what an answer may say -------------------------------------------------------------------


def expect_number(reply, name):
    assert isinstance(reply, (float, int, np.generic)) and not isinstance(reply, (bool, np.bool_)), f"{name} 应返回一个数，得到的是 {type(reply).__name__} // {name} should return one number, not a {type(reply).__name__}"
    return float(reply)


def expect_column(reply, length, name):
    assert isinstance(reply, np.ndarray), f"{name} 应返回 NumPy 数组，得到的是 {type(reply).__name__} // {name} should return a NumPy array; this is a {type(reply).__name__}"
    assert reply.shape == (length,), f"{name} 的形状应是 {(length,)}，得到 {reply.shape} // {name} should have shape {(length,)}, not {reply.shape}"
    assert reply.dtype.kind in "fiu", f"{name} 的元素应是数，得到 dtype {reply.dtype} // {name} should hold numbers; its dtype is {reply.dtype}"
    return reply


def without_stopping(work, zh, en):
    """What `work` gives; if the answer raises, a failure that says when, and the first line of why."""
    try:
        return work()
    except AssertionError:
        raise
    except Exception as error:
        said = (str(error).splitlines() or [""])[0][:160]
        raise AssertionError(f"{zh}：{said} // {en}: {said}") from None


# --- metrics ----------------------------------------------------------------------------------


def check_precision_and_recall_count_rows(answer, rng):
    for n in (8, 13, 40):
        y, flagged = both_classes(rng, n, 0.3), both_classes(rng, n, 0.6)
        y[0] = flagged[0] = 1
        both, marked, true = counted(y, flagged)
        for given in [(y, flagged), (y.tolist(), flagged.tolist()), (y.astype(bool), flagged.astype(bool)), (y.astype(float), flagged)]:
            p, r = expect_number(answer.precision(*given), "precision"), expect_number(answer.recall(*given), "recall")
            assert abs(p - both / marked) < 1e-9, f"标记了 {marked} 行，其中真的有 {both} 行，precision 却是 {p:.3f}：分母是被标记的行数吗？ // {marked} rows flagged, {both} of them rightly, yet precision is {p:.3f}: is the denominator the number of flagged rows?"
            assert abs(r - both / true) < 1e-9, f"真的有 {true} 行，标记到 {both} 行，recall 却是 {r:.3f}：分母是真正为 1 的行数吗？ // {true} rows truly 1, {both} of them flagged, yet recall is {r:.3f}: is the denominator the number of rows that truly are 1?"


def check_zero_over_zero_is_nan(answer, rng):
    y, some = both_classes(rng, 9), np.ones(9, dtype=int)
    none = np.zeros(9, dtype=int)
    p, r = expect_number(answer.precision(y, some), "precision"), expect_number(answer.recall(y, some), "recall")
    assert abs(p - y.mean()) < 1e-9 and r == 1, "把所有行都标记时就不对：先看上一项 // wrong already when every row is flagged: see the check above"
    p, r = expect_number(answer.precision(y, none), "precision"), expect_number(answer.recall(none, y), "recall")
    assert math.isnan(p), f"一行也没标记，precision 是 0/0，应为 nan，得到 {p:g} // nothing was flagged: precision is 0/0 and should be nan, not {p:g}"
    assert math.isnan(r), f"没有一行真的是 1，recall 是 0/0，应为 nan，得到 {r:g} // no row is truly 1: recall is 0/0 and should be nan, not {r:g}"
    assert expect_number(answer.recall(y, none), "recall") == 0, "有 1 却一行也没标记：recall 是 0，不是 nan // some rows are 1 and none was flagged: recall is 0, not nan"
    assert expect_number(answer.precision(none, y), "precision") == 0, "标记的全错：precision 是 0，不是 nan // everything flagged is wrong: precision is 0, not nan"


def check_auc_is_the_chance_of_a_right_order(answer, rng):
    for n in (6, 25, 60):
        y = both_classes(rng, n)
        score = rng.permutation(n) / n + 0.2 * y
        score = score + rng.uniform(0, 1e-6, size=n)
        for given in [(y, score), (y.tolist(), score.tolist()), (y.astype(bool), score)]:
            got = expect_number(answer.roc_auc(*given), "roc_auc")
            gap = abs(got - pair_by_pair(y, score))
            assert gap < 1e-9, f"与逐对比较差 {gap:.3f}：取一行 1 和一行 0，前者得分更高的机会有多大？ // off by {gap:.3f} from comparing pair by pair: take a row of 1 and a row of 0; how often does the first score higher?"


def check_auc_counts_ties_half(answer, rng):
    y = both_classes(rng, 30)
    got = expect_number(answer.roc_auc(y, np.full(30, 0.7)), "roc_auc")
    assert abs(got - 0.5) < 1e-9, f"所有得分都相同，AUC 应是 0.5，得到 {got:.3f}：并列的一对算半对 // all scores are equal: the AUC should be 0.5, not {got:.3f}; a tie counts half"
    for _ in range(3):
        y, score = both_classes(rng, 40), rng.integers(0, 4, size=40) / 4
        gap = abs(expect_number(answer.roc_auc(y, score), "roc_auc") - pair_by_pair(y, score))
        assert gap < 1e-9, f"有并列得分时差 {gap:.3f}：并列的一对既不是赢也不是输 // off by {gap:.3f} when scores tie: a tied pair is neither won nor lost"


def check_auc_cares_only_about_order(answer, rng):
    y = both_classes(rng, 50)
    score = rng.normal(size=50) + y
    plain = expect_number(answer.roc_auc(y, score), "roc_auc")
    for name, moved in [("exp", np.exp(score)), ("0.9 + 0.001·s", 0.9 + 0.001 * score), ("s − 100", score - 100)]:
        other = expect_number(answer.roc_auc(y, moved), "roc_auc")
        assert abs(other - plain) < 1e-9, f"得分 s 换成 {name}，名次不变，AUC 却从 {plain:.3f} 变成 {other:.3f}：里面有固定的阈值吗？ // scores s became {name}: the order is the same, yet the AUC went from {plain:.3f} to {other:.3f}. Is there a fixed threshold inside?"
    turned = expect_number(answer.roc_auc(y, -score), "roc_auc")
    assert abs(turned - (1 - plain)) < 1e-9, "得分全部取负，AUC 应变成 1 − AUC // with all scores negated the AUC should become 1 − AUC"
    assert abs(plain - pair_by_pair(y, score)) < 1e-9, "只看名次，但数值不对：先看逐对比较那一项 // it depends on the order only, but its value is wrong: see the pair-by-pair check"


def check_auc_of_one_class_is_nan(answer, rng):
    score = rng.random(7)
    for y in (np.ones(7, int), np.zeros(7, int)):
        got = expect_number(answer.roc_auc(y, score), "roc_auc")
        assert math.isnan(got), f"只有一类时一对也凑不成，AUC 应为 nan，得到 {got:g} // with one class only there is no pair to compare: the AUC should be nan, not {got:g}"
    assert math.isnan(expect_number(answer.roc_auc([], []), "roc_auc")), "一行也没有时 AUC 应为 nan // with no rows the AUC should be nan"
    got = expect_number(answer.roc_auc([0, 1], [0.2, 0.9]), "roc_auc")
    assert got == 1, "一行 1、一行 0，次序正确：AUC 是 1 // one row of each, in the right order: the AUC is 1"


def check_roc_curve_steps_once_per_score(answer, rng):
    for n, levels in [(30, 5), (12, 100), (20, 1), (1, 3)]:
        y, score = both_classes(rng, n), rng.integers(0, levels, size=n) / 8 + 0.125
        if n > 1:
            y[:2] = [0, 1]
        reply = answer.roc_curve(y, score)
        assert isinstance(reply, (tuple, list)) and len(reply) == 3, "roc_curve 应返回三个数组：fpr、tpr、阈值 // roc_curve should return three arrays: fpr, tpr, thresholds"
        distinct = sorted(set(score.tolist()), reverse=True)
        length = np.shape(reply[2])[0] if np.ndim(reply[2]) == 1 else -1
        assert length == len(distinct) + 1, f"{n} 行里有 {len(distinct)} 个不同的得分，加上起点应有 {len(distinct) + 1} 个点，得到 {length}：得分相同的行一起越过阈值，不同的得分各占一个点 // {n} rows with {len(distinct)} distinct scores make {len(distinct) + 1} points with the start, not {length}: rows of one score cross the threshold together, and every distinct score has its point"
        fpr, tpr, cuts = (expect_column(part, len(distinct) + 1, f"roc_curve(y, score)[{i}]") for i, part in enumerate(reply))
        assert np.array_equal(cuts, [math.inf, *distinct]), "阈值应从 inf 开始，之后是各个得分，由大到小 // thresholds should start at inf, then the scores from the largest down"
        for i, cut in enumerate(cuts):
            hits, marked, true = counted(y, score >= cut)
            for name, got, part, whole in [("fpr", fpr[i], marked - hits, n - true), ("tpr", tpr[i], hits, true)]:
                right = abs(got - part / whole) < 1e-9 if whole else math.isnan(got)
                assert right, f"阈值 {cut:g} 处的 {name} 不对（得到 {got:.3f}）：标记得分 ≥ 阈值的行，再数一遍 // {name} is wrong at threshold {cut:g} (got {got:.3f}): flag the rows with score ≥ threshold and count again"


def check_evaluate_reads_the_threshold(answer, rng):
    y = both_classes(rng, 40)
    probability = np.clip(rng.integers(0, 9, size=40) / 8 + 0.125 * y, 0, 1)
    probability[:4] = [0.25, 0.5, 0.75, 1.0]
    y[0] = 1
    for threshold in (0.3125, None, 0.75):
        cut = 0.5 if threshold is None else threshold
        reply = answer.evaluate(y, probability) if threshold is None else answer.evaluate(y, probability, threshold)
        assert isinstance(reply, dict) and set(reply) == {"precision", "recall", "roc_auc"}, "evaluate 应返回字典，键是 precision、recall、roc_auc // evaluate should return a dict with the keys precision, recall, roc_auc"
        both, marked, true = counted(y, probability >= cut)
        got = {name: expect_number(value, f'evaluate["{name}"]') for name, value in reply.items()}
        on_it = "" if threshold == 0.3125 else "概率恰好等于阈值的行也要标记"
        on_it_en = "" if threshold == 0.3125 else "a row whose probability equals it is flagged too"
        for name, want in [("precision", both / marked), ("recall", both / true)]:
            assert abs(got[name] - want) < 1e-9, f"阈值 {cut} 处 {name} 不对：{on_it or f'先看 {name} 自己的那一项，再看标记用的是不是这个阈值'} // {name} is wrong at threshold {cut}: {on_it_en or f'see the check of {name} first, then whether the flags use this threshold'}"
        assert abs(got["roc_auc"] - pair_by_pair(y, probability)) < 1e-9, "roc_auc 不对：它要的是概率本身，换成 0/1 的标记，名次就丢了（AUC 那几项若没过，先改它们） // roc_auc is wrong: it needs the probabilities themselves; turned into 0/1 flags they lose their order (if a check of the AUC failed, mend that first)"


# --- pipeline ---------------------------------------------------------------------------------


def given_model(answer, rng, data):
    """Trained once; the checks below only ask it for probabilities."""
    return answer.train(answer.put("train.csv", data.training_file(rng, 2000).encode()))


def asked(answer, data, model, columns, order=None):
    """The answer's probabilities for new customers, checked for shape and range."""
    text = data.csv_text(columns, order)
    n = len(next(iter(columns.values()))) if order is None else len(order)
    p = expect_column(answer.probabilities(model, answer.put("new.csv", text.encode())), n, "probabilities(model, path)")
    assert np.isfinite(p).all(), "有的行得到了 nan：缺失的值没有补上吗？ // some rows got nan: were missing values left open?"
    assert ((p >= 0) & (p <= 1)).all(), "概率应在 0 与 1 之间 // probabilities lie between 0 and 1"
    return p


def as_table(data, columns):
    """The same customers as a table with numbers in it, as a data base would give them."""
    def cell(name, text):
        if text in ("", "?"):
            return math.nan if name in NUMBERS else None
        return float(text) if name in NUMBERS else text

    table = {name: [cell(name, v) for v in columns[name]] for name in data.FEATURES}
    return Table({name: np.array(v) if name in NUMBERS else v for name, v in table.items()})


def check_the_pipeline_takes_raw_tables(answer, rng, data):
    columns, left, _ = data.customers(rng, 400)
    whole = [k for k in range(400) if all(columns[name][k] not in ("", "?") for name in columns)]
    full = {name: [columns[name][k] for k in whole] for name in columns}
    fitted = answer.build_pipeline().fit(as_table(data, full), left[whole])
    P = fitted.predict_proba(as_table(data, full))
    assert isinstance(P, np.ndarray) and P.shape == (len(whole), 2), f"predict_proba 应给出 ({len(whole)}, 2) 的数组：两类各一列 // predict_proba should give a ({len(whole)}, 2) array: one column for each class"
    assert np.isfinite(P).all() and np.allclose(P.sum(axis=1), 1), "每一行两类的概率之和应是 1 // the two probabilities of a row should sum to 1"
    idle = np.array([float(v) for v in full["idle_days"]])
    assert np.corrcoef(P[:, 1], idle)[0, 1] > 0.2, "越久没登录的人越容易离开，第二列的概率却看不出来 // those idle for longer leave more often; the second column does not show it"
    Q = without_stopping(
        lambda: answer.build_pipeline().fit(as_table(data, columns), left).predict_proba(as_table(data, columns)),
        "填补要写在流水线里面：没有缺失的表可以，有缺失的就停下了", "the filling belongs inside the pipeline: a table without gaps is fine, one with gaps stops it",
    )
    assert isinstance(Q, np.ndarray) and Q.shape == (400, 2) and np.isfinite(Q).all(), "有缺失的表：每一行也都要有两个概率 // a table with gaps: every row needs its two probabilities as well"
    try:
        with raises("NotFittedError"):
            answer.build_pipeline().predict_proba(as_table(data, columns))
    except AssertionError:
        raise AssertionError("build_pipeline() 给出的已经训练过了：每次都要给一条新的流水线 // build_pipeline() gave one that is fitted already: it should make a new pipeline every time") from None


def check_probabilities_are_graded(answer, model, rng, data):
    columns, left, odds = data.new_file(rng, 300)
    p = asked(answer, data, model, columns)
    assert len(set(p.tolist())) > 20, f"300 个人只有 {len(set(p.tolist()))} 种不同的数：给出的是类别而不是概率吗？ // 300 people and only {len(set(p.tolist()))} different numbers: are these classes instead of probabilities?"
    if np.corrcoef(p, odds)[0, 1] < -0.3:
        raise AssertionError("方向反了：越可能离开的人，给出的数越小；predict_proba 的哪一列是类别 1？ // turned round: those more likely to leave get smaller numbers. Which column of predict_proba is class 1?")
    assert abs(p.mean() - left.mean()) < 0.15, f"平均说来，概率是 {p.mean():.2f}，真正离开的比例是 {left.mean():.2f} // on average the probability is {p.mean():.2f}, the share that left {left.mean():.2f}"


def check_every_row_gets_an_answer(answer, model, rng, data):
    columns, *_ = data.new_file(rng, 30)
    full = asked(answer, data, model, columns)
    for name, mark in [("age", ""), ("minutes", "?"), ("opened", ""), ("device", "?")]:
        holed = {**columns, name: [mark] * 30}
        p = asked(answer, data, model, holed)
        if name in ("minutes", "opened"):
            assert not np.allclose(p, full), f"{name} 全部缺失，概率却一个也没变：这一列用上了吗？ // all of {name} is missing and no probability changed: is the column used at all?"


def check_other_rows_do_not_matter(answer, model, rng, data):
    columns, *_ = data.new_file(rng, 24)
    columns["plan"][:3], columns["device"][:4] = data.PLANS, [*data.DEVICES, "?"]
    i = int(rng.integers(24))
    columns["age"][i], columns["minutes"][i] = "", "?"
    together = asked(answer, data, model, columns)
    alone = without_stopping(lambda: asked(answer, data, model, columns, [i]), "文件里只有一个人时，预测停下了", "with one person alone in the file the prediction stopped")
    crowd = {name: [cell if k == i or name not in NUMBERS else "900" for k, cell in enumerate(cells)] for name, cells in columns.items()}
    among = asked(answer, data, model, crowd)
    gap = max(abs(alone[0] - together[i]), abs(among[i] - together[i]))
    assert gap < 1e-9, f"同一个人，换了同一份文件里的其他人，概率就差了 {gap:.3f}：中位数、均值、标准差只能来自训练数据 // the same person among other people gets another probability (off by {gap:.3f}): medians, means and spreads must come from the training data alone"


def check_new_words_are_survived(answer, model, rng, data):
    columns, *_ = data.new_file(rng, 40)
    p, q = (
        without_stopping(lambda: asked(answer, data, model, {**columns, "plan": [plan] * 40}), "整个文件只有一种套餐时，预测停下了", "with one plan only in the file the prediction stopped")
        for plan in ("yearly", "monthly")
    )
    assert abs(p - q).mean() > 0.02, "整个文件只有一种套餐时，按年与按月的概率竟一样：列是照这个文件里出现的词造的吗？ // in a file with one plan only, yearly and monthly give the same probabilities: are columns made from the words of that file?"
    stranger = {**columns, "plan": ["family"] * 40, "device": ["television"] * 40}
    p = without_stopping(lambda: asked(answer, data, model, stranger), "训练时没见过的套餐或设备让预测停下了", "a plan or device that training never saw stopped the prediction")
    assert len(set(p.round(9).tolist())) > 5, "遇到没见过的词，其他列也不起作用了 // with an unknown word the other columns no longer count"


def check_column_order_does_not_matter(answer, model, rng, data):
    columns, *_ = data.new_file(rng, 30)
    p = asked(answer, data, model, columns)
    names = list(columns)
    shuffled = {name: columns[name] for name in [*names[3:], *names[:3]][::-1]}
    q = without_stopping(lambda: asked(answer, data, model, shuffled), "同样的列换个次序，预测就停下了", "the same columns in another order stopped the prediction")
    assert np.allclose(p, q, atol=1e-9), "同样的列换个次序，概率就变了：列要按名字取，不要按位置取 // the same columns in another order gave other probabilities: take columns by name, not by position"


def check_question_marks_are_not_words(answer, model, rng, data):
    columns, *_ = data.new_file(rng, 30)
    few = asked(answer, data, model, {**columns, "minutes": [f"{v:.3f}" for v in rng.uniform(5, 20, size=30)]})
    many = asked(answer, data, model, {**columns, "minutes": [f"{v:.3f}" for v in rng.uniform(300, 400, size=30)]})
    assert not np.allclose(few, many), "minutes 从十几变成三百多，概率一点不动：一个 ? 让 pandas 把整列读成了文字吗？ // minutes went from about ten to above three hundred and nothing moved: did one ? make pandas read the whole column as words?"
    marks, empty = asked(answer, data, model, {**columns, "minutes": ["?"] * 30}), asked(answer, data, model, {**columns, "minutes": [""] * 30})
    assert np.allclose(marks, empty), "空格子与 ? 都是缺失，却得到不同的概率 // an empty cell and a ? both mean missing, yet the probabilities differ"


def check_the_customer_number_says_nothing(answer, model, rng, data):
    columns, *_ = data.new_file(rng, 30)
    p = asked(answer, data, model, columns)
    q = asked(answer, data, model, {**columns, "customer": [str(v) for v in rng.integers(1, 990000, size=30)]})
    assert np.allclose(p, q, atol=1e-9), "只换了客户编号，概率就变了：编号只是导出文件时的次序，不是人的特征 // only the customer numbers changed, and so did the probabilities: a number tells the order of an export, nothing about the person"


def check_nothing_from_the_future_is_used(answer, model, rng, data):
    columns, *_ = data.new_file(rng, 30)
    p = asked(answer, data, model, columns)
    q = asked(answer, data, model, {**columns, "refund": [f"{v:.2f}" for v in rng.uniform(1, 90, size=30)]})
    assert np.allclose(p, q, atol=1e-9), "只改了 refund，概率就变了：退款发生在离开之后，预测时还没有这个数 // only refund changed, and so did the probabilities: a refund follows the leaving; when one predicts, it does not exist yet"


def check_hidden_customers_are_ranked(answer, model, rng, data, thresholds):
    columns, left, odds = data.new_file(rng, 2000)
    p = asked(answer, data, model, columns)
    order = np.argsort(np.argsort(p)), np.argsort(np.argsort(odds))
    ones = left.sum()
    mine, best = ((ranks[left == 1].sum() - ones * (ones - 1) / 2) / (ones * (len(left) - ones)) for ranks in order)
    short = thresholds["auc_short_of_best"]
    assert mine > best - short, f"在 2000 个没见过的客户上 AUC 是 {mine:.3f}；知道真实规律的人能得 {best:.3f}，允许差 {short} // AUC {mine:.3f} on 2000 customers never seen; one who knows the true rule gets {best:.3f}, and {short} less is allowed"
