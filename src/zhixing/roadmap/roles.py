"""What does a heading, an item's head or a table's header say of what stands below it?

Small tables of words, zh and en side by side. A role is found by a whole word of a short head,
never in a sentence.
"""

import re
from functools import lru_cache
from typing import Literal

from zhixing.records import TaskKind
from zhixing.roadmap.characters import simplified
from zhixing.roadmap.results import is_result

Role = Literal[
    "resources", "projects", "criteria", "milestones", "goals", "content", "rules", "time",
    "papers", "exercises", "tools", "contents", "template", "aside", "gathered", "needs",
]  # fmt: skip

# In this order: the first that matches decides.
_ROLES: tuple[tuple[Role, str, str], ...] = (
    ("content", "(?:任务|练习|内容)(?:建议|安排)", "daily tasks?|weekly tasks?"),
    ("contents", "目录|导航目录|索引|(?:项目|目录|仓库|文件|代码)结构",
     "table of contents|contents|toc|index|quick links|navigation"
     "|(?:project|folder|repo|repository|directory|file|code) (?:structure|layout)"),
    ("template", "模板|模版|日程表|作息", "templates?|daily schedule|daily routine|weekly schedule"
                 "|study schedule|time ?table"),
    ("milestones", "里程碑", "milestones?"),
    ("gathered", "资源汇总|资源导航|资源推荐|推荐资源|资源清单|资源快速链接|书单|资源列表|资源库"
        "|附录",
                 "further reading|more resources|additional resources|extra resources|resource list"
                 "|all resources|appendix|resource hub|recommended resources|other resources"),
    ("tools", "工具|环境|平台|社区|论坛|频道|公众号", "tools?|toolbox|platforms?|communit(?:y"
        "|ies)|forums?"
              "|newsletters?|people to follow|podcasts|blogs to follow|channels"),
    ("criteria", "标准|验收|检验|检查点|自测|产出|交付物?|成果|关键指标|达标|考核|自检|输出"
        "|打卡内容",
                 "criteria|criterion|acceptance|checkpoints?|deliverables?|outcomes?|key metrics"
                 "|success metrics"
                 "|you should be able to|you can|definition of done|self[- ]?(?:check|test"
                 "|assessment)"
                 "|assessment|outputs?|evidence|exit criteria"),
    ("projects", "项目|实战|大作业|作品", "(?:capstone |mini[- ]|hands[- ]on |portfolio |major "
        "|final "
                 "|first |build )?projects?|capstone|build|mini[- ]project"),
    ("papers", "论文", "papers?|must[- ]read papers"),
    ("exercises", "练习题?|习题|作业|刷题|实践|实验|动手", "exercises?|practice|hands[- ]on"
        "|assignments?"
        "|homework|labs?"
                  "|drills|problem sets?|quiz(?:zes)?|challenges?"),
    ("resources", "资源|资料|教程|课程|书籍|参考|教材|视频|链接|文档|阅读|论坛帖",
                  "resources?|references?|courses?|books?|videos?|links?|materials?|tutorials?"
                  "|readings?|documentation|docs|watch|read|where to learn|learn from|textbooks?"
                  "|articles?|primary course"),
    ("time", "时长|用时|耗时|学习时间|预计时间|时间|总时长|周期|工时|每日时长|开始日期|进度"
        "|当前进度",
             "time|duration|effort|time commitment|estimated time|workload|hours|pace|total"
             "|timeline|start date|progress"),
    ("needs", "前置|先修|前提|基础要求|预备知识", "prerequisites?|prereqs?|requirements"
        "|before you start"),
    ("goals", "目标|目的|收获|意义|为什么重要|愿景|预期成果|总体目标", "goals?|objectives?|aims?"
        "|why|purpose"
              "|focus question|outcome|motivation|expected outcomes|learning outcomes"),
    ("rules", "规则|原则|建议|提示|注意|注意事项|方法论?|学习方法|心态|比例|调整建议|说明|技巧"
        "|策略|忠告|贴士",
              "rules?|principles?|tips?|advice|guidelines?|notes?|how to use|strategy|strategies"
              "|best practices|methodology|methods|mindset|habits|recommendations?|warnings?"
              "|important"),
    ("aside", "赞助|捐赠|打赏|友情链接|交流群"
        "|总结|结语|关于|贡献|致谢|许可证?|版权|联系|常见问题|简介|前言|介绍|概述|参与"
        "|更新日志|作者"
              "|下一步|总览|概览|一览|职业方向|求职|其他|结束语|项目概述|理念|邀请|时间规划"
              "|适用人群",
              "summary|conclusion|about|contributing|contributors?|contribute|license"
              "|acknowledge?ments"
              "|credits|contact|faqs?|frequently asked questions|changelog|introduction(?! to\\b)"
              "|overview(?! of\\b)"
              "|community|code of conduct|team|career paths?|careers?|job titles|salar(?:y|ies)"
              "|congratulations"
              "|support|star history|disclaimer|who (?:is )?this|audience|what'?s next|next steps"
              "|project overview|core philosophy|how to contribute|invitation|final thoughts"
              "|sponsors?|backers|stargazers|donat(?:e|ions?)"
              "|track your progress|progress tracker|content policy"),
    ("content", "内容|重点|知识点?|技能|主题|任务|概念|学什么|要点|必修|核心|技术|原理|框架"
        "|学习内容|步骤|基础",
                "topics?|contents?|skills?|concepts?|learn|what to learn|tasks?|to ?do|syllabus"
                "|curriculum"
                "|core skills|checklist|key concepts|study|focus|subjects?|lessons?|learning tasks"
                "|agenda|theory|core|framework|activities"),
)  # fmt: skip
_COMPILED = tuple(
    (role, re.compile(rf"(?:{zh})"), re.compile(rf"\b(?:{en})\b", re.I)) for role, zh, en in _ROLES
)
_MOST_HAN, _MOST_WORDS = 14, 6
_AMOUNT = re.compile(r"[\d\s~–—-]{1,12}(?:h|hours?|hrs?|minutes?|mins?|days?|weeks?)", re.I)
_BRACKETED = re.compile(r"[(（\[【].*?[)）\]】]")
_NO_WORD = re.compile(r"[(（\[【].*?[)）\]】]|[^\w\s'/&-]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_AROUND_HEADER = re.compile(r"^[^\w✓✅☑]+|[^\w)✓✅☑]+$")
_INSTALLS = re.compile(
    r"安装|配置|搭建|下载|掌握|熟悉|(?:install|set ?up|configure|download)\b", re.I
)
_OF_A_MATTER = re.compile(  # `机器学习简介` is a lesson, `课程简介` is none
    r"(?!(?:项目|课程|本书|背景|内容|整体|个人|作者|学习|计划|路线|平台|团队|总体|文档|教程|知识).{0,4}$)"
    r".*\S\s*(?:简介|介绍|概述|概览|总览)"
)
PLAN_WORDS = re.compile(
    r"计划|规划|路线|路径|学习列表|大纲|road\s?map|\bplan\b|curriculum|learning path|syllabus"
    r"|\bcourse\b",
    re.I,
)
"""A title that says one of these names the document."""

