// The engine on a pipe, for the differential test: one JSON value per line in, one per line out.
//
//     {"schema": NAME, "sdl": TEXT, "world": {…}}            → {"ok": true} or {"problems": TEXT}
//     {"run": NAME, "document": TEXT, "operation": NAME or null, "variables": {…}}
//         → {"refused": [{"rule", "message", "locations"}…]} or {"response": {…}}
//
// The world holds the data that resolvers answer from: objects by id, each with its __typename and
// a member for each field. {"$ref": ID} is another object, {"$error": true} a resolver that fails,
// {"$arguments": true} a String field that answers its coerced arguments as JSON.

#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "graphql/engine.hpp"
#include "graphql/language/parser.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace latchkey::graphql {
namespace {

constexpr std::size_t no_limit = 1'000'000;

/// The request's context: where {"$ref"} finds its objects.
struct World {
    const json::Value& objects;
};

bool is_marked(const json::Value& value, std::string_view mark) {
    return value.object() != nullptr && value.find(mark) != nullptr;
}

Value to_value(const json::Value& found, const World& world) {
    if (const auto* flag = found.boolean()) return Value::boolean(*flag);
    if (const auto* integer = found.integer()) return Value::integer(*integer);
    if (const auto* number = found.number()) return Value::number(*number);
    if (const auto* text = found.string()) return Value::text(*text);
    if (const auto* items = found.array()) {
        return Value::list_of(*items, [&](const auto& item) { return to_value(item, world); });
    }
    if (found.object() == nullptr) return Value::null();
    const json::Value* id = found.find("$ref");
    return Value::object(id == nullptr ? found : *world.objects.find(*id->string()));
}

// Every argument that has a value, in the order of the definition.
Value echo(const Call& call, std::span<const language::InputValueDefinition> arguments) {
    std::string text;
    json::Writer writer(text);
    writer.begin_object();
    for (const auto& argument : arguments) {
        const Input input = call.argument(argument.name.text);
        if (!input.is_given()) continue;
        std::string value;
        json::append_value(value, *input.json());
        writer.key(argument.name.text).raw(value);
    }
    writer.end_object();
    return Value::owned(std::move(text));
}

Result<Value> resolve(const json::Value* parent, Call& call,
                      const language::FieldDefinition& field) {
    const World& world = call.context<World>();
    const json::Value* found = parent == nullptr ? nullptr : parent->find(field.name.text);
    if (found == nullptr) return Value::null();
    if (is_marked(*found, "$error")) return fail(ErrorCode::internal, "The resolver failed.");
    if (is_marked(*found, "$arguments")) return echo(call, field.arguments);
    return to_value(*found, world);
}

// A Date has ten characters; any other custom scalar takes everything.
ScalarFunctions scalar_functions(std::string_view name) {
    const bool is_date = name == "Date";
    return {.parse = [is_date](const json::Value& value) -> Result<json::Value> {
                const bool is_good = value.string() != nullptr && value.string()->size() == 10;
                if (!is_date || is_good) return value;
                return fail(ErrorCode::invalid_argument, "A Date is YYYY-MM-DD.");
            },
            .serialise = [](const Value& value, std::string& out) -> Result<void> {
                const auto* text = std::get_if<std::string_view>(&value.data());
                if (text == nullptr) return fail(ErrorCode::internal, "Internal error.");
                json::append_string(out, *text);
                return {};
            }};
}

/// One schema with its world. Resolvers view the document and the world.
class Subject {
public:
    /// What is wrong with the SDL; empty when nothing is.
    std::string build(const std::string& sdl, json::Value world) {
        world_ = std::move(world);
        auto document = language::parse(sdl, {.max_tokens = no_limit, .max_nesting = 100});
        if (!document) return document.error().message;
        document_ = *std::move(document);
        for (const auto& schema : document_->schemas) {
            for (const auto& root : schema.roots) roots_.insert(root.type_name.text);
        }
        if (roots_.empty()) roots_ = {"Query", "Mutation", "Subscription"};
        Resolvers resolvers;
        for (const auto& type : document_->types) bind(resolvers, type);
        const std::string_view text = sdl;
        auto schema = Schema::build(std::span(&text, 1), std::move(resolvers));
        if (!schema) return schema.error().detail;
        engine_ = std::make_unique<Engine>(*std::move(schema), options());
        return {};
    }

