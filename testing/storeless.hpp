#pragma once

// For a server that has no store: what its handlers hand over as a Write runs at once, on the loop,
// and finds a group that begins nothing. Whoever has slow work but no store overrides write().

#include <memory>
#include <utility>

#include "net/server.hpp"

namespace latchkey::testing {

/// A group that begins nothing.
class StorelessGroup final : public database::WriteGroup {
public:
    Result<std::unique_ptr<database::WriteTransaction>> begin() override { return no_store(); }
    database::GroupState state() const noexcept override { return database::GroupState::sound; }

private:
    static Failure no_store() {
        return fail(ErrorCode::internal, "Internal error.", "this server has no store");
    }
    Result<void> make_durable() override { return {}; }
};

/// A transaction that reads nothing.
class StorelessRead final : public database::ReadTransaction {
public:
    Result<std::unique_ptr<database::Cursor>> query(database::Sql, database::Params) override {
        return fail(ErrorCode::internal, "Internal error.", "this server has no store");
    }
};

/// Refuses every read.
class StorelessReaders final : public database::Readers {
public:
    StorelessReaders() noexcept : Readers(nullptr) {}
    std::unique_ptr<database::ReadTransaction> begin_batch() override { return nullptr; }

private:
    void submit(Job job) override {
        job(fail(ErrorCode::internal, "Internal error.", "this server has no store"));
    }
};

class Storeless : public net::Storage {
public:
    database::Readers& readers() override { return readers_; }
    void write(http::Write work, http::ErrorShape, net::Done done) override {
        StorelessGroup none;
        database::AnswerBatch alone;
        done(work(none), alone);
    }
    http::Response refuse_read(const Error& error, http::ErrorShape) override {
        return http::text_response(500, std::string(error.public_text.view()));
    }

private:
    StorelessReaders readers_;
};

}  // namespace latchkey::testing
