#include "options.hpp"

#include <CLI/CLI.hpp>

namespace latchkey::storefront {
namespace {

constexpr int usage_error = 2;

void declare(CLI::App& app, Options& options) {
    app.add_option("--latchkey", options.latchkey, "The server that signs people in")
        ->required()
        ->type_name("URL");
    app.add_option("--client-id", options.client_id, "The shop, as `latchkey app create` shows it")
        ->required()
        ->type_name("ID");
    app.add_option("--client-secret-file", options.client_secret_file,
                   "Its first line is the client secret; mode 0600")
        ->required()
        ->type_name("FILE");
    app.add_option("--data", options.data_dir, "Where the sealed refresh tokens and their key live")
        ->required()
        ->type_name("DIR");
    app.add_option("--listen", options.listen, "Address and port")
        ->type_name("HOST:PORT")
        ->capture_default_str();
    app.add_option("--public-url", options.public_url,
                   "The origin that people's browsers use (default: http://HOST:PORT)")
        ->type_name("URL");
    app.footer(
        "The shop must be registered with its origin:\n"
        "  latchkey app create --data ./data --name \"Fern & Fable\" \\\n"
        "      --origin http://127.0.0.1:8081 --redirect-uri http://127.0.0.1:8081/callback \\\n"
        "      --scopes \"email profile\"\n"
        "  latchkey-storefront --latchkey http://127.0.0.1:8080 --client-id ID \\\n"
        "      --client-secret-file secret.txt --data ./shop --listen 127.0.0.1:8081\n"
        "`./x run` does both. SIGTERM or Ctrl-C stops it.");
}

}  // namespace

std::variant<Options, int> parse_options(int argc, char** argv) {
    CLI::App app{"Fern & Fable: a demo shop that signs people in with Latchkey.",
                 "latchkey-storefront"};
    Options options;
    declare(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& stop) {
        return app.exit(stop) == 0 ? 0 : usage_error;
    }
    return options;
}

}  // namespace latchkey::storefront
