#!/usr/bin/env python3
"""Runs every test of a checked build folder: the house rules, the unit tests, the fuzz targets, the end-to-end tests.
Each part prints one line; what failed is printed whole. The last line is "N passed, N failed"."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

root = pathlib.Path(__file__).resolve().parent.parent
FUZZ_RUNS = "1500"
LIMIT = 300  # seconds for one program


def jobs(build):
    yield "layers", [sys.executable, "tools/check_layers.py"]
    yield "sizes", [sys.executable, "tools/check_size.py"]
    for program in sorted((build / "test/unit").glob("*_test")):
        yield f"unit {program.name}", [str(program)]
    for program in sorted((build / "test/fuzz").glob("*_fuzz")):
        corpus = root / "test/fuzz/corpus" / program.name.removesuffix("_fuzz")
        yield f"fuzz {program.name}", [str(program), "--runs", FUZZ_RUNS, str(corpus)]
    for script in sorted((root / "test/e2e").glob("*_test.py")):
        yield f"e2e {script.stem}", [sys.executable, str(script), str(build)]


def run(job):
    name, command = job
    suppressions = root / "test/lsan.supp"
    environment = dict(os.environ, MINA_SOURCE_ROOT=str(root), UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1",
                       ASAN_OPTIONS="detect_leaks=1:allocator_may_return_null=1:detect_stack_use_after_return=0")
    if suppressions.exists():
        environment["LSAN_OPTIONS"] = f"suppressions={suppressions}:print_suppressions=0"
    start = time.monotonic()
    try:
        done = subprocess.run(command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=LIMIT)
        output, status = done.stdout.decode("utf-8", "replace"), done.returncode
    except subprocess.TimeoutExpired as late:
        output, status = (late.stdout or b"").decode("utf-8", "replace") + f"\nstopped after {LIMIT} s", 1
    counts = re.findall(r"^(\d+) passed, (\d+) failed$", output, re.M)
    passed, failed = map(int, counts[-1]) if counts else (int(status == 0), 0)
    if status != 0 and failed == 0:
        failed = 1
    return name, passed, failed, output, time.monotonic() - start


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    match = sys.argv[2] if len(sys.argv) > 2 else ""
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        for name, good, bad, output, seconds in pool.map(run, (job for job in jobs(build) if re.search(match, job[0]))):
            passed += good
            failed += bad
            print(f"{'ok  ' if not bad else 'FAIL'} {name}: {good} passed, {bad} failed ({seconds:.1f} s)", flush=True)
            if bad:
                print("\n".join(f"    {line}" for line in output.splitlines()[-120:]), flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


sys.exit(main())
