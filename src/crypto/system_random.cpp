#include "crypto/system_random.hpp"

#include <pthread.h>
#include <string.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <system_error>

namespace latchkey::crypto {
namespace {

constexpr std::size_t buffer_size = 4096;  // a hundred and more nonces for one system call

void fill_from_system(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const ssize_t got = getrandom(out.data(), out.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        // Without randomness there is no secret to make: nothing sensible can go on.
        if (got <= 0) throw std::system_error(errno, std::generic_category(), "getrandom");
        out = out.subspan(static_cast<std::size_t>(got));
    }
}

// Rises in the child of every fork: what the parent had buffered must not come out twice.
std::atomic<unsigned> process_generation{0};

void watch_forks() {
    static const int registered = pthread_atfork(
        nullptr, nullptr, [] { process_generation.fetch_add(1, std::memory_order_relaxed); });
    if (registered != 0) {
        throw std::system_error(registered, std::generic_category(), "pthread_atfork");
    }
}

class ThreadBuffer {
public:
    ThreadBuffer() { watch_forks(); }
    ThreadBuffer(const ThreadBuffer&) = delete;
    ThreadBuffer& operator=(const ThreadBuffer&) = delete;
    ~ThreadBuffer() { explicit_bzero(bytes_.data(), bytes_.size()); }

    void take(std::span<std::uint8_t> out) {
        const unsigned generation = process_generation.load(std::memory_order_relaxed);
        if (generation != generation_ || bytes_.size() - used_ < out.size()) {
            fill_from_system(bytes_);
            used_ = 0;
            generation_ = generation;
        }
        std::uint8_t* from = bytes_.data() + used_;
        std::copy_n(from, out.size(), out.data());
        // What was handed out is nowhere else: a later leak of this memory tells nothing.
        explicit_bzero(from, out.size());
        used_ += out.size();
    }

private:
    std::array<std::uint8_t, buffer_size> bytes_{};
    std::size_t used_ = buffer_size;
    unsigned generation_ = 0;
};

}  // namespace

void SystemRandom::fill(std::span<std::uint8_t> out) {
    if (out.size() > buffer_size / 4) {
        fill_from_system(out);
        return;
    }
    thread_local ThreadBuffer buffer;
    buffer.take(out);
}

}  // namespace latchkey::crypto
