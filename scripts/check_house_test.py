#!/usr/bin/env python3
"""Breaks each rule of check_house.py in a small tree of its own, and reads what is said of it: all
of it, so that a rule that says too much fails as well. Run by ./x check."""

import pathlib
import subprocess
import tempfile
import unittest

import check_house

# A tree that keeps every rule; a row adds to it or changes it.
CLEAN = {
    "scripts/layers.txt": "base:\nnet: base  # sockets\nstore:\napps/: src\ntesting/: src\nclient/:\n"
                          "examples/: client/\n",
    "scripts/check.sh": "cat layers.txt\n",
    "x": "scripts/check.sh\n",
    "src/base/README.md": "text\n",
    "src/base/text.hpp": "#pragma once\n",
    "src/net/README.md": "text\n",
    "src/net/server.cpp": '#include "net/server.hpp"\n#include "base/text.hpp"\n#include <map>\n',
    "src/store/README.md": "text\n",
    "apps/latchkey/main.cpp": '#include "apps/latchkey/world.hpp"\n#include "net/server.hpp"\n',
    "client/src/client.cpp": '#include "latchkey/client/client.hpp"\n#include "encoding.hpp"\n',
    "examples/shop/main.cpp": "#include <latchkey/client/client.hpp>\n",
    "testing/world.hpp": '#pragma once\n#include "net/server.hpp"\n#include "testing/must.hpp"\n',
    "tests/flows/a_test.cpp": '#include "testing/world.hpp"\nTEST(A, IsShown) {}\n',
    "tests/README.md": "| claim | test |\n| a | `TEST(A, IsShown)` |\n",
    "docs/adr/README.md": "| number | decision |\n| --- | --- |\n| 1 | [first](0001-first.md) |\n",
    "docs/adr/0001-first.md": "text\n",
}

LAYERS = CLEAN["scripts/layers.txt"]
FOLDER = "is not in scripts/layers.txt"
ONCE = "#pragma once\n"
WIDE = "int a;" + " " * 95  # a column more than allowed


def named(header, text):
    """A header that is not a dead file."""
    return {header: text, "src/base/uses.cpp": f'#include "{header.removeprefix("src/")}"\n'}


