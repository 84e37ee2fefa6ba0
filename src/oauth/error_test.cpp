#include "oauth/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace latchkey::oauth {
namespace {

struct Section {
    std::string_view title;
    Endpoint endpoint;
    std::vector<std::string_view> names;
};

/// What each specification lists for one endpoint, copied from it.
std::vector<Section> sections() {
    using enum Endpoint;
    return {
        {"RFC 6749 4.1.2.1",
         authorization,
         {"invalid_request", "unauthorized_client", "access_denied", "unsupported_response_type",
          "invalid_scope", "server_error", "temporarily_unavailable"}},
        {"RFC 6749 5.2",
         token,
         {"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client",
          "unsupported_grant_type", "invalid_scope"}},
        {"RFC 6750 3.1", resource, {"invalid_request", "invalid_token", "insufficient_scope"}},
        {"RFC 7009 2.2.1",
         revocation,
         {"invalid_request", "invalid_client", "invalid_grant", "unsupported_token_type"}},
        {"RFC 7662 2.3", introspection, {"invalid_request", "invalid_client", "invalid_token"}},
        {"RFC 8628 3.1",
         device_authorization,
         {"invalid_request", "invalid_client", "unauthorized_client", "invalid_scope"}},
        {"RFC 8628 3.5",
         token,
         {"authorization_pending", "slow_down", "access_denied", "expired_token"}},
        {"RFC 8693 2.2.2", token, {"invalid_request", "invalid_target"}},
        {"RFC 8707 2", authorization, {"invalid_target"}},
        {"RFC 9126 2.3",
         pushed_authorization,
         {"invalid_request", "invalid_client", "unauthorized_client", "access_denied",
          "unsupported_response_type", "invalid_scope", "server_error", "temporarily_unavailable",
          "invalid_request_object", "invalid_target"}},
        {"RFC 9449 5 and 8", token, {"invalid_dpop_proof", "use_dpop_nonce"}},
        {"RFC 9449 7.1 and 9", resource, {"invalid_token", "invalid_dpop_proof", "use_dpop_nonce"}},
        {"OpenID Connect Core 1.0 3.1.2.6",
         authorization,
         {"interaction_required", "login_required", "account_selection_required",
          "consent_required", "invalid_request_uri", "invalid_request_object",
          "request_not_supported", "request_uri_not_supported", "registration_not_supported"}},
    };
}

/// "A..": at each endpoint, by its letter; a point where it may not be answered.
std::string where(const Endpoints& endpoints) {
    constexpr std::pair<Endpoint, char> letters[] = {{Endpoint::authorization, 'A'},
                                                     {Endpoint::pushed_authorization, 'P'},
                                                     {Endpoint::device_authorization, 'D'},
                                                     {Endpoint::token, 'T'},
                                                     {Endpoint::revocation, 'R'},
                                                     {Endpoint::introspection, 'I'},
                                                     {Endpoint::resource, 'S'}};
    std::string out;
    for (const auto& [endpoint, letter] : letters) out += endpoints.has(endpoint) ? letter : '.';
    return out;
}

/// A row of the whole table, from the specifications. Where one does not say a status, it is that
/// of the endpoint's errors in general: 400 (RFC 6749 5.2).
struct Whole {
    std::string_view name;
    int status;
    int resource_status;
    std::string_view where;
    std::string_view section;

