#include "net/stop_signal.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

namespace latchkey::net {
namespace {

TEST(StopSignal, WaitsForTheSignalAndNamesIt) {
    for (const int signal : {SIGTERM, SIGINT}) {
        StopSignal stop;
        std::thread sender([signal] { ::kill(::getpid(), signal); });
        EXPECT_EQ(stop.wait(), signal);
        sender.join();
    }
}

}  // namespace
}  // namespace latchkey::net
