#include "rendering/template.hpp"

#include "base/text/text.hpp"
#include "embedded/signin_files.hpp"

namespace latchkey::rendering {
namespace {

constexpr std::string_view open_tag = "{{";
constexpr std::string_view close_tag = "}}";

Failure unclosed() { return fail(ErrorCode::malformed, "An unclosed tag in a template."); }

}  // namespace

Html JsonBlock::make(std::string_view json) {
    Html html;
    for (const char c : json) {
        // Inside JSON these three stand in strings only, where an escape means the same.
        switch (c) {
            case '<': html.text_ += "\\u003c"; break;
            case '>': html.text_ += "\\u003e"; break;
            case '&': html.text_ += "\\u0026"; break;
            default: html.text_.push_back(c);
        }
    }
    return html;
}

Fields& Fields::set(std::string_view name, std::string value) {
    values_.insert_or_assign(std::string(name), std::move(value));
    return *this;
}

Fields& Fields::set(std::string_view name, Html value) {
    values_.insert_or_assign(std::string(name), std::move(value));
    return *this;
}

Fields& Fields::set(std::string_view name, List value) {
    values_.insert_or_assign(std::string(name), std::move(value));
    return *this;
}

const Fields::Value* Fields::find(std::string_view name) const noexcept {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
}

Result<Template> Template::parse(std::string_view source) {
    Template parsed;
    parsed.nodes_ = TRY(parse_nodes(source, {}));
    return parsed;
}

Result<std::vector<Template::Node>> Template::parse_nodes(std::string_view& rest,
                                                          std::string_view section) {
    std::vector<Node> nodes;
    for (;;) {
        const std::size_t open = rest.find(open_tag);
        if (open != 0 && !rest.empty()) {
            nodes.push_back({Kind::literal, std::string(rest.substr(0, open)), {}});
        }
        if (open == std::string_view::npos) {
            if (!section.empty()) return unclosed();
            rest = {};
            return nodes;
        }
        rest.remove_prefix(open + open_tag.size());
        const std::size_t close = rest.find(close_tag);
        if (close == std::string_view::npos || close == 0) return unclosed();
        const std::string_view tag = rest.substr(0, close);
        rest.remove_prefix(close + close_tag.size());

        const std::string_view name = tag.substr(1);
        switch (tag.front()) {
            case '_': nodes.push_back({Kind::text, std::string(name), {}}); break;
            case '=': nodes.push_back({Kind::attribute_text, std::string(name), {}}); break;
            case '/':
                if (name != section) return unclosed();
                return nodes;
            case '#':
            case '^': {
                auto children = TRY(parse_nodes(rest, name));
                const Kind kind = tag.front() == '#' ? Kind::section : Kind::inverted;
                nodes.push_back({kind, std::string(name), std::move(children)});
                break;
            }
            default: nodes.push_back({Kind::field, std::string(tag), {}});
        }
    }
}

/// Walks the nodes with the fields that are in scope, innermost last.
class Template::Renderer {
public:
    Renderer(const Catalogue& texts, Output output) : texts_(texts), output_(output) {}

    void render(const std::vector<Node>& nodes, const Fields& fields) {
        scopes_.push_back(&fields);
        for (const Node& node : nodes) render(node);
        scopes_.pop_back();
    }
    [[nodiscard]] std::string take() && { return std::move(out_); }

private:
    void render(const Node& node) {
        switch (node.kind) {
            case Kind::literal: out_ += node.text; return;
            case Kind::field: field(node.text); return;
            case Kind::text: text(node.text, Isolation::bdi); return;
            case Kind::attribute_text: text(node.text, Isolation::none); return;
            case Kind::section:
                for (const Fields& item : items(node.text)) render(node.children, item);
                return;
            case Kind::inverted:
                if (items(node.text).empty()) render(node.children, Fields{});
                return;
        }
    }

    enum class Isolation : std::uint8_t { bdi, none };

    void text(std::string_view key, Isolation isolation) {
        const bool isolated = isolation == Isolation::bdi && output_ == Output::html;
        std::string_view rest = texts_.text(key);
        for (;;) {
            const std::size_t open = rest.find('{');
            append(rest.substr(0, open));
            if (open == std::string_view::npos) return;
            rest.remove_prefix(open + 1);
            const std::size_t close = rest.find('}');
            if (isolated) out_ += "<bdi>";
            field(rest.substr(0, close));
            if (isolated) out_ += "</bdi>";
            if (close == std::string_view::npos) return;
            rest.remove_prefix(close + 1);
        }
    }

    void field(std::string_view name) {
        const Fields::Value* value = find(name);
        if (value == nullptr) return;
        if (const auto* plain = std::get_if<std::string>(value)) append(*plain);
        if (const auto* html = std::get_if<Html>(value)) out_ += html->text();
    }

    void append(std::string_view plain) {
        if (output_ == Output::html) {
            out_ += escape_html(plain);
        } else {
            out_ += plain;
        }
    }

    [[nodiscard]] const Fields::Value* find(std::string_view name) const {
        for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
            if (const Fields::Value* value = (*scope)->find(name)) return value;
        }
        return nullptr;
    }

    [[nodiscard]] const Fields::List& items(std::string_view name) const {
        static const Fields::List none;
        const Fields::Value* value = find(name);
        const auto* list = value == nullptr ? nullptr : std::get_if<Fields::List>(value);
        return list == nullptr ? none : *list;
    }

    const Catalogue& texts_;
    Output output_;
    std::string out_;
    std::vector<const Fields*> scopes_;
};

Html Template::render(const Fields& fields, const Catalogue& texts) const {
    Renderer renderer(texts, Output::html);
    renderer.render(nodes_, fields);
    Html html;
    html.text_ = std::move(renderer).take();
    return html;
}

std::string Template::render_text(const Fields& fields, const Catalogue& texts) const {
    Renderer renderer(texts, Output::plain);
    renderer.render(nodes_, fields);
    return std::move(renderer).take();
}

std::string Template::fill(std::string_view key, const Fields& fields, const Catalogue& texts) {
    Renderer renderer(texts, Output::plain);
    renderer.render({{Kind::text, std::string(key), {}}}, fields);
    return std::move(renderer).take();
}

std::vector<std::string> Template::text_keys() const {
    std::vector<std::string> keys;
    std::vector<const std::vector<Node>*> pending{&nodes_};
    while (!pending.empty()) {
        const auto& nodes = *pending.back();
        pending.pop_back();
        for (const Node& node : nodes) {
            if (node.kind == Kind::text || node.kind == Kind::attribute_text) {
                keys.push_back(node.text);
            }
            pending.push_back(&node.children);
        }
    }
    return keys;
}

const Template& find_template(std::string_view file_name) {
    static const auto loaded = [] {
        std::map<std::string_view, Template> templates;
        for (const auto& file : embedded::signin_files()) {
            if (!file.name.ends_with(".html") && !file.name.ends_with(".txt")) continue;
            auto parsed = Template::parse(file.contents);
            if (parsed) templates.emplace(file.name, std::move(*parsed));
        }
        return templates;
    }();
    static const Template missing;
    const auto found = loaded.find(file_name);
    return found == loaded.end() ? missing : found->second;
}

}  // namespace latchkey::rendering
