#pragma once

// A person's browser on the pages of a world whose store fails: it walks as far as one form, which
// is then sent again and again.

#include <string>

#include "endpoints/sign_in/world_test.hpp"
#include "tests/faults/statements/write_paths.hpp"

namespace latchkey::testing {

class PageScene {
public:
    explicit PageScene(FaultWorld& world);

    [[nodiscard]] std::string sign_in_url(std::string_view scope) const;
    /// As far as the page after the right code.
    endpoints::Shown sign_in(std::string_view email, const std::string& from);
    /// Signs in to the account page, where `email` begins as a new person.
    endpoints::Shown open_account(std::string_view email);

    /// The form of `page` that send() will send, with its hidden fields.
    void choose(const endpoints::Shown& page, const std::string& path,
                endpoints::FormFields fields = {});
    /// One request, from the browser as it is now. A page that tells of a fault of ours is a
    /// failure of the storage; any other answer is an end.
    [[nodiscard]] Result<void> send();

    webauthn::RelyingParty party{"id.example.com", "https://id.example.com", "Latchkey"};
    webauthn::Passkeys passkeys;
    endpoints::SignInParts parts;
    endpoints::Site router;
    endpoints::Browser browser{router};

private:
    FaultWorld& world_;
    std::string target_;
    endpoints::FormFields fields_;
};

}  // namespace latchkey::testing
