// The words of MariaDB in the statements that read events.
#pragma once

#include "store/mariadb/maria_catalogue.h"
#include "store/sql/server_dialect.h"

namespace rewindow {

class MariaDialect final : public ServerDialect {
  public:
    explicit MariaDialect(MariaSchema schema) : m_schema(std::move(schema)) {}

    ColumnFacts facts(const QString& table, const QString& column) const override;
    QString table(const QString& name) const override;
    QString text(const QString& table, const QString& column) const override;
    QString inJson(const QString& table, const QString& column,
                   const QStringList& names) const override;
    QString asText(const QString& name) const override;
    QString asNumber(const QString& name) const override;
    bool isNarrowedBy(const QString& table, const QString& column) const override;
    QString time(const QString& table, const Profile::Column& column) const override;
    Profile::Encoding timeEncoding(const QString& table,
                                   const Profile::Column& column) const override;
    QString byBytes(const QString& text) const override;
    QString holds(const QString& text) const override;
    QString fitsPattern(const QString& text) const override;

  private:
    MariaColumn columnOf(const QString& table, const QString& column) const;
    MariaSchema m_schema;
};

} // namespace rewindow
