#include "testing/graphql/hostile.hpp"

namespace latchkey::graphql {
namespace {

std::string repeat(std::size_t count, std::string_view text) {
    std::string made;
    made.reserve(count * text.size());
    for (std::size_t i = 0; i < count; ++i) made += text;
    return made;
}

std::string numbered(std::size_t count, std::string_view before, std::string_view after) {
    std::string made;
    for (std::size_t i = 0; i < count; ++i) {
        made.append(before).append(std::to_string(i)).append(after);
    }
    return made;
}

// Each fragment spreads the next one twice: 2^count fields.
std::string doubling_fragments(std::size_t count) {
    std::string made = "{ pet { ...F0 } }";
    for (std::size_t i = 0; i < count; ++i) {
        const std::string next = "...F" + std::to_string(i + 1);
        made += " fragment F" + std::to_string(i) + " on Pet { owner { pets { " + next +
                " } } a: owner { pets { " + next + " } } }";
    }
    return made + " fragment F" + std::to_string(count) + " on Pet { id }";
}

// Every fragment spreads every other: quadratic in text, and each is in a cycle.
std::string all_to_all_fragments(std::size_t count) {
    std::string spreads;
    for (std::size_t i = 0; i < count; ++i) spreads += " ...F" + std::to_string(i);
    std::string made = "{ pet {" + spreads + " } }";
    for (std::size_t i = 0; i < count; ++i) {
        made += " fragment F" + std::to_string(i) + " on Pet { id" + spreads + " }";
    }
    return made;
}

// A chain of fragments in which the last spreads the first.
std::string fragment_ring(std::size_t count) {
    std::string made = "{ pet { ...F0 } }";
    for (std::size_t i = 0; i < count; ++i) {
        made += " fragment F" + std::to_string(i) + " on Pet { id ...F" +
                std::to_string((i + 1) % count) + " }";
    }
    return made;
}

// Fields of one name at each level, each with its own selections (CVE-2023-26144, CVE-2022-37734).
std::string overlapping(std::size_t width, std::size_t depth) {
    std::string inner = "id";
    for (std::size_t level = 0; level < depth; ++level) {
        inner = repeat(width, "pets { owner { " + inner + " } } ");
    }
    return "{ person { " + inner + " } }";
}

}  // namespace

std::vector<HostileDocument> hostile_documents() {
    return {
        {"100,000 braces", repeat(100'000, "{"), "Syntax"},
        {"100,000 nested selections", repeat(100'000, "{a"), "max_nesting"},
        {"100,000 brackets in a value", "{ echo(list: " + repeat(100'000, "["), "max_nesting"},
        {"100,000 brackets in a type", "query ($a: " + repeat(100'000, "["), "max_nesting"},
        {"50,000 directives", "{ pet { id " + repeat(50'000, "@a ") + "} }", "max_tokens"},
        {"1,000 directives", "{ pet { id " + repeat(1'000, "@a ") + "} }", "max_directives"},
        {"20,000 aliases", "{" + numbered(20'000, " a", ": __typename") + " }", "max_tokens"},
        {"1,000 aliases", "{" + numbered(1'000, " a", ": __typename") + " }", "max_aliases"},
        {"1,900 equal fields, unknown", "{ person {" + repeat(1'900, " x") + " } }",
         "FieldsOnCorrectType"},
        {"3,000 equal fields", "{" + repeat(3'000, " __typename") + " }", "max_fields"},
        {"20 doubling fragments", doubling_fragments(20), "max_fields"},
        {"60 doubling fragments", doubling_fragments(60), "max_fields"},
        {"30 fragments spreading each other", all_to_all_fragments(30), "max_fields"},
        {"200 fragments spreading each other", all_to_all_fragments(200), "max_tokens"},
        {"a ring of 100 fragments", fragment_ring(100), "NoFragmentCycles"},
        {"a ring of 1,000 fragments", fragment_ring(1'000), "max_tokens"},
        {"overlapping fields, 10 wide and 3 deep", overlapping(10, 3), "max_tokens"},
        {"overlapping fields, 2 wide and 9 deep", overlapping(2, 9), "max_tokens"},
        {"overlapping fields, 2 wide and 7 deep", overlapping(2, 7), "max_cost"},
        {"150 operations sharing 300 uses of variables",
         numbered(150, " query Q", "($a: Int) { ...F }") + " fragment F on Query {" +
             repeat(300, " echo(int: $a)") + " }",
         "OperationName"},
        {"250 operations sharing 1,900 fields",
         numbered(250, " query Q", " { ...F }") + " fragment F on Query {" +
             repeat(1'900, " __typename") + " }",
         "max_visits"},
        {"1,900 mentions of one field", "{ person {" + repeat(1'900, " broken") + " } }", "none"},
        {"1,300 equal arguments in 60 KB",
         "{ echo(" + repeat(1'300, "int: 1                                     ") + ") }",
         "UniqueArgumentNames"},
        {"two fields with 600 arguments each",
         "{ echo(" + numbered(600, " a", ": 1") + ") echo(" + numbered(600, " a", ": 1") + ") }",
         "KnownArgumentNames"},
        {"an object with 1,300 equal fields", "{ need(point: {" + repeat(1'300, " x: 1") + " }) }",
         "UniqueInputFieldNames"},
        {"a string of 2 MB", "{ echo(string: \"" + std::string(2'000'000, 'x') + "\") }", "none"},
        {"a block string of 2 MB of lines",
         "{ echo(string: \"\"\"" + repeat(1'000'000, "\nx") + "\"\"\") }", "none"},
        {"a string of 2 MB of escapes", "{ echo(string: \"" + repeat(333'333, "\\u0041") + "\") }",
         "none"},
        {"a name of 2 MB", "{ " + std::string(2'000'000, 'x') + " }", "FieldsOnCorrectType"},
        {"a comment of 2 MB", "#" + std::string(2'000'000, 'x'), "Syntax"},
        {"2 MB of commas", std::string(2'000'000, ','), "Syntax"},
        {"2 MB that are not UTF-8", std::string(2'000'000, '\xFF'), "Syntax"},
    };
}

}  // namespace latchkey::graphql
