#include "tokens/refresh_token.hpp"

#include <string>

#include "crypto/minted_secret.hpp"
#include "testing/delegation_world.hpp"
#include "tokens/fields.hpp"

namespace latchkey::tokens {
namespace {

using testing::must;
using testing::shared_keys;
using testing::system_random;

RefreshRouting example() {
    RefreshRouting routing;
    routing.user_id = make_id<UserId>(system_random());
    routing.client_id = make_id<ClientId>(system_random());
    routing.family_id = make_id<FamilyId>(system_random());
    routing.generation = 41;
    routing.family_expires_at = from_unix(1'900'000'000);
    return routing;
}

TEST(RefreshTokens, OpenToTheirRouting) {
    const RefreshRouting routing = example();
    const Secret text = mint_refresh_token(shared_keys(), system_random(), routing);
    EXPECT_TRUE(text.reveal().starts_with("lk_rt_"));
    const auto opened = must(open_refresh_token(shared_keys(), text.reveal()));
    EXPECT_EQ(opened.user_id, routing.user_id);
    EXPECT_EQ(opened.client_id, routing.client_id);
    EXPECT_EQ(opened.family_id, routing.family_id);
    EXPECT_EQ(opened.generation, routing.generation);
    EXPECT_EQ(opened.family_expires_at, routing.family_expires_at);
}

TEST(RefreshTokens, ThatLackAFieldOrHaveOneThatMustBeKnownAreRefused) {
    const auto read = [](int left_out, std::uint8_t extra) {
        FieldWriter out(SealedKind::refresh_routing);
        for (std::uint8_t tag = 1; tag <= 5; ++tag) {
            if (tag == left_out) continue;
            if (tag <= 3) out.bytes(tag, Bytes(16, tag));
            if (tag > 3) out.number(tag, 7);
        }
        out.text(extra, "new");
        return read_refresh_routing(out.content());
    };
    EXPECT_EQ(must(read(0, 0x7F)).generation, 7);
    EXPECT_FALSE(read(0, 0x80));
    for (int tag = 1; tag <= 5; ++tag) EXPECT_FALSE(read(tag, 0x7F)) << tag;
    EXPECT_FALSE(read_refresh_routing(FieldWriter(SealedKind::user_access).content()));
}

TEST(RefreshTokens, WithAnyBitChangedAreRefusedEvenWithTheChecksumRepaired) {
    const Secret text = mint_refresh_token(shared_keys(), system_random(), example());
    const auto payload =
        crypto::read_minted(crypto::SecretKind::refresh_token, text.reveal()).value();
    for (std::size_t i = 0; i < payload.size(); ++i) {
        auto changed = payload;
        changed[i] ^= 0x80U;
        std::string forged;
        crypto::append_minted(crypto::SecretKind::refresh_token, changed, forged);
        const auto opened = open_refresh_token(shared_keys(), forged);
        ASSERT_FALSE(opened) << i;
        EXPECT_EQ(opened.error().code, ErrorCode::invalid_token);
    }
}

TEST(RefreshTokens, MistypedOrCutAreRefused) {
    const Secret text = mint_refresh_token(shared_keys(), system_random(), example());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed(text.reveal());
        std::swap(changed[i], changed[(i + 1) % changed.size()]);
        if (changed != text.reveal()) {
            EXPECT_FALSE(open_refresh_token(shared_keys(), changed)) << i;
        }
        EXPECT_FALSE(open_refresh_token(shared_keys(), text.reveal().substr(0, i)));
    }
}

TEST(Successors, OpenOnlyToWhoHoldsTheParent) {
    const Secret parent = mint_refresh_token(shared_keys(), system_random(), example());
    const Secret other = mint_refresh_token(shared_keys(), system_random(), example());
    const Secret successor = mint_refresh_token(shared_keys(), system_random(), example());
    const Bytes sealed = seal_successor(system_random(), {parent.reveal(), successor.reveal()});
    EXPECT_EQ(must(open_successor(parent.reveal(), sealed)).reveal(), successor.reveal());
    const auto refused = open_successor(other.reveal(), sealed);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::internal);
}

}  // namespace
}  // namespace latchkey::tokens