QUIET: frozenset[Role] = frozenset(
    {"goals", "rules", "time", "tools", "contents", "template", "aside", "needs"}
)  # sections whose items ask for nothing


@lru_cache(maxsize=2048)
def role_of(head: str) -> Role | None:
    """The role that a short head names, None for a head of other words or a sentence."""
    words = simplified(_bare(_BRACKETED.sub(" ", head).partition("：")[0]))
    if is_result(words):
        return "criteria"
    han = len(_HAN.findall(words))
    if not words or han > _MOST_HAN or len(words.split()) > _MOST_WORDS:
        return None
    if _AMOUNT.fullmatch(words):  # `2 hours: …` says how long, not what
        return None
    for role, chinese, english in _COMPILED:
        if (han and _ends(chinese, words)) or english.search(words):
            if not han and len(words.split()) > 2 and not _leads(english, words):
                continue
            if role == "tools" and _INSTALLS.match(words):
                continue
            if role == "aside" and _OF_A_MATTER.fullmatch(words):
                continue
            return role
    return None


def names_only(role: Role, head: str) -> bool:
    """Whether a head says its role and nothing else: `工具` does, `优化技巧` does not."""
    words = simplified(_bare(head))
    if role == "criteria" and is_result(words):
        return True
    known = next(each for each in _COMPILED if each[0] == role)
    return bool(known[1].fullmatch(words) or known[2].fullmatch(words))


