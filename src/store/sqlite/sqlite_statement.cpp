// Preparing, binding and stepping on SQLite's own handle.
#include "store/sqlite/sqlite_statement.h"

#include <sqlite3.h>

#include <utility>

namespace rewindow {

Result<SqliteStatement> SqliteStatement::prepare(SqliteConnection& connection, const QString& sql) {
    const QByteArray utf8 = sql.toUtf8();
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(connection.handle(), utf8.constData(), static_cast<int>(utf8.size()) + 1,
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        return std::unexpected(connection.lastError(QStringLiteral("preparing \"%1\"").arg(sql)));
    return SqliteStatement(connection, statement);
}

SqliteStatement::SqliteStatement(SqliteStatement&& other) noexcept
    : m_connection(other.m_connection)
    , m_statement(std::exchange(other.m_statement, nullptr)) {}

SqliteStatement& SqliteStatement::operator=(SqliteStatement&& other) noexcept {
    std::swap(m_connection, other.m_connection);
    std::swap(m_statement, other.m_statement);
    return *this;
}

SqliteStatement::~SqliteStatement() {
    sqlite3_finalize(m_statement);
}

void SqliteStatement::bind(int parameter, qint64 value) {
    sqlite3_bind_int64(m_statement, parameter + 1, value);
}

void SqliteStatement::bind(int parameter, std::string_view utf8) {
    // A null pointer would bind NULL, which an empty view may hold.
    sqlite3_bind_text64(m_statement, parameter + 1, utf8.data() ? utf8.data() : "", utf8.size(),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
}

void SqliteStatement::bind(int parameter, const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    bind(parameter, std::string_view(utf8.constData(), static_cast<std::size_t>(utf8.size())));
}

void SqliteStatement::bind(int parameter, const void* pointer, const char* kind) {
    sqlite3_bind_pointer(m_statement, parameter + 1, const_cast<void*>(pointer), kind, nullptr);
}

void SqliteStatement::bindNull(int parameter) {
    sqlite3_bind_null(m_statement, parameter + 1);
}

Result<bool> SqliteStatement::step() {
    switch (sqlite3_step(m_statement)) {
    case SQLITE_ROW:
        return true;
    case SQLITE_DONE:
        return false;
    default:
        return std::unexpected(m_connection->lastError(
            QStringLiteral("\"%1\"").arg(QString::fromUtf8(sqlite3_sql(m_statement)))));
    }
}

void SqliteStatement::reset() {
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
}

QStringList SqliteStatement::columnNames() const {
    QStringList names;
    for (int column = 0; column < sqlite3_column_count(m_statement); ++column)
        names << QString::fromUtf8(sqlite3_column_name(m_statement, column));
    return names;
}

qint64 SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

double SqliteStatement::real(int column) const {
    return sqlite3_column_double(m_statement, column);
}

bool SqliteStatement::isReal(int column) const {
    return sqlite3_column_type(m_statement, column) == SQLITE_FLOAT;
}

std::string_view SqliteStatement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    if (text == nullptr)
        return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

bool SqliteStatement::isNull(int column) const {
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

} // namespace rewindow