# What is planted, and all that is to be said about it.
LAYERS_ROWS = [
    ({"src/base/a.cpp": '\n#include "net/server.hpp"\n'},
     ["src/base/a.cpp:2: layer: base may not include net (scripts/layers.txt)"]),
    (named("src/base/a.hpp", ONCE + '#include "net/server.hpp"\n'),
     ["src/base/a.hpp:2: layer: base may not include net"]),
    ({"src/base/deep/a.cpp": '  #  include "net/server.hpp"\n'},
     ["src/base/deep/a.cpp:1: layer: base may not include net"]),
    ({"src/base/a.cpp": '#include "src/net/server.hpp"\n'},
     ["src/base/a.cpp:1: layer: base may not include net"]),
    ({"src/base/a.cpp": "#include <net/server.hpp>\n"},
     ["src/base/a.cpp:1: layer: our own headers are included in quotes"]),
    ({"src/net/a.cpp": "#include <base/text.hpp>\n"},
     ["src/net/a.cpp:1: layer: our own headers are included in quotes"]),
    ({"src/net/a.cpp": "#include <net/if.h>\n#include <sys/stat.h>\n"}, []),
    ({"src/base/a.cpp": '#include "../net/server.hpp"\n'},
     ["src/base/a.cpp:1: layer: name a header by its whole path, without .."]),
    ({"src/base/a.cpp": '#include "base/../net/server.hpp"\n'},
     ["src/base/a.cpp:1: layer: name a header by its whole path, without .."]),
    ({"src/base/a.cpp": '#include "embedded/files.hpp"\n'},
     ["src/base/a.cpp:1: layer: base may not include embedded"]),
    ({"src/base/a.cpp": '#include "apps/latchkey/world.hpp"\n'},
     ["src/base/a.cpp:1: layer: base may not include apps/"]),
    ({"src/base/a.cpp": '#include "latchkey/client/client.hpp"\n'},
     ["src/base/a.cpp:1: layer: base may not include client/"]),
    ({"src/new/a.cpp": "", "src/new/README.md": ""}, [f"src/new/a.cpp:1: layer: folder new {FOLDER}"]),
    ({"scripts/layers.txt": LAYERS.replace("apps/: src\n", "")},
     [f"apps/latchkey/main.cpp:1: layer: folder apps/ {FOLDER}"]),
    ({"scripts/layers.txt": LAYERS.replace("testing/: src\n", "")},
     [f"testing/world.hpp:1: layer: folder testing/ {FOLDER}"]),
    ({"apps/latchkey/a.cpp": '#include "client/src/encoding.hpp"\n'},
     ["apps/latchkey/a.cpp:1: layer: apps/ may not include client/"]),
    ({"client/src/a.cpp": '#include "base/text.hpp"\n'},
     ["client/src/a.cpp:1: layer: client/ may not include base"]),
    ({"examples/shop/a.cpp": '#include "base/text.hpp"\n'},
     ["examples/shop/a.cpp:1: layer: examples/ may not include base"]),
    ({"testing/a.cpp": '#include "apps/latchkey/world.hpp"\n'},
     ["testing/a.cpp:1: layer: testing/ may not include apps/"]),
    ({"testing/a_test.cpp": '#include "apps/latchkey/world.hpp"\n'},
     ["testing/a_test.cpp:1: layer: testing/ may not include apps/"]),
    # A test looks around, but not at the sockets.
    ({"src/base/a_test.cpp": '#include "store/a.hpp"\n#include "testing/world.hpp"\n'}, []),
    ({"src/base/a_test.cpp": '#include "net/server.hpp"\n'},
     ["src/base/a_test.cpp:1: layer: a test of src/ includes net/ in net/ alone"]),
    ({"src/net/a_test.cpp": '#include "net/server.hpp"\n'}, []),
    ({"client/src/a_test.cpp": '#include "net/server.hpp"\n'}, []),
    # Nobody includes what a row allows; a test's include does not count.
    ({"scripts/layers.txt": LAYERS.replace("store:", "store: base")},
     ["scripts/layers.txt:3: layer: store does not include base: take it out"]),
    ({"scripts/layers.txt": LAYERS.replace("store:", "store: base"),
      "src/store/a_test.cpp": '#include "base/text.hpp"\n'},
     ["scripts/layers.txt:3: layer: store does not include base: take it out"]),
    ({"src/net/server.cpp": "// base/text.hpp\n"},
     ["scripts/layers.txt:2: layer: net does not include base: take it out"]),
    ({"scripts/layers.txt": LAYERS.replace("net: base", "net: base store")},
     ["scripts/layers.txt:2: layer: net does not include store: take it out"]),
    ({"scripts/layers.txt": LAYERS.replace("client/:", "client/: src")},
     ["scripts/layers.txt:6: layer: client/ does not include src: take it out"]),
]

PRODUCTION = "production code may not include tests (or name it *_test.hpp)"
PRODUCTION_ROWS = [
    ({f"{folder}/a.cpp": f'#include "{header}"\n'}, [f"{folder}/a.cpp:1: layer: {PRODUCTION}"])
    for folder in ("src/base", "apps/latchkey", "client/src", "examples/shop")
    for header in ("testing/must.hpp", "tests/flows/two.hpp", "world_test.hpp")
] + [
    (named("src/base/a.hpp", ONCE + '\n#include "testing/must.hpp"\n'),
     [f"src/base/a.hpp:3: layer: {PRODUCTION}"]),
    ({"src/base/a.cpp": "#include <testing/must.hpp>\n"},
     ["src/base/a.cpp:1: layer: our own headers are included in quotes",
      f"src/base/a.cpp:1: layer: {PRODUCTION}"]),
    ({f"{folder}/a_test.cpp": '#include "testing/must.hpp"\n#include "base/world_test.hpp"\n'
      for folder in ("src/base", "client/src", "examples/shop")}, []),
]


