#include "jose/key.hpp"

#include <algorithm>
#include <array>

#include "jose/jwk.hpp"

namespace latchkey::jose {
namespace {

// The alternatives of both Material variants stand in the order of Algorithm.
template <class Material>
Algorithm algorithm_of(const Material& material) noexcept {
    static_assert(std::variant_size_v<Material> == 4);
    return static_cast<Algorithm>(material.index());
}

constexpr std::array<std::string_view, 4> names = {"RS256", "ES256", "EdDSA", "HS256"};

bool is_symmetric(const VerificationKey& key) noexcept {
    return key.algorithm() == Algorithm::HS256;
}

struct Verify {
    ByteView message;
    ByteView signature;
    template <class Key>
    bool operator()(const Key& key) const {
        return key.verify(message, signature);
    }
};

struct Sign {
    ByteView message;
    template <class Key>
    Result<Bytes> operator()(const Key& key) const {
        return key.sign(message);
    }
    Result<Bytes> operator()(const crypto::HmacSha256& key) const {
        const crypto::Sha256 tag = key.tag(message);
        return Bytes(tag.begin(), tag.end());
    }
};

struct PublicHalf {
    template <class Key>
    VerificationKey::Material operator()(const Key& key) const {
        return key.public_key();
    }
    VerificationKey::Material operator()(const crypto::HmacSha256& key) const { return key; }
};

}  // namespace

std::string_view to_string(Algorithm algorithm) noexcept {
    return names[static_cast<std::size_t>(algorithm)];
}

Algorithm VerificationKey::algorithm() const noexcept { return algorithm_of(material_); }

bool VerificationKey::verify(ByteView message, ByteView signature) const {
    return std::visit(Verify{message, signature}, material_);
}

SigningKey SigningKey::with_thumbprint(Material material) {
    std::string kid = thumbprint(std::visit(PublicHalf{}, material));
    return SigningKey(std::move(kid), std::move(material));
}

Algorithm SigningKey::algorithm() const noexcept { return algorithm_of(material_); }

Result<Bytes> SigningKey::sign(ByteView message) const {
    return std::visit(Sign{message}, material_);
}

VerificationKey SigningKey::verification_key() const {
    return VerificationKey(kid_, std::visit(PublicHalf{}, material_));
}

Result<void> KeySet::add(VerificationKey key) {
    if (keys_.size() >= max_keys_in_set) {
        return fail(ErrorCode::too_large, "The key set has too many keys.");
    }
    if (key.kid().size() > max_kid_bytes) {
        return fail(ErrorCode::invalid_argument, "A key's kid is longer than 64 bytes.");
    }
    if (!keys_.empty()) {
        if (key.kid().empty() || keys_.front().kid().empty()) {
            return fail(ErrorCode::invalid_argument, "Each key of a set needs a kid.");
        }
        if (is_symmetric(key) != is_symmetric(keys_.front())) {
            return fail(ErrorCode::invalid_argument,
                        "Symmetric and public keys do not belong in one set.");
        }
        if (find(key.kid()) != nullptr) {
            return fail(ErrorCode::conflict, "Two keys of the set have the same kid.");
        }
    }
    keys_.push_back(std::move(key));
    return {};
}

const VerificationKey* KeySet::find(std::string_view kid) const noexcept {
    if (kid.empty()) return keys_.size() == 1 ? &keys_.front() : nullptr;
    const auto found = std::ranges::find(keys_, kid, &VerificationKey::kid);
    return found == keys_.end() ? nullptr : &*found;
}

}  // namespace latchkey::jose
