#include "webhooks/payload.hpp"

#include "base/time/iso_time.hpp"
#include "json/writer.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::webhooks {

std::string message_id(const DeliveryKey& key) {
    return key.webhook_id.text() + "-" + key.id.text();
}

std::string make_body(const DeliveryRecord& delivery, const std::string& public_id) {
    std::string out;
    json::Writer writer(out);
    writer.begin_object()
        .field("type", event_name(delivery.topic))
        .field("timestamp", iso_time(delivery.created_at))
        .key("data")
        .begin_object()
        .field("publicId", public_id);
    const bool names_metafields = delivery.topic == ChangeTopic::metafields_set ||
                                  delivery.topic == ChangeTopic::metafields_deleted;
    if (names_metafields) {
        writer.key("metafields").begin_array();
        for (const std::string& key : delivery.keys) {
            writer.begin_object().field("key", key).end_object();
        }
        writer.end_array();
    }
    writer.end_object().end_object();
    return out;
}

}  // namespace latchkey::webhooks
