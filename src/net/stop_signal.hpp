#pragma once

// SIGTERM and SIGINT as a place to wait.
//
//     StopSignal stop;                 // first in main, before any thread is started
//     auto server = TRY(Server::start(…));
//     stop.wait();
//     server->stop();

#include <csignal>

namespace latchkey::net {

/// One per process. While it waits to be told, the signals are blocked in this thread and in those
/// it starts, so that they arrive here and nowhere else.
class StopSignal {
public:
    StopSignal();
    /// Gives the thread its old signal mask back.
    ~StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;

    /// Blocks until the first SIGTERM or SIGINT and returns it. From then on the signals have their
    /// usual effect: a second Ctrl-C ends a stop that takes too long.
    int wait();

private:
    sigset_t signals_{};
    sigset_t before_{};
};

}  // namespace latchkey::net
