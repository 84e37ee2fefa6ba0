// The GraphQL parser, executable and type system language: no text exhausts the stack, and every
// refusal has a place inside the text.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "graphql/language/parser.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace language = latchkey::graphql::language;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto document = language::parse(text, {.max_tokens = 20'000, .max_nesting = 200});
    if (!document) {
        if (document.error().message.empty() || document.error().rule.empty()) std::abort();
        return 0;
    }
    const auto& parsed = **document;
    const std::size_t definitions = parsed.operations.size() + parsed.fragments.size() +
                                    parsed.types.size() + parsed.directives.size() +
                                    parsed.schemas.size();
    if (definitions == 0) std::abort();  // Document: Definition+
    return 0;
}