def _bare(head: str) -> str:
    return _NO_WORD.sub(" ", head).strip(" /&-'")


def _ends(pattern: re.Pattern[str], words: str) -> bool:
    """A Chinese head is named by its last word (`学习资源`), or opens with it (`项目选题`)."""
    every = list(pattern.finditer(words))
    if not every:
        return False
    found = every[-1]
    after = words[found.end() :].strip()
    return (
        not after
        or after in ("清单", "列表", "推荐", "要求", "选题推荐", "参考", "汇总", "序列")
        or (found.start() == 0 and len(after) <= 4)
    )


def _leads(pattern: re.Pattern[str], words: str) -> bool:
    found = pattern.search(words)
    return found is not None and (found.start() == 0 or found.end() == len(words))


Column = Literal[
    "week", "day", "month", "stage", "title", "link", "type", "language", "rating", "minutes",
    "remark", "needs", "status", "criteria", "projects", "resources", "other", "per_week", "tasks",
    "date",
]  # fmt: skip
_COLUMNS: tuple[tuple[Column, str], ...] = (
    ("week", r"周|周次|周数|週|week(?:s|\(s\)| ?#| no\.?| number)?|wk|w"),
    ("day", r"天|天数|日|日期|日程|day(?:s|\(s\)| ?#| no\.?| number)?|d|星期"),
    ("month", r"月|月份|months?"),
    ("stage", r"阶段|stages?|phases?|季度|quarters?|学期|semesters?|terms?|sprints?"),
    ("date", r"dates?|起止(?:日期|时间)"),
    ("status", r"状态|完成|进度|完成情况|打卡|status|done|completed?|progress|✓|✅|☑"),
    ("rating", r"质量|评分|推荐度?|推荐指数|星级|评级|重要性|优先级|rating|stars?|quality"
        r"|importance|priority|score"),
    ("language", r"语言|语种|language|lang"),
    ("type", r"类型|类别|形式|格式|type|format|kind|category|medium"),
    ("per_week", r"effort|每周用时|每周投入|hours? ?/ ?week|weekly effort"),
    ("minutes", r".*(?:时长|用时|学时|课时)|耗时|时间|预计时间|工时|周期|duration|hours?|time|"
                r"est(?:imated|\.)? ?(?:time|hours?)|length|hrs?|workload|小时"
                r"|(?:hours?|time|duration|effort) ?\(.*\)"),
    ("remark", r"描述|.*说明|备注|简介|亮点|description|desc|remarks?|comments?|notes?|summary"
        r"|about|details?"),
    ("needs", r"前置.*|先修.*|依赖|prerequisites?|prereqs?|requires|depends on|requirements"),
    ("criteria", r".*标准|验收.*|检验.*|产出.*|成果.*|交付.*|输出|里程碑|deliverables?|outcomes?"
        r"|outputs?|"
                 r"criteria|acceptance.*|checkpoints?|evidence|milestones?|you can|by the end.*"
                 r"|you(?:'ll| will) be able to.*|学完.*能.*"),
    ("projects", r".*项目|实战|实战.*|projects?|mini[- ]project|capstone|hands[- ]?on"),
    ("link", r"链接|网址|地址|url|links?|notebooks?|article|website|colab|repo|repository|code"
        r"|demo"),
    ("resources", r".*资源|资料|参考.*|推荐.*|教材|resources?|references?|materials?|reading|books?"
        r"|videos?|watch"),
    ("tasks", r"任务|.*计划|.*安排|事项|plan|.*内容|主题|重点|学习.*|练习|作业|目标|topics?|tasks?"
        r"|focus|contents?"
        r"|learning.*|what.*|"
              r"activity|activities|theme|subject|goals?|to ?do|lesson|practice|exercises?"
              r"|concepts?"),
    ("title", r".*名称?|书名|课程|书籍|平台|工具|社区|模型|论文|技能|推荐|.*资源.*|courses?"
        r"|books?|name|title|tool|"
              r"skills?|papers?|platforms?|models?|class(?:es)?|subjects?|area|domain"),
)  # fmt: skip
_COLUMN_RES = tuple((column, re.compile(words, re.I)) for column, words in _COLUMNS)