def function(lines, head="void f() {"):
    return head + "\n" + "    g();\n" * (lines - 2) + "}\n"


def too_long(name, lines, limit):
    return [f"{name}:{lines}: size: {lines} lines, at most {limit}: split by topic"]


SIZE_ROWS = [
    ({"src/base/a.cpp": "int a;\n" * 400}, []),
    ({"src/base/a.cpp": "int a;\n" * 401}, too_long("src/base/a.cpp", 401, 400)),
    (named("src/base/a.hpp", ONCE + "int a;\n" * 249), []),
    (named("src/base/a.hpp", ONCE + "int a;\n" * 250), too_long("src/base/a.hpp", 251, 250)),
    ({"src/base/a_test.cpp": "int a;\n" * 700}, []),
    ({"src/base/a_test.cpp": "int a;\n" * 701}, too_long("src/base/a_test.cpp", 701, 700)),
    ({"tests/flows/a.cpp": "int a;\n" * 701}, too_long("tests/flows/a.cpp", 701, 700)),
    ({"web/sdk/a.test.ts": "let a;\n" * 701}, too_long("web/sdk/a.test.ts", 701, 700)),
    ({"x": CLEAN["x"] + "a\n" * 400}, too_long("x", 401, 400)),
] + [
    ({f"web/a{end}": "a\n" * 401, "x": CLEAN["x"] + f"web/a{end} web/a\n"}, too_long(f"web/a{end}", 401, 400))
    for end in (".ts", ".js", ".mjs", ".py", ".sh", ".css")
] + [
    ({"src/base/a.cpp": "\n" + WIDE + "\n"},
     ["src/base/a.cpp:2: size: 101 columns, at most 100: run ./x fmt"]),
    ({"src/base/a.cpp": WIDE[:100] + "\n"}, []),
    (named("src/base/a.hpp", ONCE + WIDE + "\n"), ["src/base/a.hpp:2: size: 101 columns"]),
    ({"src/base/a.cpp": 'auto a = R"(\n' + WIDE + '\n)";\n' + WIDE + "\n"},
     ["src/base/a.cpp:4: size: 101 columns"]),
    (named("src/base/a.hpp", "int a;\n"), ["src/base/a.hpp:1: header: starts with #pragma once"]),
    (named("src/base/a.hpp", "\n\n\n" + ONCE), ["src/base/a.hpp:1: header: starts with #pragma once"]),
    ({"src/base/a.cpp": function(70)}, []),
    ({"src/base/a.cpp": "\n" + function(71)},
     ["src/base/a.cpp:2: size: a function of 71 lines, at most 70"]),
    ({"src/base/a.cpp": function(71, "void f(int a,\n       int b) {")},
     ["src/base/a.cpp:1: size: a function of 72 lines, at most 70"]),
    ({"src/base/a.cpp": "class A {\n    void f() {\n" + "        g();\n" * 69 + "    }\n};\n"},
     ["src/base/a.cpp:2: size: a function of 71 lines, at most 70"]),
    ({"src/base/a.cpp": function(60) + function(60)}, []),
    ({"src/base/a.cpp": function(71, "namespace a {")}, []),
    ({"src/base/a_test.cpp": function(71, "TEST(A, B) {")}, []),
    ({"src/base/a.cpp": function(71, "constexpr std::array rows = {")}, []),
]


def dead(name):
    return [f"{name}:1: dead file: nothing names it"]


