#include "delegation/audit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace latchkey::delegation {
namespace {

TEST(Audit, NamesEveryActionOnceAndInOneForm) {
    const std::regex form("[a-z_]+\\.[a-z_]+");
    std::set<std::string> names;
    for (int i = 0; i <= static_cast<int>(AuditAction::key_retired); ++i) {
        const std::string name(to_string(static_cast<AuditAction>(i)));
        EXPECT_TRUE(std::regex_match(name, form)) << name;
        EXPECT_TRUE(names.insert(name).second) << name;
    }
}

// The trail is append-only because nothing in the program can change it: every statement is a
// literal of the store, so reading the sources shows it.
TEST(Audit, NoStatementOfTheProgramChangesOrRemovesARecord) {
    const std::regex change(R"((UPDATE\s+audit|DELETE\s+FROM\s+audit|REPLACE\s+INTO\s+audit)\b)",
                            std::regex::icase);
    int files = 0;
    for (const char* folder : {"/src", "/apps"}) {
        const std::string root = std::string(LATCHKEY_SOURCE_DIR) + folder;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
            const std::string path = entry.path().string();
            if (entry.path().extension() != ".cpp" || path.ends_with("_test.cpp")) continue;
            std::ostringstream text;
            text << std::ifstream(path).rdbuf();
            EXPECT_FALSE(std::regex_search(text.str(), change)) << path;
            ++files;
        }
    }
    EXPECT_GT(files, 100);
}

}  // namespace
}  // namespace latchkey::delegation
