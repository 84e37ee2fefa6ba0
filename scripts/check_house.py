#!/usr/bin/env python3
"""Holds the tree to the house rules: layers, sizes, banned calls. Prints every breach as
file:line: rule: what to do, and exits with 1 when there is one.

    scripts/check_house.py            the whole tree
    scripts/check_house.py --self-test  shows that each rule can fail
"""

import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

SOURCE_LINES, HEADER_LINES, TEST_LINES, FUNCTION_LINES, LINE_COLUMNS = 400, 250, 700, 70, 100
CODE = {".cpp", ".hpp", ".ts", ".js", ".mjs", ".py", ".sh", ".css"}

# pattern, files it holds for, files where it is allowed, what to use in its place
BANNED = [
    (r"system_clock::now|\btime\(nullptr\)|\bgettimeofday\(|\blocaltime\(", r"\.[ch]pp$",
     r"^src/base/time/clock\.cpp$|^examples/", "take `now`, or a Clock by reference"),
    (r"\b(?:s?rand|drand48)\(|std::mt19937|std::random_device", r"\.[ch]pp$",
     r"(^tests/|^testing/|_test\.cpp$|^bench/|^fuzz/)", "take a Random by reference"),
    (r"\b(?:strcpy|strcat|sprintf|gets|strtok)\(", r"\.[ch]pp$", r"^$", "std::string or fmt"),
    (r"std::regex\b", r"\.[ch]pp$", r"^$", "RE2 or a parser: std::regex backtracks without limit"),
    (r"std::endl\b", r"\.[ch]pp$", r"^$", "'\\n': endl flushes"),
    (r"\busing namespace\b", r"\.[ch]pp$", r"^$", "name it, or alias the namespace"),
    (r"\[=[\],]", r"\.[ch]pp$", r"^$", "name what the lambda captures"),
    (r"\bco_(?:await|return|yield)\b", r"\.[ch]pp$", r"^src/net/", "plain functions: see ARCHITECTURE.md"),
    (r"\b(?:getenv|setenv)\(", r"\.[ch]pp$", r"(^apps/|_test\.cpp$|^tests/|^testing/)", "configuration comes from main"),
    (r"#\s*include\s*<boost/(?:asio|beast)", r"\.[ch]pp$", r"^src/net/|^tests/|^testing/|^fuzz/|^bench/", "only net/ knows sockets"),
    (r"#\s*include\s*<curl/", r"\.[ch]pp$", r"^(src/http_client|client)/", "http_client/"),
    (r"#\s*include\s*<sqlite3\.h>", r"\.[ch]pp$", r"^src/sqlite/", "the database seam"),
    (r"#\s*include\s*<(?:openssl/|sodium)", r"\.[ch]pp$", r"^(src/crypto|src/jose|src/net|client/src|examples|tests|testing|bench)/",
     "crypto/'s value types"),
    (r"\bmemcmp\(", r"\.[ch]pp$", r"^src/(crypto|json|graphql|sqlite)/|_test\.cpp$",
     "crypto/constant_time.hpp for secrets, == otherwise"),
    (r"\b(?:TODO|FIXME|XXX|HACK)\b", r"\.(cpp|hpp|ts|js|mjs|sh|css)$", r"^$", "an issue, or do it now"),
    (r"\.innerHTML\b|\bdocument\.write\(|\beval\(|new Function\(", r"^(web|examples)/.*\.(ts|js|mjs)$", r"^$",
     "textContent and createElement"),
    (r"postMessage\([^)]*,\s*['\"]\*['\"]", r"\.(ts|js|mjs|html)$", r"^tests/", "the exact target origin"),
    (r"\bMath\.random\(", r"^(web|examples)/.*\.(ts|js)$", r"^$", "crypto.getRandomValues"),
]


def tracked_files(root):
    listing = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=root,
                             capture_output=True, text=True, check=True).stdout.split("\n")
    return sorted({f for f in listing if f and (root / f).is_file()
                   and not f.endswith((".d.ts", "package-lock.json"))})


def read_layers(root):
    layers = {}
    for line in (root / "scripts/layers.txt").read_text().splitlines():
        line = line.split("#")[0].strip()
        if line:
            folder, _, allowed = line.partition(":")
            layers[folder.strip()] = set(allowed.split())
    return layers


