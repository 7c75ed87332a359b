// Lending prepared statements.
#include "store/sqlite/statement_cache.h"

namespace rewindow {

namespace {

// Filters come in many shapes; more than this many at once are of no use to anyone.
constexpr std::size_t kKept = 64;

} // namespace

StatementCache::Loan::~Loan() {
    if (!m_statement)
        return;
    m_statement->reset();
    if (m_cache->m_idle.size() < kKept)
        m_cache->m_idle.insert_or_assign(m_sql, std::move(m_statement));
}

Result<StatementCache::Loan> StatementCache::take(const QString& sql) {
    if (auto idle = m_idle.extract(sql))
        return Loan(*this, sql, std::move(idle.mapped()));
    auto prepared = SqliteStatement::prepare(m_connection, sql);
    if (!prepared)
        return std::unexpected(prepared.error());
    return Loan(*this, sql, std::make_unique<SqliteStatement>(std::move(*prepared)));
}

} // namespace rewindow
