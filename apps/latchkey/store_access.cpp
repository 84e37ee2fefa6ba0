#include "apps/latchkey/store_access.hpp"

#include <memory>
#include <utility>

namespace latchkey::app {
namespace {

// Nothing happened, so trying again is safe.
http::Response not_durable(const Error& error, http::ErrorShape shape) {
    const bool full = error.code == ErrorCode::storage_full;
    http::Response response =
        shape(503, "UNAVAILABLE",
              full ? Literal("The server's storage is full. Nothing was changed.")
                   : Literal("The server's storage is not available. Nothing was changed."));
    response.with("Retry-After", full ? "60" : "1");
    return response;
}

}  // namespace

StoreAccess::StoreAccess(database::Database& database, Log& log)
    : log_(log), readers_(database), lane_(database, [&log](std::string_view what) {
          log.write(LogLevel::error, "bug", {{"what", what}});
      }) {}

void StoreAccess::write(http::Write work, http::ErrorShape shape, net::Done done) {
    // Shared by the job's two halves, which run one after the other on the lane's thread.
    struct Pending {
        http::Write work;
        net::Done done;
        http::Response response;
    };
    auto pending = std::make_shared<Pending>(std::move(work), std::move(done), http::Response{});
    database::WriteJob job;
    job.run = [pending](database::WriteGroup& group) { pending->response = pending->work(group); };
    job.done = [pending, shape, &log = log_](const Result<void>& durable,
                                             database::AnswerBatch& answers) {
        if (!durable) log.write_error("write.failed", durable.error());
        pending->done(durable ? std::move(pending->response) : not_durable(durable.error(), shape),
                      answers);
    };
    // Refused, the job goes and with it `done`, uncalled: that is its answer.
    static_cast<void>(lane_.submit(std::move(job)));
}

http::Response StoreAccess::refuse_read(const Error& error, http::ErrorShape shape) {
    log_.write_error("read.failed", error);
    return shape(503, "UNAVAILABLE", "The server's storage is not available.")
        .with("Retry-After", "1");
}

}  // namespace latchkey::app
