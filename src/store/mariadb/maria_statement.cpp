// Handing parameters to libmariadb, and taking rows.
#include "store/mariadb/maria_statement.h"

#include <mysql.h>

#include <algorithm>
#include <deque>

namespace rewindow {

namespace {

/// Most cells fit; those that do not make room for themselves and for the next rows.
constexpr std::size_t kFirstRoom = 256;

/// One column of the row that was fetched last.
struct Cell {
    std::vector<char> room = std::vector<char>(kFirstRoom);
    unsigned long size = 0;
    my_bool isNull = 0;
    my_bool isCut = 0;
};

} // namespace

struct MariaStatement::Buffers {
    std::deque<QByteArray> texts;
    std::deque<qint64> numbers;
    std::vector<MYSQL_BIND> parameters;

    std::vector<Cell> cells;
    std::vector<MYSQL_BIND> columns;
    std::vector<std::string_view> row;

    void bindColumn(std::size_t column) {
        Cell& cell = cells[column];
        MYSQL_BIND& bound = columns[column];
        bound = {};
        bound.buffer_type = MYSQL_TYPE_STRING;
        bound.buffer = cell.room.data();
        bound.buffer_length = static_cast<unsigned long>(cell.room.size());
        bound.length = &cell.size;
        bound.is_null = &cell.isNull;
        bound.error = &cell.isCut;
    }
};

void MariaStatement::Close::operator()(st_mysql_stmt* handle) const {
    mysql_stmt_close(handle);
}

MariaStatement::MariaStatement(st_mysql* connection)
    : m_handle(mysql_stmt_init(connection))
    , m_buffers(std::make_unique<Buffers>()) {}

MariaStatement::~MariaStatement() = default;

bool MariaStatement::bind(const BoundSql::Values& values) {
    Buffers& to = *m_buffers;
    if (mysql_stmt_param_count(m_handle.get()) != values.size())
        return false;
    to.texts.clear();
    to.numbers.clear();
    to.parameters.assign(values.size(), {});
    for (std::size_t i = 0; i < values.size(); ++i) {
        MYSQL_BIND& bound = to.parameters[i];
        if (const auto* number = std::get_if<qint64>(&values[i])) {
            bound.buffer_type = MYSQL_TYPE_LONGLONG;
            bound.buffer = &to.numbers.emplace_back(*number);
            continue;
        }
        const auto* utf8 = std::get_if<std::string>(&values[i]);
        const auto* text = std::get_if<QString>(&values[i]);
        const QByteArray& bytes =
            to.texts.emplace_back(utf8 != nullptr   ? QByteArray::fromStdString(*utf8)
                                  : text != nullptr ? text->toUtf8()
                                                    : QByteArray());
        bound.buffer_type = MYSQL_TYPE_STRING;
        bound.buffer = const_cast<char*>(bytes.constData());
        bound.buffer_length = static_cast<unsigned long>(bytes.size());
    }
    return values.empty() || mysql_stmt_bind_param(m_handle.get(), to.parameters.data()) == 0;
}

std::size_t MariaStatement::beginRows() {
    Buffers& to = *m_buffers;
    const std::size_t columns = mysql_stmt_field_count(m_handle.get());
    to.cells.resize(columns);
    to.columns.resize(columns);
    to.row.resize(columns);
    for (std::size_t column = 0; column < columns; ++column)
        to.bindColumn(column);
    if (columns > 0)
        mysql_stmt_bind_result(m_handle.get(), to.columns.data());
    return columns;
}

MariaRow MariaStatement::row() {
    Buffers& from = *m_buffers;
    bool hasGrown = false;
    for (std::size_t column = 0; column < from.cells.size(); ++column) {
        Cell& cell = from.cells[column];
        if (cell.isNull == 0 && cell.size > cell.room.size()) {
            cell.room.resize(std::max<std::size_t>(cell.size, cell.room.size() * 2));
            from.bindColumn(column);
            mysql_stmt_fetch_column(m_handle.get(), &from.columns[column],
                                    static_cast<unsigned>(column), 0);
            hasGrown = true;
        }
        from.row[column] =
            cell.isNull != 0 ? std::string_view() : std::string_view(cell.room.data(), cell.size);
    }
    if (hasGrown)
        mysql_stmt_bind_result(m_handle.get(), from.columns.data());
    return MariaRow(from.row);
}

} // namespace rewindow
