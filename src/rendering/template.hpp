#pragma once

// Small HTML templates, a subset of Mustache. All that is filled in is escaped: there is no way
// to write raw markup except as `Html`, which only a rendered template yields.
//
//     {{name}}             a field, escaped for text and double-quoted attributes
//     {{_key}}             a text of the catalogue, escaped; its {field} places are filled in
//                          inside <bdi>, so that a name cannot turn the sentence around
//     {{=key}}             the same without <bdi>: for attributes and <title>
//     {{#list}}…{{/list}}  once per item; an item's fields hide the outer ones
//     {{^list}}…{{/list}}  once if the list is empty or missing

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/result.hpp"
#include "rendering/catalogue.hpp"

namespace latchkey::rendering {

/// Markup that is safe to send: made by rendering, or written in the source.
class Html {
public:
    Html() = default;
    explicit Html(Literal literal) : text_(literal.view()) {}
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] std::string release() && { return std::move(text_); }

private:
    friend class Template;
    friend class JsonBlock;
    std::string text_;
};

/// A JSON document for <script type="application/json">: no '<', '>' or '&' is left in it.
class JsonBlock {
public:
    [[nodiscard]] static Html make(std::string_view json);
};

/// The fields of a template.
class Fields {
public:
    using List = std::vector<Fields>;

    Fields& set(std::string_view name, std::string value);
    Fields& set(std::string_view name, Html value);
    Fields& set(std::string_view name, List value);
    /// A section that is shown, without fields of its own.
    Fields& show(std::string_view name) { return set(name, List(1)); }
    [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name) != nullptr; }

private:
    friend class Template;
    using Value = std::variant<std::string, Html, List>;
    [[nodiscard]] const Value* find(std::string_view name) const noexcept;

    std::map<std::string, Value, std::less<>> values_;
};

class Template {
public:
    /// Parses `source`. Errors: malformed (an unclosed or unopened tag).
    [[nodiscard]] static Result<Template> parse(std::string_view source);

    /// A field that is not set renders as nothing.
    [[nodiscard]] Html render(const Fields& fields, const Catalogue& texts) const;
    /// The same for plain text (a mail's text part): nothing is escaped, no <bdi>.
    [[nodiscard]] std::string render_text(const Fields& fields, const Catalogue& texts) const;

    /// One text of the catalogue with its places filled in, plain: for titles and subjects.
    [[nodiscard]] static std::string fill(std::string_view key, const Fields& fields,
                                          const Catalogue& texts);

    /// Every catalogue key that is named: for the test that all of them exist.
    [[nodiscard]] std::vector<std::string> text_keys() const;

private:
    enum class Kind : std::uint8_t { literal, field, text, attribute_text, section, inverted };
    struct Node {
        Kind kind = Kind::literal;
        std::string text;  // the markup, or the name
        std::vector<Node> children;
    };
    enum class Output : std::uint8_t { html, plain };
    class Renderer;

    static Result<std::vector<Node>> parse_nodes(std::string_view& rest, std::string_view section);

    std::vector<Node> nodes_;
};

/// An embedded template by file name ("consent.html"), parsed once. A missing or malformed one is
/// a bug of the build: it renders as nothing and a test fails.
[[nodiscard]] const Template& find_template(std::string_view file_name);

}  // namespace latchkey::rendering
