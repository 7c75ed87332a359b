// Calls, and the database looking at their tokens meanwhile.
#include "store/sqlite/reader_call.h"

#include <sqlite3.h>

namespace rewindow {

namespace {

// Often enough to stop at once, seldom enough to cost nothing.
constexpr int kInstructionsBetweenLooks = 1000;

} // namespace

SqliteEventReader::Call::Call(SqliteEventReader& reader, const CancelToken& cancel)
    : m_reader(reader)
    , m_outer(reader.m_cancel)
    , m_ready(reader.refresh()) {
    ++reader.m_calls;
    reader.m_cancel = &cancel;
    if (sqlite3* handle = reader.m_source.connection().handle())
        sqlite3_progress_handler(handle, kInstructionsBetweenLooks, &Call::shallStop, &reader);
}

SqliteEventReader::Call::~Call() {
    m_reader.m_cancel = m_outer;
    sqlite3* handle = m_reader.m_source.connection().handle();
    if (--m_reader.m_calls == 0 && handle != nullptr)
        sqlite3_progress_handler(handle, 0, nullptr, nullptr);
}

int SqliteEventReader::Call::shallStop(void* context) {
    const auto* reader = static_cast<const SqliteEventReader*>(context);
    return reader->m_isStepping && reader->m_cancel->isCancelled() ? 1 : 0;
}

} // namespace rewindow
