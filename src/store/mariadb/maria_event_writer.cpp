// Appending to a store of our own schema in MariaDB.
#include "store/mariadb/maria_event_writer.h"

#include "store/mariadb/maria_connection.h"
#include "store/mariadb/maria_transaction.h"
#include "store/sql/server_writer.h"

namespace rewindow {

namespace {

/// To get the writers' lock.
constexpr int kMostAttempts = 10;

/// As many characters as the columns of names hold.
constexpr qsizetype kLongestName = 700;
constexpr int kShownOfName = 40;

/// Fails with BadInput where one of the event's names is longer than a column.
Result<void> checkNames(const QString& stream, const NewEvent& event) {
    for (const auto& [what, name] :
         {std::pair{"stream", &stream}, std::pair{"type", &event.type}, std::pair{"id", &event.id},
          std::pair{"correlation id", &event.correlationId},
          std::pair{"causation id", &event.causationId}}) {
        if (name->size() <= kLongestName)
            continue;
        const qsizetype characters = name->toUcs4().size();
        if (characters > kLongestName)
            return fail(Error::Kind::BadInput,
                        QStringLiteral("the %1 \"%2…\" has %3 characters, and a store in MariaDB "
                                       "holds names of %4 at most")
                            .arg(QLatin1String(what), name->left(kShownOfName))
                            .arg(characters)
                            .arg(kLongestName),
                        QStringLiteral("name it shorter, or use a file or PostgreSQL"));
    }
    return {};
}

std::string utf8(const QByteArray& bytes) {
    return bytes.toStdString();
}

std::string utf8(std::string_view text) {
    return std::string(text);
}

class MariaEventWriter final : public ServerWriter<MariaConnection> {
  public:
    explicit MariaEventWriter(MariaConnection& connection) : ServerWriter(connection) {}

  private:
    class Appending final : public Transaction {
      public:
        explicit Appending(MariaTransaction transaction) : m_transaction(std::move(transaction)) {}
        Result<void> commit() override { return m_transaction.commit(); }

      private:
        MariaTransaction m_transaction;
    };

    Result<std::unique_ptr<Transaction>> begin() override;
    Result<GlobalPosition> lastPosition() override;
    Result<StreamVersion> versionOf(const QString& stream) override;
    Result<std::optional<Present>> present(const QString& stream, const NewEvent& event) override;
    Result<bool> insert(const QString& stream, StreamVersion version, GlobalPosition position,
                        const NewEvent& event) override;

    Result<qint64> number(const BoundSql& sql);
};

Result<qint64> MariaEventWriter::number(const BoundSql& sql) {
    const auto answer = connection().execute(sql);
    if (!answer)
        return std::unexpected(answer.error());
    return answer->rows() > 0 ? answer->integer(0, 0) : 0;
}

Result<std::unique_ptr<AppendingWriter::Transaction>> MariaEventWriter::begin() {
    for (int attempt = 1;; ++attempt) {
        auto transaction = MariaTransaction::begin(connection());
        if (!transaction)
            return std::unexpected(transaction.error());
        const auto locked =
            connection().execute(QStringLiteral("SELECT 1 FROM rewindow_meta FOR UPDATE"));
        if (locked)
            return std::make_unique<Appending>(std::move(*transaction));
        if (!connection().hadToGiveWay() || attempt == kMostAttempts)
            return std::unexpected(locked.error());
    }
}

Result<GlobalPosition> MariaEventWriter::lastPosition() {
    const auto last = number({QStringLiteral("SELECT coalesce(max(position),0) FROM events"), {}});
    if (!last)
        return std::unexpected(last.error());
    return GlobalPosition(*last);
}

Result<StreamVersion> MariaEventWriter::versionOf(const QString& stream) {
    const auto version = number(
        {QStringLiteral("SELECT coalesce(max(version),0) FROM events WHERE stream=?"), {stream}});
    if (!version)
        return std::unexpected(version.error());
    return StreamVersion(*version);
}

Result<std::optional<AppendingWriter::Present>> MariaEventWriter::present(const QString& stream,
                                                                          const NewEvent& event) {
    const auto there = connection().execute(
        {QStringLiteral("SELECT position,version,stream=? AND event_type=? AND data=? AND "
                        "coalesce(metadata,'')=? FROM events WHERE event_id=?"),
         {stream, event.type, utf8(event.data), utf8(event.metadata), event.id}});
    if (!there)
        return std::unexpected(there.error());
    if (there->rows() == 0)
        return std::optional<Present>();
    return Present{GlobalPosition(there->integer(0, 0)), StreamVersion(there->integer(0, 1)),
                   there->boolean(0, 2)};
}

Result<bool> MariaEventWriter::insert(const QString& stream, StreamVersion version,
                                      GlobalPosition position, const NewEvent& event) {
    if (const auto checked = checkNames(stream, event); !checked)
        return std::unexpected(checked.error());
    const QByteArray bytes = stream.toUtf8();
    const std::string_view name(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const auto inserted = connection().execute(
        {QStringLiteral("INSERT INTO events(position,event_id,stream,aggregate_type,aggregate_id,"
                        "version,event_type,data,metadata,correlation_id,causation_id,recorded_at) "
                        "SELECT ?,?,?,?,?,?,?,?,nullif(?,''),nullif(?,''),nullif(?,''),? FROM dual "
                        "WHERE NOT EXISTS(SELECT 1 FROM events WHERE event_id=?)"),
         {position.value(), event.id, stream, utf8(streamType(name)), utf8(streamId(name)),
          version.value(), event.type, utf8(event.data), utf8(event.metadata),
          event.correlationId.toStdString(), event.causationId.toStdString(),
          event.recordedAt.microseconds(), event.id}});
    if (!inserted)
        return std::unexpected(inserted.error());
    return inserted->touched() == 1;
}

} // namespace

std::unique_ptr<EventWriter> makeMariaEventWriter(MariaConnection& connection) {
    return std::make_unique<MariaEventWriter>(connection);
}

} // namespace rewindow
