#pragma once

// A log that a test can read.

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

#include "base/log.hpp"
#include "base/time/clock.hpp"
#include "testing/temporary_folder.hpp"

namespace latchkey::testing {

class LogFile {
public:
    explicit LogFile(const Clock& clock)
        : file_(::open(path().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600)),
          log_(file_, clock, LogLevel::debug) {}
    ~LogFile() { ::close(file_); }
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;

    [[nodiscard]] Log& log() noexcept { return log_; }
    /// The lines so far, each from its level on.
    [[nodiscard]] std::vector<std::string> events() const {
        std::vector<std::string> events;
        std::ifstream lines(path());
        for (std::string line; std::getline(lines, line);) {
            events.push_back(line.substr(line.find(R"("level")")));
        }
        return events;
    }

private:
    [[nodiscard]] std::string path() const { return (folder_.path() / "log").string(); }

    TemporaryFolder folder_;
    int file_;
    Log log_;
};

}  // namespace latchkey::testing