def check_layers(root, files):
    layers = read_layers(root)
    for name in files:
        parts = pathlib.PurePosixPath(name).parts
        if parts[0] != "src" or len(parts) < 3 or not name.endswith((".cpp", ".hpp")):
            continue
        folder, is_test = parts[1], name.endswith(("_test.cpp", "_test.hpp"))
        if folder not in layers:
            yield name, 1, f"layer: folder src/{folder} is not in scripts/layers.txt"
            continue
        for number, line in enumerate((root / name).read_text().splitlines(), 1):
            include = re.match(r'\s*#\s*include\s*"([a-z_]+)/', line)
            if not include:
                continue
            target = include.group(1)
            if target == folder or target in layers[folder] or (is_test and target != "net"):
                continue
            if target in ("embedded", *TEST_FOLDERS):  # check_production tells of the latter
                continue
            yield name, number, f"layer: src/{folder} may not include {target}/ (scripts/layers.txt)"


TEST_FOLDERS = ("tests", "testing")


def is_test(name):
    return "_test." in name or ".test." in name or name.startswith(tuple(f + "/" for f in TEST_FOLDERS))


def check_production(root, files):
    """What users run includes nothing that tests stand on."""
    for name in files:
        if not re.match(r"(src|apps|client|examples)/.*\.[ch]pp$", name) or is_test(name):
            continue
        for number, line in enumerate((root / name).read_text().splitlines(), 1):
            if re.match(r'\s*#\s*include\s*"((tests|testing)/|[^"]*_test\.hpp")', line):
                yield name, number, "layer: production code may not include tests (or name it *_test.hpp)"


def check_readmes(root, files):
    """Each folder of src/ says what it is."""
    for folder in sorted({f.split("/")[1] for f in files if f.startswith("src/") and f.count("/") > 1}):
        readme = f"src/{folder}/README.md"
        if readme not in files:
            yield readme, 1, "readme: each folder of src/ has one, of 25 lines at most"
        elif len((root / readme).read_text().splitlines()) > 25:
            yield readme, 26, "readme: at most 25 lines"


def check_prose(root, files):
    """Prose wraps, so that a change of it can be read. Tables, code, links and pictures keep theirs."""
    for name in (f for f in files if f.endswith(".md")):
        in_code = False
        for number, line in enumerate((root / name).read_text().splitlines(), 1):
            in_code ^= line.lstrip().startswith("```")
            if len(line) > LINE_COLUMNS and not in_code and " " in line.strip()[:LINE_COLUMNS] \
                    and not line.startswith(("|", "#", "    ", "![", "<")):
                yield name, number, f"prose: {len(line)} columns, at most {LINE_COLUMNS}"


def check_adrs(root, files):
    """Decisions are numbered without silent gaps: docs/adr/README.md names every number."""
    numbers = {int(m.group(1)) for f in files if (m := re.match(r"docs/adr/(\d{4})-", f))}
    if not numbers:
        return
    index = root / "docs/adr/README.md"
    named = {int(n) for n in re.findall(r"^\| (\d+) \|", index.read_text(), re.M)} if index.is_file() else set()
    for number in sorted(set(range(1, max(numbers) + 1)) - named):
        yield "docs/adr/README.md", 1, f"adr: {number} is not in the table; an unused number says so"


# Found by their folder or ending: by CMake's globs, the test runners, or the tools that they configure.
COLLECTED = re.compile(r"(\.cpp|[._]test\.\w+|\.load\.mjs|\.graphql|\.sql|README\.md|CMakeLists\.txt|\.svg)$"
                       r"|^(\.|LICENSE|[A-Z]+\.md|CMakePresets|x$|fuzz/corpus/)|/\.|package\.json$|tsconfig|vitest\.config")


def check_dead_files(root, files):
    """Each other file is named by one that is not its own source: included, imported, linked, run."""
    texts = {f: (root / f).read_text(errors="replace") for f in files
             if not f.startswith("fuzz/corpus/") and not f.endswith((".svg", ".png"))}
    for name in files:
        path = pathlib.PurePosixPath(name)
        if COLLECTED.search(name):
            continue
        stem = re.escape(path.name if path.suffix in {".hpp", ".md", ".txt"} else path.stem)
        pattern = re.compile(rf"(?<![\w-]){stem}(?!\w)")
        own = path.with_suffix(".cpp").as_posix() if path.suffix == ".hpp" else None
        if not any(pattern.search(text) for other, text in texts.items() if other not in (name, own)):
            yield name, 1, "dead file: nothing names it"


