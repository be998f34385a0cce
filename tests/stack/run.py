#!/usr/bin/env python3
"""The deployed stack: the shipped template on MiniStack, with IAM enforced, and people in a simulated Discord.

`sam deploy` puts what `sam build` made onto MiniStack. Signed requests then travel through the
HTTP API, the intake, its tables, the stream, the worker, and back to Discord. Along the way each
role is asked for what it must not do.

What this cannot show: AWS's own latency and quotas, item-level conditions of IAM, TTL.
"""

import argparse
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

import boto3
import botocore.exceptions
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = pathlib.Path(__file__).resolve().parents[2]
REGION = "eu-west-3"
STAGE = "ci"
PREFIX = f"passerelle-{STAGE}"
NEWCOMER = "newcomer"
"""A feature that is scaffolded for this test alone, by `tests/stack/newcomer.py`."""
STACK = "passerelle-ci"
BUNDLE = pathlib.Path("/etc/pki/tls/certs/ca-bundle.crt")
"""Where Amazon Linux keeps its certificate authorities; the template points the functions there."""
STREAM_SECONDS = 20
"""The stream wakes a worker within a second; the rest is for a busy machine."""
TICK_SECONDS = 100
"""MiniStack looks at its schedules every 10 s, and a tick comes each minute."""

started = time.monotonic()


def check(what: str, holds: bool, seen: object = "") -> None:
    """Prints one line for something that must hold, and ends the run when it does not."""
    print(f"{time.monotonic() - started:6.1f} s  {'ok' if holds else 'NOT SO'}  {what}", flush=True)
    if not holds:
        raise AssertionError(f"{what}; instead: {seen}")


