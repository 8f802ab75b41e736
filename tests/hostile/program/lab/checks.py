def check_total_is_printed_and_kept(answer, rng):
    first, second, third = (rng.integers(1, 10**6, size=4).tolist() for _ in range(3))
    answer.put("numbers.txt", "\n".join(map(str, first)).encode())
    run = answer.run(stdin="\n".join(map(str, second)))
    assert run.code == 0, "退出码 // exit code"
    assert run.out.strip() == str(sum(first + second)), "总和 // total"
    assert answer.get("total.txt", 100).decode() == str(sum(first + second)), "文件 // file"
    answer.put("numbers.txt", "\n".join(map(str, third)).encode())
    assert answer.run().out.strip() == str(sum(third)), "再来 // again"


def check_what_is_no_number_fails(answer, rng):
    answer.put("numbers.txt", b"one\n" * int(rng.integers(1, 5)))
    run = answer.run()
    assert run.code != 0, "退出码 // exit code"
    assert run.err.strip(), "错误输出 // standard error"
