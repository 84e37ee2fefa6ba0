#include "tests/faults/pair_model.hpp"

#include <algorithm>
#include <utility>

namespace latchkey::testing {
namespace {

constexpr std::size_t max_live_families = 20;

using States = std::vector<PairState>;

bool was_lost(const PairOperation& op) { return op.certainty == Certainty::lost; }
bool was_refused(const PairOperation& op) {
    return !was_lost(op) && op.answer == PairOperation::Answer::refused;
}
bool was_ok(const PairOperation& op) { return !was_lost(op) && !was_refused(op); }

/// A token that a lost answer held: one of its own for each operation.
TokenNumber unseen(const PairOperation& op) { return -1 - op.interval.called; }

void add(std::vector<TokenNumber>& set, TokenNumber token) {
    if (token != 0) set.insert(std::upper_bound(set.begin(), set.end(), token), token);
}

bool contains(const std::vector<TokenNumber>& set, TokenNumber token) {
    return std::binary_search(set.begin(), set.end(), token);
}

void add(std::vector<ModelAccess>& set, ModelAccess access) {
    if (access.token != 0) set.insert(std::upper_bound(set.begin(), set.end(), access), access);
}

bool is_good(const PairState& state, TokenNumber access_token) {
    return std::any_of(
        state.access.begin(), state.access.end(),
        [access_token](const ModelAccess& access) { return access.token == access_token; });
}

States begin_family(PairState state, const PairOperation& op) {
    if (was_lost(op)) {
        ++state.unseen_families;
    } else {
        state.families.push_back({.first = op.refresh_token, .current = op.refresh_token});
    }
    add(state.access, {op.access_token, op.refresh_token});
    if (state.families.size() + state.unseen_families <= max_live_families) return {state};
    States states;
    if (!state.families.empty()) {
        states.push_back(state);
        states.back().families.erase(states.back().families.begin());
    }
    if (state.unseen_families > 0) {
        states.push_back(state);
        --states.back().unseen_families;
    }
    return states;
}

/// The state unchanged, if the answer is one that changes nothing.
States refusal_only(const PairState& state, const PairOperation& op) {
    return was_refused(op) ? States{state} : States{};
}

States exchange(PairState state, const PairOperation& op) {
    if (contains(state.consumed, op.consent)) return refusal_only(state, op);
    add(state.consumed, op.consent);
    if (op.consent_revocations != state.revocations) {  // withdrawn; used up all the same
        return was_ok(op) ? States{} : States{state};
    }
    if (was_refused(op)) return {};
    state.live = true;
    return begin_family(std::move(state), op);
}

States issue_again(const PairState& state, const PairOperation& op) {
    if (!state.live) return refusal_only(state, op);
    if (was_refused(op)) return {};
    return begin_family(state, op);
}

States rotate(PairState state, const PairOperation& op, std::size_t family) {
    if (was_refused(op)) return {};
    ModelFamily& rotated = state.families[family];
    rotated.parent = op.presented;
    rotated.current = was_lost(op) ? unseen(op) : op.refresh_token;
    rotated.rotated = op.interval.called;
    add(state.access, {op.access_token, rotated.first});
    return {std::move(state)};
}

/// Reuse: the family dies with its access tokens, whether the refusal arrives or not.
States kill(PairState state, const PairOperation& op, std::size_t family) {
    if (was_ok(op)) return {};
    const TokenNumber first = state.families[family].first;
    std::erase_if(state.access,
                  [first](const ModelAccess& access) { return access.family == first; });
    state.families.erase(state.families.begin() + static_cast<std::ptrdiff_t>(family));
    return {std::move(state)};
}

/// The server counts whole seconds.
bool may_be_late(const ModelFamily& family, const PairOperation& op) {
    return op.interval.returned - family.rotated >
           (model_grace_seconds - 1) * std::int64_t{1'000'000'000};
}

/// The parent again: the same successor as before, whoever saw it first.
States repeat(PairState state, const PairOperation& op, std::size_t family) {
    ModelFamily& repeated = state.families[family];
    if (was_refused(op)) {
        return may_be_late(repeated, op) ? kill(std::move(state), op, family) : States{};
    }
    if (was_lost(op)) {
        States states{state};
        if (may_be_late(repeated, op)) states.push_back(kill(state, op, family).front());
        return states;
    }
    if (repeated.current < 0) repeated.current = op.refresh_token;
    if (repeated.current != op.refresh_token) return {};
    add(state.access, {op.access_token, repeated.first});
    return {std::move(state)};
}

States refresh(PairState state, const PairOperation& op) {
    const auto family =
        std::find_if(state.families.begin(), state.families.end(),
                     [&op](const ModelFamily& f) { return f.first == op.presented_family; });
    if (family == state.families.end()) return refusal_only(state, op);
    const auto index = static_cast<std::size_t>(family - state.families.begin());
    if (op.presented == family->current) return rotate(std::move(state), op, index);
    if (op.presented == family->parent) return repeat(std::move(state), op, index);
    return kill(std::move(state), op, index);
}

States read(const PairState& state, const PairOperation& op) {
    if (was_lost(op)) return {};
    if (!is_good(state, op.presented)) return refusal_only(state, op);
    return was_ok(op) && op.value == state.value ? States{state} : States{};
}

States write(PairState state, const PairOperation& op) {
    if (!is_good(state, op.presented)) return refusal_only(state, op);
    if (was_refused(op)) return {};
    state.value = op.value;
    return {std::move(state)};
}

States revoke(PairState state, const PairOperation& op) {
    if (!state.live) return refusal_only(state, op);
    if (was_refused(op)) return {};
    state.live = false;
    ++state.revocations;
    state.families.clear();
    state.unseen_families = 0;
    state.access.clear();
    return {std::move(state)};
}

}  // namespace

std::vector<PairState> PairModel::apply(const PairState& state, const PairOperation& operation) {
    switch (operation.action) {
        case PairAction::exchange: return exchange(state, operation);
        case PairAction::issue_again: return issue_again(state, operation);
        case PairAction::refresh: return refresh(state, operation);
        case PairAction::read: return read(state, operation);
        case PairAction::write: return write(state, operation);
        case PairAction::revoke: return revoke(state, operation);
    }
    return {};
}

}  // namespace latchkey::testing
