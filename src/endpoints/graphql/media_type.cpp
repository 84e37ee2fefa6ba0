#include "endpoints/graphql/media_type.hpp"

#include <algorithm>

#include "base/text/text.hpp"

namespace latchkey::endpoints {
namespace {

/// How a media range of the Accept header speaks of one of our types (RFC 9110 12.5.1).
struct Preference {
    int specificity = -1;  // of the range that decides: 2 exact, 1 type/*, 0 */*, -1 none
    int quality = 0;       // in thousandths

    void consider(int range_specificity, int range_quality) {
        if (range_specificity <= specificity) return;
        specificity = range_specificity;
        quality = range_quality;
    }
};

constexpr int full_quality = 1'000;

/// "0.25" as 250; what is no qvalue counts as 1, as browsers and servers commonly do.
int parse_quality(std::string_view text) {
    if (text.empty() || (text[0] != '0' && text[0] != '1')) return full_quality;
    if (text[0] == '1') return full_quality;
    int value = 0;
    int place = 100;
    for (std::size_t i = 2; i < text.size() && place > 0; ++i, place /= 10) {
        if (text[i] < '0' || text[i] > '9') return full_quality;
        value += (text[i] - '0') * place;
    }
    return value;
}

/// Takes text up to `separator` off the front of `rest`, trimmed.
std::string_view take(std::string_view& rest, char separator) {
    const std::size_t end = std::min(rest.find(separator), rest.size());
    const std::string_view part = trim_ascii(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

void consider_range(std::string_view range, Preference& json, Preference& graphql_response) {
    const std::string_view type = take(range, ';');
    int quality = full_quality;
    while (!range.empty()) {
        const std::string_view parameter = take(range, ';');
        if (parameter.starts_with("q=") || parameter.starts_with("Q=")) {
            quality = parse_quality(parameter.substr(2));
        }
    }
    if (equal_ascii_case(type, "application/json")) json.consider(2, quality);
    if (equal_ascii_case(type, "application/graphql-response+json")) {
        graphql_response.consider(2, quality);
    }
    if (equal_ascii_case(type, "application/*") || type == "*/*") {
        const int specificity = type == "*/*" ? 0 : 1;
        json.consider(specificity, quality);
        graphql_response.consider(specificity, quality);
    }
}

}  // namespace

std::optional<GraphqlMediaType> graphql_media_type(const http::Request& request) {
    const auto accept = request.header("Accept");
    if (!accept || trim_ascii(*accept).empty()) return GraphqlMediaType::json;
    Preference json;
    Preference graphql_response;
    std::string_view rest = *accept;
    while (!rest.empty()) consider_range(take(rest, ','), json, graphql_response);
    if (graphql_response.quality == 0 && json.quality == 0) return std::nullopt;
    const bool named = graphql_response.specificity == 2;
    if (graphql_response.quality > json.quality ||
        (named && graphql_response.quality == json.quality)) {
        return GraphqlMediaType::graphql_response;
    }
    return GraphqlMediaType::json;
}

http::Response graphql_response(GraphqlMediaType media_type, GraphqlOutcome outcome,
                                std::string body) {
    http::Response response;
    response.body = std::move(body);
    if (media_type == GraphqlMediaType::graphql_response) {
        response.status = outcome == GraphqlOutcome::executed ? 200 : 400;
        response.with("Content-Type", "application/graphql-response+json; charset=utf-8");
    } else {
        response.with("Content-Type", "application/json; charset=utf-8");
    }
    response.with("Cache-Control", "no-store");
    return response;
}

}  // namespace latchkey::endpoints
