"""Checks a checkout: ruff, mypy, then the tests, import contracts among them: `python3 packaging/check.py`.

What is passed on goes to pytest: `python3 packaging/check.py tests/domain -k price`. The exit code is 0
only when all of it passed; pytest's closing line comes last.
"""

import os
import subprocess
import sys

import supported  # noqa: F401 - before the others, which need a newer Python to be read at all

# isort: split
import environment
import machine

CHECKED = ["app", "packaging", "tests"]


def main(arguments: list[str]) -> int:
    """Make the environment ready, run every check, and return the exit code."""
    python = environment.ready(dev=True)
    missing = machine.provide_qt(painting_only=True)
    if os.environ.get("CI") and machine.can_install():
        machine.provide_desktop_tests()
    env = environment.variables(python)
    env.update(_caches(os.path.join(python.parent.parent, "caches")))
    failed = [name for name in ("ruff", "mypy") if not _passes(name, python, env)]
    if missing:
        print(f"The tests were not run. {missing}", file=sys.stderr)
        return 1
    env["TAXIMETER_FAILED_CHECKS"] = ", ".join(failed)
    tests = _run([python, "-m", "pytest", "-o", f"cache_dir={env['PYTEST_CACHE']}", *arguments], env)
    return tests or (1 if failed else 0)


def _caches(folder: str) -> dict[str, str]:
    """Every tool keeps its cache inside the environment: the checkout stays as it is, even a read-only one."""
    names = {"RUFF_CACHE_DIR": "ruff", "MYPY_CACHE_DIR": "mypy", "PYTEST_CACHE": "pytest",
             "HYPOTHESIS_STORAGE_DIRECTORY": "hypothesis"}  # fmt: skip
    return {variable: os.path.join(folder, name) for variable, name in names.items()}


def _passes(name: str, python: os.PathLike[str], env: dict[str, str]) -> bool:
    arguments = {"ruff": ["ruff", "check", "--quiet"], "mypy": ["mypy", "--no-error-summary"]}[name]
    code = _run([python, "-m", *arguments, *CHECKED], env)
    print(f"{name}: {'passed' if code == 0 else 'failed'}", flush=True)
    return code == 0


def _run(command: list[str | os.PathLike[str]], env: dict[str, str]) -> int:
    return subprocess.run(command, cwd=environment.ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
