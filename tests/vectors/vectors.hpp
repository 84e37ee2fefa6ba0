#pragma once

// Test vectors that others published, read from a folder beside the checkout (../shared/vectors)
// or the one that LATCHKEY_VECTORS names. The project does not contain them; where they are not
// there, their tests say so and are skipped.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/text/text.hpp"
#include "json/value.hpp"

namespace latchkey::vectors {

/// The document, or absent when there is no such file. Aborts the test on broken JSON.
[[nodiscard]] std::optional<json::Value> load(std::string_view file);
/// Where they are looked for, for the message of a skipped test.
[[nodiscard]] std::string folder();

// The vectors are trusted input: a member that is not there is a failure of the test.
[[nodiscard]] const json::Value& member(const json::Value& object, std::string_view name);
[[nodiscard]] const std::string& text(const json::Value& object, std::string_view name);
[[nodiscard]] std::int64_t integer(const json::Value& object, std::string_view name);
[[nodiscard]] const json::Array& array(const json::Value& object, std::string_view name);
[[nodiscard]] Bytes hex(const json::Value& object, std::string_view name);

/// What was run and what was not, printed when it goes: a silent skip looks like a success.
class Tally {
public:
    explicit Tally(std::string name) : name_(std::move(name)) {}
    Tally(const Tally&) = delete;
    Tally& operator=(const Tally&) = delete;
    ~Tally();
    void ran() { ++ran_; }
    void skipped(std::string_view reason) { ++skipped_[std::string(reason)]; }
    [[nodiscard]] std::size_t count() const noexcept { return ran_; }

private:
    std::string name_;
    std::size_t ran_ = 0;
    std::map<std::string, std::size_t> skipped_;
};

}  // namespace latchkey::vectors

/// `const auto document = …` or a loud skip of the whole test.
#define LOAD_VECTORS(document, file)                                                            \
    const auto loaded_ = ::latchkey::vectors::load(file);                                       \
    if (!loaded_) {                                                                             \
        GTEST_SKIP() << "NOT RUN: " << (file) << " is not in " << ::latchkey::vectors::folder() \
                     << "; LATCHKEY_VECTORS may name another folder";                           \
    }                                                                                           \
    const ::latchkey::json::Value& document = *loaded_
