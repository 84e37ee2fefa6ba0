#pragma once

// Which handler answers a request. Paths are compared byte for byte as they came: nothing is
// percent-decoded, no slash is merged or trimmed, so a path has exactly one spelling.

#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.hpp"
#include "http/error_response.hpp"
#include "http/message.hpp"

namespace latchkey::http {

/// Filled once at start-up, then read by every thread.
class Router {
public:
    /// The most `{name}` parts a pattern may have: what Request::parameters holds.
    static constexpr std::size_t max_parameters = 3;

    /// Answers `method` on `pattern`, e.g. "/api/{version}/partners/graphql.json". A `{name}` part
    /// matches one whole, non-empty segment. An exact pattern wins over one with parameters; among
    /// those, the one added first. A GET route answers HEAD too (the server leaves the body out).
    void add(Method method, Literal pattern, Handler handler);

    /// What fails at a path that starts with `prefix` for want of a route, of time or by a bug is
    /// refused in this shape. The longest prefix counts; without one, error_response.
    void refuse_in(Literal prefix, ErrorShape shape);

    /// Runs the route. Unknown path: 404. Known path, other method: 405 with Allow. OPTIONS that
    /// no route answers: 204 with Allow.
    [[nodiscard]] Reply handle(const Request& request) const;

    struct Route {
        Method method;
        std::string_view pattern;
    };
    /// All that were added, in no particular order.
    [[nodiscard]] std::vector<Route> routes() const;

private:
    using Parameters = std::array<std::string_view, max_parameters>;

    /// One path and the handlers of its methods.
    struct Resource {
        std::string_view pattern;
        ErrorShape error_shape;
        std::vector<std::string_view> segments;  // of the pattern, if it has parameters
        std::vector<std::pair<Method, Handler>> handlers;

        [[nodiscard]] const Handler* find(Method method) const noexcept;
    };

    [[nodiscard]] Resource& resource_for(std::string_view pattern);
    [[nodiscard]] const Resource* match(std::string_view path, Parameters& found) const;

    [[nodiscard]] ErrorShape shape_at(std::string_view path) const noexcept;

    std::vector<std::pair<std::string_view, ErrorShape>> shapes_;  // by prefix
    std::unordered_map<std::string_view, Resource> exact_;
    std::vector<Resource> with_parameters_;
};

}  // namespace latchkey::http
