#include "sessions.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace latchkey::storefront {

std::string Sessions::start(std::shared_ptr<Customer> customer, Timestamp now) {
    std::array<std::uint8_t, 32> bytes{};
    random_.fill(bytes);
    std::string id = to_base64url(bytes);
    const std::scoped_lock lock(mutex_);
    make_room(now);
    sessions_[crypto::sha256(id)] = {std::move(customer), now + lifetime};
    return id;
}

std::shared_ptr<Customer> Sessions::find(std::string_view id, Timestamp now) {
    const std::scoped_lock lock(mutex_);
    const auto found = sessions_.find(crypto::sha256(id));
    if (found == sessions_.end()) return nullptr;
    if (found->second.ends_at > now) return found->second.customer;
    sessions_.erase(found);
    return nullptr;
}

void Sessions::end(std::string_view id) {
    const std::scoped_lock lock(mutex_);
    sessions_.erase(crypto::sha256(id));
}

void Sessions::make_room(Timestamp now) {
    std::erase_if(sessions_, [now](const auto& entry) { return entry.second.ends_at <= now; });
    if (sessions_.size() < max_sessions) return;
    const auto ends_sooner = [](const auto& a, const auto& b) {
        return a.second.ends_at < b.second.ends_at;
    };
    sessions_.erase(std::ranges::min_element(sessions_, ends_sooner));
}

}  // namespace latchkey::storefront
