#!/usr/bin/env python3
"""One feature more for the test of the deployed stack: scaffolded, taught to ask the hub, built.

All of it happens in a copy of the tree that is deleted afterwards. What stays, beside the other
builds, is a template in which the new feature has its block, and its two functions.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAME = "newcomer"
ASKED = "hub"

started = time.monotonic()


def say(what: str) -> None:
    print(f"{time.monotonic() - started:6.1f} s  {what}", flush=True)


def copy(to: pathlib.Path) -> None:
    """The tree as it stands, with what is not committed yet, without what is built."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


def teach_to_ask(tree: pathlib.Path) -> None:
    """Whoever asks for a reminder also has the hub forget them, in the transaction of the reminder."""
    rules = tree / "functions" / NAME / "src" / "decide.rs"
    text = rules.read_text()
    job = ".job(Job::Remind"
    if text.count(job) != 1:
        sys.exit(f"{rules.name} of the scaffold has no {job}: this test must learn its new shape")
    request = f'.ask("{ASKED}", app::Request::ErasePerson {{ user: ctx.user }})'
    rules.write_text(text.replace(job, request + job))


def build(tree: pathlib.Path, to: pathlib.Path) -> None:
    """Its two functions, each in the folder that the template will name.

    The hub is chosen too, though none of its programs is built: with it the dependencies have the features
    with which they were built for the hub, and are not built again.
    """
    subprocess.run(
        ["cargo", "lambda", "build", "--release", "--package", NAME, "--package", ASKED, "--bin", NAME,
         "--bin", f"{NAME}-worker", "--lambda-dir", str(to / "lambda")],
        cwd=tree, check=True, stdin=subprocess.DEVNULL,
    )
    for function, binary in (("Intake", NAME), ("Worker", f"{NAME}-worker")):
        (to / "lambda" / binary).rename(to / f"{NAME.capitalize()}{function}")
    (to / "lambda").rmdir()


def template(tree: pathlib.Path, others: pathlib.Path, to: pathlib.Path) -> None:
    """The template with the folders of built functions, as `sam build` writes it."""
    logical, lines = "", []
    for line in (tree / "template.yaml").read_text().splitlines():
        if named := re.fullmatch(r"  (\w+):", line):
            logical = named[1]
        if line.lstrip().startswith("CodeUri:"):
            folder = next(folder for folder in (to, others) if (folder / logical / "bootstrap").exists())
            line = f"      CodeUri: {folder / logical}"
        lines.append(line)
    (to / "template.yaml").write_text("\n".join(lines) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).absolute()
    parser.add_argument("--build", type=pathlib.Path, default=target / "sam", help="build folder of `sam build`")
    parser.add_argument("--to", type=pathlib.Path, default=target / NAME, help="where the result is put")
    parser.add_argument(
        "--xtask", type=pathlib.Path, default=target / "debug/xtask", help="the chores: `cargo build -p xtask`"
    )
    options = parser.parse_args()
    # The dependencies are built already, there.
    os.environ["CARGO_TARGET_DIR"] = str(target)
    shutil.rmtree(options.to, ignore_errors=True)
    options.to.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=options.to) as folder:
        tree = pathlib.Path(folder)
        copy(tree)
        subprocess.run([options.xtask.absolute(), "new-feature", NAME, "--asks", ASKED], cwd=tree, check=True)
        say("scaffolded in a copy of the tree")
        teach_to_ask(tree)
        build(tree, options.to.absolute())
        say("built, with its worker")
        template(tree, options.build.absolute(), options.to.absolute())


if __name__ == "__main__":
    main()
