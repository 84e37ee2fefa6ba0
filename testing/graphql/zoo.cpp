#include "testing/graphql/zoo.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>

#include "json/writer.hpp"

namespace latchkey::graphql {
namespace {

constexpr std::string_view sdl = R"(
"How closely to look"
directive @marked(by: String, level: Int = 1) repeatable on FIELD | QUERY | FRAGMENT_SPREAD
directive @once(if: Boolean!) on FIELD

interface Node { id: ID! }
interface Being implements Node { id: ID!  name: String }
interface Pet implements Being & Node { id: ID!  name: String  owner: Person }
"A good one"
type Dog implements Pet & Being & Node {
  id: ID!  name: String  owner: Person  barks: Boolean!
  nickname: String @deprecated(reason: "use name")
  doesKnow(command: Command!, loudly: Boolean! = true): String
}
type Cat implements Pet & Being & Node {
  id: ID!  name: String  owner: Person  lives: Int!  friends(first: Int = 2): [Pet]
}
type Person implements Being & Node {
  id: ID!  name: String  pets: [Pet!]  grid: [[Int!]]  broken: String  brokenStrict: String!
}
union Companion = Dog | Cat
enum Command { SIT HEEL STAY @deprecated }
scalar Date @specifiedBy(url: "https://example.com/date")
input Point { x: Float!  y: Float! = 0.5  tags: [String!]  inner: Point  on: Date }
input Choice @oneOf { byId: ID  byPoint: Point }

type Query {
  pet: Pet
  pets: [Pet!]!
  companion: Companion
  companions: [Companion]
  person: Person
  strict: Person!
  broken: [Person!]
  echo(int: Int, float: Float, string: String, boolean: Boolean, id: ID, date: Date,
       command: Command = SIT, point: Point, list: [[Int!]], choice: Choice,
       old: Int @deprecated): String
  need(point: Point!): String
}
type Mutation { add(text: String!): String!  fail: Int }
type Subscription { added: Dog  other: Int }
)";

struct Person;
struct Dog {
    std::string id;
    std::string name;
};
struct Cat {
    std::string id;
    std::string name;
};
struct Person {
    std::string id;
};

const Dog rex{"rex", "Rex"};
const Cat tom{"tom", "Tom"};
const Person ann{"ann"};

Value pet_list() { return Value::list({Value::object(rex), Value::object(tom)}); }

Result<Value> failing() { return fail(ErrorCode::unavailable, "Not now."); }

// The coerced arguments as JSON, in the order of the definition.
Value echo(Call& call, std::initializer_list<std::string_view> names) {
    std::string text = "{";
    for (const std::string_view name : names) {
        const Input input = call.argument(name);
        if (!input.is_given()) continue;
        if (text.size() > 1) text.push_back(',');
        json::append_string(text, name);
        text.push_back(':');
        json::append_value(text, *input.json());
    }
    return Value::owned(text + "}");
}

void bind_beings(Resolvers& resolvers) {
    const auto owner = [] { return Value::object(ann); };
    resolvers.object<Dog>("Dog")
        .field("id", &Dog::id)
        .field("name", &Dog::name)
        .field("owner", owner)
        .field("barks", [] { return Value::boolean(true); })
        .field("nickname", [] { return Value::null(); })
        .field("doesKnow", [](Call& call) { return echo(call, {"command", "loudly"}); });
    resolvers.object<Cat>("Cat")
        .field("id", &Cat::id)
        .field("name", &Cat::name)
        .field("owner", owner)
        .field("lives", [] { return Value::integer(9); })
        .field("friends", [](Call& call) {
            const auto first = call.argument<std::int64_t>("first");
            return first > 1 ? Value::list({Value::object(rex), Value::null()}) : Value::null();
        });
    resolvers.object<Person>("Person")
        .field("id", &Person::id)
        .field("name", [] { return Value::text("Ann"); })
        .field("pets", pet_list)
        .field("grid",
               [] {
                   return Value::list({Value::list({Value::integer(1), Value::null()}),
                                       Value::list({Value::integer(2)}), Value::null()});
               })
        .field("broken", failing)
        .field("brokenStrict", failing);
}

Resolvers zoo_resolvers() {
    Resolvers resolvers;
    const auto person = [] { return Value::object(ann); };
    resolvers.root("Query")
        .field("pet", [] { return Value::object(rex); })
        .field("pets", pet_list)
        .field("companion", [] { return Value::object(tom); })
        .field("companions", pet_list)
        .field("person", person)
        .field("strict", person)
        .field("broken", [] { return Value::list({Value::object(ann), Value::null()}); })
        .field("echo",
               [](Call& call) {
                   return echo(call, {"int", "float", "string", "boolean", "id", "date", "command",
                                      "point", "list", "choice", "old"});
               })
        .field("need", [](Call& call) { return echo(call, {"point"}); });
    resolvers.root("Mutation")
        .field("add",
               [](Call& call) {
                   std::string& log = call.context<ZooContext>().log;
                   log += call.argument<std::string_view>("text");
                   return Value::owned(log);
               })
        .field("fail", failing);
    resolvers.root("Subscription").field("added", [] { return Value::null(); }).field("other", [] {
        return Value::null();
    });
    bind_beings(resolvers);
    resolvers.scalar("Date", {.parse = [](const json::Value& value) -> Result<json::Value> {
                                  if (value.string() != nullptr && value.string()->size() == 10) {
                                      return value;
                                  }
                                  return fail(ErrorCode::invalid_argument, "A Date is YYYY-MM-DD.");
                              },
                              .serialise = [](const Value&, std::string& out) -> Result<void> {
                                  out += "\"2026-11-21\"";
                                  return {};
                              }});
    return resolvers;
}

}  // namespace

std::string_view zoo_sdl() { return sdl; }

std::unique_ptr<Engine> make_zoo(EngineOptions options) {
    auto schema = Schema::build(std::array{sdl}, zoo_resolvers());
    if (!schema) {
        std::fputs(schema.error().detail.c_str(), stderr);
        std::abort();
    }
    return std::make_unique<Engine>(*std::move(schema), std::move(options));
}

std::string run_zoo(const Engine& zoo, std::string_view query, std::string_view variables) {
    std::string out;
    auto plan = zoo.prepare(query);
    if (!plan) {
        append_response(out, plan.error());
        return out;
    }
    ZooContext context;
    zoo.execute(**plan, json::parse(variables).value(), context, out);
    return out;
}

std::string run_zoo(std::string_view query, std::string_view variables) {
    static const std::unique_ptr<Engine> zoo = make_zoo();
    return run_zoo(*zoo, query, variables);
}

}  // namespace latchkey::graphql
