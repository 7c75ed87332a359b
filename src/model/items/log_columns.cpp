// The words for columns, and lists of them.
#include "model/items/log_columns.h"

#include "base/json.h"
#include "store/filter/filter_parser.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rewindow {

namespace {

using Kind = LogColumn::Kind;

constexpr std::array<std::pair<Kind, const char*>, 10> kWords{{{Kind::Position, "position"},
                                                               {Kind::Recorded, "time"},
                                                               {Kind::Type, "type"},
                                                               {Kind::Stream, "stream"},
                                                               {Kind::Version, "version"},
                                                               {Kind::Data, "data"},
                                                               {Kind::Since, "since"},
                                                               {Kind::Correlation, "correlation"},
                                                               {Kind::Causation, "causation"},
                                                               {Kind::Id, "id"}}};

/// `has:` asks for a place and nothing else, so that the filter's own reader knows what is one.
const QString kHas = QStringLiteral("has:");

std::vector<LogColumn> usual() {
    return {{Kind::Position}, {Kind::Recorded}, {Kind::Type},
            {Kind::Stream},   {Kind::Version},  {Kind::Data}};
}

} // namespace

QString LogColumn::word() const {
    if (kind == Kind::Field)
        return field.toString();
    const auto known = std::ranges::find(kWords, kind, &decltype(kWords)::value_type::first);
    return QString::fromLatin1(known->second);
}

Result<LogColumn> LogColumn::fromWord(const QString& word) {
    for (const auto& [kind, name] : kWords) {
        if (word == QLatin1String(name))
            return LogColumn{kind};
    }
    const QString expected = QStringLiteral(
        "name a value of the payload or the metadata, such as data.quantity or meta.user");
    const auto read = parseFilter(kHas + word, Timestamp());
    if (!read) {
        const auto column = std::max<qsizetype>(read.error().start - kHas.size(), 0) + 1;
        return fail(Error::Kind::Usage,
                    QStringLiteral("“%1” is no column: %2").arg(word, read.error().message),
                    expected, QStringLiteral("column %1").arg(column));
    }
    if (read->kind() != FilterExpression::Kind::Presence ||
        kindOf(read->place().field) != FilterFieldKind::Json || read->place().path.isEmpty())
        return fail(Error::Kind::Usage, QStringLiteral("“%1” is no column").arg(word), expected);
    return LogColumn{Kind::Field, read->place()};
}

std::vector<LogColumn> LogColumn::fixed() {
    std::vector<LogColumn> columns;
    columns.reserve(kWords.size());
    for (const auto& known : kWords)
        columns.push_back({known.first});
    return columns;
}

LogColumns::LogColumns(const std::vector<LogColumn>& columns) {
    for (const LogColumn& column : columns) {
        if (!has(column) && m_list.size() < kMost)
            m_list.push_back(column);
    }
    if (m_list.empty())
        m_list = usual();
}

bool LogColumns::has(const LogColumn& column) const {
    return std::ranges::find(m_list, column) != m_list.end();
}

LogColumns LogColumns::with(const LogColumn& column) const {
    std::vector<LogColumn> list = m_list;
    const bool endsWithData = list.back().kind == Kind::Data;
    list.insert(list.end() - (endsWithData ? 1 : 0), column);
    return LogColumns(list);
}

LogColumns LogColumns::without(const LogColumn& column) const {
    std::vector<LogColumn> list = m_list;
    std::erase(list, column);
    return LogColumns(list);
}

std::vector<FilterPlace> LogColumns::fields() const {
    std::vector<FilterPlace> fields;
    for (const LogColumn& column : m_list) {
        if (column.kind == Kind::Field)
            fields.push_back(column.field);
    }
    return fields;
}

QString LogColumns::toText() const {
    std::vector<Json> words;
    words.reserve(m_list.size());
    for (const LogColumn& column : m_list)
        words.emplace_back(column.word());
    return QString::fromStdString(Json::array(std::move(words)).dump());
}

Result<LogColumns> LogColumns::fromText(const QString& text) {
    const Result<Json> words = Json::parse(text.toStdString());
    if (!words)
        return std::unexpected(words.error());
    if (words->kind() != Json::Kind::Array)
        return fail(Error::Kind::BadInput, QStringLiteral("columns are a JSON array of words"));
    std::vector<LogColumn> columns;
    for (std::size_t i = 0; i < std::min(words->size(), kMost); ++i) {
        const Result<LogColumn> column = LogColumn::fromWord(words->at(i).toQString());
        if (!column)
            return fail(Error::Kind::BadInput, column.error().what, column.error().wayOut,
                        column.error().where);
        columns.push_back(*column);
    }
    return LogColumns(columns);
}

} // namespace rewindow
