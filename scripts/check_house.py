#!/usr/bin/env python3
"""Holds the tree to the house rules: layers, sizes, banned calls. Prints every breach as
file:line: rule: what to do, and exits with 1 when there is one.

Each rule has a row in check_house_test.py that breaks it.
"""

import fnmatch
import pathlib
import re
import subprocess
import sys

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
    (r"#\s*include\s*<boost/", r"\.[ch]pp$", r"^$", "the server's libraries are in scripts/lib.sh"),
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
    """Folder → (line, what it may include). `src` stands for all of src/'s folders."""
    layers = {}
    for number, line in enumerate((root / "scripts/layers.txt").read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if line:
            folder, _, allowed = line.partition(":")
            layers[folder.strip()] = (number, set(allowed.split()))
    return layers


OUTSIDE = ("apps", "client", "examples", "testing", "tests")  # folders beside src/


def layer_of(path):
    """The row of layers.txt for a file, or for what an include names; None if it is not ours."""
    parts = path.removeprefix("src/").split("/")
    if len(parts) < 2:
        return None
    folder = {"latchkey": "client"}.get(parts[0], parts[0])  # client/include/latchkey
    return folder + "/" if folder in OUTSIDE else folder


def includes(root, name):
    for number, line in enumerate((root / name).read_text().splitlines(), 1):
        if include := re.match(r'\s*#\s*include\s*(["<])([^">]+)', line):
            yield number, *include.groups()


def is_allowed(target, allowed):
    return target in allowed or ("src" in allowed and not target.endswith("/"))


def check_layers(root, files):
    layers, used = read_layers(root), {}
    for name in files:
        folder = layer_of(name) if re.match(r"(src|apps|client|examples|testing)/.*\.[ch]pp$", name) else None
        if folder is None:
            continue
        if folder not in layers:
            yield name, 1, f"layer: folder {folder} is not in scripts/layers.txt"
            continue
        for number, quote, path in includes(root, name):
            target = layer_of(path)
            if ".." in path.split("/"):
                yield name, number, "layer: name a header by its whole path, without .."
            elif quote == "<" and target != "client/":  # which is installed, and theirs to include so
                if path.endswith(".hpp") and target in layers:
                    yield name, number, "layer: our own headers are included in quotes"
            elif is_test(name) and not name.startswith("testing/"):
                if target == "net" and name.startswith("src/") and folder != "net":
                    yield name, number, "layer: a test of src/ includes net/ in net/ alone"
            elif target in (None, folder) or target in ("tests/", "testing/"):  # check_production tells
                pass
            elif is_allowed(target, layers[folder][1]):
                used.setdefault(folder, set()).add(target)
            else:
                yield name, number, f"layer: {folder} may not include {target} (scripts/layers.txt)"
    for folder, (number, allowed) in layers.items():
        for word in sorted(allowed):
            if not any(is_allowed(target, {word}) for target in used.get(folder, ())):
                yield "scripts/layers.txt", number, f"layer: {folder} does not include {word}: take it out"


TEST_FOLDERS = ("tests", "testing")


def is_test(name):
    return "_test." in name or ".test." in name or name.startswith(tuple(f + "/" for f in TEST_FOLDERS))


def check_production(root, files):
    """What users run includes nothing that tests stand on."""
    for name in files:
        if not re.match(r"(src|apps|client|examples)/.*\.[ch]pp$", name) or is_test(name):
            continue
        for number, _, path in includes(root, name):
            if re.match(r"(tests|testing)/|.*_test\.hpp$", path):
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
    lines = index.read_text().splitlines() if index.is_file() else []
    for number, line in enumerate(lines, 1):
        if line.startswith("|") != line.endswith("|") or line == "|":
            yield "docs/adr/README.md", number, "adr: a row of the table is one line"
    named = {int(m.group(1)) for line in lines if (m := re.match(r"\| (\d+) \| .+ \|$", line))}
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
        if pathlib.PurePosixPath(name).suffix not in CODE | {".html"} or name.startswith("scripts/check_house"):
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


ENDS = r"(?:[ch]pp|md|py|sh|m?js|tsx?|txt|toml|sql|graphql|json|html|css|svg|\*|\{[a-z,]+\})"


def alternatives(path):
    """`command_line.{hpp,cpp}` as two; what stands for a name (ENGINE, NNNN, <x>) matches any."""
    if among := re.search(r"\{([^{}]*)\}", path):
        before, after = path[:among.start()], path[among.end():]
        return [p for one in among.group(1).split(",") for p in alternatives(before + one + after)]
    return [re.sub(r"[A-Z]{3,}(?![\w.])|N{4}|…|<[^>]*>", "*", path).rstrip("/")]


def check_named_paths(root, files):
    """What prose names in backticks, and comments name anyhow, is there: from the root, from src/ or
    beside it. The changelog tells of the past."""
    known = {str(p) for f in files for p in pathlib.PurePosixPath(f).parents} | set(files)
    heads = {f.split("/")[0] for f in files if "/" in f} | \
            {f.split("/")[1] for f in files if re.match("src/.*/", f)}
    head = "(?:" + "|".join(sorted(re.escape(h) for h in heads)) + ")"
    in_prose = re.compile(rf"`({head}/[^\s`]*)`")
    in_comment = re.compile(rf"(?<![\w/.:<\"-])({head}/[\w./*{{}},-]*\.{ENDS})")
    for name in files:
        is_prose = name.endswith(".md")
        if name == "CHANGELOG.md" or name.startswith("scripts/check_house") or not (is_prose or pathlib.PurePosixPath(name).suffix in CODE | {".txt"}):
            continue
        beside = ("", "src/", name.rpartition("/")[0] + "/", name.split("/")[0] + "/")
        for number, line in enumerate((root / name).read_text(errors="replace").splitlines(), 1):
            comment = None if is_prose else re.search(r"(?:^|\s)(//|#(?!\s*include))|^\s*\*", line)
            if not (is_prose or comment):
                continue
            for path in (in_prose if is_prose else in_comment).findall(line[comment.start() if comment else 0:]):
                if not all(any(fnmatch.filter(known, folder + p + end) for folder in beside for end in ("", ".*"))
                           for p in alternatives(path)):
                    yield name, number, f"path: there is no {path}"


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


CHECKS = (check_layers, check_production, check_sizes, check_banned, check_named_tests, check_readmes,
          check_prose, check_adrs, check_dead_files, check_named_paths, check_store_suite)


def breaches(root):
    files = tracked_files(root)
    for check in CHECKS:
        yield from check(root, files)


def main():
    found = list(breaches(ROOT))
    for name, number, what in found:
        print(f"{name}:{number}: {what}")
    if found:
        sys.exit(f"{len(found)} breaches of the house rules (CONTRIBUTING.md says why they are there)")
    print("house rules: layers, sizes and banned calls hold")


if __name__ == "__main__":
    main()
