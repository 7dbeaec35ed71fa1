"""Finds the tests in the files beside this one, runs them one after the other, and counts."""
import asyncio
import importlib
import pathlib
import sys
import traceback

TIMEOUT_SECONDS = 240


def tests():
    here = pathlib.Path(__file__).parent
    sys.path.insert(0, str(here))
    for path in sorted(here.glob("test_*.py")):
        module = importlib.import_module(path.stem)
        for name in dir(module):
            if name.startswith("test_"):
                yield f"{path.stem}.{name}", getattr(module, name)


def main():
    wanted = sys.argv[1:]
    passed, failed = 0, 0
    for name, test in tests():
        if wanted and not any(word in name for word in wanted):
            continue
        try:
            asyncio.run(asyncio.wait_for(test(), TIMEOUT_SECONDS))
        except BaseException:  # a test that calls exit, or is cancelled, has failed like any other
            failed += 1
            print(f"FAILED {name}")
            traceback.print_exc(limit=8)
            if isinstance(sys.exc_info()[1], KeyboardInterrupt):
                break
        else:
            passed += 1
            print(f"passed {name}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
