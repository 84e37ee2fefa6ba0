// A GraphQL request as a whole: a document, a NUL, and the variables. The answer is JSON, the same
// from a fresh plan and from a cached one.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "testing/graphql/zoo.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace graphql = latchkey::graphql;
    namespace json = latchkey::json;
    static const auto zoo = graphql::make_zoo({.max_cached_plans = 64});
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::size_t end = std::min(input.find('\0'), size);
    const std::string_view document = input.substr(0, end);
    auto variables = json::parse(input.substr(std::min(end + 1, size)));
    if (!variables || variables->object() == nullptr) variables = json::Value();

    const auto answer = [&] {
        std::string out;
        auto plan = zoo->prepare(document);
        if (!plan) {
            graphql::append_response(out, plan.error());
            return out;
        }
        graphql::ZooContext context;
        zoo->execute(**plan, *variables, context, out, graphql::CostReport::on);
        return out;
    };
    const std::string first = answer();
    const auto parsed = json::parse(first, {.max_bytes = 64UL << 20U, .max_depth = 200});
    if (!parsed) std::abort();
    if (parsed->find("data") == nullptr && parsed->find("errors") == nullptr) std::abort();
    if (answer() != first) std::abort();
    return 0;
}
