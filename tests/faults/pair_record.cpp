#include "tests/faults/pair_record.hpp"

#include <algorithm>
#include <array>

namespace latchkey::testing {
namespace {

struct Weight {
    PairAction action;
    unsigned share;
};
// Revoking is rare: it takes the others' material away.
constexpr std::array weights = {
    Weight{PairAction::refresh, 42},     Weight{PairAction::read, 18},
    Weight{PairAction::write, 15},       Weight{PairAction::exchange, 12},
    Weight{PairAction::issue_again, 12}, Weight{PairAction::revoke, 1},
};
constexpr std::size_t recent_families = 4;
constexpr std::size_t recent_access_tokens = 6;

std::size_t below(Dice& dice, std::size_t limit) { return dice() % limit; }
bool one_in(Dice& dice, std::size_t n) { return below(dice, n) == 0; }

PairAction choose_action(Dice& dice) {
    std::size_t throw_of_dice = below(dice, 100);
    for (const Weight& weight : weights) {
        if (throw_of_dice < weight.share) return weight.action;
        throw_of_dice -= weight.share;
    }
    return PairAction::read;
}

/// One of the last `recent` items, now and then any.
template <class T>
const T& choose_recent(Dice& dice, const std::vector<T>& items, std::size_t recent) {
    const std::size_t reach = one_in(dice, 10) ? items.size() : std::min(recent, items.size());
    return items[items.size() - 1 - below(dice, reach)];
}

TokenNumber value_number(const std::string& text) {
    return text.empty() ? 0 : std::stoll(text.substr(1));
}

}  // namespace

PairPlan PairRecord::plan(Dice& dice) {
    const std::lock_guard lock(mutex_);
    PairAction action = choose_action(dice);
    if (families_.empty()) action = PairAction::exchange;
    switch (action) {
        case PairAction::exchange: return plan_exchange(dice);
        case PairAction::refresh: return plan_refresh(dice);
        case PairAction::read:
        case PairAction::write: return plan_access(action, dice);
        case PairAction::issue_again:
        case PairAction::revoke: break;
    }
    return {{.action = action}, person_.public_id, {}};
}

PairPlan PairRecord::plan_after(const PairPlan& lost) {
    if (lost.operation.action != PairAction::write) return lost;
    return {{.action = PairAction::read, .presented = lost.operation.presented}, lost.text, {}};
}

PairPlan PairRecord::plan_exchange(Dice& dice) {
    std::vector<std::size_t> fresh;
    for (std::size_t i = 0; i < person_.consents.size(); ++i) {
        if (person_.consents[i].revocations == revocations_seen_ &&
            std::find(used_consents_.begin(), used_consents_.end(), i) == used_consents_.end()) {
            fresh.push_back(i);
        }
    }
    if (!fresh.empty() && !one_in(dice, 5)) {
        // Two clients often take the same one: the race for a single-use token.
        return exchange_of(fresh[below(dice, std::min<std::size_t>(fresh.size(), 2))]);
    }
    if (!used_consents_.empty() && !one_in(dice, 10)) {
        return exchange_of(used_consents_[below(dice, used_consents_.size())]);
    }
    return exchange_of(below(dice, person_.consents.size()));
}

PairPlan PairRecord::plan_refresh(Dice& dice) {
    const auto& family = choose_recent(dice, families_, recent_families);
    const std::size_t luck = below(dice, 100);
    const std::size_t last = family.size() - 1;
    if (luck < 70) return refresh_of(family[last]);
    if (luck < 94) return refresh_of(family[last == 0 ? 0 : last - 1]);
    return refresh_of(family[below(dice, family.size())]);
}

PairPlan PairRecord::plan_access(PairAction action, Dice& dice) {
    return access_with(action, choose_recent(dice, access_tokens_, recent_access_tokens));
}

PairPlan PairRecord::exchange_of(std::size_t consent) const {
    const ConsentTicket& ticket = person_.consents[consent];
    return {{.action = PairAction::exchange,
             .consent = static_cast<TokenNumber>(consent) + 1,
             .consent_revocations = ticket.revocations},
            ticket.token,
            {}};
}

PairPlan PairRecord::refresh_of(const KnownToken& token) {
    return {{.action = PairAction::refresh,
             .presented = token.number,
             .presented_family = token.family},
            token.text,
            {}};
}

PairPlan PairRecord::access_with(PairAction action, const KnownToken& token) {
    PairPlan plan{{.action = action, .presented = token.number}, token.text, {}};
    if (action == PairAction::write) {
        plan.operation.value = ++last_number_;
        plan.value = "v" + std::to_string(plan.operation.value);
    }
    return plan;
}

void PairRecord::record(const PairPlan& plan, const Answer& answer, const Interval& interval) {
    const std::lock_guard lock(mutex_);
    PairOperation operation = plan.operation;
    operation.interval = interval;
    const bool lost = answer.outcome == Outcome::lost;
    operation.certainty = lost ? Certainty::lost : Certainty::answered;
    operation.answer = answer.outcome == Outcome::refused ? PairOperation::Answer::refused
                                                          : PairOperation::Answer::ok;
    if (answer.outcome == Outcome::ok) learn(operation, answer);
    if (operation.action == PairAction::exchange) {
        const auto consent = static_cast<std::size_t>(operation.consent - 1);
        if (!lost) used_consents_.push_back(consent);
    }
    history_.push_back(operation);
}

void PairRecord::learn(PairOperation& operation, const Answer& answer) {
    if (operation.action == PairAction::read) operation.value = value_number(answer.value);
    if (operation.action == PairAction::revoke) ++revocations_seen_;
    if (answer.refresh_token.empty()) return;
    operation.access_token = ++last_number_;
    access_tokens_.push_back({answer.access_token, operation.access_token, 0});
    const auto [known, is_new] = refresh_numbers_.try_emplace(answer.refresh_token, 0);
    if (is_new) known->second = ++last_number_;
    operation.refresh_token = known->second;
    if (!is_new) return;
    const bool begins = operation.action != PairAction::refresh;
    const TokenNumber family = begins ? known->second : operation.presented_family;
    if (begins) families_.emplace_back();
    for (auto& tokens : families_) {
        if (tokens.empty() || tokens.front().family == family) {
            tokens.push_back({answer.refresh_token, known->second, family});
            return;
        }
    }
}

std::vector<PairPlan> PairRecord::inspection() {
    const std::lock_guard lock(mutex_);
    std::vector<PairPlan> plans;
    for (const auto& family : families_) plans.push_back(refresh_of(family.back()));
    for (const std::size_t consent : used_consents_) plans.push_back(exchange_of(consent));
    if (!access_tokens_.empty()) {
        plans.push_back(access_with(PairAction::read, access_tokens_.back()));
    }
    return plans;
}

std::vector<PairOperation> PairRecord::history() const {
    const std::lock_guard lock(mutex_);
    return history_;
}

}  // namespace latchkey::testing
