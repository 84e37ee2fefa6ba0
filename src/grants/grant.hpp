#pragma once

// A grant: why somebody gets tokens. It is a set of hooks that the phases (phases.hpp) call in
// order, and one that lacks a hook does not compile. What all grants share (idempotency, issue,
// binding, the trail) is in the phases, so that none can forget it.

#include <concepts>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "audit/audit.hpp"
#include "database/transaction.hpp"
#include "grants/tokens.hpp"
#include "model/records.hpp"
#include "oauth/parameters.hpp"
#include "oauth/result.hpp"
#include "realm/act.hpp"
#include "tokens/access_token.hpp"

namespace latchkey::grants {

/// Who asks for tokens, in which transaction. Lives for the call.
struct TokenCall {
    const realm::Act& act;
    database::WriteTransaction& tx;
    const ClientRecord& client;                       // authenticated
    std::optional<std::string_view> idempotency_key;  // idempotency.hpp
    /// The key that the caller has shown to hold; the access token is then bound to it.
    std::optional<tokens::Confirmation> confirmation = std::nullopt;
};

/// A refresh-token family that begins with this grant.
struct NewFamily {
    std::optional<Authentication> authentication = std::nullopt;  // where the person was there
};
/// One that goes on, with its next refresh token, which the grant has stored.
struct SameFamily {
    FamilyId id;
    Secret refresh_token;
    std::optional<Timestamp> auth_time;  // when the person proved who they are
};

/// The line that a grant leaves in the audit trail, or that it leaves none.
class TrailLine {
public:
    TrailLine(audit::Event event) : event_(event) {}  // NOLINT(google-explicit-constructor)
    [[nodiscard]] static TrailLine none() { return TrailLine(); }
    [[nodiscard]] std::optional<audit::Event> event() const noexcept { return event_; }

private:
    TrailLine() = default;
    std::optional<audit::Event> event_;
};

/// What a grant decided: tokens of these scopes under this connection.
struct Granted {
    ConnectionRecord connection;
    ScopeSet scopes;
    std::variant<NewFamily, SameFamily> family;
    TrailLine trail;
    std::optional<UserRecord> user;  // where the grant has read it
};

/// Whether the answer says who the person is.
enum class Tells : std::uint8_t { tokens_only, public_id };

/// The hooks.
/// - Request: what is asked for, its views alive for the call. Reason: its refusals.
/// - operation: its name under an Idempotency-Key; arguments(request): what makes two requests one.
/// - tells: see Tells.
/// - allow(client): whether the grant is for this app; a refusal says it is not.
/// - decide(call, request): looks, decides, writes what is its own. A refusal that must stick
///   commits the transaction itself.
template <class G>
concept Grant = requires(const TokenCall& call, const typename G::Request& request) {
    typename G::Reason;
    { G::operation } -> std::convertible_to<std::string_view>;
    { G::tells } -> std::convertible_to<Tells>;
    { G::arguments(request) } -> std::convertible_to<std::span<const std::string_view>>;
    { G::allow(call.client) } -> std::same_as<std::expected<void, Refused<typename G::Reason>>>;
    {
        G::decide(call, request)
    } -> std::same_as<std::expected<Granted, Refused<typename G::Reason>>>;
};

/// A grant of the token endpoint has two more: its grant_type, and how its request is read from the
/// parameters, without the store.
template <class G>
concept TokenEndpointGrant = Grant<G> && std::same_as<typename G::Reason, oauth::Refusal> &&
                             requires(const oauth::Parameters& parameters) {
                                 { G::grant_type } -> std::convertible_to<std::string_view>;
                                 {
                                     G::read(parameters)
                                 } -> std::same_as<oauth::Result<typename G::Request>>;
                             };

}  // namespace latchkey::grants
