#include "model/claims.hpp"

namespace latchkey {

std::string_view to_string(Claim claim) noexcept {
    switch (claim) {
        case Claim::email: return "email";
        case Claim::email_verified: return "email_verified";
        case Claim::phone_number: return "phone_number";
        case Claim::phone_number_verified: return "phone_number_verified";
        case Claim::given_name: return "given_name";
        case Claim::family_name: return "family_name";
        case Claim::name: return "name";
        case Claim::picture: return "picture";
    }
    return {};
}

std::optional<Claim> find_claim(std::string_view name) noexcept {
    for (int i = 0; i <= static_cast<int>(last_claim); ++i) {
        const auto claim = static_cast<Claim>(i);
        if (to_string(claim) == name) return claim;
    }
    return std::nullopt;
}

}  // namespace latchkey
