import math

import numpy as np
from zhixing_checks import Tensor

BUDGET = (40_000, 120_000)


def tensor(x):
    return Tensor(np.asarray(x, dtype=np.float32))


def labels(y):
    return Tensor(np.asarray(y, dtype=np.int64))


def expect_tensor(value, shape, what):
    """The array of a tensor of floats, if it has this shape and is finite."""
    assert isinstance(value, Tensor), f"{what} 应给出 torch 的张量（tensor），得到 {kind_of(value)} // {what} should give a torch tensor, not a {kind_of(value)}"
    assert value.shape == shape, f"{what} 的形状应是 {shape}，得到 {value.shape} // {what} should have shape {shape}, not {value.shape}"
    assert value.array.dtype.kind == "f" and np.isfinite(value.array).all(), f"{what} 应是有限的浮点数，得到 {value.dtype}，或含有 nan、inf // {what} should be finite floats, not {value.dtype} or nan or inf"
    return value.array


def kind_of(value):
    return getattr(value, "_kind", type(value).__name__)


def expect_labels(value, n):
    """n class numbers, as an array, a tensor or a list of ints."""
    array = value.array if isinstance(value, Tensor) else value
    assert isinstance(array, (np.ndarray, list)), f"predict 应给出 {n} 个整数（数组或张量），得到 {kind_of(value)} // predict should give {n} ints in an array or a tensor, not a {kind_of(value)}"
    array = np.asarray(array)
    assert array.shape == (n,), f"predict 应给出 ({n},) 个类别号，得到形状 {array.shape} // predict should give ({n},) class numbers, not shape {array.shape}"
    assert array.dtype.kind in "iu", f"类别号应是整数，得到 {array.dtype}：给出的是得分，还是它在第几个？ // class numbers are ints, not {array.dtype}: is this the score itself, or where it stands?"
    return array


def expect_parameters(model):
    found = [p.array for p in model.parameters()]
    assert found, "这个模型没有参数：各层要写成 self.名字 = …，才会被登记 // this model has no parameters: a layer is registered only as self.name = …"
    return found


def scores_of(model, X, what="LeNet(X)"):
    """The scores in evaluation mode; the judge's own argmax and losses come from these."""
    model.eval()
    found = expect_tensor(model(X), (X.shape[0], 10), what)
    model.train()
    return found.astype(float)


def mean_loss(scores, y):
    return float(np.mean(np.logaddexp.reduce(scores, axis=1) - scores[np.arange(len(y)), y]))


def pictures(rng, n, side=28):
    return tensor(rng.uniform(0, 1, size=(n, 1, side, side)))


# --- the network ------------------------------------------------------------------------------


def check_ten_scores_for_each_picture(answer, rng):
    model = answer.LeNet()
    for n in (1, 2, 7):
        expect_tensor(model(pictures(rng, n)), (n, 10), f"LeNet()(X), n = {n}")
    five = answer.LeNet(28, 5)
    expect_tensor(five(pictures(rng, 3)), (3, 5), "LeNet(28, 5)(X)")


def check_parameters_stay_in_the_budget(answer, rng):
    sizes = [p.size for p in expect_parameters(answer.LeNet())]
    total, (least, most) = sum(sizes), BUDGET
    assert least <= total <= most, f"一共 {total:,} 个参数，应在 {least:,} 到 {most:,} 之间；最大的一块有 {max(sizes):,} 个：展平以后接了多宽的一层？ // {total:,} parameters, {least:,} to {most:,} are allowed; the largest piece has {max(sizes):,}: how wide is the layer after flattening?"


def check_other_picture_sizes_work(answer, rng):
    for side in (28, 32, 44):
        model, X = answer.LeNet(side), pictures(rng, 4, side)
        maps = model.features(X)
        assert isinstance(maps, Tensor) and len(maps.shape) == 4, "features(X) 应给出四个轴的张量：(n, 通道, 高, 宽) // features(X) should give a tensor of four axes: (n, channels, h, w)"
        assert maps.shape[0] == 4 and maps.shape[2] < side / 2, f"features(X) 的形状是 {maps.shape}：第一个轴应是 4 张图，图应被池化缩小 // features(X) has shape {maps.shape}: the first axis should be the 4 pictures, and pooling should make maps smaller"
        out = expect_tensor(model(X), (4, 10), f"LeNet({side})(X), side = {side}")
        assert np.ptp(out, axis=0).max() > 0, "四张不同的图得到完全相同的得分 // four different pictures get exactly the same scores"