README_ROWS = [
    ({"src/new/a.sql": ""}, ["src/new/README.md:1: readme: each folder of src/ has one"]),
    ({"src/base/README.md": "a line\n" * 25}, []),
    ({"src/base/README.md": "a line\n" * 26}, ["src/base/README.md:26: readme: at most 25 lines"]),
]
PROSE_ROWS = [
    ({"docs/README.md": "word\n" + "word " * 25 + "\n"},
     ["docs/README.md:2: prose: 125 columns, at most 100"]),
    ({"docs/README.md": "word " * 20 + "\n"}, []),
    ({"docs/README.md": "```\n" + "word " * 25 + "\n```\n" + "word " * 25 + "\n"},
     ["docs/README.md:4: prose: 125 columns"]),
    ({"docs/README.md": "".join(start + "word " * 25 + "\n" for start in ("| ", "# ", "    ", "![", "<"))}, []),
    ({"docs/README.md": "https://" + "a" * 100 + "\n"}, []),
]
ADR = "docs/adr/README.md"
ADR_ROWS = [
    ({ADR: "text\n", "docs/README.md": "0001-first.md"},
     [ADR + ":1: adr: 1 is not in the table; an unused number says so"]),
    ({"docs/adr/0003-third.md": "", ADR: CLEAN[ADR] + "| 3 | [third](0003-third.md) |\n"},
     [ADR + ":1: adr: 2 is not in the table"]),
    ({"docs/adr/0003-third.md": "",
      ADR: CLEAN[ADR] + "| 2 | not used |\n| 3 | [third](0003-third.md) |\n"}, []),
    ({ADR: CLEAN[ADR].replace(" |\n| 1", "\n|\n| 1")},
     [ADR + ":2: adr: a row of the table is one line", ADR + ":3: adr: a row of the table is one line"]),
    ({ADR: CLEAN[ADR].replace("[first]", "[the\nfirst]")},
     [ADR + ":1: adr: 1 is not", ADR + ":3: adr: a row of the", ADR + ":4: adr: a row of the"]),
]
DEAD_ROWS = [
    ({"src/base/a.hpp": ONCE}, dead("src/base/a.hpp")),
    ({"src/base/a.hpp": ONCE, "src/base/a.cpp": '#include "base/a.hpp"\n'}, dead("src/base/a.hpp")),
    ({"src/base/a.hpp": ONCE, "src/base/b.cpp": '#include "base/a.hpp"\n'}, []),
    ({"src/base/a.hpp": ONCE, "src/base/b.cpp": '#include "base/data.hpp"\n'}, dead("src/base/a.hpp")),
    ({"docs/guide.md": "the guide: guide.md\n"}, dead("docs/guide.md")),
    ({"docs/guide.md": "", "docs/README.md": "The guide is not linked.\n"}, dead("docs/guide.md")),
    ({"docs/guide.md": "", "docs/README.md": "[guide](guide.md)\n"}, []),
    ({"scripts/words.txt": ""}, dead("scripts/words.txt")),
    ({"scripts/tool.py": ""}, dead("scripts/tool.py")),
    ({"scripts/tool.py": "", "scripts/run_test.py": "import tool\n"}, []),
    ({"web/sdk/page.ts": ""}, dead("web/sdk/page.ts")),
    ({"web/sdk/page.ts": "", "web/sdk/a.test.ts": "import './page';\n"}, []),
    ({"src/base/a.cpp": "", "src/store/a.sql": "", "LICENSE": "", "web/package.json": "{}"}, []),
]
TESTS = "tests/README.md"
NAMED_TEST_ROWS = [
    ({TESTS: "`A test elsewhere`\n| b | `IsGone` |\n"},
     [TESTS + ":2: named test: `IsGone` is not among the tests"]),
    ({TESTS: "| b | `IsGone` |\n", "tests/b_test.cpp": "// IsGone\n"},
     [TESTS + ":1: named test: `IsGone`"]),
    ({TESTS: "| b | `IsGone` |\n", "tests/b.cpp": "IsGone\n"}, [TESTS + ":1: named test: `IsGone`"]),
    ({TESTS: "| b | `signs in` |\n", "tests/e2e/b.test.mjs": "test('signs in')\n"}, []),
]


