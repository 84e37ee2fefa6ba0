#include "http/router.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>

#include "http/exchange.hpp"

namespace latchkey::http {
namespace {

constexpr std::string_view name_of(Method method) noexcept {
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::delete_: return "DELETE";
        case Method::options: return "OPTIONS";
        case Method::other: break;
    }
    return "";
}

/// Takes the first segment, without its slash, off `path`; `path` starts with a slash.
std::string_view take_segment(std::string_view& path) noexcept {
    const std::size_t end = path.find('/', 1);
    const std::string_view segment = path.substr(1, end == std::string_view::npos ? end : end - 1);
    path = end == std::string_view::npos ? std::string_view() : path.substr(end);
    return segment;
}

/// The most segments that a pattern with parameters may have.
constexpr std::size_t max_segments = 12;

/// The segments of a path that starts with a slash.
class Segments {
public:
    explicit Segments(std::string_view path) noexcept {
        while (!path.empty() && size_ < all_.size()) all_[size_++] = take_segment(path);
        is_whole_ = path.empty();
    }
    /// Not of more segments than any pattern has.
    [[nodiscard]] bool is_whole() const noexcept { return is_whole_; }
    [[nodiscard]] std::span<const std::string_view> all() const noexcept {
        return std::span(all_).first(size_);
    }

private:
    std::array<std::string_view, max_segments> all_;
    std::size_t size_ = 0;
    bool is_whole_ = false;
};

bool is_parameter(std::string_view segment) noexcept {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

}  // namespace

const Handler* Router::Resource::find(Method method) const noexcept {
    for (const auto& [served, handler] : handlers) {
        if (served == method) return &handler;
    }
    return nullptr;
}

Router::Resource& Router::resource_for(std::string_view pattern) {
    if (!pattern.empty() && pattern.front() != '/') {
        throw std::logic_error("a route's pattern starts with '/'");
    }
    const Segments segments(pattern);
    const auto parameters = std::ranges::count_if(segments.all(), is_parameter);
    if (parameters > std::ptrdiff_t{max_parameters} || (parameters > 0 && !segments.is_whole())) {
        throw std::logic_error("a route has too many parameters or segments");
    }
    const auto all = segments.all();
    Resource made{pattern, shape_at(pattern), {all.begin(), all.end()}, {}};
    if (parameters == 0) return exact_.try_emplace(pattern, std::move(made)).first->second;
    for (Resource& resource : with_parameters_) {
        if (resource.pattern == pattern) return resource;
    }
    return with_parameters_.emplace_back(std::move(made));
}

void Router::add(Method method, Literal pattern, Handler handler) {
    Resource& resource = resource_for(pattern.view());
    if (resource.find(method) != nullptr) throw std::logic_error("a route was added twice");
    resource.handlers.emplace_back(method, std::move(handler));
}

void Router::refuse_in(Literal prefix, ErrorShape shape) {
    if (!exact_.empty() || !with_parameters_.empty()) {
        throw std::logic_error("shapes of errors come before routes");
    }
    shapes_.emplace_back(prefix.view(), shape);
}

ErrorShape Router::shape_at(std::string_view path) const noexcept {
    ErrorShape shape = error_response;
    std::size_t longest = 0;
    for (const auto& [prefix, one] : shapes_) {
        if (prefix.size() < longest || !path.starts_with(prefix)) continue;
        longest = prefix.size();
        shape = one;
    }
    return shape;
}

const Router::Resource* Router::match(std::string_view path, Parameters& found) const {
    if (const auto at = exact_.find(path); at != exact_.end()) return &at->second;
    if (path.empty() || path.front() != '/') return nullptr;
    const Segments segments(path);
    if (!segments.is_whole()) return nullptr;
    const auto given = segments.all();
    for (const Resource& resource : with_parameters_) {
        if (resource.segments.size() != given.size()) continue;
        std::size_t count = 0;
        const auto takes = [&](std::string_view wanted, std::string_view segment) {
            if (!is_parameter(wanted)) return wanted == segment;
            found[count++] = segment;
            return !segment.empty();
        };
        if (std::ranges::equal(resource.segments, given, takes)) return &resource;
        found = {};
    }
    return nullptr;
}

std::vector<Router::Route> Router::routes() const {
    std::vector<Route> all;
    const auto append = [&all](const Resource& resource) {
        for (const auto& [method, handler] : resource.handlers) {
            all.push_back({method, resource.pattern});
        }
    };
    for (const auto& [path, resource] : exact_) append(resource);
    for (const Resource& resource : with_parameters_) append(resource);
    return all;
}

Reply Router::handle(const Request& request) const {
    Parameters parameters{};
    const Resource* resource = match(request.path, parameters);
    const ErrorShape shape = resource != nullptr ? resource->error_shape : shape_at(request.path);
    if (request.exchange != nullptr) {
        if (resource != nullptr) request.exchange->route = resource->pattern;
        request.exchange->error_shape = shape;
    }
    if (resource == nullptr) {
        return shape(404, "NOT_FOUND", "There is nothing at this address");
    }
    const Handler* handler = resource->find(request.method);
    if (handler == nullptr && request.method == Method::head) handler = resource->find(Method::get);
    if (handler != nullptr) {
        Request routed = request;
        routed.parameters = parameters;
        return (*handler)(routed);
    }
    std::string allow;
    for (const auto& [method, unused] : resource->handlers) {
        allow.append(name_of(method)).append(", ");
        if (method == Method::get) allow.append("HEAD, ");
    }
    allow.append("OPTIONS");
    if (request.method == Method::options) {
        return Response{204, {}, std::string_view()}.with("Allow", std::move(allow));
    }
    return shape(405, "METHOD_NOT_ALLOWED", "This address does not take this method")
        .with("Allow", std::move(allow));
}

}  // namespace latchkey::http