def size_limit(name):
    if is_test(name):
        return TEST_LINES
    return HEADER_LINES if name.endswith(".hpp") else SOURCE_LINES


def check_sizes(root, files):
    for name in files:
        if pathlib.PurePosixPath(name).suffix not in CODE and name != "x":
            continue
        lines = (root / name).read_text(errors="replace").splitlines()
        if len(lines) > size_limit(name):
            yield name, len(lines), f"size: {len(lines)} lines, at most {size_limit(name)}: split by topic"
        raw_string = False  # a transcript or JSON inside R"(…)" keeps its own lines
        for number, line in enumerate(lines, 1):
            opened = raw_string
            for mark in re.findall(r'R"[a-z]*\(|\)[a-z]*"', line):
                raw_string = mark.startswith("R")
            if len(line) > LINE_COLUMNS and name.endswith((".cpp", ".hpp")) and not (opened or raw_string):
                yield name, number, f"size: {len(line)} columns, at most {LINE_COLUMNS}: run ./x fmt"
        if name.endswith((".cpp", ".hpp")):
            yield from check_functions(name, lines)
        if name.endswith(".hpp") and "#pragma once" not in lines[:3]:
            yield name, 1, "header: starts with #pragma once"


NOT_A_FUNCTION = re.compile(r"^\s*(namespace|class|struct|enum|union|extern|if|for|while|switch|else|do|"
                            r"try|catch|case|constexpr auto \w+ =|const \w+ \w+\[\])\b")


def declaration_start(lines, number):
    """The line where what opens a brace on line `number` begins; None unless at indent 0 or 4."""
    while number > 0:
        line = lines[number - 1]
        if len(line) - len(line.lstrip(" ")) in (0, 4):
            return number
        number -= 1
        if number == 0 or lines[number - 1].endswith((";", "}", "{", ":")):
            return None
    return None


def check_functions(name, lines):
    """A function starts on a line that ends with ` {`, whose declaration begins at indent 0 or 4, and
    ends at the brace that stands alone at the same indent; clang-format makes that reliable."""
    start, indent = None, 0
    for number, line in enumerate(lines, 1):
        stripped = line.lstrip(" ")
        depth = len(line) - len(stripped)
        if start is None:
            first = declaration_start(lines, number) if line.endswith(" {") else None
            if first is not None and not NOT_A_FUNCTION.match(lines[first - 1]):
                if not re.match(r"^\s*(inline |static )?(constexpr|const) .*= ?\{?\{$", line):
                    start, indent = first, len(lines[first - 1]) - len(lines[first - 1].lstrip(" "))
        elif depth == indent and stripped.startswith("}"):
            length = number - start + 1
            is_table = re.search(r"=\s*\{*$|\bTEST(_[FP])?\(", lines[start - 1])
            if length > FUNCTION_LINES and not is_table:
                yield name, start, f"size: a function of {length} lines, at most {FUNCTION_LINES}"
            start = None


def check_banned(root, files):
    for name in files:
        if pathlib.PurePosixPath(name).suffix not in CODE | {".html"} or name == "scripts/check_house.py":
            continue
        rules = [(re.compile(p), fix) for p, where, allowed, fix in BANNED
                 if re.search(where, name) and not re.search(allowed, name)]
        for number, line in enumerate((root / name).read_text(errors="replace").splitlines(), 1):
            code = line.split("//")[0] if name.endswith((".cpp", ".hpp", ".ts")) else line
            for pattern, fix in rules:
                found = pattern.search(line if "TODO" in pattern.pattern else code)
                if found:
                    yield name, number, f"banned: `{found.group(0).strip()}`; use {fix}"


