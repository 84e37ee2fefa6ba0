// Fills a data folder with people for bench/load/run.py and writes what the load needs beside it.
// It also makes the large stores of the growth curves: ten million people take minutes, not hours.

#include <fmt/core.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>

#include "base/text/text.hpp"
#include "bench/load/prepare/consent_tokens.hpp"
#include "bench/load/prepare/population.hpp"
#include "bench/support.hpp"
#include "clients/clients.hpp"
#include "crypto/system_random.hpp"
#include "database/run_write.hpp"
#include "model/token_lifetimes.hpp"

namespace latchkey::bench {
namespace {

constexpr std::string_view usage =
    R"(Usage: load_prepare --data DIR --out DIR [--users N] [--sample N] [--metafields N]
                    [--consent-tokens N]

Makes a data folder with an app and N people who are connected to it, and writes to --out, one a
line: basic, bearers, public_ids, refresh_tokens, consent_tokens.

  --data DIR          the server's data folder; made, and must not hold a store yet
  --out DIR           where the material goes; made
  --users N           people, each with a connection and a refresh-token family (1000)
  --sample N          of how many of them the material is kept, evenly spread (10000 at most)
  --metafields N      values of each person, 0 to 256 (0)
  --consent-tokens N  consent tokens, each used once, 0.8 ms of a core each (0)
)";

struct Options {
    std::filesystem::path data;
    std::filesystem::path out;
    std::uint64_t users = 1000;
    std::uint64_t sample = 10'000;
    std::uint64_t metafields = 0;
    std::uint64_t consent_tokens = 0;
};

[[noreturn]] void refuse(std::string_view why) {
    fmt::print(stderr, "load_prepare: {}\n{}", why, usage);
    std::exit(2);
}

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) refuse("not a number");
    return value;
}

Options parse(std::span<char* const> arguments) {
    Options options;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string_view name = arguments[i];
        if (name == "--help") {
            fmt::print("{}", usage);
            std::exit(0);
        }
        if (++i == arguments.size()) refuse("an option without its value");
        const std::string_view value = arguments[i];
        if (name == "--data")
            options.data = value;
        else if (name == "--out")
            options.out = value;
        else if (name == "--users")
            options.users = number(value);
        else if (name == "--sample")
            options.sample = number(value);
        else if (name == "--metafields")
            options.metafields = number(value);
        else if (name == "--consent-tokens")
            options.consent_tokens = number(value);
        else
            refuse("an unknown option");
    }
    if (options.data.empty() || options.out.empty()) refuse("--data and --out are needed");
    if (options.users == 0 || options.sample == 0) refuse("nobody to ask for");
    options.sample = std::min(options.sample, options.users);
    return options;
}

std::unique_ptr<app::Installation> open_world(const Options& options,
                                              const app::Environment& with) {
    config::ServerConfig config;
    config.data_dir = options.data;
    config.master_key_file = config.data_dir + "/master.key";
    // As long as may be: preparing and measuring take longer than a token's usual life.
    config.realm.lifetimes.access_token = max_access_token_life;
    config.realm.lifetimes.consent_token = max_consent_token_life;
    return must(app::Installation::open(config, with));
}

template <class T, class Text>
void write_lines(const std::filesystem::path& file, const std::vector<T>& rows, Text text) {
    std::ofstream out(file);
    for (const T& row : rows) out << std::invoke(text, row) << '\n';
}

void prepare(const Options& options) {
    const SystemClock clock;
    crypto::SystemRandom random;
    const auto world = open_world(options, {.clock = clock, .random = random});
    const auto scopes = must(contract_scopes().parse("email profile"));
    constexpr audit::Context by{audit::Actor::system("bench"), "", ""};
    const clients::NewClient wanted{
        "Bench", {"http://127.0.0.1:9"}, {"http://127.0.0.1:9/back"}, scopes};
    const auto app = must(database::run_write(world->database(), [&](auto& tx) {
        return clients::create_client(world->act(by), tx, wanted);
    }));

    const auto people = populate(
        *world, app.record,
        {.users = options.users, .sample = options.sample, .metafields = options.metafields});
    const auto tokens = sign_consent_tokens(*world, app.record, people, options.consent_tokens);

    std::filesystem::create_directories(options.out);
    const std::string basic = app.record.id.text() + ":" + std::string(app.secret.reveal());
    const std::vector<std::string> credentials{to_base64(as_bytes(basic))};
    write_lines(options.out / "basic", credentials, std::identity());
    write_lines(options.out / "consent_tokens", tokens, std::identity());
    write_lines(options.out / "bearers", people, &Sampled::access_token);
    write_lines(options.out / "public_ids", people, &Sampled::public_id);
    write_lines(options.out / "refresh_tokens", people, &Sampled::refresh_token);
}

}  // namespace
}  // namespace latchkey::bench

int main(int argc, char** argv) {
    latchkey::bench::prepare(latchkey::bench::parse({argv, static_cast<std::size_t>(argc)}));
    return 0;
}
