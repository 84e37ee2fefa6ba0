#include "graphql/types/build.hpp"

#include "graphql/language/parser.hpp"
#include "graphql/types/built_in_sdl.hpp"

namespace latchkey::graphql::types {
namespace {

// The SDL is ours: these only keep a mistake from becoming a crash.
constexpr language::ParseLimits sdl_limits{.max_tokens = 1'000'000, .max_nesting = 200};

Failure failure(const Problems& problems) {
    std::string detail;
    for (const std::string& problem : problems) {
        if (!detail.empty()) detail.push_back('\n');
        detail += problem;
    }
    return fail(ErrorCode::invalid_argument, "The GraphQL schema is not usable.",
                std::move(detail));
}

}  // namespace

void parse_documents(TypeSystem& system, std::span<const std::string_view> sdl,
                     Problems& problems) {
    std::vector<std::string_view> texts(sdl.begin(), sdl.end());
    texts.push_back(built_in_sdl);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto document = language::parse(std::string(texts[i]), sdl_limits);
        if (!document) {
            const SourceLocation at = document.error().locations.empty()
                                          ? SourceLocation{}
                                          : document.error().locations.front();
            problems.push_back("SDL text " + std::to_string(i + 1) + ", line " +
                               std::to_string(at.line) + ", column " + std::to_string(at.column) +
                               ": " + document.error().message);
            continue;
        }
        if (!(*document)->operations.empty() || !(*document)->fragments.empty()) {
            problems.push_back("SDL text " + std::to_string(i + 1) +
                               " holds operations or fragments.");
        }
        system.documents.push_back(*std::move(document));
    }
}

Result<std::unique_ptr<TypeSystem>> build(std::span<const std::string_view> sdl,
                                          const Resolvers& resolvers) {
    auto system = std::make_unique<TypeSystem>();
    Problems problems;
    parse_documents(*system, sdl, problems);
    if (!problems.empty()) return failure(problems);
    define_types(*system, problems);
    if (!problems.empty()) return failure(problems);
    apply_directives(*system, problems);
    check_types(*system, problems);
    if (!problems.empty()) return failure(problems);
    Resolvers all = resolvers;
    add_introspection(*system, all);
    bind_resolvers(*system, all, problems);
    if (!problems.empty()) return failure(problems);
    coerce_defaults(*system, problems);
    if (!problems.empty()) return failure(problems);
    return system;
}

}  // namespace latchkey::graphql::types
