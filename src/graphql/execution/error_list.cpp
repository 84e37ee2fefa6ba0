#include "graphql/execution/error_list.hpp"

#include <algorithm>
#include <vector>

#include "json/writer.hpp"

namespace latchkey::graphql::execution {
namespace {

void append_path(std::string& out, const Path& last) {
    std::vector<const Path*> steps;
    for (const Path* step = &last; step != nullptr; step = step->above) steps.push_back(step);
    out += ",\"path\":[";
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (step != steps.rbegin()) out.push_back(',');
        if ((*step)->kind == Path::Kind::key) {
            json::append_string(out, (*step)->key);
        } else {
            json::append_number(out, static_cast<std::int64_t>((*step)->index));
        }
    }
    out.push_back(']');
}

}  // namespace

void ErrorList::add(std::string_view message, std::string_view code,
                    std::span<const language::Offset> places, const Path& path) {
    if (++count_ > limits_.max_errors) return;
    if (!json_.empty()) json_.push_back(',');
    json_ += "{\"message\":";
    json::append_string(json_, message);
    std::vector<SourceLocation> locations;
    for (const language::Offset at : places.first(std::min(places.size(), limits_.max_locations))) {
        locations.push_back(locator_.locate(at));
    }
    append_locations(json_, locations);
    append_path(json_, path);
    json_ += ",\"extensions\":{\"code\":";
    json::append_string(json_, code);
    json_ += "}}";
}

}  // namespace latchkey::graphql::execution
