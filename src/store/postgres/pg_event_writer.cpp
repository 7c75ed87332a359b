// Appending to a store of our own schema in PostgreSQL.
#include "store/postgres/pg_event_writer.h"

#include "store/postgres/pg_connection.h"
#include "store/postgres/pg_own_schema.h"
#include "store/postgres/pg_transaction.h"
#include "store/sql/server_writer.h"

namespace rewindow {

namespace {

class PgEventWriter final : public ServerWriter<PgConnection> {
  public:
    PgEventWriter(PgConnection& connection, const QString& schema)
        : ServerWriter(connection, quotedIdentifier(schema) + QStringLiteral(".events"))
        , m_meta(quotedIdentifier(schema) + QStringLiteral(".rewindow_meta")) {}

  private:
    Result<std::unique_ptr<Transaction>> begin() override;
    void addUnlessPresent(BoundSql& sql, const QString& cells,
                          const NewEvent& event) const override;

    QString m_meta;
};

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
    return std::make_unique<Appending<PgTransaction>>(std::move(*transaction));
}

void PgEventWriter::addUnlessPresent(BoundSql& sql, const QString& cells, const NewEvent&) const {
    sql.text += QStringLiteral("VALUES(%1) ON CONFLICT(event_id) DO NOTHING").arg(cells);
}

} // namespace

std::unique_ptr<EventWriter> makePgEventWriter(PgConnection& connection, const QString& schema) {
    return std::make_unique<PgEventWriter>(connection, schema);
}

} // namespace rewindow
