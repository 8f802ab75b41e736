"""The skill graph under all routes: sound, reachable, and shown by work that runs."""

from collections.abc import Iterator
from graphlib import TopologicalSorter

import pytest

from zhixing.catalog.vocabulary import FIELDS
from zhixing.records import Catalog, Skill
from zhixing.roadmap.compiling import compile_route

BASICS = {
    "python-basics", "packaging-environments", "linux-shell", "git-workflow", "sql-basics",
    "calc-functions", "la-vectors", "prob-bayes",
    "learning-types", "first-classifier",
    "reading-papers", "technical-writing", "next-directions",
}  # fmt: skip
"""Where a person may begin: what nothing else of the graph has to come before."""

# The 18 skill points of the full roadmap, with its stars, and the skills that carry each of them.
SKILL_POINTS = {
    "Python": (5, "python-basics oop python-functions pandas-dataframes"),
    "mathematics": (4, "calc-derivatives calc-chain-rule"),
    "Linux and Git": (3, "linux-shell git-workflow"),
    "machine learning": (5, "ml-workflow sklearn-estimators overfitting linreg logreg"),
    "deep learning": (5, "backprop mlp activations cnn-architecture regularization"),
    "natural language": (5, "word2vec seq2seq"),
    "PyTorch": (5, "pt-tensors pt-autograd pt-dataloading pt-modules pt-training-loop"),
    "Transformer": (
        5,
        "self-attention multi-head-attention transformer-encoder-decoder bert-pretraining "
        "bert-finetuning gpt-causal-lm text-generation",
    ),
    "Hugging Face": (5, "hf-ecosystem"),
    "prompts": (5, "prompt-design zero-few-shot chain-of-thought react-prompting"),
    "RAG": (5, "embeddings vector-search hybrid-search rag-pipeline rag-evaluation"),
    "LangChain": (5, "lc-components lc-chains tool-agents langgraph-workflows"),
    "deployment": (4, "model-serving quantization paged-attention kubernetes containers"),
    "fine-tuning": (4, "instruction-tuning sft-data lora peft-methods ft-evaluation"),
    "system design": (4, "system-architecture caching-strategies"),
    "several media": (4, "clip diffusion"),
    "reinforcement learning": (3, "q-learning policy-gradient ppo rlhf"),
    "safety": (3, "adversarial-examples differential-privacy content-moderation"),
}

# The leaves of its skill tree that are no skill points of their own, or bear other stars there.
SKILL_TREE = {
    "Linux": (3, "linux-shell"),
    "Git": (3, "git-workflow"),
    "LlamaIndex": (4, "llamaindex"),
    "agents": (5, "tool-agents"),
    "performance": (3, "performance-tuning"),
    "MLOps": (3, "model-registry data-versioning monitoring"),
}

# What the full roadmap wants to see at the end of each skill point, in its words or near them: the
# skill one of whose criteria says it.
ACCEPTANCE = {
    "500 行以上": "python-basics",
    "继承与多态": "oop",
    "熟练使用 NumPy 与 pandas": "pandas-dataframes",
    "矩阵乘法的几何意义": "la-matmul",
    "手算简单的梯度": "calc-gradient",
    "理解概率分布": "prob-random-variables",
    "在 Linux 下流畅工作": "linux-shell",
    "用 Git 管理代码": "git-workflow",
    "理解训练集、验证集、测试集": "ml-workflow",
    "用 scikit-learn 训练模型": "ml-workflow",
    "理解过拟合与正则化": "overfitting",
    "用 NumPy 写出两层网络": "mlp",
    "手推两层网络": "backprop",
    "把一个小型卷积网络训练达标": "pt-training-loop",
    "理解词嵌入": "word2vec",
    "理解注意力机制": "seq2seq",
    "训练文本分类模型": "text-classification",
    "快速搭建各种网络结构": "pt-modules",
    "理解 PyTorch 的计算图": "pt-autograd",
    "调试训练过程": "debugging-training",
    "手写 Transformer": "transformer-encoder-decoder",
    "softmax(QKᵀ/√d)V": "self-attention",
    "BERT 与 GPT": "bert-pretraining",
    "快速使用任何预训练模型": "hf-ecosystem",
    "微调模型到自己的任务": "hf-trainer",
    "理解 LoRA 的原理": "lora",
    "设计高质量的提示词": "prompt-design",
    "不同提示技巧的适用场景": "chain-of-thought",
    "优化提示词": "prompt-evaluation",
    "构建完整的 RAG 系统": "rag-pipeline",
    "不同检索策略的优劣": "hybrid-search",
    "优化检索效果": "rag-evaluation",
    "快速搭出 LLM 应用": "lc-chains",
    "开发复杂的智能体": "tool-agents",
    "LangChain 的架构": "lc-components",
    "部署高性能推理服务": "paged-attention",
    "理解量化": "quantization",
    "处理高并发请求": "dynamic-batching",
    "独立完成一次模型微调": "instruction-tuning",
    "不同微调方法的优劣": "peft-methods",
    "评估微调效果": "ft-evaluation",
    "设计可扩展的系统": "system-architecture",
    "处理生产环境的问题": "monitoring",
    "理解系统瓶颈": "performance-tuning",
    "微调 BERT 做文本分类": "bert-finetuning",
}


