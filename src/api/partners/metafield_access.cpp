#include "api/access.hpp"

#include "api/custom_data.hpp"
#include "api/partners/context.hpp"
#include "api/partners/resolvers.hpp"
#include "metafields/change.hpp"
#include "metafields/sharing/grants.hpp"

namespace latchkey::api::partners {
namespace {

using graphql::Call;
using graphql::Input;
using graphql::Value;

/// Behind MetafieldAccessGrantPayload.
struct GrantPayload {
    metafields::Problems problems;
};

/// Behind MetafieldAccessRevokePayload.
struct RevokePayload {
    metafields::Problems problems;
};

Result<Value> grant_access(Call& call) {
    const auto& request = call.context<RequestContext>();
    const auto identifier = read_identifier(call.argument("identifier"));
    const auto change = read_access(call.argument("access")).value_or(metafields::AccessChange{});
    const auto key = call.argument<std::optional<std::string_view>>("key");
    auto problems = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::grant_access(tx, caller_of(request), identifier, change, key,
                                        request.now);
    }));
    return Value::make_object(GrantPayload{std::move(problems)});
}

Result<Value> revoke_access(Call& call) {
    const auto& request = call.context<RequestContext>();
    const Input input = call.argument("targets");
    std::vector<metafields::Target> targets;
    for (std::size_t i = 0; i < input.size(); ++i) targets.push_back(read_target(input.item(i)));
    const auto identifier = read_identifier(call.argument("identifier"));
    auto problems = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::revoke_access(tx, caller_of(request), identifier, targets);
    }));
    return Value::make_object(RevokePayload{std::move(problems)});
}

}  // namespace

void add_metafield_access(graphql::Resolvers& resolvers) {
    resolvers.root("Mutation")
        .field("metafieldAccessGrant", grant_access)
        .field("metafieldAccessRevoke", revoke_access);
    resolvers.object<GrantPayload>("MetafieldAccessGrantPayload")
        .field("userErrors", &GrantPayload::problems);
    resolvers.object<RevokePayload>("MetafieldAccessRevokePayload")
        .field("userErrors", &RevokePayload::problems);
}

}  // namespace latchkey::api::partners
