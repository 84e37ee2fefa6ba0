#pragma once

// What the shop does with Latchkey, as the guide tells it: exchange the consent token, keep the
// refresh token sealed, read the person, renew, notice a withdrawal. Calls block.

#include <latchkey/client/client.hpp>
#include <latchkey/client/vault.hpp>

#include <memory>
#include <string>

#include "clock.hpp"
#include "customer.hpp"
#include "failure.hpp"
#include "memberships.hpp"

namespace storefront {

struct ShopServices {
    client::Client& client;
    client::Vault& vault;
    Clock now;
    std::string client_id;
};

struct SignedIn {
    std::shared_ptr<Customer> customer;
    CustomerView view;
};

/// Thread-safe: each customer is locked for the length of a call.
class Shop {
public:
    explicit Shop(ShopServices services);

    /// The first exchange. sign_in_refused: the token is wrong, used up or too old.
    [[nodiscard]] Attempt<SignedIn> sign_in(client::ConsentToken consent_token);

    // All of these: access_withdrawn when the connection was ended. The refresh token is erased
    // then, and the customer is of no more use.

    /// Reads the person with the access token at hand, renewing one that is over.
    [[nodiscard]] Attempt<CustomerView> read(Customer& customer);
    /// A new access token by the refresh token, then a read with it.
    [[nodiscard]] Attempt<CustomerView> refresh(Customer& customer);
    /// New tokens by the public id, then a read with them.
    [[nodiscard]] Attempt<CustomerView> read_by_public_id(Customer& customer);

private:
    [[nodiscard]] Attempt<void> keep(Customer& customer, client::Tokens tokens);
    [[nodiscard]] Attempt<void> renew(Customer& customer);
    [[nodiscard]] Attempt<void> renew_by_public_id(Customer& customer);
    [[nodiscard]] client::Result<CustomerView> look(Customer& customer);
    [[nodiscard]] Attempt<CustomerView> look_or_renew(Customer& customer);

    ShopServices services_;
    Memberships memberships_;
};

}  // namespace storefront
