// Of LogModel: reading the pages that are looked at, one at a time, the latest wish first.
#include "model/items/log_model.h"

#include <algorithm>

namespace rewindow {

namespace {

/// Pages asked for while another is read: a drag of the scroll bar asks for many, the last matter.
constexpr std::size_t kPagesWanted = 3;
} // namespace

const LogRow* LogModel::row(int row) const {
    if (const LogRow* hit = readHit(row))
        return hit;
    if (m_state == State::Counting)
        return nullptr;
    const qint64 place = logRow(row);
    const qint64 page = place / LogIndex::kStep;
    const auto offset = static_cast<std::size_t>(place % LogIndex::kStep);
    const Page* read = m_pages.object(page);
    if (!read || static_cast<std::size_t>(read->expected) <= offset)
        want(page);
    return read && offset < read->rows.size() ? &read->rows[offset] : nullptr;
}

void LogModel::want(qint64 page) const {
    if (page == m_readingPage)
        return;
    std::erase(m_wanted, page);
    m_wanted.push_back(page);
    if (m_wanted.size() > kPagesWanted)
        m_wanted.erase(m_wanted.begin());
    if (m_readingPage < 0)
        readNext();
}

void LogModel::readNext() const {
    if (m_wanted.empty())
        return;
    const qint64 page = m_wanted.back();
    m_wanted.pop_back();
    if (page >= m_index.pages())
        return;
    m_readingPage = page;
    const qint64 expected = std::min(total() - page * LogIndex::kStep, LogIndex::kStep);
    EventQuery query;
    query.after = m_index.before(page);
    query.filter = m_filter;
    query.limit = expected;
    auto* self = const_cast<LogModel*>(this);
    m_pageRead = m_reading.run<std::vector<LogRow>>(
        self,
        [query, fields = m_fields, rules = m_ruleFilters](
            Store& store, const CancelToken& cancel) -> Result<std::vector<LogRow>> {
            const LogRowMaker maker(fields, rules);
            std::vector<LogRow> rows;
            rows.reserve(static_cast<std::size_t>(query.limit));
            const auto keep = [&](RecordedEvent&& event) {
                rows.push_back(maker.row(event));
                return true;
            };
            if (auto read = store.reader().forEach(query, keep, cancel); !read)
                return std::unexpected(read.error());
            return rows;
        },
        [self, page, expected](Result<std::vector<LogRow>> read) {
            self->takePage(page, expected, std::move(read));
        });
}

void LogModel::takePage(qint64 page, qsizetype expected, Result<std::vector<LogRow>> read) {
    m_readingPage = -1;
    // A page that cannot be read stays empty, and is not asked for again and again.
    auto* taken = new Page{{}, read ? expected : qsizetype{LogIndex::kStep}};
    if (read)
        taken->rows = std::move(*read);
    m_pages.insert(page, taken);
    const qint64 first = std::max(page * LogIndex::kStep, m_begin);
    const qint64 last = std::min((page + 1) * LogIndex::kStep, m_begin + m_rows) - 1;
    if (first <= last) {
        const auto [top, bottom] = std::minmax({tableRow(first), tableRow(last)});
        emit dataChanged(index(top, 0), index(bottom, columnCount() - 1));
    }
    if (!read)
        emit failed(read.error());
    if (m_readingPage < 0)
        readNext();
}

void LogModel::forgetPages() {
    m_pageRead.cancel();
    m_readingPage = -1;
    m_wanted.clear();
    m_pages.clear();
    if (m_state == State::Counting)
        m_hits.read = 0;
    else
        m_hits = {};
}

} // namespace rewindow