    std::string run(const std::string& document, std::optional<std::string_view> operation,
                    const json::Value& variables) const {
        auto plan = engine_->prepare(document, operation);
        if (!plan) return refused(plan.error());
        World world{world_};
        std::string response;
        engine_->execute(**plan, variables, world, response);
        return "{\"response\":" + response + "}";
    }

private:
    static EngineOptions options() {
        EngineOptions options;
        options.limits = {.max_query_bytes = no_limit,
                          .max_tokens = no_limit,
                          .max_nesting = 200,
                          .max_depth = 200,
                          .max_fields = no_limit,
                          .max_aliases = no_limit,
                          .max_directives = no_limit,
                          .max_fragments = 1000,
                          .max_errors = 1000,
                          .max_locations = no_limit,
                          .max_cost = std::numeric_limits<std::int64_t>::max(),
                          .assumed_list_size = 1,
                          .max_introspection_cost = std::numeric_limits<std::int64_t>::max(),
                          .max_plan_fields = no_limit};
        return options;
    }

    void bind(Resolvers& resolvers, const language::TypeDefinition& type) const {
        const std::string name(type.name.text);
        if (type.kind == language::TypeKind::scalar) {
            resolvers.scalar(name, scalar_functions(name));
        } else if (type.kind == language::TypeKind::object) {
            bind_fields(resolvers, type);
        } else if (type.kind == language::TypeKind::interface ||
                   type.kind == language::TypeKind::union_) {
            resolvers.type_of<json::Value>(name, [](const json::Value& object) {
                return std::string_view(*object.find("__typename")->string());
            });
        }
    }

    void bind_fields(Resolvers& resolvers, const language::TypeDefinition& type) const {
        const std::string_view name = type.name.text;
        for (const auto& field : type.fields) {
            const language::FieldDefinition* definition = &field;
            if (roots_.contains(name)) {
                const json::Value* root = world_.find(name);
                resolvers.root(name).field(field.name.text, [root, definition](Call& call) {
                    return resolve(root, call, *definition);
                });
                continue;
            }
            resolvers.object<json::Value>(name).field(
                field.name.text, [definition](const json::Value& parent, Call& call) {
                    return resolve(&parent, call, *definition);
                });
        }
    }

    static std::string refused(const RequestErrors& errors) {
        std::string out = "{\"refused\":[";
        for (const RequestError& error : errors) {
            if (&error != &errors.front()) out.push_back(',');
            out += "{\"rule\":";
            json::append_string(out, error.rule);
            out += ",\"message\":";
            json::append_string(out, error.message);
            append_locations(out, error.locations);
            out.push_back('}');
        }
        return out + "]}";
    }

    json::Value world_;
    std::unique_ptr<const language::Document> document_;
    std::set<std::string_view> roots_;
    std::unique_ptr<Engine> engine_;
};

class Probe {
public:
    std::string answer(const std::string& line) {
        auto request = json::parse(line, {.max_bytes = 16U << 20U, .max_depth = 200});
        if (!request) return R"({"problems":"not JSON"})";
        if (const json::Value* name = request->find("schema")) return add(*name, *request);
        const json::Value* operation = request->find("operation");
        const json::Value* variables = request->find("variables");
        const bool is_named = operation != nullptr && operation->string() != nullptr;
        return subjects_.at(*request->find("run")->string())
            .run(*request->find("document")->string(),
                 is_named ? std::optional<std::string_view>(*operation->string()) : std::nullopt,
                 variables == nullptr ? json::Value() : *variables);
    }

private:
    std::string add(const json::Value& name, const json::Value& request) {
        const json::Value* world = request.find("world");
        const std::string problems = subjects_[*name.string()].build(
            *request.find("sdl")->string(), world == nullptr ? json::Value() : *world);
        if (problems.empty()) return R"({"ok":true})";
        std::string out = "{\"problems\":";
        json::append_string(out, problems);
        return out + "}";
    }

    std::map<std::string, Subject> subjects_;
};

}  // namespace
}  // namespace latchkey::graphql

int main() {
    std::ios::sync_with_stdio(false);
    latchkey::graphql::Probe probe;
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << probe.answer(line) << '\n' << std::flush;
    }
    return 0;
}