def gone(place, path):
    return [f"{place}: path: there is no {path}"]


PATH_ROWS = [
    ({"docs/README.md": "\nSee `src/base/key_use.cpp`.\n"}, gone("docs/README.md:2", "src/base/key_use.cpp")),
    ({"docs/README.md": "See `base/key_use.hpp`.\n"}, gone("docs/README.md:1", "base/key_use.hpp")),
    ({"docs/README.md": "See `base/key_use.*`.\n"}, gone("docs/README.md:1", "base/key_use.*")),
    ({"docs/README.md": "See `base/key_use`.\n"}, gone("docs/README.md:1", "base/key_use")),
    ({"docs/README.md": "See `tests/flaws/`.\n"}, gone("docs/README.md:1", "tests/flaws/")),
    ({"docs/README.md": "See `base/text.{hpp,cpp}`.\n"}, gone("docs/README.md:1", "base/text.{hpp,cpp}")),
    ({"docs/README.md": "See `base/ENGINE/NNNN_*.sql`.\n"}, gone("docs/README.md:1", "base/ENGINE/NNNN_*.sql")),
    ({"src/base/a.cpp": "int a;  // base/key_use.hpp\n"}, gone("src/base/a.cpp:1", "base/key_use.hpp")),
    ({"src/base/a.cpp": "/* the rows\n * of base/key_use.hpp\n */\n"}, gone("src/base/a.cpp:2", "base/key_use.hpp")),
    ({"x": CLEAN["x"] + "# see src/base/key_use.cpp\n"}, []),  # it has no ending that says what it is
    ({"scripts/check.sh": CLEAN["scripts/check.sh"] + "# see src/base/key_use.cpp\n"},
     gone("scripts/check.sh:2", "src/base/key_use.cpp")),
    ({"src/base/a.cpp": 'const char* a = "base/key_use.hpp";\n// https://x.org/base/key_use.hpp\n'}, []),
    ({"docs/README.md": "`src/base/text.hpp`, `base/text.hpp`, `base/text`, `base/t*.hpp`, `src/net/`,\n"
                        "`src/base/{text,README}.{hpp,md}`, `text/html`, base/words without ticks,\n"
                        "`tests/SUITE/a_test.cpp`, `GET /base/key`\n",
      "src/base/text.md": "", "src/base/README.hpp": ONCE, "src/net/a.cpp": '#include "base/README.hpp"\n',
      "docs/adr/0001-first.md": "text.md"}, []),
    ({"CHANGELOG.md": "`src/base/key_use.cpp` is gone\n"}, []),
]
TAKE = ("[[nodiscard]] Result<bool> take(database::WriteTransaction& tx,\n"
        "                                int id);\n")
LOCAL = "[[nodiscard]] bool is_text(std::string_view text);\n"
SUITE = {"src/store/takes.cpp": '#include "store/a.hpp"\n'}
SUITE_ROWS = [
    (SUITE | {"src/store/a.hpp": ONCE + LOCAL + TAKE, "src/store/suite/a_test.cpp": "take(other)\n"},
     ["src/store/a.hpp:3: suite: no test of src/store/suite calls take(tx, …)"]),
    (SUITE | {"src/store/a.hpp": ONCE + TAKE, "src/store/a_test.cpp": "take(tx, 1)\n"},
     ["src/store/a.hpp:2: suite: no test of src/store/suite calls take(tx, …)"]),
    (SUITE | {"src/store/a.hpp": ONCE + LOCAL + TAKE, "src/store/suite/a_test.cpp": "take(tx, 1)\n"}, []),
]

