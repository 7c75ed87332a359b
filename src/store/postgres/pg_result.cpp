// Taking values out of what libpq hands over.
#include "store/postgres/pg_result.h"

#include <libpq-fe.h>

#include <charconv>
#include <map>
#include <string>

namespace rewindow {

namespace {

constexpr Oid kBytesType = 17;

int valueOf(char digit) {
    return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

std::string bytesOf(std::string_view hex) {
    std::string bytes;
    if (!hex.starts_with("\\x"))
        return bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 2; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(valueOf(hex[i]) << 4 | valueOf(hex[i + 1]));
    return bytes;
}

} // namespace

struct PgRow::Bytes {
    std::map<int, std::string> byColumn;
};

void PgResult::Clear::operator()(pg_result* result) const {
    PQclear(result);
}

int PgResult::rows() const {
    return PQntuples(m_result.get());
}

qint64 PgResult::touched() const {
    const std::string_view count = PQcmdTuples(m_result.get());
    qint64 number = 0;
    std::from_chars(count.data(), count.data() + count.size(), number);
    return number;
}

std::string_view PgResult::command() const {
    return PQcmdStatus(m_result.get());
}

bool PgResult::isNull(int row, int column) const {
    return PQgetisnull(m_result.get(), row, column) != 0;
}

std::string_view PgResult::text(int row, int column) const {
    return {PQgetvalue(m_result.get(), row, column),
            static_cast<std::size_t>(PQgetlength(m_result.get(), row, column))};
}

qint64 PgResult::integer(int row, int column) const {
    const std::string_view digits = text(row, column);
    qint64 number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

bool PgResult::boolean(int row, int column) const {
    return text(row, column) == "t";
}

bool PgResult::isBytes(int column) const {
    return PQftype(m_result.get(), column) == kBytesType;
}

quint64 PgResult::bytes() const {
    return PQresultMemorySize(m_result.get());
}

std::string_view PgRow::text(int column) const {
    if (!m_result.isBytes(column))
        return m_result.text(m_row, column);
    if (!m_bytes)
        m_bytes = std::make_unique<Bytes>();
    auto [kept, isNew] = m_bytes->byColumn.try_emplace(column);
    if (isNew)
        kept->second = bytesOf(m_result.text(m_row, column));
    return kept->second;
}

PgRow::PgRow(const PgResult& result, int row) : m_result(result), m_row(row) {}

PgRow::~PgRow() = default;

} // namespace rewindow
