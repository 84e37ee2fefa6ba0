#include "options.hpp"

#include <getopt.h>

#include <array>
#include <cstdio>

namespace storefront {
namespace {

constexpr int usage_error = 2;

constexpr const char* usage =
    R"(Fern & Fable: a demo shop that signs people in with Latchkey.

Usage: latchkey-storefront --latchkey URL --client-id ID --client-secret-file FILE --data DIR

  --latchkey URL             the server that signs people in
  --client-id ID             the shop, as `latchkey app create` shows it
  --client-secret-file FILE  its first line is the client secret; mode 0600
  --data DIR                 where the sealed refresh tokens and their key live
  --listen HOST:PORT         address and port (127.0.0.1:8081)
  --public-url URL           the origin that people's browsers use (http://HOST:PORT)

The shop must be registered with its origin:
  latchkey app create --data ./data --name "Fern & Fable" \
      --origin http://127.0.0.1:8081 --redirect-uri http://127.0.0.1:8081/callback \
      --scopes "email profile"
  latchkey-storefront --latchkey http://127.0.0.1:8080 --client-id ID \
      --client-secret-file secret.txt --data ./shop --listen 127.0.0.1:8081
`./x run` does both. SIGTERM or Ctrl-C stops it.
)";

struct Row {
    const char* name;
    std::string Options::* value;
};
constexpr std::array rows{Row{"latchkey", &Options::latchkey},
                          Row{"client-id", &Options::client_id},
                          Row{"client-secret-file", &Options::client_secret_file},
                          Row{"data", &Options::data_dir},
                          Row{"listen", &Options::listen},
                          Row{"public-url", &Options::public_url}};
constexpr std::size_t required_rows = 4;
constexpr int help = static_cast<int>(rows.size());

}  // namespace

std::variant<Options, int> parse_options(int argc, char** argv) {
    std::array<option, rows.size() + 2> known{};  // what is asked, --help, and an empty one
    for (std::size_t i = 0; i < rows.size(); ++i) {
        known[i] = {rows[i].name, required_argument, nullptr, static_cast<int>(i)};
    }
    known[rows.size()] = {"help", no_argument, nullptr, help};

    Options options;
    for (int found = 0; (found = ::getopt_long(argc, argv, "", known.data(), nullptr)) != -1;) {
        if (found == help) {
            std::fputs(usage, stdout);
            return 0;
        }
        if (found == '?') return usage_error;  // getopt_long has said why
        options.*rows[static_cast<std::size_t>(found)].value = ::optarg;
    }
    if (::optind < argc) {
        std::fprintf(stderr, "%s: unexpected: %s (try --help)\n", argv[0], argv[::optind]);
        return usage_error;
    }
    for (std::size_t i = 0; i < required_rows; ++i) {
        if (!(options.*rows[i].value).empty()) continue;
        std::fprintf(stderr, "%s: --%s is required (try --help)\n", argv[0], rows[i].name);
        return usage_error;
    }
    return options;
}

}  // namespace storefront
