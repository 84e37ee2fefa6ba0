#include "metafields/values.hpp"

#include <algorithm>

#include "crypto/digest.hpp"
#include "metafields/sharing/resolve.hpp"

namespace latchkey::metafields {
namespace {

using store::DefinedValue;

/// A value as the store has it, under the name that the app knows the definition by.
Result<std::optional<DefinedValue>> find_shared_value(database::ReadTransaction& tx,
                                                      const Owner& owner,
                                                      const Identifier& identifier) {
    Viewer viewer(tx, owner.client_id);
    auto resolved = TRY(resolve_definition(viewer, identifier));
    if (!resolved) return std::nullopt;
    auto value = TRY(store::find_value(tx, owner.user_id, resolved->definition.id));
    if (value) value->definition = std::move(resolved->definition);
    return value;
}

}  // namespace

std::string value_digest(std::string_view value) { return to_hex(crypto::sha256(value)); }

Result<std::optional<DefinedValue>> find_value(database::ReadTransaction& tx, const Owner& owner,
                                               const Identifier& identifier) {
    // An app's own value, which most are, comes in one read.
    if (find_reserved_owner(owner.client_id, identifier.name_space) == owner.client_id) {
        auto own = TRY(store::find_value(tx, owner.user_id, {owner.client_id, "", identifier.key}));
        if (own) return own;
    }
    return find_shared_value(tx, owner, identifier);
}

Result<Slice<DefinedValue>> list_values(database::ReadTransaction& tx, const Owner& owner,
                                        std::span<const Identifier> identifiers,
                                        const store::Page& page) {
    using Values = std::vector<DefinedValue>;
    if (!identifiers.empty()) {
        const auto look_up = [&](const Identifier& identifier) {
            return find_value(tx, owner, identifier);
        };
        const auto named = TRY(collect_named<DefinedValue>(identifiers, look_up));
        return cut_page<DefinedValue>(page, [&](const store::Page& wanted) -> Result<Values> {
            return take_page(named, wanted);
        });
    }
    Viewer viewer(tx, owner.client_id);
    const auto shared = TRY(SharedDefinitions::load(viewer));
    const auto load = [&](DefinitionId id) -> Result<std::optional<DefinedValue>> {
        auto found = TRY(store::find_value(tx, owner.user_id, id));
        if (!found || found->definition.client_id == owner.client_id) return std::nullopt;
        shared.rename(found->definition);
        return found;
    };
    return cut_page<DefinedValue>(page, [&](const store::Page& wanted) -> Result<Values> {
        auto own = TRY(store::list_values(tx, owner.user_id, owner.client_id, wanted));
        return merge_shared(wanted, std::move(own), shared.ids(), load);
    });
}

}  // namespace latchkey::metafields
