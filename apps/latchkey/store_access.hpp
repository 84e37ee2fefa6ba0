#pragma once

// Where the halves of requests that touch the store run: reads where the store's reads run, writes
// on the lane; and what is answered when the store fails them.

#include "base/log.hpp"
#include "database/database.hpp"
#include "database/readers.hpp"
#include "database/write_lane.hpp"
#include "net/server.hpp"

namespace latchkey::app {

class StoreAccess final : public net::Storage {
public:
    StoreAccess(database::Database& database, Log& log);

    [[nodiscard]] database::WriteLane& lane() noexcept { return lane_; }

    database::Readers& readers() override { return readers_; }
    void write(http::Write work, http::ErrorShape shape, net::Done done) override;
    http::Response refuse_read(const Error& error, http::ErrorShape shape) override;

private:
    Log& log_;
    database::InlineReaders readers_;
    database::WriteLane lane_;
};

}  // namespace latchkey::app
