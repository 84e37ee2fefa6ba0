#include "json/writer.hpp"
#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"
#include "metafields/types/object_value.hpp"
#include "metafields/types/web_address.hpp"

namespace latchkey::metafields {
namespace {

Checked canonical_url(std::string_view value) {
    if (auto fault = find_address_fault(value)) return refuse(*fault);
    return std::string(value);
}

Checked canonical_link(std::string_view value) {
    const auto object = ObjectValue::parse(value);
    const auto text = object ? object->text("text") : std::nullopt;
    const auto url = object ? object->text("url") : std::nullopt;
    if (!text || !url || !object->has_exactly({"text", "url"})) {
        return refuse(
            "Value must be a JSON object of text and url, such as "
            "{\"text\":\"Learn more\",\"url\":\"https://shop.example.com\"}.");
    }
    if (url->size() > max_identifier_value_bytes) return refuse("Its url is too long.");
    if (auto fault = find_address_fault(*url)) return refuse("Its url can't be used. " + *fault);
    std::string out;
    json::Writer(out).begin_object().field("text", *text).field("url", *url).end_object();
    return out;
}

constexpr std::string_view url_validations[] = {"allowed_domains"};

constexpr ScalarType types[] = {
    {"link", Category::LINK, ListForm::bare, max_value_bytes, canonical_link, nullptr,
     url_validations},
    {"url", Category::URL, ListForm::quoted, max_identifier_value_bytes, canonical_url, nullptr,
     url_validations},
};

}  // namespace

std::span<const ScalarType> url_types() noexcept { return types; }

}  // namespace latchkey::metafields