CPP = "src/base/a.cpp"
# where, what stands there, what is found of it, what is to be used in its place
BANNED = [
    (CPP, "std::chrono::system_clock::now()", "system_clock::now", "take `now`"),
    (CPP, "time(nullptr)", "time(nullptr)", "take `now`"),
    (CPP, "gettimeofday(&t, nullptr)", "gettimeofday(", "take `now`"),
    (CPP, "localtime(&t)", "localtime(", "take `now`"),
    (CPP, "rand()", "rand(", "take a Random"),
    (CPP, "srand(1)", "srand(", "take a Random"),
    (CPP, "drand48()", "drand48(", "take a Random"),
    (CPP, "std::mt19937 r;", "std::mt19937", "take a Random"),
    (CPP, "std::random_device r;", "std::random_device", "take a Random"),
    (CPP, "strcpy(a, b)", "strcpy(", "std::string or fmt"),
    (CPP, "strcat(a, b)", "strcat(", "std::string or fmt"),
    (CPP, "sprintf(a, b)", "sprintf(", "std::string or fmt"),
    (CPP, "gets(a)", "gets(", "std::string or fmt"),
    (CPP, "strtok(a, b)", "strtok(", "std::string or fmt"),
    (CPP, "std::regex r;", "std::regex", "RE2"),
    (CPP, "out << std::endl", "std::endl", "'\\n'"),
    (CPP, "using namespace std;", "using namespace", "name it"),
    (CPP, "[=] {}", "[=]", "name what the lambda captures"),
    (CPP, "[=, this] {}", "[=,", "name what the lambda captures"),
    (CPP, "co_await a;", "co_await", "plain functions"),
    (CPP, "co_return a;", "co_return", "plain functions"),
    (CPP, "co_yield a;", "co_yield", "plain functions"),
    (CPP, 'getenv("A")', "getenv(", "configuration comes from main"),
    (CPP, 'setenv("A")', "setenv(", "configuration comes from main"),
    (CPP, "#include <boost/asio.hpp>", "#include <boost/", "the server's libraries"),
    ("fuzz/a.cpp", "# include <boost/beast/http.hpp>", "# include <boost/", "the server's libraries"),
    (CPP, "#include <curl/curl.h>", "#include <curl/", "http_client/"),
    (CPP, "#include <sqlite3.h>", "#include <sqlite3.h>", "the database seam"),
    (CPP, "#include <openssl/evp.h>", "#include <openssl/", "crypto/'s value types"),
    (CPP, "#include <sodium.h>", "#include <sodium", "crypto/'s value types"),
    (CPP, "memcmp(a, b, c)", "memcmp(", "crypto/constant_time.hpp"),
    (CPP, "// TODO", "TODO", "an issue"),
    (CPP, "a;  // FIXME later", "FIXME", "an issue"),
    ("web/sdk/a.test.ts", "XXX", "XXX", "an issue"),
    ("web/a.load.mjs", "// HACK", "HACK", "an issue"),
    ("web/sdk/a.test.ts", "a.innerHTML = b", ".innerHTML", "textContent"),
    ("examples/shop/a.test.js", "document.write(a)", "document.write(", "textContent"),
    ("web/a.load.mjs", "eval(a)", "eval(", "textContent"),
    ("web/sdk/a.test.ts", "new Function(a)", "new Function(", "textContent"),
    ("web/sdk/a.test.ts", "w.postMessage(x, '*');", "postMessage(x, '*'", "the exact target origin"),
    ("bench/a.test.js", 'w.postMessage(x, "*");', 'postMessage(x, "*"', "the exact target origin"),
    ("web/sdk/a.test.ts", "Math.random()", "Math.random(", "crypto.getRandomValues"),
    ("examples/shop/a.test.js", "Math.random()", "Math.random(", "crypto.getRandomValues"),
]
NOT_BANNED = [
    (CPP, "// system_clock::now and rand( are said of in words"),
    ("src/base/time/clock.cpp", "system_clock::now()"), ("examples/shop/a.cpp", "system_clock::now()"),
    ("src/base/a_test.cpp", "std::mt19937 r;"), ("tests/a.cpp", "std::mt19937 r;"),
    ("testing/a.cpp", "std::mt19937 r;"), ("bench/a.cpp", "std::mt19937 r;"), ("fuzz/a.cpp", "std::mt19937 r;"),
    ("src/net/a.cpp", "co_await a;"), ("apps/latchkey/a.cpp", "getenv("), ("src/base/a_test.cpp", "getenv("),
    ("tests/a.cpp", "setenv("), ("testing/a.cpp", "setenv("),
    ("src/http_client/a.cpp", "#include <curl/curl.h>"), ("client/src/a.cpp", "#include <curl/curl.h>"),
    ("src/sqlite/a.cpp", "#include <sqlite3.h>"), ("src/crypto/a.cpp", "#include <sodium.h>"),
    ("src/jose/a.cpp", "#include <openssl/evp.h>"), ("src/net/a.cpp", "#include <openssl/evp.h>"),
    ("src/crypto/a.cpp", "memcmp("), ("src/sqlite/a.cpp", "memcmp("), ("src/base/a_test.cpp", "memcmp("),
    ("tests/e2e/a.test.mjs", "w.postMessage(x, '*');"), (CPP, "runtime(nullptr); grand(); mysprintf2("),
]
BANNED_ROWS = [({where: text + "\n"}, [f"{where}:1: banned: `{found}`; use {instead}"])
               for where, text, found, instead in BANNED]
