// The words of PostgreSQL in the statements that read events.
#pragma once

#include "store/postgres/pg_catalogue.h"
#include "store/sql/server_dialect.h"

namespace rewindow {

class PgDialect final : public ServerDialect {
  public:
    explicit PgDialect(PgSchema schema) : m_schema(std::move(schema)) {}

    const PgSchema& schema() const { return m_schema; }
    /// Whether a column could hold `text` at all; what it could not, must not be compared to it.
    bool canHold(const QString& table, const QString& column, const QString& text) const;

    ColumnFacts facts(const QString& table, const QString& column) const override;
    QString table(const QString& name) const override;
    QString text(const QString& table, const QString& column) const override;
    QString inJson(const QString& table, const QString& column,
                   const QStringList& names) const override;
    QString time(const QString& table, const Profile::Column& column) const override;
    Profile::Encoding timeEncoding(const QString& table,
                                   const Profile::Column& column) const override;
    QString byBytes(const QString& text) const override;
    QString placeIn(const QString& text) const override;
    QString holds(const QString& text) const override;
    QString fitsPattern(const QString& text) const override;

  private:
    QString typeOf(const QString& table, const QString& column) const;
    PgSchema m_schema;
};

} // namespace rewindow