def check_named_tests(root, files):
    """tests/README.md says which tests show what: each of them is there."""
    name = "tests/README.md"
    if name not in files:
        return
    tests = "".join(line + "\n" for f in files if re.search(r"_test\.cpp$|\.test\.mjs$", f)
                    for line in (root / f).read_text(errors="replace").splitlines()
                    if not line.lstrip().startswith("//"))
    for number, line in enumerate((root / name).read_text().splitlines(), 1):
        for test in re.findall(r"`([^`]+)`", line) if line.startswith("| ") else ():
            if test not in tests:
                yield name, number, f"named test: `{test}` is not among the tests"


def check_store_suite(root, files):
    """Every public function of src/store is called by its conformance suite, so that each driver is
    held to it. Public: declared at the left edge of a header, with a transaction to work in."""
    suite = "".join((root / f).read_text() for f in files
                    if f.startswith("src/store/suite/") and f.endswith("_test.cpp"))
    for name in files:
        if not re.fullmatch(r"src/store/[a-z_]+\.hpp", name):
            continue
        text = (root / name).read_text()
        for declared in re.finditer(r"^\[\[nodiscard\]\] [^;{(]*?\b(\w+)\(([^;{]*)\);", text, re.MULTILINE):
            function, parameters = declared.groups()
            if "Transaction&" in parameters and not re.search(rf"\b{function}\(tx\b", suite):
                line = text.count("\n", 0, declared.start()) + 1
                yield name, line, f"suite: no test of src/store/suite calls {function}(tx, …)"


def breaches(root):
    files = tracked_files(root)
    for check in (check_layers, check_production, check_sizes, check_banned, check_named_tests,
                  check_readmes, check_prose, check_adrs, check_dead_files, check_store_suite):
        yield from check(root, files)


def self_test():
    """Each rule finds a planted breach, so none of them is a check that cannot fail."""
    planted = {
        "src/base/bad_layer.hpp": '#pragma once\n#include "net/server.hpp"\n',
        "src/base/long.hpp": "#pragma once\n" + "int a;\n" * 300,
        "src/base/wide.cpp": "int a;" + " " * 100 + "\n",
        "src/base/function.cpp": "void f() {\n" + "    g();\n" * 80 + "}\n",
        "src/base/wrapped.cpp": "void f(int a,\n       int b) {\n" + "    g();\n" * 80 + "}\n",
        "src/base/banned.cpp": "auto t = std::chrono::system_clock::now();\n",
        "src/store/untested.hpp": "#pragma once\n"
                                  "[[nodiscard]] Result<bool> take(database::WriteTransaction& tx,\n"
                                  "                                int id);\n",
        "src/base/uses_tests.hpp": '#pragma once\n#include "testing/must.hpp"\n',
        "src/base/uses_fixture.cpp": '#include "base/world_test.hpp"\n',
        "docs/wide.md": "word " * 30 + "\n",
        "src/base/README.md": "a line\n" * 30,
        "src/net/README.md": "",  # planted for net's other files to have one
        "docs/adr/0002-second.md": "",
        "docs/adr/README.md": "| 2 | [second](0002-second.md) |\n",
        "scripts/forgotten.py": "",
        "tests/comment_test.cpp": "// ATestThatIsGone\n",
        "tests/README.md": "| 1 | x | `ATestThatIsGone` |\n",
        "web/sdk/bad.ts": "window.opener.postMessage(x, '*');\n",
    }
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        subprocess.run(["git", "init", "-q", folder], check=True)
        (root / "scripts").mkdir()
        (root / "scripts/layers.txt").write_text("base:\nnet: base\nstore: base\n")
        for name, text in planted.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        found = {name for name, _, _ in breaches(root)}
        harmless = {"src/net/README.md", "docs/adr/0002-second.md", "tests/comment_test.cpp"}
        missed = set(planted) - harmless - found
        if missed:
            sys.exit(f"check_house --self-test: not found: {sorted(missed)}")
    print(f"check_house --self-test: {len(planted) - len(harmless)} planted breaches, all found")


def main():
    if "--self-test" in sys.argv:
        self_test()
        return
    found = list(breaches(ROOT))
    for name, number, what in found:
        print(f"{name}:{number}: {what}")
    if found:
        sys.exit(f"{len(found)} breaches of the house rules (CONTRIBUTING.md says why they are there)")
    print("house rules: layers, sizes and banned calls hold")


if __name__ == "__main__":
    main()
