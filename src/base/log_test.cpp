#include "base/log.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

namespace latchkey {
namespace {

class FixedClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return from_unix(1'795'246'602); }
};

/// A pipe to log into, and what has been logged.
class Pipe {
public:
    Pipe() {
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
    }
    ~Pipe() {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    [[nodiscard]] int write_end() const { return ends_[1]; }
    [[nodiscard]] std::string read() const {
        ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
        std::string all;
        std::array<char, 8192> part;
        for (;;) {
            const ssize_t size = ::read(ends_[0], part.data(), part.size());
            if (size <= 0) return all;
            all.append(part.data(), static_cast<std::size_t>(size));
        }
    }

private:
    std::array<int, 2> ends_{};
};

TEST(Log, WritesOneJsonLinePerEvent) {
    const Pipe pipe;
    const FixedClock clock;
    Log log(pipe.write_end(), clock);
    log.write(LogLevel::info, "request", {{"id", "abc"}, {"status", 200}});
    EXPECT_EQ(pipe.read(),
              "{\"time\":\"2026-11-21T07:36:42Z\",\"level\":\"info\",\"event\":\"request\","
              "\"id\":\"abc\",\"status\":200}\n");
}

TEST(Log, EscapesWhateverAClientPutIntoAValue) {
    const Pipe pipe;
    const FixedClock clock;
    Log log(pipe.write_end(), clock);
    log.write(LogLevel::warning, "odd", {{"path", "/a\"b\\c\n{\x7f\xff"}});
    EXPECT_NE(pipe.read().find(R"("path":"/a\"b\\c\u000a{\u007f?"})"), std::string::npos);
}

TEST(Log, CutsLongValues) {
    const Pipe pipe;
    const FixedClock clock;
    Log log(pipe.write_end(), clock);
    log.write(LogLevel::error, "long", {{"path", std::string(5000, 'a')}});
    const std::string line = pipe.read();
    EXPECT_EQ(std::ranges::count(line, 'a'), static_cast<long>(Log::max_value_bytes + 1));
}

TEST(Log, DropsWhatIsBelowItsLevel) {
    const Pipe pipe;
    const FixedClock clock;
    Log log(pipe.write_end(), clock, LogLevel::warning);
    log.write(LogLevel::info, "quiet", {});
    EXPECT_EQ(pipe.read(), "");
}

TEST(LogBatch, KeepsLinesUntilTheyAreFlushed) {
    const Pipe pipe;
    const FixedClock clock;
    Log log(pipe.write_end(), clock, LogLevel::info);
    LogBatch batch(log);
    batch.add(LogLevel::debug, "quiet", {});
    batch.add(LogLevel::info, "first", {{"id", 1}});
    batch.add(LogLevel::info, "second", {});
    EXPECT_EQ(pipe.read(), "");
    batch.flush();
    EXPECT_EQ(
        pipe.read(),
        "{\"time\":\"2026-11-21T07:36:42Z\",\"level\":\"info\",\"event\":\"first\",\"id\":1}\n"
        "{\"time\":\"2026-11-21T07:36:42Z\",\"level\":\"info\",\"event\":\"second\"}\n");
    batch.flush();
    EXPECT_EQ(pipe.read(), "");
}

TEST(LogBatch, FlushesByItselfWhenItIsFullAndWhenItEnds) {
    const Pipe pipe;
    const FixedClock clock;
    Log log(pipe.write_end(), clock);
    {
        LogBatch batch(log);
        const std::string value(Log::max_value_bytes, 'a');
        for (std::size_t bytes = 0; bytes <= LogBatch::max_bytes; bytes += value.size()) {
            batch.add(LogLevel::info, "long", {{"value", value}});
        }
        EXPECT_NE(pipe.read(), "");
        batch.add(LogLevel::info, "last", {});
    }
    EXPECT_NE(pipe.read().find("last"), std::string::npos);
}

TEST(Log, TellsAnErrorsDetailButNotWhoCausedIt) {
    const Pipe pipe;
    const FixedClock clock;
    Log log(pipe.write_end(), clock);
    log.write_error("storage", Error(ErrorCode::storage_full, "Try later", "disk is full"));
    EXPECT_NE(pipe.read().find(R"("code":"storage_full","detail":"disk is full"})"),
              std::string::npos);
}

}  // namespace
}  // namespace latchkey