def within(seconds: float, look, good=bool):
    """What `look` sees, as soon as it is good; what it saw last, when it never is."""
    end = time.monotonic() + seconds
    while True:
        seen = look()
        if good(seen) or time.monotonic() > end:
            return seen
        time.sleep(0.5)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Discord:
    """The simulated Discord and its people: `tests/examples/people.rs`, asked line by line."""

    def __init__(self, program: pathlib.Path, port: int, log):
        self.process = subprocess.Popen(
            [program, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
        )
        self.base = f"http://127.0.0.1:{port}/api/v10"
        self.facts = self._read()

    def _read(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError("the simulated Discord ended; its log says why")
        return json.loads(line)

    def ask(self, do: str, **arguments):
        self.process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self.process.stdin.flush()
        answer = self._read()
        if "error" in answer:
            raise AssertionError(f"{do}: {answer['error']}")
        return answer["ok"]


class MiniStack:
    """AWS on one port of this machine, with IAM enforced."""

    def __init__(self, log):
        self.url = f"http://127.0.0.1:{free_port()}"
        environment = {
            **os.environ,
            "AUTH": "true",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": self.url.rpartition(":")[2],
            "AWS_ENDPOINT_URL": self.url,
            "AWS_DEFAULT_REGION": REGION,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ministack"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env=environment, start_new_session=True,
        )
        ready = within(60, self._ready)
        if not ready:
            raise AssertionError("MiniStack does not start; its log says why")

    def _ready(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError("MiniStack ended; its log says why")
        try:
            status, _ = self.http("GET", "/_ministack/health", b"", {})
            return status == 200
        except OSError:
            return False

    def client(self, service: str, credentials: dict | None = None):
        """A client with these credentials, else with those of whoever deploys."""
        keys = credentials or {"AccessKeyId": "test", "SecretAccessKey": "test"}
        return boto3.client(
            service, endpoint_url=self.url, region_name=REGION, aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys.get("SessionToken"),
        )

    def http(self, method: str, path: str, body: bytes, headers: dict) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", int(self.url.rpartition(":")[2]), timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()

    def stop(self) -> None:
        # Its functions are processes of the same group.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


class Stack:
    """The deployed stack, as seen from outside."""

    def __init__(self, aws: MiniStack, build: pathlib.Path):
        self.aws, self.build = aws, build
        self.dynamodb = aws.client("dynamodb")
        self.api = None

    def deploy(self, build: pathlib.Path | None = None, **parameters: str) -> None:
        parameters = {"Stage": STAGE, "DeletionProtection": "false", "Architecture": "x86_64", **parameters}
        command = [
            "sam", "deploy", "--template-file", str((build or self.build) / "template.yaml"), "--stack-name", STACK,
            "--resolve-s3", "--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND", "--no-confirm-changeset",
            "--no-progressbar", "--region", REGION,
            "--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items()),
        ]
        environment = {
            **os.environ, "AWS_ENDPOINT_URL": self.aws.url, "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION, "SAM_CLI_TELEMETRY": "0",
        }
        # In a folder of its own: SAM reads and writes configuration where it runs.
        with tempfile.TemporaryDirectory() as folder:
            ran = subprocess.run(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
            )
        if ran.returncode:
            raise AssertionError(f"sam deploy failed:\n{ran.stdout}\n{ran.stderr}")
        stacks = self.aws.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        self.outputs = {output["OutputKey"]: output["OutputValue"] for output in stacks[0]["Outputs"]}
        self.api = self.outputs["HttpApiId"]

    def path(self, route: str) -> str:
        return f"/_aws/execute-api/{self.api}/$default/interactions/{route}"

    def post(self, route: str, body: str, headers: dict) -> tuple[int, bytes]:
        return self.aws.http("POST", self.path(route), body.encode(), {"content-type": "application/json", **headers})

    def items(self, table: str) -> list[dict]:
        """Every item of a table: a test may scan, the product may not."""
        return self.dynamodb.scan(TableName=f"{PREFIX}-{table}", ConsistentRead=True)["Items"]

    def role(self, logical: str) -> str:
        resource = self.aws.client("cloudformation").describe_stack_resource(
            StackName=STACK, LogicalResourceId=logical
        )
        return resource["StackResourceDetail"]["PhysicalResourceId"]

    @contextlib.contextmanager
    def without(self, logical: str, sid: str):
        """A role without one of its statements, for a while."""
        iam, role = self.aws.client("iam"), self.role(logical)
        name = iam.list_role_policies(RoleName=role)["PolicyNames"][0]
        policy = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
        reduced = [statement for statement in policy["Statement"] if statement["Sid"] != sid]
        check(f"{logical} has one statement {sid}", len(reduced) == len(policy["Statement"]) - 1, policy)
        iam.put_role_policy(
            RoleName=role, PolicyName=name, PolicyDocument=json.dumps({**policy, "Statement": reduced})
        )
        try:
            yield
        finally:
            iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(policy))

    def put_into(self, table: str) -> list[dict]:
        """Every item that was ever put into a table, as its stream tells it: a job may be gone by now."""
        streams, found = self.aws.client("dynamodbstreams"), []
        [stream] = streams.list_streams(TableName=f"{PREFIX}-{table}")["Streams"]
        shards = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]["Shards"]
        for shard in shards:
            place = streams.get_shard_iterator(
                StreamArn=stream["StreamArn"], ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
            while place:
                got = streams.get_records(ShardIterator=place)
                found += [seen["dynamodb"]["NewImage"] for seen in got["Records"] if seen["eventName"] == "INSERT"]
                place = got.get("NextShardIterator") if got["Records"] else None
        return found

    def assume(self, role: str) -> dict:
        arn = self.aws.client("iam").get_role(RoleName=role)["Role"]["Arn"]
        return self.aws.client("sts").assume_role(RoleArn=arn, RoleSessionName="stack-test")["Credentials"]

    def logs(self) -> dict[str, str]:
        """What each function has logged."""
        client, texts = self.aws.client("logs"), {}
        for group in client.describe_log_groups()["logGroups"]:
            name = group["logGroupName"]
            lines = client.filter_log_events(logGroupName=name, limit=10_000)["events"]
            texts[name] = "\n".join(line["message"] for line in lines)
        return texts


class Signer:
    """Signs as an application's Discord does. Its key is derived as the simulated Discord derives it."""

    def __init__(self, seed: str):
        self.key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest())

    def headers(self, body: str, at: float | None = None) -> dict:
        timestamp = str(int(at or time.time()))
        return {
            "x-signature-timestamp": timestamp,
            "x-signature-ed25519": self.key.sign((timestamp + body).encode()).hex(),
        }


def is_allowed(call, **arguments) -> bool:
    """Whether IAM lets a call through, whatever becomes of it then."""
    try:
        call(**arguments)
        return True
    except botocore.exceptions.ClientError as error:
        if error.response["Error"]["Code"] in ("AccessDeniedException", "AccessDenied"):
            return False
        reasons = error.response.get("CancellationReasons", [])
        if any(reason.get("Code") == "AccessDenied" for reason in reasons):
            return False
        raise


PING = '{"type":1,"id":"1","application_id":"%s","token":"t","version":1}'


def signatures(stack: Stack, discord: Discord, route: str, other: str) -> None:
    """`route` answers to its own application and to nobody else; `other` has no application."""
    own = discord.facts[route]
    signer = Signer(own["seed"])
    ping = PING % own["application"]
    status, body = stack.post(route, ping, signer.headers(ping))
    check(f"a signed PING to {route} is answered", (status, json.loads(body or b"{}")) == (200, {"type": 1}), (status, body))
    good = signer.headers(ping)
    forged = {
        "without a signature": {"x-signature-timestamp": good["x-signature-timestamp"]},
        "without a timestamp": {"x-signature-ed25519": good["x-signature-ed25519"]},
        "with a signature that is no hexadecimal": {**good, "x-signature-ed25519": "zz" * 64},
        "with a short signature": {**good, "x-signature-ed25519": good["x-signature-ed25519"][:-2]},
        "with another's signature": Signer("somebody else").headers(ping),
        "with a signature of another body": signer.headers(ping + " "),
        "with an old timestamp": signer.headers(ping, time.time() - 600),
        "with a future timestamp": signer.headers(ping, time.time() + 600),
    }
    answers = {how: stack.post(route, ping, headers) for how, headers in forged.items()}
    check(f"a forged PING to {route} is 401, in each of {len(forged)} ways",
          all(answer == (401, b"") for answer in answers.values()), answers)
    if other:
        answers = {
            name: stack.post(other, PING % facts["application"], Signer(facts["seed"]).headers(PING % facts["application"]))
            for name, facts in discord.facts.items() if isinstance(facts, dict)
        }
        check(f"{other} is not in use: 401 to everything", all(answer == (401, b"") for answer in answers.values()), answers)


def slice_of_the_hub(stack: Stack, discord: Discord, route: str, link: str, title: str) -> None:
    """A link is shared, published by the worker, voted on; the same link is refused the second time."""
    discord.ask("endpoint", application=route, url=stack.aws.url + stack.path(route))
    before = len(stack.items("hub"))
    told = discord.ask("share", application=route, person="karim", link=link, title=title)
    kept = [item for item in stack.items("hub") if title in str(item)]
    check(f"karim shares through {route}: the state table has the resource", len(kept) >= 1, told)
    check("and the mark of the interaction", len(stack.items("hub")) >= before + 2, stack.items("hub"))
    post = within(STREAM_SECONDS, lambda: discord.ask("post", title=title))
    check("the stream wakes the worker, which publishes it in the forum", post is not None, discord.ask("calls"))
    check("with the token of the right application", post["author"] == discord.facts[route]["application"], post)
    # A vote of before has its post edited within 30 s, and the link is checked again: those are other jobs.
    others = ("refresh", "check-link")
    publishing = lambda: [job for job in stack.items("hub-jobs") if job["kind"]["S"] not in others]
    left = within(STREAM_SECONDS, publishing, lambda jobs: not jobs)
    check("the job is gone once it is done", left == [], left)

    delivery = discord.ask("last_delivery")
    again = stack.post(route, delivery["body"], delivery["headers"])
    check("the same delivery again gets the same answer",
          (again[0], json.loads(again[1])) == (200, json.loads(delivery["response"])), again)
    posts = discord.ask("posts")
    check("and publishes nothing more", sum(title in name for name in posts) == 1, posts)

    told = discord.ask("press", application=route, person="lea", title=title, label="Utile")
    labels = within(STREAM_SECONDS, lambda: discord.ask("labels", title=title), lambda seen: "Utile (1)" in seen)
    check("lea finds it useful, and the post counts it", "Utile (1)" in labels, (told, labels))

    told = discord.ask("try_to_share", application=route, person="lea", link=link)
    check("the same link is not shared twice", title in told and len(discord.ask("posts")) == len(posts), told)


def powers(stack: Stack, role: str, tables: list[str]) -> set[str]:
    """What a deployed role may do to these tables, and whose token it may read: tried, not looked up."""
    key = {"pk": {"S": "G#1#NOBODY"}, "sk": {"S": "NOTHING"}}
    credentials = stack.assume(stack.role(role))
    mine, ssm = stack.aws.client("dynamodb", credentials), stack.aws.client("ssm", credentials)
    value = {":x": {"S": "x"}}
    calls = {
        "get": lambda name: is_allowed(mine.get_item, TableName=name, Key=key),
        "query": lambda name: is_allowed(
            mine.query, TableName=name, KeyConditionExpression="pk = :x", ExpressionAttributeValues=value
        ),
        "scan": lambda name: is_allowed(mine.scan, TableName=name),
        "put": lambda name: is_allowed(mine.put_item, TableName=name, Item=key),
        "update": lambda name: is_allowed(
            mine.update_item, TableName=name, Key=key, UpdateExpression="SET x = :x", ExpressionAttributeValues=value
        ),
        "delete": lambda name: is_allowed(mine.delete_item, TableName=name, Key=key),
    }
    found = {f"{verb} {name}" for name in tables for verb, call in calls.items() if call(f"{PREFIX}-{name}")}
    for application in ("all", "hub", NEWCOMER):
        if is_allowed(ssm.get_parameter, Name=f"/passerelle/{STAGE}/{application}/token", WithDecryption=True):
            found.add(f"token of {application}")
    for name in tables:
        stack.dynamodb.delete_item(TableName=f"{PREFIX}-{name}", Key=key)
    return found


def each(verbs: str, table: str) -> set[str]:
    return {f"{verb} {table}" for verb in verbs.split()}


OWNER, READER, ASKER = "get query put update delete", "get query", "put update"


def only_its_own(stack: Stack, facts: dict) -> None:
    """Each role may do what its function does, and nothing else."""
    tables = ["hub", "hub-jobs", "directory", "traffic"]
    own = each(OWNER, "hub")
    intake = own | each("get", "directory") | each(ASKER, "hub-jobs")
    for logical in ("HubIntakeRole", "AllIntakeRole"):
        seen = powers(stack, logical, tables)
        check(f"{logical}: its state, jobs to ask for, the directory to read, no token", seen == intake, seen ^ intake)
    worker = own | each(OWNER, "hub-jobs") | each(READER, "directory") | each("get update", "traffic")
    worker |= {f"token of {facts['token_of']}"}
    seen = powers(stack, "HubWorkerRole", tables)
    check("HubWorkerRole: both tables, the budget, one token", seen == worker, seen ^ worker)
    seen = powers(stack, "HubFetchRole", tables)
    check("HubFetchRole, which talks to strangers: nothing at all", seen == set(), seen)


def asked_by_a_newcomer(stack: Stack, discord: Discord) -> None:
    """A feature as it is scaffolded asks the hub: by a job in its own transaction, and in no other way."""
    mine = stack.aws.client("dynamodb", stack.assume(stack.role("NewcomerIntakeRole")))
    guild, own, jobs = discord.facts["guild"], NEWCOMER, f"{NEWCOMER}-jobs"
    command = {"type": 1, "name": NEWCOMER, "description": "Recevoir un rappel dans dix minutes"}
    discord.ask("endpoint", application=NEWCOMER, url=stack.aws.url + stack.path(NEWCOMER), commands=[command])

    def remind(person: str) -> str:
        discord.ask("type", person=person, command=f"/{NEWCOMER}")
        return discord.ask("press", person=person, label="Me le rappeler")

    def of(feature: str, user: str) -> list[str]:
        """What the state of a feature keeps about somebody."""
        return [item["sk"]["S"] for item in stack.items(feature) if f"#U#{user}" in item["pk"]["S"]]

    def waiting() -> list[dict]:
        """What the hub has yet to do for the newcomer."""
        return [job for job in stack.items("hub-jobs") if job.get("from") == {"S": own}]

    def asked_so_far() -> list[dict]:
        return [job for job in stack.put_into("hub-jobs") if job.get("from") == {"S": own}]

    told = remind("karim")
    check("its command and its button answer", "C’est noté" in told, told)
    asked = asked_so_far()
    check("its job is put into the hub's jobs table", len(asked) == 1, asked)
    [asked] = asked
    check("as a request to the hub", asked["kind"]["S"] == "request/erase-person", asked)
    [own_job] = stack.items(jobs)
    check("by the same click as its own job", asked["cause"] == own_job["cause"], (asked, own_job))
    user = re.search(r"[0-9]{17,20}", str(asked["body"]))[0]
    check("and its own state", of(own, user) == ["REMINDER"], stack.items(own))
    left = within(STREAM_SECONDS, lambda: (waiting(), of("hub", user)), lambda seen: seen == ([], []))
    check("the stream wakes the hub's worker, which does what is asked", left == ([], []), left)

    # The same click without the permission to ask: all of the transaction goes, or nothing.
    with stack.without("NewcomerIntakeRole", "AsksHub"):
        kept = (stack.items(own), stack.items(jobs), asked_so_far())
        told = remind("lea")
        check("without its permission to ask it apologises, with a reference", "Référence" in told, told)
        now = (stack.items(own), stack.items(jobs), asked_so_far())
        check("and keeps nothing of it, in its own tables either", now == kept, now)
    told = remind("lea")
    check("with its permission again it goes on", "C’est noté" in told, told)
    left = within(STREAM_SECONDS, waiting, lambda seen: not seen)
    check("and the hub does that too", left == [], left)

    # Without `run` the filter of the stream lets it pass by: only a tick finds it.
    wake_at = str(int(time.time() * 1000) - 1_000)
    key = {"pk": {"S": f"G#{guild}#J#{NEWCOMER}/due"}, "sk": {"S": "JOB"}}
    job = {
        **key, "v": {"N": "1"}, "kind": {"S": "request/erase-person"}, "body": {"S": '{"user":"7"}'},
        "from": {"S": NEWCOMER}, "lane": {"S": "due#0"}, "wake_at": {"N": wake_at}, "created_at": {"N": wake_at},
        "asked": {"N": "1"},
    }
    table = lambda name: f"{PREFIX}-{name}"
    mine.transact_write_items(TransactItems=[
        {"Put": {"TableName": table(own), "Item": {"pk": {"S": f"G#{guild}#N#due"}, "sk": {"S": "ASKED"}}}},
        {"Put": {"TableName": table("hub-jobs"), "Item": job, "ConditionExpression": "attribute_not_exists(pk)"}},
    ])
    time.sleep(3)
    left = waiting()
    check("a job for later does not wake the worker", len(left) == 1, left)

    # Meanwhile there is a job to try one's hand at.
    update = {"UpdateExpression": "SET x = :x", "ExpressionAttributeValues": {":x": {"S": "x"}}}
    absent = {"ConditionExpression": "attribute_not_exists(pk)"}
    forbidden = {
        "read a job": {"ConditionCheck": {"TableName": table("hub-jobs"), "Key": key, **absent}},
        "change a job": {"Update": {"TableName": table("hub-jobs"), "Key": key, **update}},
        "delete a job": {"Delete": {"TableName": table("hub-jobs"), "Key": key}},
        "read the hub's state": {"ConditionCheck": {"TableName": table("hub"), "Key": key, **absent}},
        "write the hub's state": {"Put": {"TableName": table("hub"), "Item": key}},
        "change the hub's state": {"Update": {"TableName": table("hub"), "Key": key, **update}},
        "delete the hub's state": {"Delete": {"TableName": table("hub"), "Key": key}},
    }
    kept = (stack.items("hub"), stack.items(own))
    allowed = {}
    for what, action in forbidden.items():
        innocent = {"Put": {"TableName": table(own), "Item": {"pk": {"S": f"G#{guild}#N#{what}"}, "sk": {"S": "ASKED"}}}}
        allowed[what] = is_allowed(mine.transact_write_items, TransactItems=[innocent, action])
    check(f"within its transactions it may do nothing else to the hub, in {len(allowed)} ways", not any(allowed.values()), allowed)
    now = (stack.items("hub"), stack.items(own))
    check("and nothing of those transactions is kept", now == kept, now)
    left = within(TICK_SECONDS, waiting, lambda seen: not seen)
    check("a tick does the job that was for later", left == [], left)

    tables = [own, jobs, "hub", "hub-jobs", "directory", "traffic"]
    shared = each(OWNER, own) | {"put hub-jobs"}
    intake = shared | each("get", "directory") | each(ASKER, jobs)
    seen = powers(stack, "NewcomerIntakeRole", tables)
    check("NewcomerIntakeRole: its own, and to put a job for the hub", seen == intake, seen ^ intake)
    worker = shared | each(OWNER, jobs) | each(READER, "directory") | each("get update", "traffic")
    worker |= {f"token of {NEWCOMER}"}
    seen = powers(stack, "NewcomerWorkerRole", tables)
    check("NewcomerWorkerRole: its own, the budget, its token, and to put a job for the hub", seen == worker, seen ^ worker)


def without_its_permission(stack: Stack, discord: Discord, route: str, logical: str) -> None:
    """A role that lost its table is seen to fail: the person is told, nothing is kept."""
    before, posts = stack.items("hub"), discord.ask("posts")
    with stack.without(logical, "HubState"):
        told = discord.ask("try_to_share", application=route, person="karim", link="https://example.org/refused")
        check("without its table the intake apologises, with a reference", "Référence" in told, told)
        check("and keeps nothing", stack.items("hub") == before, stack.items("hub"))
        check("and the log says that access was denied",
              any("AccessDenied" in text for text in stack.logs().values()),
              {name: text[-2000:] for name, text in stack.logs().items()})
        check("and nothing is published", discord.ask("posts") == posts, discord.ask("posts"))
    told = discord.ask("press", application=route, person="lea", title=posts[-1], label="Utile")
    check("with its table again it goes on", "Avis enregistré" in told or "Avis retiré" in told, told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    parser.add_argument("--build", type=pathlib.Path, default=target / "sam", help="build folder of `sam build`")
    parser.add_argument(
        "--newcomer", type=pathlib.Path, default=target / NEWCOMER, help="what tests/stack/newcomer.py made"
    )
    parser.add_argument(
        "--people", type=pathlib.Path, default=target / "debug/examples/people",
        help="the simulated Discord: `cargo build -p tests --example people`",
    )
    parser.add_argument("--logs", type=pathlib.Path, default=target / "stack", help="where logs are kept")
    options = parser.parse_args()
    if not (options.newcomer / "template.yaml").exists():
        sys.exit(f"{options.newcomer} holds no template; tests/stack/newcomer.py makes it")
    options.logs.mkdir(parents=True, exist_ok=True)

    with contextlib.ExitStack() as exits:
        if not BUNDLE.exists():
            # This machine keeps them elsewhere; on Lambda the file is there.
            BUNDLE.parent.mkdir(parents=True, exist_ok=True)
            BUNDLE.symlink_to("/etc/ssl/certs/ca-certificates.crt")
            exits.callback(BUNDLE.unlink)
        people_log = exits.enter_context(open(options.logs / "people.log", "w"))
        aws_log = exits.enter_context(open(options.logs / "ministack.log", "w"))
        discord = Discord(options.people, free_port(), people_log)
        exits.callback(discord.process.kill)
        aws = MiniStack(aws_log)
        exits.callback(aws.stop)
        stack = Stack(aws, options.build)
        ssm, (all_, hub, newcomer) = aws.client("ssm"), (discord.facts[name] for name in ("all", "hub", NEWCOMER))
        for name, facts in (("all", all_), ("hub", hub), (NEWCOMER, newcomer)):
            ssm.put_parameter(Name=f"/passerelle/{STAGE}/{name}/token", Value=facts["token"], Type="SecureString")

        print("one application: all", flush=True)
        only_all = {"AllApplicationId": all_["application"], "AllPublicKey": all_["public_key"]}
        stack.deploy(DiscordApi=discord.base, **only_all)
        check("the shipped template deploys", bool(stack.api))
        discord.ask("seed", endpoint=aws.url, prefix=PREFIX)
        signatures(stack, discord, "all", "hub")
        slice_of_the_hub(stack, discord, "all", "https://doc.rust-lang.org/book/", "Le livre de Rust")
        only_its_own(stack, {"token_of": "all"})
        without_its_permission(stack, discord, "all", "AllIntakeRole")

        print("several applications: hub has its own", flush=True)
        stack.deploy(
            DiscordApi=discord.base, HubApplicationId=hub["application"], HubPublicKey=hub["public_key"], **only_all
        )
        signatures(stack, discord, "hub", "")
        signatures(stack, discord, "all", "")
        discord.ask("endpoint", application="all", url=aws.url + stack.path("all"))
        discord.ask("try_to_share", application="all", person="karim", link="https://example.org/elsewhere")
        delivery = discord.ask("last_delivery")
        check("all leaves the hub's commands alone", delivery["status"] == 400, delivery)
        slice_of_the_hub(stack, discord, "hub", "https://doc.rust-lang.org/std/", "La bibliothèque standard")
        only_its_own(stack, {"token_of": "hub"})

        print("one feature more, as it is scaffolded", flush=True)
        stack.deploy(
            options.newcomer, DiscordApi=discord.base, HubApplicationId=hub["application"],
            HubPublicKey=hub["public_key"], NewcomerApplicationId=newcomer["application"],
            NewcomerPublicKey=newcomer["public_key"], **only_all
        )
        signatures(stack, discord, NEWCOMER, "")
        asked_by_a_newcomer(stack, discord)

        violations = discord.ask("violations")
        check("nothing was sent that Discord refuses", violations == [], violations)
        secrets = [all_["token"], hub["token"], newcomer["token"]]
        logs = stack.logs()
        (options.logs / "functions.log").write_text("\n".join(f"== {name}\n{text}" for name, text in logs.items()))
        check("every function has logged", sum(bool(text) for text in logs.values()) >= 3, list(logs))
        leaks = [name for name, text in logs.items() if any(secret in text for secret in secrets)]
        leaks += [name for name, text in logs.items() if re.search(r"Le livre de Rust|bibliothèque standard", text)]
        check("no log holds a token or what people wrote", leaks == [], leaks)
    print(f"the deployed stack holds, in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except AssertionError as problem:
        sys.exit(f"NOT SO: {problem}")
