// What holds for every route of the mount list, whatever it does: a request that runs twice because
// a neighbour spoiled its group has its effects once, and a credential that is withdrawn between
// being parsed and being run is refused. The list is the server's own.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "database/run_write.hpp"
#include "json/value.hpp"
#include "testing/must.hpp"
#include "testing/store_dump.hpp"
#include "testing/transactions.hpp"
#include "tests/flows/mounted/lessons.hpp"

namespace latchkey::testing {

// GoogleTest prints a failing parameter with it.
void PrintTo(const Lesson& lesson, std::ostream* out) { *out << lesson.name; }
void PrintTo(const Sent& sent, std::ostream* out) { *out << sent.target; }

namespace {

using Tables = std::map<std::string, std::string>;

Half half_of(const http::Reply& reply) {
    if (std::holds_alternative<http::Response>(reply)) return Half::none;
    return std::holds_alternative<http::Read>(reply) ? Half::reads : Half::writes;
}

/// Everything of an answer, headers included.
std::string whole(const http::Response& response) {
    std::string out = std::to_string(response.status) + "\n";
    for (const auto& [name, value] : response.headers) {
        out.append(name).append(": ").append(value).append("\n");
    }
    return out.append(response.body_view());
}

Tables dump(database::WriteGroup& group) {
    const auto tx = must(group.begin());
    return dump_tables(*tx);
}
Tables dump(Scene& scene) {
    const auto tx = must(scene.database().read());
    return dump_tables(*tx);
}

void expect_same(const Tables& one, const Tables& other, std::string_view why) {
    for (const auto& [name, rows] : one) EXPECT_EQ(rows, other.at(name)) << name << ": " << why;
}

/// The same bytes each time it runs, so that what it made can be compared.
http::Response run(Scene& scene, const http::Write& write, database::WriteGroup& group) {
    constexpr std::uint64_t any_seed = 15;
    scene.server.random().restart(any_seed);
    return write(group);
}

/// Each token of ours as its kind alone, "lk_at_".
std::string without_tokens(std::string text) {
    constexpr std::string_view token_characters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    constexpr std::size_t kind_size = std::string_view("lk_at_").size();
    for (std::size_t at = text.find("lk_"); at != std::string::npos; at = text.find("lk_", at)) {
        at = std::min(at + kind_size, text.size());
        const std::size_t end = std::min(text.find_first_not_of(token_characters, at), text.size());
        text.erase(at, end - at);
    }
    return text;
}

/// What one run has made: its answer, and all that the store holds then.
struct Made {
    std::string answer;
    Tables tables;

