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

class MariaEventWriter final : public ServerWriter<MariaConnection> {
  public:
    explicit MariaEventWriter(MariaConnection& connection)
        : ServerWriter(connection, QStringLiteral("events")) {}

  private:
    Result<std::unique_ptr<Transaction>> begin() override;
    Result<bool> insert(const QString& stream, StreamVersion version, GlobalPosition position,
                        const NewEvent& event) override;
    void addUnlessPresent(BoundSql& sql, const QString& cells,
                          const NewEvent& event) const override;
};

Result<std::unique_ptr<AppendingWriter::Transaction>> MariaEventWriter::begin() {
    for (int attempt = 1;; ++attempt) {
        auto transaction = MariaTransaction::begin(connection());
        if (!transaction)
            return std::unexpected(transaction.error());
        const auto locked =
            connection().execute(QStringLiteral("SELECT 1 FROM rewindow_meta FOR UPDATE"));
        if (locked)
            return std::make_unique<Appending<MariaTransaction>>(std::move(*transaction));
        if (!connection().hadToGiveWay() || attempt == kMostAttempts)
            return std::unexpected(locked.error());
    }
}

Result<bool> MariaEventWriter::insert(const QString& stream, StreamVersion version,
                                      GlobalPosition position, const NewEvent& event) {
    if (const auto checked = checkNames(stream, event); !checked)
        return std::unexpected(checked.error());
    return ServerWriter::insert(stream, version, position, event);
}

void MariaEventWriter::addUnlessPresent(BoundSql& sql, const QString& cells,
                                        const NewEvent& event) const {
    sql.text += QStringLiteral("SELECT %1 FROM dual WHERE NOT EXISTS(SELECT 1 FROM %2 WHERE "
                               "event_id=?)")
                    .arg(cells, eventsTable());
    sql.values.emplace_back(event.id);
}

} // namespace

std::unique_ptr<EventWriter> makeMariaEventWriter(MariaConnection& connection) {
    return std::make_unique<MariaEventWriter>(connection);
}

} // namespace rewindow
