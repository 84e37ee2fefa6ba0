// Requests that read the store: answered at once on the loop, or suspended until another thread
// has read for them, while the loop goes on with the others.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

#include "net/server_fixture_test.hpp"
#include "sqlite/database.hpp"
#include "testing/must.hpp"
#include "testing/pooled_readers.hpp"
#include "testing/temporary_folder.hpp"

namespace latchkey::net {
namespace {

using database::Row;
using testing::must;
using testing::PooledReaders;
using testing::RawClient;

constexpr database::Sql two = "SELECT 1 + 1";

class Reading final : public HeldStorage {
public:
    Reading(HeldLane& lane, database::Readers& readers) : HeldStorage(lane), readers_(readers) {}
    database::Readers& readers() override { return readers_; }
    http::Response refuse_read(const Error& error, http::ErrorShape) override {
        return http::text_response(503, std::string(error.public_text.view()));
    }

private:
    database::Readers& readers_;
};

/// A store that cannot be read.
class Unreadable final : public database::Database {
public:
    Result<std::unique_ptr<database::WriteGroup>> begin_group(database::Isolation) override {
        return fail(ErrorCode::storage_failed, "It is broken.");
    }
    Result<std::unique_ptr<database::ReadTransaction>> read() override {
        return fail(ErrorCode::storage_failed, "It is broken.");
    }
};

http::Write written_later() {
    return [](database::WriteGroup&) { return http::text_response(200, "written"); };
}

/// "/now" answers without the store, the rest with what it reads there, and the name of the thread
/// that did: the loop's own or another.
http::Reply answer_by_reading(const http::Request& request) {
    if (request.path == "/now") return http::text_response(200, "now");
    if (request.path.starts_with("/held")) return answer_test_request(request);
    return http::Read([path = request.path, loop = std::this_thread::get_id()](
                          database::ReadTransaction& tx) -> http::ReadEnd {
        if (path == "/throw") throw std::runtime_error("a bug");
        if (path == "/writes") return written_later();
        const auto sum = must(tx.find(two, {}, [](const Row& row) { return row.integer(0); }));
        std::string text(path);
        text += ' ' + std::to_string(sum.value_or(0));
        text += std::this_thread::get_id() == loop ? " by the loop" : " by another";
        return http::text_response(200, text);
    });
}

class Reads : public ServerTest {
protected:
    ~Reads() override { server_.reset(); }

    void start_reading(database::Readers& readers) {
        storage_ = std::make_unique<Reading>(lane_, readers);
        start({}, [](ServerOptions& options) { options.handler = answer_by_reading; });
    }
    static std::string body_of(const std::string& answer) {
        return answer.substr(answer.rfind('\n') + 1);
    }

