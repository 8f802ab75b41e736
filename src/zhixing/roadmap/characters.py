"""How are traditional characters and wide letters looked up? By the plain ones of our tables.

Only what is looked up is changed, never what a reader sees.
"""

import re

_PAIRS = (
    "學学 習习 週周 階阶 級级 資资 項项 專专 標标 練练 時时 間间 論论 書书 課课 實实 戰战"
    " 驗验 產产 個个 鐘钟 內内 題题 務务 計计 劃划 畫划 線线 綱纲 區区 數数 詞词 檢检 測测"
    " 評评 達达 關关 鍵键 點点 節节 單单 塊块 進进 連连 結结 錄录 導导 覽览 總总 們们 說说"
    " 議议 則则 於于 貢贡 獻献 聯联 繫系 問问 簡简 紹绍 環环 臺台 壇坛 閱阅 讀读 視视 頻频"
    " 鏈链 檔档 參参 動动 業业 預预 備备 礎础 應应 該该 會会 為为 麼么 難难 長长 開开 歷历"
    " 狀状 態态 語语 類类 質质 優优 順顺 圖图 準准 從从 電电 發发 複复 復复 興兴 體体 確确"
    " 認认 記记 憶忆 聽听 寫写 講讲 訓训 齊齐 輸输 輪轮 選选 擇择 讓让"
)
_PLAIN = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
_TRADITIONAL = re.compile(f"[{''.join(map(chr, _PLAIN))}]")
_WIDE = re.compile("[Ａ-Ｚａ-ｚ]")
_NARROW = {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def simplified(text: str) -> str:
    """`學習計劃` → 学习计划."""
    return text.translate(_PLAIN) if _TRADITIONAL.search(text) else text


def narrow(text: str) -> str:
    """`Ｄａｙ` → Day."""
    return text.translate(_NARROW) if _WIDE.search(text) else text