    /// As far as two runs of the lesson are to make the same.
    [[nodiscard]] Made comparable(const Lesson& lesson) const {
        if (lesson.moment == Moment::untold) return *this;
        Made same{without_tokens(answer), tables};
        std::string& families = same.tables.at("refresh_families");
        families = std::to_string(std::ranges::count(families, '\n')) + " rows";
        return same;
    }
};
/// In a group that is thrown away.
Made dry_run(Scene& scene, const http::Write& write) {
    const auto group = must(scene.database().begin_group(database::Isolation::isolated));
    const http::Response response = run(scene, write, *group);
    return {whole(response), dump(*group)};
}

/// Changes a row and goes away: whatever shares its group runs again.
void leave_uncommitted(database::WriteGroup& group) {
    const auto tx = must(group.begin());
    must(tx->execute("UPDATE clients SET name = name || '!'", {}));
}

/// Runs `jobs` in one group with a neighbour that spoils it; how often they ran.
template <class Jobs>
int run_beside_a_spoiler(Scene& scene, const Jobs& jobs) {
    int runs = 0;
    must(database::run_group(
        scene.database(), database::Isolation::joint,
        [&](database::WriteGroup& group) {
            ++runs;
            jobs(group);
            leave_uncommitted(group);
        },
        [](const std::exception_ptr& bug) { std::rethrow_exception(bug); }));
    return runs;
}

bool is_answer(const Expected& expected, const http::Response& response) {
    return response.status == expected.status &&
           whole(response).find(expected.shows) != std::string::npos;
}

void expect_answer(const Expected& expected, const http::Response& response) {
    EXPECT_TRUE(is_answer(expected, response))
        << expected.status << " and \"" << expected.shows << "\" are wanted of\n"
        << whole(response);
}

/// What runs for the request. A document that nobody has sent before is a Read first, which learns
/// that there is something to write.
http::Reply parse(Scene& scene, const Sent& sent, Half half) {
    http::Reply reply = scene.parse(sent);
    const auto* read = std::get_if<http::Read>(&reply);
    if (half != Half::writes || read == nullptr) return reply;
    const auto tx = must(scene.database().read());
    http::ReadEnd end = (*read)(*tx);
    if (auto* write = std::get_if<http::Write>(&end)) return std::move(*write);
    return std::get<http::Response>(std::move(end));
}

/// The answer of a request, of which nothing is left.
http::Response seen_aside(Scene& scene, const Sent& sent, Half half) {
    http::Reply reply = parse(scene, sent, half);
    const auto* write = std::get_if<http::Write>(&reply);
    if (write == nullptr) return scene.finish(std::move(reply));
    const auto group = must(scene.database().begin_group(database::Isolation::isolated));
    return (*write)(*group);
}

bool is_withdrawn(const Lesson& lesson, std::string_view in_body) {
    return std::ranges::find(lesson.withdrawals, in_body, &Withdrawal::in_body) !=
           lesson.withdrawals.end();
}

/// How many uses of secrets were noted in memory; none is then.
std::int64_t take_notes(Scene& scene) {
    return write_once(scene.database(), [&](database::WriteTransaction& tx) {
        return scene.server.world().secret_uses().write(tx);
    });
}

class MountedRoute : public ::testing::TestWithParam<Lesson> {};
class MountedWrite : public MountedRoute {};
class MountedCredential : public MountedRoute {};

// A route that answers differently without credentials takes one, and says how it is withdrawn.
TEST_P(MountedRoute, IsWhatItsLessonSays) {
    Scene scene;
    const Sent sent = GetParam().prepare(scene);
    const Sent bare = sent.without_credentials();
    const bool explained = !GetParam().nothing_to_withdraw.empty();
    bool takes_a_credential = !is_answer(GetParam().answer, scene.finish(scene.parse(bare)));
    for (const std::string_view name : sent.credentials_in_body()) {
        const Sent other = sent.spoiled(name);
        if (is_answer(GetParam().answer, seen_aside(scene, other, GetParam().half))) continue;
        takes_a_credential = true;
        EXPECT_TRUE(explained || is_withdrawn(GetParam(), name))
            << "nobody has told this test how " << name << " is withdrawn";
    }
    EXPECT_EQ(takes_a_credential, explained || !GetParam().withdrawals.empty());
    http::Reply reply = parse(scene, sent, GetParam().half);
    EXPECT_EQ(half_of(reply), GetParam().half);
    expect_answer(GetParam().answer, scene.finish(std::move(reply)));
}

TEST_P(MountedWrite, HappensOnceAlthoughItRunsTwice) {
    Scene scene;
    const Sent sent = GetParam().prepare(scene);
    http::Reply reply = parse(scene, sent, GetParam().half);
    const auto* write = std::get_if<http::Write>(&reply);
    ASSERT_NE(write, nullptr);
    (void)take_notes(scene);
    const Tables before = dump(scene);
    // More than any limit of the sign-in allows: what is counted by the way would show.
    constexpr int dry_runs = 7;
    const Made once = dry_run(scene, *write).comparable(GetParam());
    for (int i = 1; i < dry_runs; ++i) {
        const Made again = dry_run(scene, *write).comparable(GetParam());
        EXPECT_EQ(again.answer, once.answer) << "a run that was thrown away has left something";
        expect_same(once.tables, again.tables, "the same run leaves something else");
    }
    expect_same(before, dump(scene), "a group that was thrown away has left something");

    EXPECT_EQ(take_notes(scene), 0) << "a group that was thrown away has left a note";

    std::optional<http::Response> response;
    const int runs = run_beside_a_spoiler(
        scene, [&](database::WriteGroup& group) { response = run(scene, *write, group); });
    EXPECT_EQ(runs, 2);
    const Made after{whole(*response), dump(scene)};
    const Made twice = after.comparable(GetParam());
    EXPECT_EQ(twice.answer, once.answer);
    expect_same(once.tables, twice.tables, "running twice has left something else");
    EXPECT_EQ(before == after.tables, GetParam().rows == Rows::same);
    expect_answer(GetParam().answer, *response);
}

TEST_P(MountedCredential, IsRefusedWhenItIsWithdrawnBeforeTheRequestRuns) {
    for (const Withdrawal& withdrawal : GetParam().withdrawals) {
        SCOPED_TRACE(withdrawal.what);
        Scene scene;
        const Sent sent = GetParam().prepare(scene);
        http::Reply reply = parse(scene, sent, GetParam().half);
        ASSERT_NE(half_of(reply), Half::none);
        withdrawal.withdraw(scene);
        Tables before = dump(scene);
        expect_answer(withdrawal.answer, scene.finish(std::move(reply)));
        Tables after = dump(scene);
        for (const std::string_view counted : withdrawal.counted) {
            EXPECT_NE(before.at(std::string(counted)), after.at(std::string(counted)));
            before.erase(std::string(counted));
        }
        expect_same(before, after, "something was written");
    }
}

std::vector<Lesson> lessons_where(bool (*holds)(const Lesson& lesson)) {
    std::vector<Lesson> lessons = all_lessons();
    std::erase_if(lessons, [holds](const Lesson& lesson) { return !holds(lesson); });
    return lessons;
}
bool is_write(const Lesson& lesson) { return lesson.half == Half::writes; }
bool takes_credential(const Lesson& lesson) { return !lesson.withdrawals.empty(); }

constexpr auto name_of_lesson = [](const ::testing::TestParamInfo<Lesson>& row) {
    return row.param.name;
};

INSTANTIATE_TEST_SUITE_P(All, MountedRoute, ::testing::ValuesIn(all_lessons()), name_of_lesson);
INSTANTIATE_TEST_SUITE_P(All, MountedWrite, ::testing::ValuesIn(lessons_where(is_write)),
                         name_of_lesson);
INSTANTIATE_TEST_SUITE_P(All, MountedCredential,
                         ::testing::ValuesIn(lessons_where(takes_credential)), name_of_lesson);

using Route = std::pair<http::Method, std::string>;

std::set<Route> mounted_in(app::Mode mode) {
    TestServer server(mode);
    std::set<Route> routes;
    for (const auto& [method, pattern] : server.application().routes()) {
        EXPECT_TRUE(routes.emplace(method, pattern).second) << pattern;
    }
    return routes;
}

TEST(MountList, HasALessonForEachRouteAndARouteForEachLesson) {
    std::set<Route> mounted = mounted_in(app::Mode::development);
    mounted.merge(mounted_in(app::Mode::production));
    std::set<Route> known;
    for (const Lesson& lesson : all_lessons()) known.emplace(lesson.method, lesson.pattern);
    for (const Route& route : mounted) {
        EXPECT_TRUE(known.contains(route)) << "nobody has told this test about " << route.second;
    }
    for (const Route& route : known) {
        EXPECT_TRUE(mounted.contains(route)) << route.second << " is not mounted";
    }
}

/// The names of the fields of Mutation, as the API itself tells them.
std::set<std::string> mutations_of(Scene& scene, const Sent& introspection) {
    const json::Value answer = must(json::parse(scene.call(introspection).body));
    const json::Value* type = answer.find("data")->find("__schema")->find("mutationType");
    std::set<std::string> names;
    for (const json::Value& field : *type->find("fields")->array()) {
        names.insert(*field.find("name")->string());
    }
    return names;
}

TEST(MountList, HasALessonForEachMutation) {
    constexpr std::string_view query = "{__schema{mutationType{fields{name}}}}";
    Scene scene;
    std::set<std::string> mutations = mutations_of(scene, scene.partners(query));
    mutations.merge(mutations_of(scene, scene.users(scene.exchange().access, query)));
    EXPECT_GT(mutations.size(), 10U);
    const auto lessons = all_lessons();
    for (const std::string& mutation : mutations) {
        EXPECT_TRUE(std::ranges::any_of(
            lessons, [&](const Lesson& lesson) { return lesson.name == mutation; }))
            << "nobody has told this test about " << mutation;
    }
}

TEST(MountList, SixCodesAskedForBesideASpoilerAreFiveSent) {
    constexpr int asked = 6;
    constexpr int allowed = 5;
    Scene scene;
    std::vector<Sent> sent;
    for (int i = 0; i < asked; ++i) {
        scene.cookies.clear();
        const Shown page = scene.get(scene.sign_in_url("openid email"));
        sent.push_back(scene.form(page, "/sign-in/email", {{"email", "new@example.com"}}));
    }
    std::vector<http::Reply> replies;
    for (const Sent& each : sent) replies.push_back(scene.parse(each));
    std::vector<http::Response> responses(asked);
    const int runs = run_beside_a_spoiler(scene, [&](database::WriteGroup& group) {
        for (std::size_t i = 0; i < replies.size(); ++i) {
            responses[i] = std::get<http::Write>(replies[i])(group);
        }
    });
    EXPECT_EQ(runs, 2);
    const std::string mails = dump(scene).at("outgoing_mail");
    EXPECT_EQ(std::ranges::count(mails, '\n'), allowed);
    for (const http::Response& response : responses) EXPECT_EQ(response.status, 303);
}

}  // namespace
}  // namespace latchkey::testing
