// Watching a file that is read beside its owner.
#include "store/sqlite/read_source.h"

namespace rewindow {

Result<ReadSource> ReadSource::openForReading(const QString& path,
                                              const std::optional<SniffedFile>& sniffed) {
    const auto file = sniffed ? Result<SniffedFile>(*sniffed) : sniffFile(path);
    if (!file)
        return std::unexpected(file.error());
    ReadSource source;
    source.m_path = path;
    source.m_files = SqliteFiles::of(path);
    const auto mode = tracelessMode(path, source.m_files, file->walMode);
    if (!mode)
        return std::unexpected(mode.error());
    auto connection = SqliteConnection::open(path, *mode);
    if (!connection)
        return std::unexpected(connection.error());
    source.m_mode = *mode;
    source.m_connection = std::move(*connection);
    return source;
}

Result<void> ReadSource::makeWritable() {
    m_mode = SqliteConnection::Mode::ReadWrite;
    return m_connection->reopen(m_mode);
}

bool ReadSource::isOfSameFile(const ReadSource& other) const {
    return m_files.database.device == other.m_files.database.device &&
           m_files.database.inode == other.m_files.database.inode;
}

bool ReadSource::isStale() const {
    if (m_mode == SqliteConnection::Mode::ReadWrite)
        return false;
    if (m_failed)
        return true;
    if (m_locate)
        if (const auto path = m_locate(); !path || *path != m_path)
            return true;
    const SqliteFiles now = SqliteFiles::of(m_path);
    const bool sharesLog =
        m_mode == SqliteConnection::Mode::ReadOnly && m_files.log.exists && m_files.logIndex.exists;
    if (!sharesLog)
        return now != m_files;
    // SQLite follows the log by itself, unless another file was put in the database's place.
    return now.database.inode != m_files.database.inode ||
           now.database.device != m_files.database.device || !now.log.exists ||
           !now.logIndex.exists;
}

Result<void> ReadSource::reopen() {
    m_failed = true;
    if (m_locate) {
        const auto path = m_locate();
        if (!path)
            return std::unexpected(path.error());
        m_path = *path;
    }
    const auto sniffed = sniffFile(m_path);
    if (!sniffed)
        return std::unexpected(sniffed.error());
    const SqliteFiles files = SqliteFiles::of(m_path);
    const auto mode = tracelessMode(m_path, files, sniffed->walMode);
    if (!mode)
        return std::unexpected(mode.error());
    if (const auto opened = m_connection->reopen(*mode, m_path); !opened)
        return opened;
    m_mode = *mode;
    m_files = files;
    ++m_generation;
    m_failed = false;
    return {};
}

} // namespace rewindow
