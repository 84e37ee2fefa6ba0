#include "store/schema/steps.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <string>

#include "embedded/sqlite_schema.hpp"
#include "store/schema/script.hpp"

namespace latchkey::store::schema {
namespace {

Result<std::int64_t> number_of(std::string_view name) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool is_numbered = error == std::errc{} && number > 0 && *end == '_';
    if (is_numbered) return number;
    return fail(ErrorCode::internal, "Internal error.",
                "a file of the schema without a number: " + std::string(name));
}

}  // namespace

Result<Steps> read_steps(std::span<const File> files) {
    std::vector<File> in_order(files.begin(), files.end());
    std::ranges::sort(in_order, {}, &File::name);
    std::map<std::int64_t, Step> steps;
    for (const File& file : in_order) {
        const std::int64_t number = TRY(number_of(file.name));
        const Script script = TRY(Script::parse(file.contents));
        Step& step = steps.try_emplace(number, Step{number, {}}).first->second;
        step.statements.insert(step.statements.end(), script.statements().begin(),
                               script.statements().end());
    }
    Steps all;
    for (auto& [number, step] : steps) all.push_back(std::move(step));
    return all;
}

Result<Steps> sqlite() {
    std::vector<File> files;
    for (const embedded::File& file : embedded::sqlite_schema()) {
        files.push_back({file.name, file.contents});
    }
    return read_steps(files);
}

}  // namespace latchkey::store::schema