    testing::TemporaryFolder folder_;
    std::unique_ptr<database::Database> database_ = must(sqlite::open({.folder = folder_.path()}));
    database::InlineReaders on_the_loop_{*database_};
    PooledReaders pool_{*database_};
};

constexpr std::string_view get_a = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view get_now = "GET /now HTTP/1.1\r\nHost: a\r\n\r\n";

TEST_F(Reads, OfAnEmbeddedStoreRunOnTheLoop) {
    start_reading(on_the_loop_);
    const RawClient client(port());
    client.send(get_a);
    EXPECT_EQ(body_of(client.read_answer()), "/a 2 by the loop");
}

TEST_F(Reads, ThatWaitSuspendTheirRequestAndNotTheLoop) {
    start_reading(pool_);
    const RawClient suspended(port());
    suspended.send(get_a);
    pool_.wait_for(1);
    const RawClient other(port());
    other.send(get_now);
    EXPECT_EQ(body_of(other.read_answer()), "now");
    pool_.open();
    EXPECT_EQ(body_of(suspended.read_answer()), "/a 2 by another");
}

TEST_F(Reads, ThatWaitKeepTheOrderOfPipelinedRequests) {
    start_reading(pool_);
    const RawClient client(port());
    client.send(std::string(get_a) + "GET /now HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    pool_.wait_for(1);
    pool_.open();
    const std::string answers = client.read_to_end();
    EXPECT_NE(answers.find("/a 2 by anotherHTTP/1.1 200 OK"), std::string::npos) << answers;
    EXPECT_EQ(body_of(answers), "now");
}

TEST_F(Reads, ThatAreDroppedAreAnsweredUnavailable) {
    start_reading(pool_);
    const RawClient client(port());
    client.send(get_a);
    pool_.wait_for(1);
    pool_.drop();
    const std::string answer = client.read_answer();
    EXPECT_EQ(statuses_of(answer), std::vector<int>{503});
    EXPECT_NE(answer.find("Retry-After: 1\r\n"), std::string::npos) << answer;
}

TEST_F(Reads, AreFinishedBeforeTheServerStops) {
    start_reading(pool_);
    const RawClient client(port());
    client.send(get_a);
    pool_.wait_for(1);
    std::thread stopping([this] { server_->stop(); });
    pool_.open();
    EXPECT_EQ(body_of(client.read_answer()), "/a 2 by another");
    stopping.join();
}

TEST_F(Reads, SurviveAClientThatLeaves) {
    start_reading(pool_);
    {
        const RawClient client(port());
        client.send(get_a);
        pool_.wait_for(1);
    }
    pool_.open();
    const RawClient other(port());
    other.send(get_a);
    EXPECT_EQ(body_of(other.read_answer()), "/a 2 by another");
}

TEST_F(Reads, ThatHaveSomethingToWriteGoOnOnTheLane) {
    pool_.open();
    for (database::Readers* readers : {static_cast<database::Readers*>(&on_the_loop_),
                                       static_cast<database::Readers*>(&pool_)}) {
        start_reading(*readers);
        const RawClient client(port());
        client.send("GET /writes HTTP/1.1\r\nHost: a\r\n\r\n");
        lane_.wait_for(1);
        const RawClient other(port());
        other.send(get_now);
        EXPECT_EQ(body_of(other.read_answer()), "now");
        lane_.release();
        EXPECT_EQ(body_of(client.read_answer()), "written");
        server_.reset();
    }
}

TEST_F(Reads, ThatWaitForTheLaneAreTakenBackAtTheDeadline) {
    storage_ = std::make_unique<Reading>(lane_, on_the_loop_);
    start({}, [](ServerOptions& options) {
        options.handler = answer_by_reading;
        options.chain.time_limit = Milliseconds(60);
    });
    const RawClient client(port());
    client.send("GET /writes HTTP/1.1\r\nHost: a\r\n\r\n");
    const std::string answer = client.read_answer();
    EXPECT_EQ(statuses_of(answer), std::vector<int>{503});
    client.send(get_now);
    EXPECT_EQ(body_of(client.read_answer()), "now");
    lane_.drop();
}

TEST_F(Reads, ThatThrowOnTheLoopAreAnswered) {
    start_reading(on_the_loop_);
    const RawClient client(port());
    client.send("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(statuses_of(client.read_answer()), std::vector<int>{500});
}

TEST_F(Reads, OfABrokenStoreAreRefusedWhereverTheyRun) {
    Unreadable broken;
    database::InlineReaders here(broken);
    PooledReaders elsewhere(broken);
    elsewhere.open();
    for (database::Readers* readers :
         {static_cast<database::Readers*>(&here), static_cast<database::Readers*>(&elsewhere)}) {
        start_reading(*readers);
        const RawClient client(port());
        client.send(get_a);
        const std::string answer = client.read_answer();
        EXPECT_EQ(statuses_of(answer), std::vector<int>{503});
        EXPECT_EQ(body_of(answer), "It is broken.");
        server_.reset();
    }
}

}  // namespace
}  // namespace latchkey::net
