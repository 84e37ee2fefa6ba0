#include "sessions.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace storefront {

namespace {

std::string random_id() {
    std::array<unsigned char, 32> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("OpenSSL has no randomness to give");
    }
    std::array<unsigned char, 45> base64{};  // 43 characters, one of padding, a zero
    EVP_EncodeBlock(base64.data(), bytes.data(), static_cast<int>(bytes.size()));
    std::string id(base64.begin(), base64.begin() + 43);
    std::ranges::replace(id, '+', '-');
    std::ranges::replace(id, '/', '_');
    return id;
}

}  // namespace

Sessions::IdHash Sessions::hash(std::string_view id) {
    IdHash digest{};
    EVP_Digest(id.data(), id.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    return digest;
}

std::string Sessions::start(std::shared_ptr<Customer> customer, Timestamp now) {
    std::string id = random_id();
    const std::scoped_lock lock(mutex_);
    make_room(now);
    sessions_[hash(id)] = {std::move(customer), now + lifetime};
    return id;
}

std::shared_ptr<Customer> Sessions::find(std::string_view id, Timestamp now) {
    const std::scoped_lock lock(mutex_);
    const auto found = sessions_.find(hash(id));
    if (found == sessions_.end()) return nullptr;
    if (found->second.ends_at > now) return found->second.customer;
    sessions_.erase(found);
    return nullptr;
}

void Sessions::end(std::string_view id) {
    const std::scoped_lock lock(mutex_);
    sessions_.erase(hash(id));
}

void Sessions::make_room(Timestamp now) {
    std::erase_if(sessions_, [now](const auto& entry) { return entry.second.ends_at <= now; });
    if (sessions_.size() < max_sessions) return;
    const auto ends_sooner = [](const auto& a, const auto& b) {
        return a.second.ends_at < b.second.ends_at;
    };
    sessions_.erase(std::ranges::min_element(sessions_, ends_sooner));
}

}  // namespace storefront
