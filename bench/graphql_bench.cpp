// The GraphQL engine without HTTP, on the seeds' schema. The texts are files of bench/graphql,
// where compare.mjs runs graphql-js on the same ones: node bench/graphql/compare.mjs.
//
//     graphql_bench --sdl    prints the schema

#include <benchmark/benchmark.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "graphql/language/parser.hpp"
#include "graphql/validation/validate.hpp"
#include "testing/graphql/shop.hpp"

namespace latchkey::graphql {
namespace {

std::string text_of(const std::string& name) {
    std::ifstream file(std::string(LATCHKEY_SOURCE_DIR "/bench/graphql/") + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

const std::string page = text_of("page.graphql");
const std::string user = text_of("user.graphql");

void parse(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(language::parse(page));
}
BENCHMARK(parse);

void validate(benchmark::State& state) {
    const auto shop = make_shop();
    const auto document = language::parse(page).value();
    for (auto _ : state) {
        benchmark::DoNotOptimize(validation::validate(shop->schema().types(), *document, Limits{}));
    }
}
BENCHMARK(validate);

void parse_validate_plan(benchmark::State& state) {
    const auto shop = make_shop({.max_cached_plans = 0});
    for (auto _ : state) benchmark::DoNotOptimize(shop->prepare(page));
}
BENCHMARK(parse_validate_plan);

// Among a hundred others: small hash maps compare instead of hashing.
void plan_cache_hit(benchmark::State& state) {
    const auto shop = make_shop();
    for (int i = 0; i < 100; ++i) {
        benchmark::DoNotOptimize(shop->prepare("{ a" + std::to_string(i) + ": user { sub } }"));
    }
    for (auto _ : state) benchmark::DoNotOptimize(shop->prepare(page));
}
BENCHMARK(plan_cache_hit);

void execute_user(benchmark::State& state) {
    const auto shop = make_shop();
    const auto plan = shop->prepare(user).value();
    ShopContext context;
    std::string out;
    for (auto _ : state) {
        out.clear();
        shop->execute(*plan, json::Value(), context, out);
        benchmark::DoNotOptimize(out.data());
    }
}
BENCHMARK(execute_user);

void execute_page(benchmark::State& state) {
    const auto shop = make_shop();
    const auto plan = shop->prepare(page).value();
    ShopContext context;
    std::string out;
    for (auto _ : state) {
        out.clear();
        shop->execute(*plan, json::Value(), context, out);
        benchmark::DoNotOptimize(out.data());
    }
}
BENCHMARK(execute_page);

}  // namespace
}  // namespace latchkey::graphql

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view(argv[1]) == "--sdl") {
        std::cout << latchkey::graphql::shop_sdl();
        return 0;
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
