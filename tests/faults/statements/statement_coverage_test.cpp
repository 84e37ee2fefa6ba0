// Every statement that writes is run by some write path, so that a new one cannot be forgotten
// here. All SQL is literals, so the sources say which there are.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/text/text.hpp"
#include "tests/faults/statements/write_paths.hpp"

namespace latchkey::testing {
namespace {

std::string read_source(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

/// Goes through C++ from literal to literal.
class Literals {
public:
    explicit Literals(std::string_view source) : left_(source) {}

    /// The next one, with those that follow it directly; absent at the end.
    std::optional<std::string> next() {
        is_piece_ = false;
        std::string text;
        for (bool found = false; !left_.empty();) {
            if (left_.starts_with("R\"")) {
                text += take_raw();
                found = true;
            } else if (left_.front() == '"') {
                text += take_plain();
                found = true;
            } else if (found && !is_space(left_.front())) {
                is_piece_ = left_.front() == ',';
                return text;
            } else {
                skip();
            }
        }
        return std::nullopt;
    }

    /// Whether the last one is followed by another piece of a statement (store/statement.hpp).
    [[nodiscard]] bool is_piece() const noexcept { return is_piece_; }

private:
    static bool is_space(char c) { return c == ' ' || c == '\n'; }

    void skip() {
        if (left_.starts_with("//")) {
            left_.remove_prefix(std::min(left_.find('\n'), left_.size()));
        } else if (left_.starts_with("'\"'") || left_.starts_with("'\\\"'")) {
            left_.remove_prefix(left_.find('\'', 1) + 1);
        } else {
            left_.remove_prefix(1);
        }
    }
    std::string take_raw() {
        const std::size_t open = left_.find('(');
        const std::string end = ")" + std::string(left_.substr(2, open - 2)) + "\"";
        const std::size_t close = left_.find(end, open);
        std::string text(left_.substr(open + 1, close - open - 1));
        left_.remove_prefix(close + end.size());
        return text;
    }
    std::string take_plain() {
        std::string text;
        std::size_t at = 1;
        for (; at < left_.size() && left_[at] != '"'; ++at) {
            if (left_[at] == '\\') ++at;
            text += left_[at];
        }
        left_.remove_prefix(std::min(at + 1, left_.size()));
        return text;
    }

    std::string_view left_;
    bool is_piece_ = false;
};

/// The one place where a statement that writes goes on with columns.
bool is_joined(std::string_view sql) { return sql.ends_with("RETURNING"); }

struct Written {
    std::string file;
    bool is_beginning;  // of a statement that goes on with a list of columns
};

/// What changes rows, and where it stands. The schema's steps run once, before everything.
std::map<std::string, Written> writing_statements() {
    std::map<std::string, Written> statements;
    const std::filesystem::path root = std::filesystem::path(LATCHKEY_SOURCE_DIR) / "src";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        const std::string file = entry.path().lexically_relative(root).string();
        if (!file.ends_with(".cpp") || file.ends_with("_test.cpp")) continue;
        if (file.starts_with("store/schema/") || file == "store/migrations.cpp") continue;
        const std::string source = read_source(entry.path());
        Literals literals(source);
        while (const auto text = literals.next()) {
            const std::string_view sql = trim_ascii(*text);
            for (const char* verb : {"INSERT ", "UPDATE ", "DELETE ", "REPLACE "}) {
                if (!sql.starts_with(verb)) continue;
                statements[*text] = {file, literals.is_piece() && is_joined(sql)};
            }
        }
    }
    return statements;
}

bool is_run(const std::set<std::string_view>& run, const std::string& sql, bool is_beginning) {
    if (!is_beginning) return run.contains(sql);
    const auto at = run.lower_bound(sql);
    return at != run.end() && at->starts_with(sql);
}

std::set<std::string_view> statements_of_all_paths() {
    std::set<std::string_view> run;
    for (const WritePath& path : all_write_paths()) {
        FaultWorld world;
        path.prepare(world);
        world.failing.statements().clear();
        FaultWorld::reset_random(2);
        EXPECT_TRUE(path.act(world)) << path.name;
        EXPECT_FALSE(world.failing.statements().empty()) << path.name;
        run.merge(world.failing.statements());
    }
    return run;
}

TEST(WritePaths, RunEveryStatementThatWrites) {
    const auto wanted = writing_statements();
    EXPECT_GT(wanted.size(), 60U) << "the sources are read";
    const auto run = statements_of_all_paths();
    for (const auto& [sql, written] : wanted) {
        EXPECT_TRUE(is_run(run, sql, written.is_beginning))
            << "no write path runs this statement of " << written.file << ":\n"
            << sql;
    }
}

}  // namespace
}  // namespace latchkey::testing