def stated() -> Iterator[tuple[str, int]]:
    for stars, names in (*SKILL_POINTS.values(), *SKILL_TREE.values()):
        for name in names.split():
            yield name, stars


def behind(catalog: Catalog, skill: Skill) -> set[str]:
    """All that has to come before a skill, its own needs and theirs."""
    found: set[str] = set()
    ahead = list(skill.needs)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += catalog.skills[name].needs
    return found


def evidence(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Skill, lab and part ("" = all of it) of every piece of evidence."""
    for skill in catalog.skills.values():
        for criterion in skill.criteria:
            for reference in criterion.evidence:
                lab_id, _, part = reference.removeprefix("lab:").partition("#")
                yield skill.id, lab_id, part


def test_150_to_250_skills(built_in: Catalog) -> None:
    assert 150 <= len(built_in.skills) <= 250


def test_no_circle_of_needs(built_in: Catalog) -> None:
    TopologicalSorter({one.id: one.needs for one in built_in.skills.values()}).prepare()


def test_every_skill_is_reached_from_the_basics(built_in: Catalog) -> None:
    assert {one.id for one in built_in.skills.values() if not one.needs} == BASICS


def test_needs_are_few_and_none_follows_from_another(built_in: Catalog) -> None:
    for skill in built_in.skills.values():
        assert len(skill.needs) <= 3, skill.id
        for need in skill.needs:
            others = [built_in.skills[one] for one in skill.needs if one != need]
            assert all(need not in behind(built_in, one) for one in others), (skill.id, need)


def test_no_field_stands_alone(built_in: Catalog) -> None:
    field = {one.id: one.field for one in built_in.skills.values()}
    bridges = {
        end
        for one in built_in.skills.values()
        for need in one.needs
        if field[need] != one.field
        for end in (one.field, field[need])
    }
    assert bridges == set(FIELDS) == set(field.values())


def test_every_criterion_names_work_that_exists(built_in: Catalog) -> None:
    for skill in built_in.skills.values():
        assert skill.criteria, skill.id
        assert all(one.evidence for one in skill.criteria), skill.id
    for skill_id, lab_id, part in evidence(built_in):
        if lab_id in built_in.labs:
            parts = {one.name for one in built_in.labs[lab_id].parts}
        else:
            parts = set(built_in.planned[lab_id].parts)
        assert part == "" or part in parts, (skill_id, lab_id, part)


def test_every_lab_shows_a_skill(built_in: Catalog) -> None:
    proving = {lab_id for _, lab_id, _ in evidence(built_in)}
    proving |= {lab.id for lab in built_in.labs.values() if lab.skills}
    assert {*built_in.labs, *built_in.planned} - proving == set()


def test_no_two_skills_have_one_title(built_in: Catalog) -> None:
    for language in ("zh", "en"):
        titles = [one.title.render(language) for one in built_in.skills.values()]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(("skill_id", "stars"), sorted(set(stated())))
def test_the_stars_of_the_full_roadmap(built_in: Catalog, skill_id: str, stars: int) -> None:
    assert built_in.skills[skill_id].stars == stars


@pytest.mark.parametrize(("words", "skill_id"), ACCEPTANCE.items())
def test_what_a_skill_point_wants_to_see(built_in: Catalog, words: str, skill_id: str) -> None:
    assert any(words in one.say.zh for one in built_in.skills[skill_id].criteria)


def test_parts_sum_to_their_lab_and_fit_a_day(built_in: Catalog) -> None:
    for lab in built_in.planned.values():
        if lab.parts:
            assert sum(lab.parts.values()) == lab.minutes, lab.id
            assert all(10 <= minutes <= 150 for minutes in lab.parts.values()), lab.id
        elif lab.kind != "essay":
            assert lab.minutes <= 60, lab.id


def test_each_route_keeps_the_order_of_needs(built_in: Catalog) -> None:
    for route_id, source in built_in.routes.items():
        route, _ = compile_route(source.texts["zh"], "zh", route_id)
        met: dict[str, int] = {}
        for place, task in enumerate(route.tasks):
            for name in task.references("skill"):
                met.setdefault(name, place)
        for name, place in met.items():
            late = {one for one in built_in.skills[name].needs if met.get(one, -1) > place}
            assert late == set(), (route_id, name)
