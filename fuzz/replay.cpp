// Every fuzz target answers every file of its corpus once, in the build that the tests use: the
// targets stay alive between the long runs, and what once crashed is tried again each time.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

extern "C" {
int replay_graphql_executor_fuzz(const std::uint8_t* data, std::size_t size);
int replay_graphql_lexer_fuzz(const std::uint8_t* data, std::size_t size);
int replay_graphql_parser_fuzz(const std::uint8_t* data, std::size_t size);
int replay_graphql_validator_fuzz(const std::uint8_t* data, std::size_t size);
int replay_http_fields_fuzz(const std::uint8_t* data, std::size_t size);
int replay_http_request_fuzz(const std::uint8_t* data, std::size_t size);
int replay_jwk_fuzz(const std::uint8_t* data, std::size_t size);
int replay_jws_fuzz(const std::uint8_t* data, std::size_t size);
int replay_logo_fuzz(const std::uint8_t* data, std::size_t size);
int replay_passkey_fuzz(const std::uint8_t* data, std::size_t size);
int replay_token_fields_fuzz(const std::uint8_t* data, std::size_t size);
}

namespace {

struct Target {
    std::string_view name;
    int (*run)(const std::uint8_t*, std::size_t);
};

constexpr Target targets[] = {
    {"graphql_executor_fuzz", replay_graphql_executor_fuzz},
    {"graphql_lexer_fuzz", replay_graphql_lexer_fuzz},
    {"graphql_parser_fuzz", replay_graphql_parser_fuzz},
    {"graphql_validator_fuzz", replay_graphql_validator_fuzz},
    {"http_fields_fuzz", replay_http_fields_fuzz},
    {"http_request_fuzz", replay_http_request_fuzz},
    {"jwk_fuzz", replay_jwk_fuzz},
    {"jws_fuzz", replay_jws_fuzz},
    {"logo_fuzz", replay_logo_fuzz},
    {"passkey_fuzz", replay_passkey_fuzz},
    {"token_fields_fuzz", replay_token_fields_fuzz},
};

void run(const Target& target, const std::string& bytes) {
    (void)target.run(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

/// How many files of the folder the target has answered. One that crashes ends the program.
int replay(const Target& target, const std::filesystem::path& folder) {
    run(target, "");
    run(target, std::string(4096, '\0'));
    run(target, std::string(4096, '\xFF'));
    int files = 0;
    if (!std::filesystem::is_directory(folder)) return files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        // Flushed, so that the last line names what crashed.
        std::cout << entry.path().string() << '\n' << std::flush;
        run(target, std::string(std::istreambuf_iterator<char>(file), {}));
        ++files;
    }
    return files;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "usage: latchkey_fuzz_replay_test CORPUS_FOLDER\n";
        return EXIT_FAILURE;
    }
    bool every_target_has_some = true;
    for (const Target& target : targets) {
        const int files = replay(target, std::filesystem::path(arguments[1]) / target.name);
        std::cout << target.name << ": " << files << " files\n";
        if (files == 0) every_target_has_some = false;
    }
    return every_target_has_some ? EXIT_SUCCESS : EXIT_FAILURE;
}
