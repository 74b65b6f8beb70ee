"""Run benchmarks; the last line of each is its result as JSON."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks.case import compare, names, run_ours_once


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("case", nargs="*", choices=[[], *names()], help=f"cases to run (all: {', '.join(names())})")
    parser.add_argument("--memory", metavar="CASE", choices=names(), help=argparse.SUPPRESS)
    parser.add_argument("--growth", action="store_true", help="how the cost of reach grows with size, and nothing else")
    asked = parser.parse_args()
    if asked.growth:
        from benchmarks.growth import growth

        print(json.dumps(growth()))
        return 0
    if asked.memory:
        print(json.dumps(run_ours_once(asked.memory)))
        return 0
    equal = True
    for name in asked.case or names():
        print(f"{name}")
        result = compare(name)
        equal = equal and result["equal"]
        print(json.dumps(result, ensure_ascii=False))
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
