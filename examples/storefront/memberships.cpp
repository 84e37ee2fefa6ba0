#include "memberships.hpp"

#include <array>
#include <cstdio>
#include <utility>

namespace storefront {
namespace {

constexpr const char* tier_key = "my-membership";
constexpr const char* since_key = "member-since";
constexpr const char* first_tier = "Seedling";

std::array<client::MetafieldDefinition, 2> definitions() {
    return {{{.identifier = {tier_key},
              .name = "Membership",
              .description = "Which circle of the shop the person belongs to",
              .type = "single_line_text_field"},
             {.identifier = {since_key},
              .name = "Member since",
              .description = "The day the person first signed in to the shop",
              .type = "date"}}};
}

std::string iso_date(Timestamp time) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text.data();
}

}  // namespace

client::Result<Membership> Memberships::find_or_create(client::AccessToken token, Timestamp now) {
    auto found = read(token);
    if (!found || !found->tier.empty()) return found;
    if (auto defined = define(); !defined) return std::unexpected(std::move(defined).error());
    const std::array<client::Metafield, 2> card{
        {{{tier_key}, first_tier}, {{since_key}, iso_date(now)}}};
    if (auto set = client_.set_metafields(token, card); !set) {
        return std::unexpected(std::move(set).error());
    }
    return read(token);
}

client::Result<Membership> Memberships::read(client::AccessToken token) {
    auto page = client_.metafields(token, {});
    if (!page) return std::unexpected(std::move(page).error());
    Membership membership;
    for (client::Metafield& metafield : page->metafields) {
        if (metafield.identifier.key == tier_key) membership.tier = std::move(metafield.value);
        if (metafield.identifier.key == since_key) membership.since = std::move(metafield.value);
    }
    return membership;
}

// Once in the life of the app; whoever else does it at the same moment does no harm.
client::Result<void> Memberships::define() {
    if (is_defined_) return {};
    for (const client::MetafieldDefinition& definition : definitions()) {
        auto found = client_.metafield_definition(definition.identifier);
        if (!found) return std::unexpected(std::move(found).error());
        if (*found) continue;
        const auto created = client_.create_metafield_definition(definition);
        if (created) continue;
        found = client_.metafield_definition(definition.identifier);
        if (!found || !*found) return std::unexpected(created.error());
    }
    is_defined_ = true;
    return {};
}

}  // namespace storefront
