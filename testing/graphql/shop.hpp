#pragma once

// The seeds' two APIs as one toy schema, with resolvers over constants. For tests and benches.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "graphql/engine.hpp"

namespace latchkey::graphql {

enum class Signed : std::uint8_t { in, out };

struct ShopContext {
    Signed signed_ = Signed::in;
};

[[nodiscard]] std::string_view shop_sdl();

[[nodiscard]] std::unique_ptr<Engine> make_shop(EngineOptions options = {});

/// The response to one request on a shop with default options.
[[nodiscard]] std::string run_shop(std::string_view query, std::string_view variables = "{}",
                                   Signed signed_in = Signed::in);

/// The same on any engine whose context is a ShopContext.
[[nodiscard]] std::string run_on(const Engine& engine, std::string_view query,
                                 std::string_view variables = "{}", Signed signed_in = Signed::in);

}  // namespace latchkey::graphql
