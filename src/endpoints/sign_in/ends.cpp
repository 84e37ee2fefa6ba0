#include "endpoints/sign_in/ends.hpp"

#include <variant>

namespace latchkey::endpoints {
namespace {

/// Which way goes with which continuation.
template <class Use>
struct WayOf {
    const Visit& visit;
    const Use& use;

    auto operator()(const interaction::SdkMessage& ends) const {
        return with(SdkMessageEnd{visit, ends});
    }
    auto operator()(const interaction::RedirectFragment& ends) const {
        return with(RedirectFragmentEnd{visit, ends});
    }
    auto operator()(const interaction::OwnAccount&) const { return with(OwnAccountEnd{visit}); }

private:
    auto with(const WayToEnd auto& way) const { return use(way); }
};

template <class Use>
auto use_way(const Visit& visit, const Use& use) {
    return std::visit(WayOf<Use>{visit, use}, visit.sign_in.ends);
}

/// Which hook goes with which ending.
template <WayToEnd Way>
struct EndBy {
    const Way& way;
    database::ReadTransaction& tx;

    Result<http::Response> operator()(const interaction::Completed& ending) const {
        return way.complete(tx, ending);
    }
    Result<http::Response> operator()(const interaction::Refused& ending) const {
        return way.refuse(ending);
    }
    Result<http::Response> operator()(const interaction::ToAccount&) const { return to_account(); }
};

}  // namespace

void name_origins(const Visit& visit, pages::PageContext& context) {
    use_way(visit, [&context](const auto& way) { way.name_origins(context); });
}

Result<http::Response> end_sign_in(const Visit& visit, database::ReadTransaction& tx,
                                   const interaction::Ending& ending) {
    return use_way(visit, [&](const auto& way) { return std::visit(EndBy{way, tx}, ending); });
}

http::Response fail_sign_in(const Visit& visit, const Error& error) {
    return use_way(visit, [&error](const auto& way) { return way.fail(error); });
}

http::Response to_account() { return http::see_other("/account"); }

}  // namespace latchkey::endpoints
