#pragma once

// A progress bar on stderr: one line that is written over on a terminal; in a log, a line every
// tenth of what takes long.

#include <chrono>
#include <cstdint>
#include <string>

namespace latchkey::bench {

class Progress {
public:
    Progress(std::string what, std::uint64_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// So many are done, in all.
    void at(std::uint64_t done);

private:
    void print(std::uint64_t done, std::chrono::steady_clock::time_point now);

    std::string what_;
    std::uint64_t total_;
    std::uint64_t tenths_shown_ = 0;
    bool on_terminal_;
    std::chrono::steady_clock::time_point started_;
    std::chrono::steady_clock::time_point shown_;
};

}  // namespace latchkey::bench