def check_each_picture_is_scored_alone(answer, rng):
    for side in (28, 32):
        model, X = answer.LeNet(side), pictures(rng, 25, side)
        together = scores_of(model, X, f"LeNet({side})(X)")
        order = rng.permutation(25)
        apart = scores_of(model, tensor(X.array[order]), f"LeNet({side})(X)")
        gap = abs(together[order] - apart).max()
        assert gap < 1e-4, f"把同样的图换个次序，得分变了 {gap:.2g}：展平时把几张图混在一起了？（view(-1, …) 会默默地重新分行） // the same pictures in another order get other scores (off by {gap:.2g}): were pictures mixed when flattening? view(-1, …) silently makes other rows"


def grey_answers(model, side=64):
    """What one place amid the maps says of evenly grey pictures, from dark to bright: (greys, channels)."""
    greys = np.linspace(-3, 3, 61)
    X = tensor(np.ones((61, 1, side, side)) * greys[:, None, None, None])
    model.eval()
    maps = model.features(X)
    assert isinstance(maps, Tensor) and len(maps.shape) == 4, "features(X) 应给出四个轴的张量 // features(X) should give a tensor of four axes"
    return maps.array[:, :, maps.shape[2] // 2, maps.shape[3] // 2].astype(float)


def check_something_bends_between_the_convolutions(answer, rng):
    said = grey_answers(answer.LeNet(64))
    size = abs(said).max()
    assert size > 0, "features 对各种灰度都给出 0 // features says 0 to every grey"
    bends = abs(said[2:] - 2 * said[1:-1] + said[:-2]) > 1e-4 * size
    assert bends.any(), "均匀的灰图越来越亮，features 的回答是一条直线：两个卷积之间没有激活，合起来还是一个线性的滤波 // as an evenly grey picture brightens, features answers along a straight line: with no activation between them, two convolutions are one linear filter"
    alive = np.minimum(np.minimum(abs(said[2:]), abs(said[1:-1])), abs(said[:-2])) > 1e-6 * size
    assert (bends & alive).any(), "features 的回答只在归零处有折点：最后一次激活在，两个卷积之间的那一次不在 // features bends only where it drops to 0: the last activation is there, the one between the two convolutions is not"


def check_scores_are_not_probabilities(answer, rng):
    scores = scores_of(answer.LeNet(), pictures(rng, 20))
    sums = scores.sum(axis=1)
    assert not (np.allclose(sums, 1, atol=1e-4) and scores.min() >= 0), "每行恰好加成 1：forward 里已经做了 softmax，而 cross_entropy 会再做一次，梯度因此变得很小 // every row sums to 1: forward applied a softmax, and cross_entropy applies it again, so gradients become tiny"
    loss = mean_loss(scores, rng.integers(0, 10, size=20))
    assert abs(loss - math.log(10)) < 0.5, f"还没训练，损失是 {loss:.2f}；十类等可能时是 ln 10 ≈ 2.30 // untrained, the loss is {loss:.2f}; ten equally likely classes cost ln 10 ≈ 2.30"


def check_dropout_only_while_training(answer, rng):
    X = pictures(rng, 8)
    model = answer.LeNet(28, 10, 0.5)
    model.train()
    one, two = (expect_tensor(model(X), (8, 10), "LeNet()(X)") for _ in range(2))
    assert not np.allclose(one, two), "训练模式下，同样的图两次得分相同：dropout 用上了吗？它的概率来自参数 dropout // in training mode the same pictures get the same scores twice: is dropout used, with the probability that was given?"
    assert not (one == 0).any(), "训练模式下有的得分恰好是 0：dropout 不该放在最后一层之后，它会把得分本身抹掉 // in training mode some scores are exactly 0: dropout does not belong after the last layer, where it wipes out scores themselves"
    model.eval()
    one, two = (expect_tensor(model(X), (8, 10), "LeNet()(X)") for _ in range(2))
    assert np.allclose(one, two), "评估模式下，同样的图两次得分不同：用 nn.Dropout，它跟着 model.eval() 走；F.dropout 要自己传 training=self.training // in evaluation mode the scores still differ: nn.Dropout follows model.eval(); F.dropout must be given training=self.training"
    none = answer.LeNet(28, 10, 0.0)
    one, two = (expect_tensor(none(X), (8, 10), "LeNet()(X)") for _ in range(2))
    assert np.allclose(one, two), "dropout = 0 时训练模式也不该有随机 // with dropout = 0 nothing should be random in training mode either"


# --- predicting -------------------------------------------------------------------------------


def check_predict_is_calm(answer, rng):
    model, X = answer.LeNet(28, 10, 0.5), pictures(rng, 60)
    model.train()
    one, two = (expect_labels(answer.predict(model, X), 60) for _ in range(2))
    assert np.array_equal(one, two), "同样的图预测两次，答案不同：dropout 还在工作，predict 里少了 model.eval() // the same pictures predicted twice give other answers: dropout is still at work, predict lacks model.eval()"
    want = scores_of(model, X).argmax(axis=1)
    assert np.array_equal(one, want), "有的图没有给得分最高的类别 // some pictures did not get the class with the highest score"


def check_predict_leaves_the_mode(answer, rng):
    model, X = answer.LeNet(), pictures(rng, 2)
    for mode in (True, False):
        model.train(mode)
        expect_labels(answer.predict(model, X), 2)
        assert model.training is mode, "predict 之后模型换了模式：训练途中预测一次，接下来的训练就没有 dropout 了；记下原来的模式，最后还原 // predict changed the model's mode: after predicting in the midst of training, the rest of it has no dropout; keep the mode and put it back"


# --- training ---------------------------------------------------------------------------------


def small_case(answer, rng, n=23):
    """A model without dropout, n pictures, labels of which each class has some."""
    return answer.LeNet(28, 10, 0.0), pictures(rng, n), np.arange(n) % 10


def check_the_loss_told_is_the_mean(answer, rng):
    model, X, y = small_case(answer, rng)
    want, told = mean_loss(scores_of(model, X), y), []
    answer.train(model, X, labels(y), 3, 7, 0.0, 1, told.append)
    assert len(told) == 3, f"3 轮，on_epoch 应被调用 3 次，调用了 {len(told)} 次 // on_epoch should be called once in each of 3 epochs, not {len(told)} times"
    assert all(type(loss) is float for loss in told), f"on_epoch 应收到 Python 的 float，收到 {kind_of(told[0])}：张量要用 .item() 取出，否则整个计算图都被留住 // on_epoch should be given a float, not a {kind_of(told[0])}: take it out with .item(), or the whole graph is kept alive"
    gap = max(abs(loss - want) for loss in told)
    assert gap < 1e-4 * want, f"学习率为 0、每批 7 张：模型不变，每轮的平均损失应都是 {want:.4f}，差了 {gap:.2g}；23 张图分成 7、7、7、2，最后一批不能按整批算，图与标签也要一起打乱 // at rate 0 in batches of 7 the model stays, and every epoch's mean loss should be {want:.4f}; off by {gap:.2g}. 23 pictures are 7, 7, 7, 2: the last batch counts less, and pictures and labels are shuffled together"


def moved(model, start):
    return math.sqrt(sum(float(((b - a) ** 2).sum()) for a, b in zip(start, expect_parameters(model))))


def check_a_step_goes_down_the_gradient(answer, rng):
    rate = 0.002
    model, X, y = small_case(answer, rng)
    start, before = expect_parameters(model), mean_loss(scores_of(model, X), y)
    answer.train(model, X, labels(y), 1, 23, rate, 1)
    length, drop = moved(model, start), before - mean_loss(scores_of(model, X), y)
    assert length > 0, "走了一步，参数没有变 // after one step no parameter has changed"
    assert drop > 0, f"走了一步，损失反而升高了 {-drop:.2g} // after one step the loss is higher by {-drop:.2g}"
    share = drop * rate / length**2
    assert 0.85 < share < 1.15, f"步长是 学习率 × |梯度| 时，损失应降 步长² / 学习率；你的是它的 {share:.2f} 倍：损失对样本取平均了吗，梯度是这一批的吗？ // a step of rate × |gradient| lowers the loss by step² / rate; yours by {share:.2f} times that: is the loss a mean over pictures, and the gradient that of this batch?"


def check_gradients_do_not_pile_up(answer, rng):
    model, X, y = small_case(answer, rng)
    start, lengths = expect_parameters(model), []
    answer.train(model, X, labels(y), 3, 23, 0.0005, 1, lambda _: lengths.append(moved(model, start)))
    assert len(lengths) == 3 and lengths[0] > 0, "on_epoch 应在每轮的更新之后调用 // on_epoch should be called after the updates of each epoch"
    two, three = lengths[1] / lengths[0], lengths[2] / lengths[0]
    assert two < 3.4, f"两步走了一步的 {two:.2f} 倍远；动量 0.9 时约 2.9 倍，梯度没有清零时约 3.9 倍：每批之前 optimizer.zero_grad() // two steps went {two:.2f} times as far as one; momentum 0.9 gives about 2.9, gradients that are not cleared about 3.9: optimizer.zero_grad() before each batch"
    assert abs(two - 2.9) < 0.15 and abs(three - 5.61) < 0.4, f"两步、三步走了一步的 {two:.2f} 倍和 {three:.2f} 倍；动量 0.9 时约是 2.9 和 5.6 // two and three steps went {two:.2f} and {three:.2f} times as far as one; momentum 0.9 gives about 2.9 and 5.6"


def check_the_seed_decides_the_order(answer, rng):
    X, y, ends = pictures(rng, 23), np.arange(23) % 10, []
    for seed in (3, 3, 4):
        there = answer.fresh()  # every fresh process draws the same first weights
        model = there.LeNet(28, 10, 0.0)
        there.train(model, X, labels(y), 2, 5, 0.02, seed)
        ends.append(np.concatenate([p.ravel() for p in expect_parameters(model)]))
    assert np.array_equal(ends[0], ends[1]), "同一个 seed 训练两次，结果不同：打乱的次序只应来自 seed // the same seed trained twice ends elsewhere: the order should come from the seed alone"
    assert not np.array_equal(ends[0], ends[2]), "换一个 seed，结果一模一样：每轮打乱了吗，用的是 seed 吗？ // another seed ends in the very same place: is every epoch shuffled, and by the seed?"


def check_every_epoch_trains(answer, rng):
    model, X, y = small_case(answer, rng)
    modes = []

    def note(_):
        modes.append(model.training)
        model.eval()

    model.eval()
    answer.train(model, X, labels(y), 3, 23, 0.01, 1, note)
    assert len(modes) == 3, f"on_epoch 应被调用 3 次，调用了 {len(modes)} 次 // on_epoch should be called 3 times, not {len(modes)}"
    assert all(mode is True for mode in modes), "有的轮次是在评估模式下训练的，dropout 一直睡着：每一轮开头都要 model.train()，因为 on_epoch 里可能做过评估 // some epochs trained in evaluation mode, dropout asleep: call model.train() at the start of every epoch, since on_epoch may have evaluated"


# --- weights and the whole --------------------------------------------------------------------


def check_weights_bring_the_model_back(answer, rng):
    answer.LeNet()  # so that the next one does not start where the first of a fresh process does
    model, X = answer.LeNet(), pictures(rng, 12)
    answer.train(model, X, labels(np.arange(12) % 10), 3, 6, 0.05, 1)
    want = scores_of(model, X)
    there, twin = answer.restored(model)
    assert there is not answer, "需要 weights 和 restore 两个函数 // the two functions weights and restore are needed"
    gap = abs(scores_of(twin, X, "restore(weights(model))(X)") - want).max()
    assert gap < 1e-4 * abs(want).max(), f"在另一个进程里还原出来的模型，得分差 {gap:.2g}：学到的每个数都放进字典、又都装回去了吗？ // the model restored in another process scores differently (off by {gap:.2g}): is every learnt number in the dict, and loaded again?"


def given_trained(answer, rng, data):
    """A LeNet after training on 3000 pictures, and 1000 new ones that its process never sees."""
    X, y = data.digits(rng, 3000)
    hidden, truth = data.digits(rng, 1000)
    told = []
    model = answer.LeNet()
    answer.train(model, Tensor(X), labels(y), 8, 64, 0.04, int(rng.integers(1000)), told.append)
    return model, hidden, truth, told


def right_on(answer, model, X, truth):
    there, twin = answer.restored(model)
    return float((expect_labels(there.predict(twin, Tensor(X)), len(truth)) == truth).mean())


def check_new_digits_are_read(answer, trained, thresholds):
    model, hidden, truth, told = trained
    right, need = right_on(answer, model, hidden, truth), thresholds["digits"]
    course = f"{told[0]:.3g} → {told[-1]:.3g}" if told else "?"
    assert right >= need, f"新写的数字认对 {right:.1%}，需要 {need:.0%}（你报告的损失 {course}） // {right:.1%} of new digits are read, {need:.0%} are needed (losses you told: {course})"


def check_shifted_digits_are_read_too(answer, trained, thresholds):
    model, hidden, truth, _ = trained
    straight = right_on(answer, model, hidden, truth)
    shifted = np.roll(hidden, 2, axis=3)
    right, need = right_on(answer, model, shifted, truth), thresholds["shifted"]
    assert right >= need, f"图右移 2 像素后认对 {right:.1%}，需要 {need:.0%}（没移时 {straight:.1%}） // shifted right by 2 pixels, {right:.1%} are read, {need:.0%} are needed ({straight:.1%} unshifted)"


# --- filters ----------------------------------------------------------------------------------


def first_kernels(answer, model):
    kept = answer.weights(model)
    arrays = [getattr(value, "array", value) for value in kept.values()] if isinstance(kept, dict) else []
    found = [value for value in arrays if value.ndim == 4 and value.shape[1] == 1]
    assert found, "weights(model) 里没有第一层卷积的核：形状应是 (k, 1, h, w) // weights(model) holds no kernels of a first convolution: their shape is (k, 1, h, w)"
    return found[0][:, 0].astype(float)


def expect_filters(answer, model):
    kernels = first_kernels(answer, model)
    found = answer.filters(model)
    assert isinstance(found, np.ndarray), f"filters 应给出 NumPy 数组，得到 {kind_of(found)}：参数带着梯度，先 detach() // filters should give a NumPy array, not a {kind_of(found)}: parameters carry gradients, detach() first"
    assert found.shape == kernels.shape, f"filters 的形状应是 {kernels.shape}（第一层卷积的核，去掉通道轴），得到 {found.shape} // filters should have shape {kernels.shape}, the first convolution's kernels without the channel axis, not {found.shape}"
    return found.astype(float), kernels


def check_filters_fill_their_range(answer, rng):
    found, _ = expect_filters(answer, answer.LeNet())
    low, high = found.min(axis=(1, 2)), found.max(axis=(1, 2))
    assert np.allclose(low, 0, atol=1e-6) and np.allclose(high, 1, atol=1e-6), "每个核都应从 0 撑到 1；若有的撑不满，是把所有核放在一起缩放了 // every kernel should reach from 0 to 1; if some do not, all were stretched together"


def check_filters_are_the_kernels(answer, rng):
    model, X, y = small_case(answer, rng)
    answer.train(model, X, labels(y), 1, 23, 0.05, 1)
    found, kernels = expect_filters(answer, model)
    for i, (picture, kernel) in enumerate(zip(found, kernels)):
        alike = np.corrcoef(picture.ravel(), kernel.ravel())[0, 1]
        assert alike > 0.9999, f"第 {i} 张图与第 {i} 个核不成比例（相关系数 {alike:.2f}）：拉伸只能是减一个数、除一个正数 // picture {i} is not kernel {i} stretched (correlation {alike:.2f}): subtract one number and divide by a positive one"
