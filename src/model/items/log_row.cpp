// Reads values out of a payload's text, without making a tree of it.
#include "model/items/log_row.h"

#include "model/items/json_preview.h"
#include "store/filter/filter_matcher.h"
#include "store/filter/json_probe.h"

#include <optional>

namespace rewindow {

namespace {

constexpr std::size_t kDataShown = 400;
constexpr std::size_t kFieldShown = 200;
/// Of a path that names many values.
constexpr int kValuesShown = 8;

QString beginning(std::string_view text, std::size_t limit) {
    QString shown = toQString(utf8Beginning(text, limit));
    if (text.size() > limit)
        shown += QStringLiteral("… (%1)").arg(byteCountText(static_cast<qint64>(text.size())));
    return shown;
}

/// Text without its quotes, unless nothing would be left to see.
QString shownValue(const RawJson& raw) {
    if (raw.kind() != Json::Kind::String)
        return beginning(raw.text(), kFieldShown);
    std::string buffer;
    const std::string_view text = raw.string(buffer);
    return text.empty() ? QStringLiteral("\"\"") : beginning(text, kFieldShown);
}

class Field {
  public:
    explicit Field(const FilterPlace& place)
        : m_probe(place.path)
        , m_isOfMetadata(place.field == FilterField::Meta) {}

    bool isOfMetadata() const { return m_isOfMetadata; }

    LogField in(std::string_view payload) const {
        LogField field;
        int values = 0;
        m_probe.any(payload, [&](const RawJson& raw) {
            if (++values > kValuesShown) {
                field.shown += QStringLiteral(", …");
                return true;
            }
            if (values > 1)
                field.shown += QStringLiteral(", ");
            field.shown += shownValue(raw);
            if (values == 1 && raw.kind() < Json::Kind::Array && raw.text().size() <= kFieldShown)
                field.value = Json::parse(raw.text()).value_or(Json());
            field.isOne = values == 1 && (raw.kind() == Json::Kind::Null || !field.value.isNull());
            return false;
        });
        field.isThere = values > 0;
        return field;
    }

  private:
    JsonProbe m_probe;
    bool m_isOfMetadata;
};

} // namespace

struct LogRowMaker::Private {
    std::vector<Field> fields;
    std::vector<FilterMatcher> rules;
};

LogRowMaker::LogRowMaker(const std::vector<FilterPlace>& fields,
                         const std::vector<EventFilter>& rules) {
    auto parts = std::make_unique<Private>();
    for (const FilterPlace& place : fields)
        parts->fields.emplace_back(place);
    for (const EventFilter& rule : rules)
        parts->rules.emplace_back(rule.expression());
    d = std::move(parts);
}

LogRowMaker::~LogRowMaker() = default;

LogRow LogRowMaker::row(const RecordedEvent& event) const {
    LogRow row{.position = event.position(),
               .version = event.version(),
               .recordedAt = event.recordedAt(),
               .type = toQString(event.type()),
               .stream = toQString(event.stream()),
               .data = beginning(event.data(), kDataShown),
               .correlation = toQString(event.correlationId()),
               .causation = toQString(event.causationId()),
               .id = toQString(event.id()),
               .fields = {}};
    // Looked at once, and only when a field asks.
    std::optional<bool> isJsonThere[2];
    for (const Field& field : d->fields) {
        const std::string_view text = field.isOfMetadata() ? event.metadata() : event.data();
        std::optional<bool>& isThere = isJsonThere[field.isOfMetadata() ? 1 : 0];
        if (!isThere)
            isThere = !text.empty() && isJson(text);
        row.fields.push_back(*isThere ? field.in(text) : LogField());
    }
    const EventSubject subject(event);
    for (std::size_t i = 0; i < d->rules.size() && row.rule < 0; ++i) {
        if (d->rules[i].matches(subject))
            row.rule = static_cast<int>(i);
    }
    return row;
}

} // namespace rewindow
