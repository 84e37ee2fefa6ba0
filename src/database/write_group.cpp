#include "database/write_group.hpp"

namespace latchkey::database {

Result<void> WriteTransaction::commit() {
    std::vector<Effect>& kept = group_.effects_;
    const auto before = static_cast<std::ptrdiff_t>(kept.size());
    for (Effect& effect : effects_) kept.push_back(std::move(effect));
    effects_.clear();
    auto result = keep();
    if (!result) kept.erase(kept.begin() + before, kept.end());
    return result;
}

Result<void> WriteGroup::commit() {
    TRY(make_durable());
    for (Effect& effect : effects_) {
        try {
            effect();
        } catch (...) {
            thrown_.push_back(std::current_exception());
        }
    }
    effects_.clear();
    return {};
}

}  // namespace latchkey::database