@lru_cache(maxsize=1024)
def column_of(header: str) -> Column:
    """What a table's header says its column holds."""
    bare = simplified(_AROUND_HEADER.sub("", header).strip().replace("(s)", "s"))
    return next((column for column, words in _COLUMN_RES if words.fullmatch(bare)), "other")


_KINDS: tuple[tuple[str, str], ...] = (
    ("paper", r"论文(?!解读|精读)|\bpapers?\b|arxiv\.org|\bpreprint"),
    ("book", r"书|教材|\bbooks?\b|textbook|nostarch|oreilly"),
    ("course", r"课程|专项|公开课|慕课|\bcourses?\b|\bmooc|specializ|coursera|edx\.org|udacity"
        r"|udemy"
        r"|fast\.ai"
               r"|/learn/|\bcs\d{3}|ocw\.mit|study\.163|icourse163|khanacademy|\bbootcamp"),
    ("video", r"视频|讲座|b ?站|\bvideos?\b|youtu\.?be|bilibili|\bplaylist|\blectures?\b"),
    ("exercise", r"刷题|习题|练习|\bexercises?\b|\bproblems?\b|leetcode|hackerrank|\bquiz"),
    ("docs", r"文档|手册|\bdocs?\b|documentation|readthedocs|\bguide|\breference"),
    ("article", r"博客|文章|教程|解读|专栏|\bblogs?\b|\barticles?\b|\btutorials?\b|zhuanlan"
        r"|medium\.com"
        r"|\bnotes?\b"),
    ("code", r"github\.com|代码|\brepo\b|notebook|colab|kaggle\.com/code"),
    ("tool", r"工具|框架|平台|\btools?\b|framework"),
    ("book", r"《"),
)  # fmt: skip
_KIND_RES = tuple((kind, re.compile(words, re.I)) for kind, words in _KINDS)
_ANY_KIND = re.compile("|".join(words for _, words in _KINDS), re.I)


def resource_kind(stated: str, title: str, url: str) -> str:
    """paper, book, course, video, exercise, docs, article, code, tool, or ""."""
    if "github.com" in url:  # its names say what somebody's repository is about
        url = "github.com"
    return next((kind for text in (stated, title, url) if text and (kind := _kind_in(text))), "")


@lru_cache(maxsize=2048)
def _kind_in(text: str) -> str:
    if _ANY_KIND.search(text) is None:
        return ""
    return next((kind for kind, words in _KIND_RES if words.search(text)), "")


_LANGUAGES = (
    ("zh", re.compile(r"中|Chinese|\bzh\b|国语|普通话", re.I)),
    ("en", re.compile(r"英|English|\ben\b", re.I)),
)


@lru_cache(maxsize=256)
def language_word(text: str) -> str:
    """`中文` → zh, `English` → en, `中英字幕` → zh en; "" if the text names no language."""
    return " ".join(name for name, words in _LANGUAGES if words.search(text))


MINUTES_OF_A_CHAPTER = 150
# Our own estimates of a learner's minutes where a document says none; marked "estimated".
MINUTES_OF_RESOURCE = {
    "course": 600, "book": 900, "video": 90, "docs": 60, "article": 60, "paper": 180,
    "exercise": 45, "code": 60, "tool": 60, "": 60,
}  # fmt: skip
MINUTES_OF_TASK: dict[TaskKind, int] = {
    "study": 60, "project": 360, "quiz": 45, "lab": 60, "paper": 180, "essay": 120, "note": 30,
    "review": 45, "interview": 60,
}  # fmt: skip
