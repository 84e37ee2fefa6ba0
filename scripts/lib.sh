# Shared by ./x and the scripts: installing, building, and saying what happens.

JOBS=${JOBS:-$(nproc)}
export CTEST_OUTPUT_ON_FAILURE=1
# Where ccache is installed, every checkout and build folder shares what was compiled.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime

say() { printf '\033[1m==> %s\033[0m\n' "$*"; }
fail() { printf 'x: %s\n' "$*" >&2; exit 1; }

build_packages=(g++ cmake ninja-build pkg-config ca-certificates libssl-dev
    libsodium-dev libsqlite3-dev libsimdjson-dev libfmt-dev libcli11-dev libtomlplusplus-dev
    libre2-dev libcurl4-openssl-dev zlib1g-dev nlohmann-json3-dev libcpp-httplib-dev)
test_packages=(ccache libgtest-dev libgmock-dev libhttp-parser-dev clang-format-19 python3 git curl
    openssl chromium procps spin valgrind fonts-vlgothic)
bench_packages=(libbenchmark-dev wrk python3)
tidy_packages=(clang-19 clang-tidy-19)
fuzz_packages=(clang-19 libclang-rt-19-dev llvm-19 libhttp-parser-dev)

# install_packages build|test|bench|instructions|tidy|fuzz: Debian packages that are missing, and Node.
install_packages() {
    local wanted=("${build_packages[@]}")
    case "$1" in
        build | run) ;;
        test) wanted+=("${test_packages[@]}" "${tidy_packages[@]}") ;;
        bench) wanted+=("${bench_packages[@]}") ;;
        instructions) wanted+=(valgrind python3) ;;
        tidy) wanted+=("${tidy_packages[@]}") ;;
        fuzz) wanted+=("${fuzz_packages[@]}") ;;
        *) fail "install: build, test, bench, tidy or fuzz, not '$1'" ;;
    esac
    command -v node >/dev/null && command -v npm >/dev/null || wanted+=(nodejs npm)
    local missing=() package
    for package in "${wanted[@]}"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "these packages are missing and need root: ${missing[*]}"
        as_root=(sudo)
    fi
    mkdir -p build
    {
        "${as_root[@]}" apt-get update -q &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -yq --no-install-recommends "${missing[@]}"
    } >build/apt.log 2>&1 || { tail -n 20 build/apt.log >&2; fail "apt-get failed: build/apt.log"; }
}

# packages_of PRESET: which set of packages it needs.
packages_of() {
    case "$1" in
        release) echo build ;;
        bench | fuzz | tidy) echo "$1" ;;
        *) echo test ;;
    esac
}

# npm_modules FOLDER: npm ci, only when the lock file changed since.
npm_modules() {
    local stamp=$1/node_modules/.installed
    [ -f "$stamp" ] && cmp -s "$1/package-lock.json" "$stamp" && return 0
    say "Installing npm modules of $1"
    (cd "$1" && npm ci --no-audit --no-fund --loglevel=error) || fail "npm ci failed in $1"
    cp "$1/package-lock.json" "$stamp"
}

# build_web: the SDK, page scripts and GraphiQL into web/dist, when their sources changed.
build_web() {
    npm_modules web
    local stamp=web/dist/.built digest
    digest=$(find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print0 |
        sort -z | xargs -0 sha256sum | sha256sum)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$digest" ] && return 0
    say "Building the browser files"
    (cd web && npm run --silent build) || fail "the web build failed"
    printf '%s\n' "$digest" >"$stamp"
}

# build_preset PRESET [TARGET…]; CMAKE_ARGUMENTS adds to what the preset sets.
build_preset() {
    local preset=$1
    shift
    say "Building preset $preset in build/$preset with $JOBS jobs"
    mkdir -p "build/$preset"
    # shellcheck disable=SC2086
    cmake --preset "$preset" ${CMAKE_ARGUMENTS:-} >"build/$preset/configure.log" 2>&1 ||
        { tail -n 30 "build/$preset/configure.log" >&2; fail "cmake failed: build/$preset/configure.log"; }
    ninja -C "build/$preset" -j "$JOBS" "$@" || fail "the build of preset $preset failed"
}

# What runs under ThreadSanitizer: the tests that start threads or servers.
threaded_tests=(database sqlite store net graphql clients grants admin metafields client storefront flows faults)
threaded_tests=("${threaded_tests[@]/#/latchkey_}")
threaded_tests=("${threaded_tests[@]/%/_test}")

# Instructions of the hot paths beside their baseline; the release preset's objects are counted.
run_instructions() {
    build_preset release latchkey_instructions
    say "Instructions of the hot paths"
    bench/load/bench_test.py
    bench/instructions/check.py "$@"
}

# run_ctest PRESET [REGEX]
run_ctest() {
    say "Tests of preset $1"
    UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS="halt_on_error=1" \
        ctest --test-dir "build/$1" -j "$JOBS" ${2:+-R "$2"} --no-tests=error
}

# The GraphQL engine beside graphql-js, and the endpoints under audits and real clients.
run_graphql_tests() {
    npm_modules tests/graphql
    say "GraphQL beside the reference implementation, audits and real clients"
    (cd tests/graphql && LATCHKEY=../../build/release/bin/latchkey \
        LATCHKEY_PROBE=../../build/dev/bin/graphql_engine_probe npm test --silent)
}

run_e2e() {
    npm_modules tests/e2e
    say "Browser tests (screenshots in artefacts/screenshots)"
    mkdir -p artefacts/screenshots
    (cd tests/e2e && npm test --silent -- "$@")
}
