// The directives that stand in the SDL: known, allowed where they stand, with good arguments; and
// the effect of the built-in ones (spec 3.13.3 to 3.13.5).

#include <algorithm>

#include "graphql/types/build.hpp"

namespace latchkey::graphql::types {
namespace {

template <class Items>
auto* find(Items& items, std::string_view name) {
    return &*std::ranges::find_if(items, [&](const auto& item) { return item.name == name; });
}

class Applier {
public:
    Applier(TypeSystem& system, Problems& problems) : system_(system), problems_(problems) {}

    void run() {
        for (const auto& document : system_.documents) {
            for (const auto& schema : document->schemas) {
                check(schema.directives, DirectiveLocation::schema, "The schema");
            }
            for (const auto& definition : document->types) apply(definition);
            for (const auto& definition : document->directives) {
                Directive* directive = system_.directive_index.at(definition.name.text);
                for (const auto& argument : definition.arguments) {
                    apply(argument, find(directive->arguments, argument.name.text),
                          DirectiveLocation::argument_definition,
                          "@" + std::string(directive->name));
                }
            }
        }
    }

private:
    static DirectiveLocation location_of(TypeKind kind) {
        switch (kind) {
            case TypeKind::scalar: return DirectiveLocation::scalar;
            case TypeKind::object: return DirectiveLocation::object;
            case TypeKind::interface: return DirectiveLocation::interface;
            case TypeKind::union_: return DirectiveLocation::union_;
            case TypeKind::enumeration: return DirectiveLocation::enum_;
            case TypeKind::input: return DirectiveLocation::input_object;
        }
        return DirectiveLocation::object;
    }

    void apply(const language::TypeDefinition& definition) {
        NamedType& type = *system_.type_index.at(definition.name.text);
        const std::string where(type.name);
        check(definition.directives, location_of(type.kind), where);
        for (const auto& directive : definition.directives) {
            if (directive.name.text == "oneOf") type.is_one_of = true;
            if (directive.name.text == "specifiedBy") {
                type.specified_by = text_argument(directive, "url");
            }
        }
        for (const auto& field : definition.fields) {
            Field* target = find(type.fields, field.name.text);
            const std::string coordinate = where + "." + std::string(target->name);
            check(field.directives, DirectiveLocation::field_definition, coordinate);
            deprecate(*target, field.directives);
            for (const auto& argument : field.arguments) {
                apply(argument, find(target->arguments, argument.name.text),
                      DirectiveLocation::argument_definition, coordinate);
            }
        }
        for (const auto& field : definition.input_fields) {
            apply(field, find(type.input_fields, field.name.text),
                  DirectiveLocation::input_field_definition, where);
        }
        for (const auto& value : definition.values) {
            check(value.directives, DirectiveLocation::enum_value,
                  where + "." + std::string(value.name.text));
            deprecate(*find(type.values, value.name.text), value.directives);
        }
    }

    void apply(const language::InputValueDefinition& definition, InputValue* target,
               DirectiveLocation location, const std::string& where) {
        const std::string coordinate = where + "." + std::string(target->name);
        check(definition.directives, location, coordinate);
        deprecate(*target, definition.directives);
        // Spec 3.13.3: what must be given cannot be deprecated.
        if (target->deprecation_reason && target->is_required()) {
            problems_.push_back(coordinate + " is required, so it must not be deprecated.");
        }
    }

    void deprecate(Documentation& target, language::Directives directives) {
        for (const auto& directive : directives) {
            if (directive.name.text != "deprecated") continue;
            target.deprecation_reason =
                text_argument(directive, "reason").value_or("No longer supported");
        }
    }

    static std::optional<std::string_view> text_argument(const language::Directive& directive,
                                                         std::string_view name) {
        for (const auto& argument : directive.arguments) {
            const bool is_text = argument.value.kind == language::ValueKind::string;
            if (argument.name.text == name && is_text) return argument.value.text;
        }
        return std::nullopt;
    }

    void check(language::Directives directives, DirectiveLocation location,
               const std::string& where) {
        for (std::size_t i = 0; i < directives.size(); ++i) {
            const std::string_view name = directives[i].name.text;
            const std::string who = where + ": directive \"@" + std::string(name) + "\"";
            const Directive* definition = system_.directive(name);
            if (definition == nullptr) {
                problems_.push_back(who + " is unknown.");
                continue;
            }
            if (!definition->may_stand_at(location)) {
                problems_.push_back(who + " may not stand on " + std::string(to_string(location)) +
                                    ".");
            }
            const auto before = directives.first(i);
            const bool is_repeated = std::ranges::any_of(
                before, [&](const auto& other) { return other.name.text == name; });
            if (is_repeated && !definition->is_repeatable) {
                problems_.push_back(who + " is not repeatable.");
            }
            check_arguments(directives[i], *definition, who);
        }
    }

    void check_arguments(const language::Directive& directive, const Directive& definition,
                         const std::string& who) {
        for (const auto& argument : directive.arguments) {
            if (definition.argument(argument.name.text) == nullptr) {
                problems_.push_back(who + " has no argument \"" + std::string(argument.name.text) +
                                    "\".");
            }
        }
        for (const InputValue& wanted : definition.arguments) {
            const auto given =
                std::ranges::find(directive.arguments, wanted.name,
                                  [](const auto& argument) { return argument.name.text; });
            if (given == directive.arguments.end()) {
                if (!wanted.is_required()) continue;
                problems_.push_back(who + " needs the argument \"" + std::string(wanted.name) +
                                    "\".");
            } else if (wanted.type->is_non_null() &&
                       given->value.kind == language::ValueKind::null) {
                problems_.push_back(who + " must not have null for \"" + std::string(wanted.name) +
                                    "\".");
            }
        }
    }

    TypeSystem& system_;
    Problems& problems_;
};

}  // namespace

void apply_directives(TypeSystem& system, Problems& problems) { Applier(system, problems).run(); }

}  // namespace latchkey::graphql::types
