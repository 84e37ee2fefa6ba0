// The schema's files: their statements, and the steps that they make.

#include "store/schema/steps.hpp"

#include <gtest/gtest.h>

#include <string>

#include "store/schema/script.hpp"

namespace latchkey::store::schema {
namespace {

std::vector<std::string> statements_of(std::string_view text) {
    const auto script = Script::parse(text);
    EXPECT_TRUE(script) << text;
    std::vector<std::string> all;
    if (!script) return all;
    for (const database::Sql& statement : script->statements()) {
        all.emplace_back(statement.text());
    }
    return all;
}

TEST(Script, IsCutAtSemicolonsOutsideOfQuotesAndComments) {
    struct Row {
        std::string_view text;
        std::vector<std::string> statements;
    };
    const Row rows[] = {
        {"", {}},
        {" -- nothing; here\n", {}},
        {"A;B ;\n", {"A", "B"}},
        {";;A;", {"A"}},
        {"-- about A; and B\nA;\n-- more\n/* B; */ B;", {"A", "B"}},
        {"A 'x;y' B;C;", {"A 'x;y' B", "C"}},
        {"A 'it''s; so';", {"A 'it''s; so'"}},
        {"A \"odd;name\";", {"A \"odd;name\""}},
        {"A '--' B;", {"A '--' B"}},
        {"A -- ; 'it\n B;", {"A -- ; 'it\n B"}},
        {"A /* ; */ B;", {"A /* ; */ B"}},
        {"A - B / C;", {"A - B / C"}},
    };
    for (const Row& row : rows) EXPECT_EQ(statements_of(row.text), row.statements) << row.text;
}

TEST(Script, IsRefusedWhereItDoesNotEndOrCannotBeCut) {
    for (const char* text : {"A", "A; B", "A 'x;", "A \"x;", "/* A;", "A; -- end\n B",
                             "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;"}) {
        EXPECT_FALSE(Script::parse(text)) << text;
    }
}

TEST(Steps, AreTheFilesOfOneNumberInTheOrderOfTheirNames) {
    const File files[] = {{"0002_b.sql", "D;"}, {"0001_b.sql", "B;C;"}, {"0001_a.sql", "A;"}};
    const auto steps = read_steps(files);
    ASSERT_TRUE(steps);
    ASSERT_EQ(steps->size(), 2U);
    EXPECT_EQ((*steps)[0].version, 1);
    ASSERT_EQ((*steps)[0].statements.size(), 3U);
    EXPECT_EQ((*steps)[0].statements[0].text(), "A");
    EXPECT_EQ((*steps)[0].statements[2].text(), "C");
    EXPECT_EQ((*steps)[1].version, 2);
}

TEST(Steps, NeedANumber) {
    for (const char* name : {"people.sql", "0000_people.sql", "-1_people.sql", "1people.sql"}) {
        const File files[] = {{name, "A;"}};
        EXPECT_FALSE(read_steps(files)) << name;
    }
}

TEST(Steps, OfSqliteBeginWithOne) {
    const auto steps = sqlite();
    ASSERT_TRUE(steps);
    ASSERT_FALSE(steps->empty());
    EXPECT_EQ(steps->front().version, 1);
    EXPECT_GT(steps->front().statements.size(), 40U);
}

}  // namespace
}  // namespace latchkey::store::schema