    bool operator==(const Whole&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Whole& row) {
    return out << row.name << ' ' << row.status << ' ' << row.resource_status << ' ' << row.where
               << ' ' << row.section;
}

constexpr Whole whole_table[] = {
    {"invalid_request", 400, 400, "APDTRIS", "RFC 6749 5.2"},
    {"invalid_client", 401, 0, ".PDTRI.", "RFC 6749 5.2"},
    {"invalid_grant", 400, 0, "...TR..", "RFC 6749 5.2"},  // RFC 7009 2.1: another client's token
    {"unauthorized_client", 400, 0, "APDT...", "RFC 6749 5.2"},
    {"unsupported_grant_type", 400, 0, "...T...", "RFC 6749 5.2"},
    {"invalid_scope", 400, 0, "APDT...", "RFC 6749 5.2"},
    {"access_denied", 400, 0, "AP.T...", "RFC 6749 4.1.2.1"},  // RFC 8628 3.5; RFC 9126 2.3
    {"unsupported_response_type", 400, 0, "AP.....", "RFC 6749 4.1.2.1"},
    {"server_error", 500, 500, "APDTRIS", "RFC 6749 4.1.2.1"},
    {"temporarily_unavailable", 503, 503, "APDTRIS", "RFC 6749 4.1.2.1"},
    {"invalid_token", 401, 401, ".....IS", "RFC 6750 3.1"},  // RFC 7662 2.3
    {"insufficient_scope", 403, 403, "......S", "RFC 6750 3.1"},
    {"unsupported_token_type", 400, 0, "....R..", "RFC 7009 2.2.1"},
    {"authorization_pending", 400, 0, "...T...", "RFC 8628 3.5"},
    {"slow_down", 400, 0, "...T...", "RFC 8628 3.5"},
    {"expired_token", 400, 0, "...T...", "RFC 8628 3.5"},
    {"invalid_target", 400, 0, "AP.T...", "RFC 8707 2"},        // RFC 8693 2.2.2
    {"invalid_dpop_proof", 400, 401, ".P.T..S", "RFC 9449 5"},  // 7.1, 10.1
    {"use_dpop_nonce", 400, 401, ".P.T..S", "RFC 9449 8"},      // 9, 10.1
    // Of a person, whom a pushed request does not meet.
    {"interaction_required", 400, 0, "A......", "OpenID Connect Core 1.0 3.1.2.6"},
    {"login_required", 400, 0, "A......", "OpenID Connect Core 1.0 3.1.2.6"},
    {"account_selection_required", 400, 0, "A......", "OpenID Connect Core 1.0 3.1.2.6"},
    {"consent_required", 400, 0, "A......", "OpenID Connect Core 1.0 3.1.2.6"},
    {"invalid_request_uri", 400, 0, "AP.....", "OpenID Connect Core 1.0 3.1.2.6"},
    {"invalid_request_object", 400, 0, "AP.....", "OpenID Connect Core 1.0 3.1.2.6"},
    {"request_not_supported", 400, 0, "AP.....", "OpenID Connect Core 1.0 3.1.2.6"},
    {"request_uri_not_supported", 400, 0, "AP.....", "OpenID Connect Core 1.0 3.1.2.6"},
    {"registration_not_supported", 400, 0, "AP.....", "OpenID Connect Core 1.0 3.1.2.6"},
};

TEST(OauthErrors, AreThisTable) {
    ASSERT_EQ(error_table().size(), std::size(whole_table));
    for (std::size_t i = 0; i < std::size(whole_table); ++i) {
        const ErrorRow& row = error_table()[i];
        const std::string letters = where(row.endpoints);
        EXPECT_EQ((Whole{row.name, row.status, row.resource_status, letters, row.section}),
                  whole_table[i]);
        EXPECT_EQ(row_of(row.error).name, row.name);
    }
}

const ErrorRow* find_row(std::string_view name) {
    const auto row = std::ranges::find(error_table(), name, &ErrorRow::name);
    return row == error_table().end() ? nullptr : &*row;
}

TEST(OauthErrors, AreThoseOfTheSpecificationsEachWhereItMayBeAnswered) {
    for (const Section& section : sections()) {
        for (const std::string_view name : section.names) {
            const ErrorRow* row = find_row(name);
            ASSERT_NE(row, nullptr) << section.title << ' ' << name;
            EXPECT_TRUE(row->endpoints.has(section.endpoint)) << section.title << ' ' << name;
        }
    }
}

TEST(OauthErrors, AreNoneThatNoSpecificationLists) {
    std::set<std::string_view> listed;
    for (const Section& section : sections()) {
        listed.insert(section.names.begin(), section.names.end());
    }
    std::set<std::string_view> known;
    for (const ErrorRow& row : error_table()) known.insert(row.name);
    EXPECT_EQ(known, listed);
    EXPECT_EQ(known.size(), error_table().size()) << "no name twice";
}

TEST(OauthErrors, AreNotAnsweredWhereTheyHaveNoMeaning) {
    struct Row {
        Error error;
        Endpoint endpoint;
    };
    for (const Row& row : {Row{Error::login_required, Endpoint::token},
                           Row{Error::invalid_grant, Endpoint::resource},
                           Row{Error::invalid_grant, Endpoint::authorization},
                           Row{Error::invalid_client, Endpoint::authorization},
                           Row{Error::authorization_pending, Endpoint::authorization},
                           Row{Error::insufficient_scope, Endpoint::token},
                           Row{Error::unsupported_token_type, Endpoint::token},
                           Row{Error::use_dpop_nonce, Endpoint::authorization},
                           Row{Error::unsupported_grant_type, Endpoint::revocation}}) {
        EXPECT_FALSE(row_of(row.error).endpoints.has(row.endpoint)) << row_of(row.error).name;
    }
}

TEST(OauthErrors, HaveStatusTextAndSection) {
    for (const ErrorRow& row : error_table()) {
        EXPECT_TRUE(row.status >= 400 && row.status < 600) << row.name;
        EXPECT_EQ(row.resource_status != 0, row.endpoints.has(Endpoint::resource)) << row.name;
        EXPECT_FALSE(row.section.empty()) << row.name;
        EXPECT_FALSE(row.description.view().empty()) << row.name;
        // RFC 6749 5.2: no '"' and no '\' in a description, and ASCII.
        EXPECT_TRUE(std::ranges::all_of(row.description.view(), [](char c) {
            return c >= ' ' && c <= '~' && c != '"' && c != '\\';
        })) << row.name;
    }
    EXPECT_EQ(row_of(Error::invalid_client).status, 401);               // RFC 6749 5.2
    EXPECT_EQ(row_of(Error::invalid_token).resource_status, 401);       // RFC 6750 3.1
    EXPECT_EQ(row_of(Error::insufficient_scope).resource_status, 403);  // RFC 6750 3.1
    EXPECT_EQ(row_of(Error::use_dpop_nonce).status, 400);               // RFC 9449 8
    EXPECT_EQ(row_of(Error::use_dpop_nonce).resource_status, 401);      // RFC 9449 9
    EXPECT_EQ(row_of(Error::temporarily_unavailable).status, 503);      // RFC 7009 2.2.1
}

}  // namespace
}  // namespace latchkey::oauth