BANNED_ROWS += [({where: text + "\n"}, []) for where, text in NOT_BANNED]

RULES = {
    check_house.check_layers: LAYERS_ROWS,
    check_house.check_production: PRODUCTION_ROWS,
    check_house.check_sizes: SIZE_ROWS,
    check_house.check_readmes: README_ROWS,
    check_house.check_prose: PROSE_ROWS,
    check_house.check_adrs: ADR_ROWS,
    check_house.check_dead_files: DEAD_ROWS,
    check_house.check_named_tests: NAMED_TEST_ROWS,
    check_house.check_named_paths: PATH_ROWS,
    check_house.check_store_suite: SUITE_ROWS,
    check_house.check_banned: BANNED_ROWS,
}


def said_of(planted):
    tree = CLEAN | planted
    # A folder of src/ that a row begins has what its rule wants.
    for folder in {name.split("/")[1] for name in planted if name.startswith("src/") and name.count("/") > 1}:
        if folder not in ("base", "net", "store", "new"):
            tree[f"src/{folder}/README.md"] = "text\n"
            tree["scripts/layers.txt"] += f"{folder}:\n"
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        subprocess.run(["git", "init", "-q", "--template=", folder], check=True)
        for name, text in tree.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        return sorted(f"{name}:{number}: {what}" for name, number, what in check_house.breaches(root))


def is_as_expected(said, expected):
    return len(said) == len(expected) and all(s.startswith(e) for s, e in zip(said, sorted(expected)))


class Rules(unittest.TestCase):
    def test_a_clean_tree_has_no_breach(self):
        self.assertEqual(said_of({}), [])

    def test_each_breach_is_told_and_nothing_else(self):
        for rule, rows in RULES.items():
            for planted, expected in rows:
                with self.subTest(rule.__name__, planted=planted):
                    said = said_of(planted)
                    self.assertTrue(is_as_expected(said, expected), f"{said}, not {expected}")

    def test_each_rule_has_a_breach_here_and_is_run(self):
        self.assertEqual(set(RULES), set(check_house.CHECKS))
        for rule, rows in RULES.items():
            self.assertTrue(any(expected for _, expected in rows), rule.__name__)

    def test_each_banned_row_has_a_breach_here(self):
        for pattern, _, _, fix in check_house.BANNED:
            self.assertTrue(any(fix.startswith(row[3]) for row in BANNED), pattern)

    def test_files_that_git_ignores_are_not_looked_at(self):
        self.assertEqual(said_of({".gitignore": "build\n", "build/a.cpp": "time(nullptr)\n"}), [])


if __name__ == "__main__":
    unittest.main()
