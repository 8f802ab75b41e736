"""What must hold on any evening: other windows, other editors, a server that was away, no mouse, no
scripts, a narrow screen."""

LAB, PART = "la-transform-rank", "combine"
AT_LAB = f"/labs/{LAB}?part={PART}"


def test_a_wrong_answer_gets_a_verdict(begun, open_tab, answers):
    tab = open_tab(AT_LAB)
    lab = answers(LAB)
    tab.paste(lab)
    tab.check()
    print(tab.verdict.inner_text())
