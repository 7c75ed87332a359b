// Appending to a store of our own schema in PostgreSQL.
#include "store/postgres/pg_event_writer.h"

#include "store/postgres/pg_connection.h"
#include "store/postgres/pg_own_schema.h"
#include "store/postgres/pg_transaction.h"
#include "store/sql/server_writer.h"

namespace rewindow {

namespace {

std::string utf8(const QByteArray& bytes) {
    return bytes.toStdString();
}

std::string utf8(std::string_view text) {
    return std::string(text);
}

class PgEventWriter final : public ServerWriter<PgConnection> {
  public:
    PgEventWriter(PgConnection& connection, const QString& schema)
        : ServerWriter(connection)
        , m_events(quotedIdentifier(schema) + QStringLiteral(".events"))
        , m_meta(quotedIdentifier(schema) + QStringLiteral(".rewindow_meta")) {}

  private:
    class Appending final : public Transaction {
      public:
        explicit Appending(PgTransaction transaction) : m_transaction(std::move(transaction)) {}
        Result<void> commit() override { return m_transaction.commit(); }

      private:
        PgTransaction m_transaction;
    };

    Result<std::unique_ptr<Transaction>> begin() override;
    Result<GlobalPosition> lastPosition() override;
    Result<StreamVersion> versionOf(const QString& stream) override;
    Result<std::optional<Present>> present(const QString& stream, const NewEvent& event) override;
    Result<bool> insert(const QString& stream, StreamVersion version, GlobalPosition position,
                        const NewEvent& event) override;

    Result<qint64> number(const BoundSql& sql);

    QString m_events;
    QString m_meta;
};

Result<qint64> PgEventWriter::number(const BoundSql& sql) {
    const auto answer = connection().execute(sql);
    if (!answer)
        return std::unexpected(answer.error());
    return answer->rows() > 0 ? answer->integer(0, 0) : 0;
}

Result<std::unique_ptr<AppendingWriter::Transaction>> PgEventWriter::begin() {
    auto transaction = PgTransaction::begin(connection());
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto locked =
        // Who listens is told when this is committed.
        connection().execute(
            {QStringLiteral("SELECT pg_notify(?,'') FROM %1 FOR UPDATE").arg(m_meta),
             {kAppendsChannel}});
    if (!locked)
        return std::unexpected(locked.error());
    return std::make_unique<Appending>(std::move(*transaction));
}

Result<GlobalPosition> PgEventWriter::lastPosition() {
    const auto last =
        number({QStringLiteral("SELECT coalesce(max(position),0) FROM ") + m_events, {}});
    if (!last)
        return std::unexpected(last.error());
    return GlobalPosition(*last);
}

Result<StreamVersion> PgEventWriter::versionOf(const QString& stream) {
    const auto version = number(
        {QStringLiteral("SELECT coalesce(max(version),0) FROM %1 WHERE stream=?").arg(m_events),
         {stream}});
    if (!version)
        return std::unexpected(version.error());
    return StreamVersion(*version);
}

Result<std::optional<AppendingWriter::Present>> PgEventWriter::present(const QString& stream,
                                                                       const NewEvent& event) {
    const auto there = connection().execute(
        {QStringLiteral("SELECT position,version,stream=? AND event_type=? AND data=? AND "
                        "coalesce(metadata,'')=? FROM %1 WHERE event_id=?")
             .arg(m_events),
         {stream, event.type, utf8(event.data), utf8(event.metadata), event.id}});
    if (!there)
        return std::unexpected(there.error());
    if (there->rows() == 0)
        return std::optional<Present>();
    return Present{GlobalPosition(there->integer(0, 0)), StreamVersion(there->integer(0, 1)),
                   there->boolean(0, 2)};
}

Result<bool> PgEventWriter::insert(const QString& stream, StreamVersion version,
                                   GlobalPosition position, const NewEvent& event) {
    const QByteArray bytes = stream.toUtf8();
    const std::string_view name(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const auto inserted = connection().execute(
        {QStringLiteral("INSERT INTO %1(position,event_id,stream,aggregate_type,aggregate_id,"
                        "version,event_type,data,metadata,correlation_id,causation_id,recorded_at) "
                        "VALUES(?,?,?,?,?,?,?,?,nullif(?,''),nullif(?,''),nullif(?,''),?) "
                        "ON CONFLICT(event_id) DO NOTHING")
             .arg(m_events),
         {position.value(), event.id, stream, utf8(streamType(name)), utf8(streamId(name)),
          version.value(), event.type, utf8(event.data), utf8(event.metadata),
          event.correlationId.toStdString(), event.causationId.toStdString(),
          event.recordedAt.microseconds()}});
    if (!inserted)
        return std::unexpected(inserted.error());
    return inserted->touched() == 1;
}

} // namespace

std::unique_ptr<EventWriter> makePgEventWriter(PgConnection& connection, const QString& schema) {
    return std::make_unique<PgEventWriter>(connection, schema);
}

} // namespace rewindow
