#pragma once

// The command line of latchkey-storefront.

#include <string>
#include <variant>

namespace storefront {

struct Options {
    std::string latchkey;  // base URL of the server that signs people in
    std::string client_id;
    std::string client_secret_file;
    std::string data_dir;
    std::string listen = "127.0.0.1:8081";  // HOST:PORT
    std::string public_url;                 // empty: http:// and `listen`
};

/// The options, or the exit status when there is nothing to run (--help, a mistake: explained on
/// the terminal by then).
[[nodiscard]] std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace storefront
