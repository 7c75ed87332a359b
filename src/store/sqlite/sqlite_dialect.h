// The words of SQLite in the statements that read events.
#pragma once

#include "store/sql/sql_dialect.h"

namespace rewindow {

class SqliteConnection;

/// `connection` must outlive it.
class SqliteDialect final : public SqlDialect {
  public:
    explicit SqliteDialect(SqliteConnection& connection) : m_connection(connection) {}

    ColumnFacts facts(const QString& table, const QString& column) const override;
    QString table(const QString& name) const override;
    QString text(const QString& table, const QString& column) const override;
    QString inJson(const QString& table, const QString& column,
                   const QStringList& names) const override;
    QString time(const QString& table, const Profile::Column& column) const override;
    Profile::Encoding timeEncoding(const QString& table,
                                   const Profile::Column& column) const override;
    QString byBytes(const QString& text) const override;
    QString holds(const QString& text) const override;
    QString fitsPattern(const QString& text) const override;
    QString pattern(const FilterPattern& pattern) const override;
    std::optional<QString> fits(const FilterExpression& expression) const override;

  private:
    SqliteConnection& m_connection;
};

} // namespace rewindow
