// A prepared statement on the native handle: the bulk path, where the Qt driver costs too much.
#pragma once

#include "base/error.h"
#include "store/sqlite/sqlite_connection.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string_view>

struct sqlite3_stmt;

namespace rewindow {

/// Prepared once, bound and stepped many times; finalised with the object. Parameters and columns
/// are numbered from 0.
class SqliteStatement {
  public:
    static Result<SqliteStatement> prepare(SqliteConnection& connection, const QString& sql);
    SqliteStatement(SqliteStatement&& other) noexcept;
    SqliteStatement& operator=(SqliteStatement&& other) noexcept;
    ~SqliteStatement();

    void bind(int parameter, qint64 value);
    void bind(int parameter, std::string_view utf8); ///< copied
    void bind(int parameter, const QString& text);
    /// For a function of ours that knows what `kind` points to; NULL to everything else.
    void bind(int parameter, const void* pointer, const char* kind);
    void bindNull(int parameter);

    /// true: a row stands ready; false: done. Fails with Storage.
    Result<bool> step();
    /// For binding and stepping anew.
    void reset();

    QStringList columnNames() const; ///< known before any step
    qint64 integer(int column) const;
    double real(int column) const;
    bool isReal(int column) const; ///< a number with a fraction, as it is stored
    /// Valid until the next step() or reset(); empty for NULL.
    std::string_view text(int column) const;
    bool isNull(int column) const;

  private:
    explicit SqliteStatement(SqliteConnection& connection, sqlite3_stmt* statement)
        : m_connection(&connection)
        , m_statement(statement) {}
    SqliteConnection* m_connection = nullptr;
    sqlite3_stmt* m_statement = nullptr;
};

} // namespace rewindow
