#pragma once

// The server without its sockets and threads: a request as text in, its answer out, on the thread
// that asks.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/latchkey/application.hpp"
#include "apps/latchkey/routes.hpp"
#include "bench/load/prepare/population.hpp"

namespace latchkey::bench {

/// Does not move.
class StandingClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return from_unix(1'767'225'600); }
};

/// The same bytes in every run.
class RepeatingRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override;

private:
    std::uint64_t count_ = 0;
};

class Server {
public:
    /// A new store with an app and so many people connected to it.
    Server(const std::filesystem::path& folder, std::uint64_t people);

    /// The whole answer, until the next one. What writes does so in the group that was begun.
    [[nodiscard]] std::string_view send(std::string_view request);
    void begin_group();
    void commit_group();
    /// Finds the plan of the `user` query, which is in the cache.
    void prepare_query() const;

    /// One request for each person, as text.
    [[nodiscard]] std::vector<std::string> user_queries() const;
    [[nodiscard]] std::vector<std::string> refreshes() const;
    [[nodiscard]] std::vector<std::string> public_id_exchanges() const;
    [[nodiscard]] std::vector<std::string> consent_exchanges();

private:
    [[nodiscard]] http::Response finish(http::Reply reply);
    [[nodiscard]] std::string request(std::string_view path, std::string_view authorization,
                                      std::string_view body) const;
    [[nodiscard]] std::string exchange(std::string_view name, std::string_view value) const;

    StandingClock clock_;
    RepeatingRandom random_;
    Log log_;
    std::unique_ptr<app::Installation> world_;
    std::unique_ptr<app::Application> application_;
    std::unique_ptr<http::Chain> chain_;
    http::Exchange exchange_;  // one, as a connection of the server has
    app::Engines engines_;
    ClientRecord app_;
    std::string basic_;
    std::vector<Sampled> people_;
    std::unique_ptr<database::WriteGroup> group_;  // between the two calls
    std::string output_;                           // one buffer, as a connection of the server has
};

}  // namespace latchkey::bench
