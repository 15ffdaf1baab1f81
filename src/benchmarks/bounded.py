"""Promise P21: whatever 1 MiB of input, `stepmark plan` ends with a plan or a clear error, in under 2 s and 256 MiB.

bounded.py [-n NAME] [FILE-OR-DIRECTORY...] writes the inputs below into a temporary directory, plans each of them, and
every Markdown file that is named, and prints processor time, time by the clock, peak memory and how it ended. It fails
when one takes more than 2 s of processor time (the clock says little on a machine that is shared), needs a heap of more
than 256 MiB, or ends with anything but a plan or an explanation.
"""
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "target/stepmark/bin/stepmark"
SIZE = 1 << 20
SECONDS = 2.0


def fill(piece, head="", tail=""):
    """As many of a piece as 1 MiB has room for."""
    room = SIZE - len(head) - len(tail)
    return head + piece * (room // len(piece)) + tail


def growing(mark, between=" "):
    out, size, n = [], 0, 1
    while size + n < SIZE:
        out.append(mark * n)
        size += n + 1
        n += 1
    return between.join(out)


def counted(form):
    out, size, n = [], 0, 0
    while True:
        text = form(n)
        if size + len(text) > SIZE:
            return "".join(out)
        out.append(text)
        size += len(text)
        n += 1


def noise(seed, alphabet):
    return "".join(random.Random(seed).choices(alphabet, k=SIZE))


def inputs():
    yield "empty", ""
    yield "backtick-runs", growing("`")
    yield "backtick-runs-short", fill("` `` ``` ```` ````` ", "# T\n\n")
    yield "backtick-pairs", fill("a ``b` ", "# T\n\n")
    yield "deep-lists", "".join("  " * n + "- a\n" for n in range(1000))
    yield "many-lists", fill("- a\n  - b\n    - c\n      - d\n")
    yield "deep-quotes", fill(">" * 90 + " a\n")
    yield "quotes-and-lists", fill("> - > - > - a\n")
    yield "quote-one-line", ">" * SIZE
    yield "placeholders-in-bash", fill("echo <x>\n", "# T\n\n```bash\n", "```\n")
    yield "placeholders-only", fill("<x>\n", "# T\n\n```bash\n", "```\n")
    yield "distinct-placeholders", "# T\n\n```bash\n" + counted(lambda n: "echo <name_%d>\n" % n)[:SIZE - 40] + "\n```\n"
    yield "unclosed-quotes", fill("echo 'a \"b\n", "# T\n\n```bash\n", "```\n")
    yield "unclosed-quote-one", fill("a b c\n", "# T\n\n```bash\necho '", "```\n")
    yield "unclosed-substitution", fill("$(", "# T\n\n```bash\n", "\n```\n")
    yield "here-documents", fill("cat <<A\n", "# T\n\n```bash\n", "```\n")
    yield "table", fill("| a | b | c |\n", "# T\n\n| a | b | c |\n|---|---|---|\n")
    yield "table-wide", "# T\n\n|" + "a|" * 250000 + "\n|" + "-|" * 250000 + "\n"
    yield "dollar-quotes", fill("$a$ $b$ ", "# T\n\n```sql\nSELECT ", ";\n```\n")
    yield "dollar-tags", "# T\n\n```sql\nSELECT " + counted(lambda n: "$t%d$ " % n)[:SIZE - 60] + ";\n```\n"
    yield "sql-statements", fill("SELECT 1;\n", "# T\n\n```sql\n", "```\n")
    yield "sql-parentheses", fill("(", "# T\n\n```sql\nSELECT ", ";\n```\n")
    yield "sql-comments", fill("/* ", "# T\n\n```sql\n", "\n```\n")
    yield "psql-prompts", fill("db=> SELECT 1;\n ?column?\n----------\n        1\n(1 row)\n\n", "# T\n\n```\n", "```\n")
    yield "shell-prompts", fill("$ ls\na\n", "# T\n\n```console\n", "```\n")
    yield "continued", fill("$ a \\\n", "# T\n\n```console\n", "```\n")
    yield "commands", fill("kubectl get pods\n", "# T\n\n```bash\n", "```\n")
    yield "pipes", fill("a | ", "# T\n\n```bash\n", "b\n```\n")
    yield "ifs", fill("if a; then\n", "# T\n\n```bash\n", "```\n")
    yield "brackets", fill("[", "# T\n\n")
    yield "brackets-lines", fill("[a](b) ![c](d)\n\n", "# T\n\n")
    yield "brackets-open", fill("[a\n\n", "# T\n\n")
    yield "parentheses", fill("[a](", "# T\n\n")
    yield "stars", fill("*a **b ", "# T\n\n")
    yield "underscores", fill("_a __b ", "# T\n\n")
    yield "front-matter-keys", "---\n" + counted(lambda n: "k%d: v\n" % n)[:SIZE - 60].rsplit("\n", 1)[0] + "\n---\n# T\n"
    yield "front-matter-bomb", "---\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        "%s: &%s [%s]\n" % (b, b, ", ".join(["*" + a] * 9)) for a, b in zip("abcdefgh", "bcdefghi")) + "---\n# T\n"
    yield "front-matter-deep", "---\na: " + "[" * 500000 + "\n---\n# T\n"
    yield "front-matter-flow", "---\na: {" + "b: {" * 100000 + "\n---\n# T\n"
    yield "front-matter-open", fill("a: b\n", "---\n")
    yield "front-matter-long", "---\ntitle: " + "x" * (SIZE - 60) + "\n---\n# T\n"
    yield "toml", "+++\n" + counted(lambda n: "k%d = \"v\"\n" % n)[:SIZE - 60].rsplit("\n", 1)[0] + "\n+++\n# T\n"
    yield "fences-of-a-line", fill("```bash\nls\n```\n\n")
    yield "fences-1900", "".join("Run %d:\n\n```bash\nls -l /srv/%d\n```\n\n" % (n, n) for n in range(990))
    yield "fences-in-a-step", "# T\n\n" + "".join("```bash\nls -l /srv/%d\n```\n\n" % n for n in range(1990))
    yield "fences-long", "".join("Run %d:\n\n```bash\n%s```\n\n" % (n, "ls -l /srv\n" * 95) for n in range(990))
    yield "fences-unclosed", fill("```bash\nls\n\n")
    yield "fence-never-closed", fill("ls\n", "```bash\n")
    yield "tildes", growing("~", "\n")
    yield "headings", fill("# a\n")
    yield "headings-levels", fill("# a\n## b\n### c\n#### d\n")
    yield "headings-of-systems", fill("## On Debian\n## On RHEL\n")
    yield "headings-of-options", counted(lambda n: "## Option %d: a\n\n" % n)
    yield "heading-long", "# " + "a" * (SIZE - 10)
    yield "setext", fill("a\n=\n\n")
    yield "references", counted(lambda n: "[a%d]: b\n" % n)
    yield "reference-links", fill("[a][b] ", "[b]: c\n\n")
    yield "reference-same", fill("[a]: b\n", "# T\n\n")
    yield "html", fill("<div>\n", "# T\n\n")
    yield "html-open", fill("<!-- a\n", "# T\n\n")
    yield "html-tags", fill("<a b='", "# T\n\n")
    yield "html-inline", fill("a <b> ", "# T\n\n")
    yield "html-processing", fill("<?", "# T\n\n")
    yield "html-cdata", fill("<![CDATA[ ", "# T\n\n")
    yield "tabs-mdx", fill("<Tabs>\n", "# T\n\n")
    yield "tabs-named", fill("<Tabs>\n<Tab title=\"a\">\n\n    ls -l\n\n</Tab>\n", "# T\n\n")
    yield "tabs-mkdocs", fill("=== \"a\"\n\n    ls -l\n\n", "# T\n\n")
    yield "tabs-open", counted(lambda n: "=== \"a%d\"\n\n" % n)
    yield "inline-commands", fill("Run `ls -l`. ", "# T\n\n")
    yield "inline-commands-lines", fill("Run `ls -l`.\n\n", "# T\n\n")
    yield "sentences", fill("If you like it. ", "# T\n\n")
    yield "conditions", fill("If there are any, then. ", "# T\n\n", "\n\n```bash\nls\n```\n")
    yield "words-or", fill("Or:\n\n", "# T\n\n")
    yield "ordered", counted(lambda n: "%d. Do it\n" % (n + 1))
    yield "ordered-nested", fill("1. a\n   1. b\n      1. c\n")
    yield "ordered-900", "".join("%d. Do it\n\n   ```bash\n   ls %d\n   ```\n" % (n, n) for n in range(1, 950))
    yield "indented", fill("    ls -l\n\nwords\n\n")
    yield "indented-one", fill("    ls -l\n", "# T\n\n")
    yield "entities", fill("&amp;", "# T\n\n")
    yield "autolinks", fill("<http://a.b> ", "# T\n\n")
    yield "escapes", fill("\\", "# T\n\n")
    yield "hard-breaks", fill("a  \n", "# T\n\n")
    yield "blanks", " " * SIZE
    yield "newlines", "\n" * SIZE
    yield "carriage-returns", "\r" * SIZE
    yield "tabs", "\t" * SIZE
    yield "long-line", "a" * SIZE
    yield "long-words", fill("word ", "# T\n\n")
    yield "attributes", "```bash {" + counted(lambda n: "k%d=v " % n)[:SIZE - 60] + "}\nls\n```\n"
    yield "attributes-quotes", fill("a=\"b ", "```bash {", "}\nls\n```\n")
    yield "annotations", fill("<!-- stepmark: name=a -->\n", "# T\n\n")
    yield "annotated", counted(lambda n: "<!-- stepmark: name=a%d -->\n```bash\nls\n```\n\n" % n)
    yield "sessions", "".join("```bash\nssh host%d\n```\n\n```bash\nls\n```\n\n" % n for n in range(900))
    yield "psql-sessions", "".join("```bash\npsql -h host%d\n```\n\n```sql\nSELECT 1;\n```\n\n" % n for n in range(900))
    yield "replace", fill("Replace `YOUR_X` with yours. ", "# T\n\n")
    yield "yaml", counted(lambda n: "key%d: value\n" % n).join(("# T\n\n```\n", "```\n"))
    yield "log-lines", fill("2026-11-20 02:11:20 INFO started\n", "# T\n\n```\n", "```\n")
    yield "nul", "\0" * SIZE
    yield "bytes-low", noise(1, [chr(c) for c in range(1, 128)])
    yield "bytes-markup", noise(2, list("`*_[]()<>#-|~!&\\\n\n \t$'\"{}:.1ab"))
    yield "bytes-lines", noise(3, list("abc \n\n`'\"$<>"))
    yield "unicode", noise(4, [chr(c) for c in (0x61, 0xe9, 0x4e2d, 0x1f600, 0x202e, 0x200b, 0x0a, 0x20)])[:SIZE // 3]


def plan(path):
    """Processor seconds, seconds by the clock, peak memory in MiB, exit status, the first line of standard error."""
    env = dict(os.environ, JAVA_TOOL_OPTIONS="-Xmx256m")
    begin = time.monotonic()
    process = subprocess.Popen([str(PROGRAM), "plan", "--json", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    try:
        out, err = process.communicate(timeout=120)
        status = process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        status = -1
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = [l for l in err.decode("utf-8", "replace").splitlines() if not l.startswith("Picked up")]
    return used.ru_utime + used.ru_stime, time.monotonic() - begin, used.ru_maxrss / 1024, status, lines, out


def main():
    arguments = sys.argv[1:]
    only = ""
    if arguments[:1] == ["-n"]:
        only, arguments = arguments[1], arguments[2:]
    worst, bad, before, most = 0.0, [], 0.0, 0.0
    with tempfile.TemporaryDirectory() as directory:
        files = []
        for name, text in inputs():
            if only in name:
                data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
                file = pathlib.Path(directory, name + ".md")
                file.write_bytes(data[:SIZE])
                files.append((name, file))
        if not only or "bytes-any" in only:
            file = pathlib.Path(directory, "bytes-any.md")
            file.write_bytes(random.Random(5).randbytes(SIZE))
            files.append(("bytes-any", file))
        for argument in map(pathlib.Path, arguments):
            found = sorted(argument.rglob("*.md")) if argument.is_dir() else [argument]
            files += [(str(f.name), f) for f in found]
        for name, file in files:
            total, clock, memory, status, lines, out = plan(file)
            seconds, before = total - before, total
            worst, most = max(worst, seconds), max(most, memory)
            ended = "plan" if status == 0 and out.startswith(b"{") else lines[0][:60] if lines else "nothing"
            clear = ended == "plan" or status == 2 and ended.startswith("error: ")
            late = seconds > SECONDS
            if late or not clear:
                bad.append(name)
            print("%-24s %6.2f s  %6.2f s by the clock  %s%s" % (name, seconds, clock, ended,
                                                                 "  TOO SLOW" if late else "" if clear else "  UNCLEAR, exit %d" % status), flush=True)
    print("%d inputs, the slowest %.2f s, at most %d MiB resident" % (len(files), worst, most))
    if bad:
        print("FAILED " + ", ".join(bad))
        return 1
    return 0


sys.exit(main())
