#include "audit/audit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "base/text/text.hpp"

namespace latchkey::audit {
namespace {

TEST(Audit, NamesEveryActionOnceAndInOneForm) {
    std::set<std::string> names;
    for (int i = 0; i <= static_cast<int>(Event::realm_deleted); ++i) {
        const std::string name(to_string(static_cast<Event>(i)));
        EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_."), std::string::npos);
        EXPECT_EQ(std::ranges::count(name, '.'), 1) << name;
        EXPECT_TRUE(names.insert(name).second) << name;
    }
}

int count(std::string_view text, std::string_view word) {
    int found = 0;
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
        ++found;
    }
    return found;
}

// The trail is append-only because nothing in the program can change it: every statement is a
// literal of the store, so reading the sources shows it. Only age removes a record.
TEST(Audit, NoStatementOfTheProgramChangesARecordAndOneRemovesOldOnes) {
    int files = 0;
    int removals = 0;
    for (const char* folder : {"/src", "/apps"}) {
        const std::string root = std::string(LATCHKEY_SOURCE_DIR) + folder;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
            const std::string path = entry.path().string();
            if (entry.path().extension() != ".cpp" || path.ends_with("_test.cpp")) continue;
            std::ostringstream stream;
            stream << std::ifstream(path).rdbuf();
            const std::string text = ascii_lower(stream.str());
            for (const char* change : {"update audit ", "replace into audit "}) {
                EXPECT_EQ(count(text, change), 0) << path << ": " << change;
            }
            removals += count(text, "delete from audit ");
            EXPECT_EQ(count(text, "delete from audit "),
                      count(text, "from audit where realm_id = ?1 and id < ?2"))
                << path;
            ++files;
        }
    }
    EXPECT_EQ(removals, 1);
    EXPECT_GT(files, 100);
}

}  // namespace
}  // namespace latchkey::audit
