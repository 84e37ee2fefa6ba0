#include "shop.hpp"

#include <optional>
#include <utility>

namespace storefront {
namespace {

// A token that ends while its request is under way helps nobody.
constexpr std::chrono::seconds renewal_margin{30};

}  // namespace

Shop::Shop(ShopServices services)
    : services_(std::move(services)), memberships_(services_.client) {}

Attempt<SignedIn> Shop::sign_in(client::ConsentToken consent_token) {
    auto tokens = services_.client.fetch_tokens(consent_token);
    if (!tokens) return std::unexpected(failure_of(tokens.error()));
    auto customer = std::make_shared<Customer>();
    const std::scoped_lock lock(customer->mutex);
    if (auto kept = keep(*customer, std::move(*tokens)); !kept) {
        return std::unexpected(std::move(kept).error());
    }
    auto view = look_or_renew(*customer);
    if (!view) return std::unexpected(std::move(view).error());
    return SignedIn{customer, std::move(*view)};
}

Attempt<CustomerView> Shop::read(Customer& customer) {
    const std::scoped_lock lock(customer.mutex);
    return look_or_renew(customer);
}

Attempt<CustomerView> Shop::refresh(Customer& customer) {
    const std::scoped_lock lock(customer.mutex);
    if (auto renewed = renew(customer); !renewed) return std::unexpected(renewed.error());
    return look_or_renew(customer);
}

Attempt<CustomerView> Shop::read_by_public_id(Customer& customer) {
    const std::scoped_lock lock(customer.mutex);
    if (auto renewed = renew_by_public_id(customer); !renewed) {
        return std::unexpected(renewed.error());
    }
    return look_or_renew(customer);
}

// The refresh token is on the disk before the access token is used: after a crash in between, the
// vault holds a token that still works.
Attempt<void> Shop::keep(Customer& customer, client::Tokens tokens) {
    if (!tokens.public_id.empty()) customer.public_id = std::move(tokens.public_id);
    const auto stored =
        services_.vault.store({services_.client_id, customer.public_id}, tokens.refresh_token);
    if (!stored) return std::unexpected(failure_of(stored.error()));
    customer.access_token = std::move(tokens.access_token);
    customer.access_expires_at = services_.now() + tokens.expires_in;
    customer.scope = std::move(tokens.scope);
    return {};
}

Attempt<void> Shop::renew(Customer& customer) {
    auto held = services_.vault.find({services_.client_id, customer.public_id});
    if (!held) return std::unexpected(failure_of(held.error()));
    if (*held) {
        auto tokens = services_.client.refresh({(*held)->reveal()});
        if (tokens) return keep(customer, std::move(*tokens));
        // Refused: expired or withdrawn. The public id tells which.
        if (tokens.error().kind != client::ErrorKind::invalid_token) {
            return std::unexpected(failure_of(tokens.error()));
        }
    }
    return renew_by_public_id(customer);
}

Attempt<void> Shop::renew_by_public_id(Customer& customer) {
    auto tokens = services_.client.fetch_tokens(client::PublicId{customer.public_id});
    if (tokens) return keep(customer, std::move(*tokens));
    Failure failure = failure_of(tokens.error());
    if (failure.kind == FailureKind::access_withdrawn) {
        // Best effort: what it opened is shut already.
        const auto erased = services_.vault.erase({services_.client_id, customer.public_id});
        if (!erased) failure.detail.append("; ").append(erased.error().message);
    }
    return std::unexpected(std::move(failure));
}

client::Result<CustomerView> Shop::look(Customer& customer) {
    const client::AccessToken token{customer.access_token.reveal()};
    const Timestamp now = services_.now();
    auto user = services_.client.user(token);
    if (!user) return std::unexpected(std::move(user).error());
    auto membership = memberships_.find_or_create(token, now);
    if (!membership) return std::unexpected(std::move(membership).error());
    return CustomerView{customer.public_id, customer.scope, customer.access_expires_at - now,
                        std::move(*user), std::move(*membership)};
}

Attempt<CustomerView> Shop::look_or_renew(Customer& customer) {
    if (customer.access_expires_at - renewal_margin <= services_.now()) {
        if (auto renewed = renew(customer); !renewed) return std::unexpected(renewed.error());
    }
    auto view = look(customer);
    if (view) return std::move(*view);
    if (view.error().kind != client::ErrorKind::unauthorized) {
        return std::unexpected(failure_of(view.error()));
    }
    // Refused although it is not over: withdrawn, or cut off by the operator.
    if (auto renewed = renew(customer); !renewed) return std::unexpected(renewed.error());
    view = look(customer);
    if (!view) return std::unexpected(failure_of(view.error()));
    return std::move(*view);
}

}  // namespace storefront
