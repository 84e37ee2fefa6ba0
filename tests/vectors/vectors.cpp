#include "tests/vectors/vectors.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace latchkey::vectors {
namespace {

constexpr json::ParseLimits limits{.max_bytes = 16U << 20U, .max_depth = 64};

[[noreturn]] void missing(std::string_view name) {
    throw std::runtime_error("vectors: no usable member " + std::string(name));
}

}  // namespace

std::string folder() {
    if (const char* named = std::getenv("LATCHKEY_VECTORS"); named != nullptr) return named;
    const std::filesystem::path checkout(LATCHKEY_SOURCE_DIR);
    return (checkout / "../shared/vectors").lexically_normal().string();
}

std::optional<json::Value> load(std::string_view file) {
    std::ifstream stream(std::filesystem::path(folder()) / file, std::ios::binary);
    if (!stream) return std::nullopt;
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    auto parsed = json::parse(text, limits);
    if (!parsed) throw std::runtime_error("vectors: broken JSON in " + std::string(file));
    return std::move(*parsed);
}

const json::Value& member(const json::Value& object, std::string_view name) {
    const json::Value* value = object.find(name);
    if (value == nullptr) missing(name);
    return *value;
}

const std::string& text(const json::Value& object, std::string_view name) {
    const std::string* value = member(object, name).string();
    if (value == nullptr) missing(name);
    return *value;
}

std::int64_t integer(const json::Value& object, std::string_view name) {
    const std::int64_t* value = member(object, name).integer();
    if (value == nullptr) missing(name);
    return *value;
}

const json::Array& array(const json::Value& object, std::string_view name) {
    const json::Array* value = member(object, name).array();
    if (value == nullptr) missing(name);
    return *value;
}

Bytes hex(const json::Value& object, std::string_view name) {
    auto bytes = from_hex(text(object, name));
    if (!bytes) missing(name);
    return std::move(*bytes);
}

Tally::~Tally() {
    std::printf("[  VECTORS ] %s: %zu run\n", name_.c_str(), ran_);
    for (const auto& [reason, count] : skipped_) {
        std::printf("[  VECTORS ] %s: %zu skipped: %s\n", name_.c_str(), count, reason.c_str());
    }
}

}  // namespace latchkey::vectors
