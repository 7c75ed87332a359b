// Reading events from JSON Lines, one a line.
#include "store/json_lines_source.h"

#include "base/json.h"

#include <QIODevice>

#include <memory>
#include <string_view>

namespace rewindow {

namespace {

/// Reads one line after another, and knows which it is at.
class JsonLines {
  public:
    JsonLines(QIODevice& device, qint64 linesBefore) : m_device(device), m_number(linesBefore) {}

    Result<std::optional<ImportedEvent>> next() {
        while (true) {
            QByteArray line = m_device.readLine();
            if (line.isEmpty())
                return atEnd();
            ++m_number;
            if (m_number == 1 && line.startsWith("\xef\xbb\xbf"))
                line.remove(0, 3);
            if (!line.trimmed().isEmpty())
                return event(line);
        }
    }

  private:
    Result<std::optional<ImportedEvent>> atEnd() const {
        if (m_device.errorString().isEmpty() || m_device.atEnd())
            return std::nullopt;
        return fail(Error::Kind::Storage,
                    QStringLiteral("reading failed: %1").arg(m_device.errorString()), {}, place());
    }

    QString place() const { return QStringLiteral("line %1").arg(m_number); }

    std::unexpected<Error> bad(const QString& what, const QString& wayOut = {}) const {
        return fail(Error::Kind::BadInput, what, wayOut, place());
    }

    Result<std::optional<ImportedEvent>> event(const QByteArray& line) const {
        const auto members =
            rawMembers(std::string_view(line.constData(), static_cast<std::size_t>(line.size())));
        if (!members) {
            // Where in the line, without the number of the only line it knows.
            const QString column = members.error().where.section(QStringLiteral(", "), 1);
            return fail(Error::Kind::BadInput, members.error().what, members.error().wayOut,
                        column.isEmpty() ? place() : place() + QStringLiteral(", ") + column);
        }
        ImportedEvent imported;
        imported.event.recordedAt = Timestamp::now();
        imported.where = place();
        bool hasStream = false;
        bool hasType = false;
        bool hasData = false;
        for (const RawMember& member : *members) {
            Result<void> read;
            if (member.key == "stream") {
                read = text(member, imported.stream);
                hasStream = true;
            } else if (member.key == "type") {
                read = text(member, imported.event.type);
                hasType = true;
            } else if (member.key == "data") {
                imported.event.data = verbatim(member);
                hasData = true;
            } else if (member.key == "metadata") {
                imported.event.metadata = isNull(member) ? QByteArray() : verbatim(member);
            } else if (member.key == "version") {
                read = version(member, imported.version);
            } else if (member.key == "id") {
                read = optionalText(member, imported.event.id);
            } else if (member.key == "correlationId") {
                read = optionalText(member, imported.event.correlationId);
            } else if (member.key == "causationId") {
                read = optionalText(member, imported.event.causationId);
            } else if (member.key == "recordedAt") {
                read = time(member, imported.event.recordedAt);
            } else if (member.key != "position" && member.key != "causation") {
                return bad(QStringLiteral("the key \"%1\" means nothing here")
                               .arg(QString::fromStdString(member.key)),
                           QStringLiteral("put what belongs to the event into data or metadata"));
            }
            if (!read)
                return std::unexpected(read.error());
        }
        for (const auto& [there, key] : {std::pair{hasStream, u"stream"},
                                         std::pair{hasType, u"type"}, std::pair{hasData, u"data"}})
            if (!there)
                return bad(QStringLiteral("the key \"%1\" is missing").arg(QStringView(key)));
        return imported;
    }

    static QByteArray verbatim(const RawMember& member) {
        return QByteArray(member.value.data(), static_cast<qsizetype>(member.value.size()));
    }

    static bool isNull(const RawMember& member) { return member.value == "null"; }

    std::unexpected<Error> unexpectedValue(const RawMember& member, const QString& expected) const {
        return bad(QStringLiteral("\"%1\" must be %2, not %3")
                       .arg(QString::fromStdString(member.key), expected, shortened(member.value)));
    }

    static QString shortened(std::string_view value) {
        constexpr std::size_t kShown = 60;
        const QString text =
            QString::fromUtf8(value.data(), static_cast<qsizetype>(std::min(value.size(), kShown)));
        return value.size() > kShown ? text + QStringLiteral("…") : text;
    }

    Result<void> optionalText(const RawMember& member, QString& into) const {
        return isNull(member) ? Result<void>() : text(member, into);
    }

    Result<void> text(const RawMember& member, QString& into) const {
        const auto value = Json::parse(member.value);
        if (!value || value->kind() != Json::Kind::String || value->text().empty())
            return unexpectedValue(member, QStringLiteral("a text that is not empty"));
        into = value->toQString();
        return {};
    }

    Result<void> version(const RawMember& member, std::optional<StreamVersion>& into) const {
        const auto value = Json::parse(member.value);
        const auto number = value ? value->toInteger() : std::nullopt;
        if (!number || *number < 1)
            return unexpectedValue(member, QStringLiteral("a whole number from 1"));
        into = StreamVersion(*number);
        return {};
    }

    Result<void> time(const RawMember& member, Timestamp& into) const {
        QString written;
        if (isNull(member))
            return {};
        if (const auto read = text(member, written); !read)
            return read;
        const auto parsed = Timestamp::parse(written.toStdString());
        if (!parsed)
            return unexpectedValue(member,
                                   QStringLiteral("a time such as \"2026-11-23T14:02:34.128Z\""));
        into = *parsed;
        return {};
    }

    QIODevice& m_device;
    qint64 m_number; ///< of the line that was read last, from 1
};

} // namespace

ImportSource jsonLinesSource(QIODevice& device, qint64 linesBefore) {
    return [lines = std::make_shared<JsonLines>(device, linesBefore)] { return lines->next(); };
}

} // namespace rewindow
