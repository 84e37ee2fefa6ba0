#include "net/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

namespace latchkey::net {
namespace {

// TLS 1.2 only with forward secrecy and authenticated encryption; 1.3 has nothing else.
constexpr const char* tls12_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr std::string_view only_protocol = "http/1.1";

/// RFC 7301: takes http/1.1 if the client offers it; otherwise the extension is not answered.
int choose_protocol(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned int offered_size, void* /*argument*/) {
    std::string_view rest(reinterpret_cast<const char*>(offered), offered_size);
    while (!rest.empty()) {
        const std::size_t size = static_cast<unsigned char>(rest.front());
        rest.remove_prefix(1);
        if (rest.substr(0, size) == only_protocol) {
            *chosen = reinterpret_cast<const unsigned char*>(rest.data());
            *chosen_size = static_cast<unsigned char>(size);
            return SSL_TLSEXT_ERR_OK;
        }
        rest.remove_prefix(std::min(size, rest.size()));
    }
    return SSL_TLSEXT_ERR_NOACK;
}

/// The library's own words for the operator; they name no key material.
std::string library_error() {
    std::string text(256, '\0');
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    ERR_clear_error();
    text.resize(text.find('\0'));
    return text;
}

Result<void> check_readable(const std::string& path) {
    if (::access(path.c_str(), R_OK) == 0) return {};
    return fail(ErrorCode::no_permission, "A TLS file cannot be read", path);
}

}  // namespace

struct TlsContext::Context {
    SSL_CTX* handle;
    explicit Context(SSL_CTX* owned) : handle(owned) {}
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context() { SSL_CTX_free(handle); }
};

struct TlsSession::Ssl {
    SSL* handle;
    explicit Ssl(SSL* owned) : handle(owned) {}
    Ssl(const Ssl&) = delete;
    Ssl& operator=(const Ssl&) = delete;
    ~Ssl() { SSL_free(handle); }
};

TlsContext::TlsContext(std::unique_ptr<Context> context) : context_(std::move(context)) {}
TlsContext::~TlsContext() = default;

Result<std::unique_ptr<TlsContext>> TlsContext::load(const TlsFiles& files) {
    TRY(check_readable(files.certificate_path));
    TRY(check_readable(files.key_path));
    auto context = std::make_unique<Context>(SSL_CTX_new(TLS_server_method()));
    SSL_CTX* const handle = context->handle;
    if (handle == nullptr) {
        return fail(ErrorCode::unavailable, "TLS is not available", library_error());
    }
    SSL_CTX_set_min_proto_version(handle, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(handle, tls12_ciphers);
    SSL_CTX_set_options(
        handle, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(handle, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                 SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(handle, choose_protocol, nullptr);
    if (SSL_CTX_use_certificate_chain_file(handle, files.certificate_path.c_str()) != 1) {
        return fail(ErrorCode::invalid_argument, "The TLS certificate is not a PEM chain",
                    files.certificate_path + ": " + library_error());
    }
    if (SSL_CTX_use_PrivateKey_file(handle, files.key_path.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(handle) != 1) {
        return fail(ErrorCode::invalid_argument, "The TLS key is not the certificate's",
                    files.key_path + ": " + library_error());
    }
    return std::unique_ptr<TlsContext>(new TlsContext(std::move(context)));
}

std::unique_ptr<TlsSession> TlsContext::accept(int socket) const {
    auto ssl = std::make_unique<TlsSession::Ssl>(SSL_new(context_->handle));
    if (ssl->handle == nullptr || SSL_set_fd(ssl->handle, socket) != 1) return nullptr;
    SSL_set_accept_state(ssl->handle);
    return std::unique_ptr<TlsSession>(new TlsSession(std::move(ssl)));
}

TlsSession::TlsSession(std::unique_ptr<Ssl> ssl) : ssl_(std::move(ssl)) {}
TlsSession::~TlsSession() = default;

IoResult TlsSession::failure(int returned) {
    switch (SSL_get_error(ssl_->handle, returned)) {
        case SSL_ERROR_WANT_READ: return {IoStatus::would_block};
        case SSL_ERROR_WANT_WRITE: wants_write_ = true; return {IoStatus::would_block};
        case SSL_ERROR_ZERO_RETURN: return {IoStatus::ended};
        default: return {IoStatus::failed};
    }
}

IoResult TlsSession::read(std::span<char> into) {
    // The error queue belongs to the thread, not to the session: what another left is not ours.
    ERR_clear_error();
    wants_write_ = false;
    const int size = static_cast<int>(std::min<std::size_t>(into.size(), INT_MAX));
    const int count = SSL_read(ssl_->handle, into.data(), size);
    if (count > 0) return {IoStatus::done, static_cast<std::size_t>(count)};
    return failure(count);
}

IoResult TlsSession::write(std::string_view bytes) {
    ERR_clear_error();
    wants_write_ = false;
    const int size = static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX));
    const int count = SSL_write(ssl_->handle, bytes.data(), size);
    if (count > 0) return {IoStatus::done, static_cast<std::size_t>(count)};
    return failure(count);
}

void TlsSession::end_writing() {
    ERR_clear_error();
    SSL_shutdown(ssl_->handle);
}

}  // namespace latchkey::net
