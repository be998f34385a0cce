#!/usr/bin/env python3
"""Size, start and memory of the binaries that `sam build` made, each against its limit.

Starts are compared with those of the bare function in the same run (same Lambda runtime, AWS
client and TLS, nothing else), since absolute times belong to the machine. Lambda itself adds its
virtual machine and the loading of the code, which nothing here can measure.
"""

import argparse
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

ZIP_MAX_MB = 4.0
"""Largest zip of a function. A goal of the project: what Lambda loads at a cold start."""
MEMORY_MAX_MB = 12.0
"""Largest peak of resident memory up to the first answer. A goal of the project."""
START_MAX_RATIO = 1.3
"""Slowest start to first PONG, in CPU time of the bare function's. A goal of the project."""
COLD_STARTS = 15
"""Enough for a median on a machine that others share; about two seconds."""
ROUNDS = 3
"""A start too slow is measured again, as somebody else may have used the machine."""

SEED = "2a" * 32
APPLICATION = "100000000000000001"
PING = json.dumps({"type": 1, "id": "1", "application_id": APPLICATION, "token": "t", "version": 1})
ENVIRONMENT = {
    "STAGE": "ci",
    "TABLE_PREFIX": "passerelle-ci",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_REGION": "eu-west-3",
    # Nobody listens there: a PING that asked for a table would fail. With TLS, as on AWS: its set-up
    # is a part of the start, and the bare function pays for it too.
    "AWS_ENDPOINT_URL": "https://127.0.0.1:9",
    "DISCORD_API": "http://127.0.0.1:9/api/v10",
    "DISCORD_APPLICATION_ID": APPLICATION,
    "DISCORD_TOKEN_PARAMETER": "/passerelle/ci/all/token",
    "FEATURES_ELSEWHERE": "",
    "SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt",
}


def zip_mb(bootstrap: pathlib.Path) -> float:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.write(bootstrap, "bootstrap")
    return len(packed.getvalue()) / 1e6


def measure(emulator: str, program: pathlib.Path, kind: str) -> dict:
    """Starts `program` some times under a stand-in for Lambda; its figures."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder, "report.json")
        command = [sys.executable, emulator, "-n", str(COLD_STARTS), "-w", "50", "--json", str(report)]
        for name, value in ENVIRONMENT.items():
            command += ["--env", f"{name}={value}"]
        if kind != "intake":
            # Nothing to do: what is measured is the start. A private address is refused without a call.
            event = pathlib.Path(folder, "event.json")
            event.write_text({"worker": '{"Records":[]}', "fetch": '{"url":"http://127.0.0.1/","ask":"page"}'}[kind])
            command += ["--event", str(event)]
        else:
            command += ["--sign-seed", SEED, "--body", PING, "--expect-status", "200"]
        ran = subprocess.run([*command, "--", str(program)], capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if ran.returncode:
            sys.exit(f"{program} does not answer:\n{ran.stdout}{ran.stderr}")
        report = json.loads(report.read_text())
    errors = [run["first_error"] for run in report["runs"] if run["errors"]]
    if errors:
        sys.exit(f"{program} fails: {errors[0]}")
    summary = report["summary"]
    return {
        "start_ms": summary["cold_ms"]["median"],
        "start_cpu_ms": summary["cpu_init_ms"]["median"] + summary["cpu_first_ms"]["median"],
        "warm_ms": summary["warm_ms"]["p50"],
        "memory_mb": summary["hwm_first_mb"]["max"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="build folder of `sam build`")
    parser.add_argument("--emulator", required=True, help="lambda_emulator.py")
    parser.add_argument("--bare", type=pathlib.Path, help="the bare function, to compare starts with")
    options = parser.parse_args()

    problems = []
    print(f"{'':12} {'binary':>9} {'zip':>9} {'start':>9} {'its CPU':>9} {'vs bare':>9} {'warm p50':>9} {'memory':>9}")
    bare = None
    if options.bare:
        bare = measure(options.emulator, options.bare, "intake")
        print(
            f"{'bare':12} {os.path.getsize(options.bare) / 1e6:6.2f} MB {zip_mb(options.bare):6.2f} MB "
            f"{bare['start_ms']:6.1f} ms {bare['start_cpu_ms']:6.1f} ms {'':9} "
            f"{bare['warm_ms']:6.3f} ms {bare['memory_mb']:6.1f} MB"
        )
    bootstraps = sorted(options.build.glob("*/bootstrap"))
    if not bootstraps:
        sys.exit(f"{options.build} holds no function; `sam build` makes them")
    for bootstrap in bootstraps:
        name = bootstrap.parent.name
        kind = next((kind for kind in ("worker", "fetch") if name.lower().endswith(kind)), "intake")
        size, packed = bootstrap.stat().st_size / 1e6, zip_mb(bootstrap)
        for attempt in range(ROUNDS):
            figures = measure(options.emulator, bootstrap, kind)
            ratio = figures["start_cpu_ms"] / bare["start_cpu_ms"] if bare else None
            if ratio is None or ratio <= START_MAX_RATIO:
                break
            if attempt + 1 < ROUNDS:
                bare = measure(options.emulator, options.bare, "intake")
        print(
            f"{name:12} {size:6.2f} MB {packed:6.2f} MB {figures['start_ms']:6.1f} ms "
            f"{figures['start_cpu_ms']:6.1f} ms {f'{ratio:8.2f}x' if ratio else '':>9} "
            f"{figures['warm_ms']:6.3f} ms {figures['memory_mb']:6.1f} MB"
        )
        if packed > ZIP_MAX_MB:
            problems.append(f"{name}: its zip has {packed:.2f} MB, at most {ZIP_MAX_MB} MB are meant")
        if kind == "intake" and figures["memory_mb"] > MEMORY_MAX_MB:
            problems.append(f"{name}: {figures['memory_mb']:.1f} MB of memory, at most {MEMORY_MAX_MB} MB are meant")
        if kind == "intake" and ratio and ratio > START_MAX_RATIO:
            problems.append(f"{name}: starts {ratio:.2f} times as slowly as the bare function, at most {START_MAX_RATIO}")
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    main()
