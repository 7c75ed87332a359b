// A filter answered the slow and obvious way: each event looked at whole, its payload as a tree.
#pragma once

#include "base/json.h"
#include "store/filter/filter_expression.h"
#include "store/recorded_event.h"

#include <QRegularExpression>

namespace rewindow::test {

class BruteFilter {
  public:
    explicit BruteFilter(FilterExpression expression) : m_expression(std::move(expression)) {}

    bool accepts(const RecordedEvent& event) const { return holds(m_expression, event); }

  private:
    using Kind = FilterExpression::Kind;
    using Op = FilterOperator;

    static QByteArray bytes(std::string_view text) {
        return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
    }

    static bool holds(const FilterExpression& part, const RecordedEvent& event) {
        const auto& parts = part.parts();
        const auto one = [&event](const FilterExpression& each) { return holds(each, event); };
        switch (part.kind()) {
        case Kind::All:
            return std::all_of(parts.begin(), parts.end(), one);
        case Kind::Any:
            return std::any_of(parts.begin(), parts.end(), one);
        case Kind::Not:
            return !one(parts.front());
        case Kind::Search:
            return search(part.text().toUtf8(), event);
        case Kind::Presence:
            if (part.place().path.isEmpty())
                return !text(part.place().field, event).isEmpty();
            return !values(part.place(), event).empty();
        case Kind::Comparison:
            if (part.comparison() == Op::NotEqual)
                return !compared(part, Op::Equal, event);
            return compared(part, part.comparison(), event);
        }
        return false;
    }

    static bool search(const QByteArray& wanted, const RecordedEvent& event) {
        for (const std::string_view text :
             {event.type(), event.stream(), event.data(), event.metadata()})
            if (lower(bytes(text)).contains(lower(wanted)))
                return true;
        return false;
    }

    static QByteArray lower(QByteArray text) {
        for (char& c : text)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
        return text;
    }

    static QByteArray text(FilterField field, const RecordedEvent& event) {
        switch (field) {
        case FilterField::Type:
            return bytes(event.type());
        case FilterField::Stream:
            return bytes(event.stream());
        case FilterField::Category: {
            const QByteArray stream = bytes(event.stream());
            return stream.contains('-') ? stream.left(stream.indexOf('-')) : QByteArray();
        }
        case FilterField::Id:
            return bytes(event.id());
        case FilterField::Correlation:
            return bytes(event.correlationId());
        case FilterField::Causation:
            return bytes(event.causationId());
        case FilterField::Meta:
            return bytes(event.metadata());
        default:
            return bytes(event.data());
        }
    }

    static bool compared(const FilterExpression& part, Op op, const RecordedEvent& event) {
        const FilterField field = part.place().field;
        switch (kindOf(field)) {
        case FilterFieldKind::Text:
            return textFits(part.value(), op, text(field, event));
        case FilterFieldKind::Number:
            return ordered(op,
                           field == FilterField::Version ? event.version().value()
                                                         : event.position().value(),
                           std::get<FilterNumber>(part.value()).text.toLongLong());
        case FilterFieldKind::Time:
            return timeFits(std::get<FilterTime>(part.value()), op,
                            event.recordedAt().microseconds());
        case FilterFieldKind::Json:
            for (const Json& value : values(part.place(), event))
                if (valueFits(part.value(), op, value))
                    return true;
            return false;
        }
        return false;
    }

    template <class T>
    static bool ordered(Op op, const T& left, const T& right) {
        switch (op) {
        case Op::Less:
            return left < right;
        case Op::LessOrEqual:
            return left <= right;
        case Op::Greater:
            return right < left;
        case Op::GreaterOrEqual:
            return right <= left;
        default:
            return left == right;
        }
    }

    static bool textFits(const FilterValue& value, Op op, QByteArray text) {
        const auto* pattern = std::get_if<FilterPattern>(&value);
        if (pattern == nullptr)
            return ordered(op, text, textOf(value).toUtf8());
        if (const auto nul = text.indexOf('\0'); nul >= 0)
            text.truncate(nul);
        // Latin-1 keeps bytes apart.
        QStringList pieces;
        for (const QString& piece : pattern->pieces)
            pieces << QRegularExpression::escape(QString::fromLatin1(piece.toUtf8()));
        const QRegularExpression whole(
            QRegularExpression::anchoredPattern(pieces.join(QStringLiteral(".*"))),
            QRegularExpression::DotMatchesEverythingOption);
        return whole.match(QString::fromLatin1(text)).hasMatch();
    }

    static bool timeFits(const FilterTime& time, Op op, qint64 at) {
        const qint64 from = time.from.microseconds();
        const qint64 to = time.to.microseconds();
        switch (op) {
        case Op::Less:
            return at < from;
        case Op::LessOrEqual:
            return at < to;
        case Op::Greater:
            return at >= to;
        case Op::GreaterOrEqual:
            return at >= from;
        default:
            return at >= from && at < to;
        }
    }

    static bool valueFits(const FilterValue& wanted, Op op, const Json& value) {
        const QByteArray text = value.toQString().toUtf8();
        const bool isText = value.kind() == Json::Kind::String;
        if (std::holds_alternative<QString>(wanted) ||
            std::holds_alternative<FilterPattern>(wanted))
            return isText && textFits(wanted, op, text);
        if (op == Op::Match && isText && text == textOf(wanted).toUtf8())
            return true;
        if (const auto* number = std::get_if<FilterNumber>(&wanted))
            return value.kind() == Json::Kind::Number &&
                   numberFits(op, text, number->text.toUtf8());
        if (const auto* time = std::get_if<FilterTime>(&wanted)) {
            if (!isText)
                return false;
            const auto whole = Timestamp::parse(text.toStdString());
            const auto day = Timestamp::parse(text.toStdString() + "T00:00:00");
            const auto& found = whole ? whole : day;
            return found && timeFits(*time, op, found->microseconds());
        }
        if (const auto* truth = std::get_if<bool>(&wanted))
            return value.kind() == Json::Kind::Bool && value.toBool() == *truth;
        return value.isNull();
    }

    /// Numbers of at most 18 digits or so; longer ones have tests of their own.
    static bool numberFits(Op op, const QByteArray& left, const QByteArray& right) {
        bool leftIsWhole = false;
        bool rightIsWhole = false;
        const qint64 leftWhole = left.toLongLong(&leftIsWhole);
        const qint64 rightWhole = right.toLongLong(&rightIsWhole);
        if (leftIsWhole && rightIsWhole)
            return ordered(op, leftWhole, rightWhole);
        return ordered(op, left.toDouble(), right.toDouble());
    }

    static std::vector<Json> values(const FilterPlace& place, const RecordedEvent& event) {
        const auto root =
            Json::parse(place.field == FilterField::Data ? event.data() : event.metadata());
        std::vector<Json> found;
        if (root)
            found.push_back(*root);
        for (const FilterPath::Step& step : place.path.steps()) {
            std::vector<Json> next;
            for (const Json& value : found) {
                if (const auto* name = std::get_if<std::string>(&step)) {
                    if (const Json* member = value.find(*name))
                        next.push_back(*member);
                } else if (value.kind() == Json::Kind::Array) {
                    const auto* index = std::get_if<std::size_t>(&step);
                    for (std::size_t i = 0; i < value.size(); ++i)
                        if (index == nullptr || *index == i)
                            next.push_back(value.at(i));
                }
            }
            found = std::move(next);
        }
        return found;
    }

    FilterExpression m_expression;
};

} // namespace rewindow::test
