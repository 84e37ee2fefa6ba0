#include "graphql/request_error.hpp"

#include "json/writer.hpp"

namespace latchkey::graphql {

void append_locations(std::string& out, std::span<const SourceLocation> locations) {
    if (locations.empty()) return;
    out += ",\"locations\":[";
    for (std::size_t i = 0; i < locations.size(); ++i) {
        if (i != 0) out.push_back(',');
        out += "{\"line\":";
        json::append_number(out, std::int64_t{locations[i].line});
        out += ",\"column\":";
        json::append_number(out, std::int64_t{locations[i].column});
        out.push_back('}');
    }
    out.push_back(']');
}

void append_response(std::string& out, std::span<const RequestError> errors) {
    out += "{\"errors\":[";
    for (std::size_t i = 0; i < errors.size(); ++i) {
        if (i != 0) out.push_back(',');
        out += "{\"message\":";
        json::append_string(out, errors[i].message);
        append_locations(out, errors[i].locations);
        out += ",\"extensions\":{\"code\":";
        json::append_string(out, errors[i].code.empty() ? "BAD_REQUEST" : errors[i].code);
        if (errors[i].excess) {
            out += ",\"cost\":";
            json::append_number(out, errors[i].excess->cost);
            out += ",\"maxCost\":";
            json::append_number(out, errors[i].excess->max_cost);
        }
        out += "}}";
    }
    out += "]}";
}

}  // namespace latchkey::graphql
