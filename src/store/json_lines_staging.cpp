// Importing what a file holds, and what has come to it.
#include "store/json_lines_staging.h"

#include "store/json_lines_source.h"
#include "store/sqlite/own_schema.h"
#include "store/sqlite/sqlite_connection.h"
#include "store/sqlite/sqlite_event_writer.h"

#include <QBuffer>
#include <QFile>

#include <algorithm>

namespace rewindow {

namespace {

/// So many bytes before what was appended are compared.
constexpr qint64 kBytesKnown = 4096;

Result<void> open(QFile& file) {
    if (file.open(QIODevice::ReadOnly))
        return {};
    return fail(Error::Kind::Storage,
                QStringLiteral("%1 cannot be read: %2").arg(file.fileName(), file.errorString()));
}

Result<void> import(SqliteConnection& into, QIODevice& lines, qint64 linesBefore,
                    const QString& path) {
    const auto imported =
        makeSqliteEventWriter(into)->importAll(jsonLinesSource(lines, linesBefore));
    if (imported)
        return {};
    Error error = imported.error();
    if (error.kind == Error::Kind::BadInput)
        error.where = path + (error.where.isEmpty() ? QString() : u' ' + error.where);
    return std::unexpected(error);
}

QByteArray bytesBefore(QFile& file, qint64 end) {
    const qint64 begin = std::max<qint64>(0, end - kBytesKnown);
    return file.seek(begin) ? file.read(end - begin) : QByteArray();
}

qint64 linesBefore(QFile& file, qint64 end) {
    constexpr qint64 kAtOnce = 1 << 20;
    qint64 lines = 0;
    file.seek(0);
    for (qint64 read = 0; read < end;) {
        const QByteArray part = file.read(std::min(kAtOnce, end - read));
        if (part.isEmpty())
            break;
        lines += part.count('\n');
        read += part.size();
    }
    return lines;
}

} // namespace

JsonLinesStaging& JsonLinesStaging::instance() {
    static JsonLinesStaging staging;
    return staging;
}

Result<QString> JsonLinesStaging::staged(const QString& path) {
    const std::lock_guard lock(m_mutex);
    const SqliteFiles::File now = SqliteFiles::of(path).database;
    const auto known = m_staged.find(path);
    if (known != m_staged.end()) {
        Staged& staged = known->second;
        if (staged.file == now)
            return staged.store;
        if (isContinued(path, staged, now)) {
            if (const auto read = readOn(path, staged); !read)
                return std::unexpected(read.error());
            staged.file = now;
            return staged.store;
        }
    }
    if (!m_folder.isValid())
        return fail(
            Error::Kind::Storage,
            QStringLiteral("no temporary folder can be made: %1").arg(m_folder.errorString()),
            QStringLiteral("set TMPDIR to a folder you may write to"));
    const QString store = m_folder.filePath(QStringLiteral("%1.db").arg(++m_made));
    auto staged = readIn(path, store);
    if (!staged) {
        QFile::remove(store);
        return std::unexpected(staged.error());
    }
    staged->file = now;
    m_staged[path] = *std::move(staged);
    return store;
}

Result<JsonLinesStaging::Staged> JsonLinesStaging::readIn(const QString& path,
                                                          const QString& store) {
    QFile file(path);
    if (const auto opened = open(file); !opened)
        return std::unexpected(opened.error());
    auto connection = SqliteConnection::open(store, SqliteConnection::Mode::Create);
    if (!connection)
        return std::unexpected(connection.error());
    // Nobody else sees the file before it is whole, and nobody needs it after a crash.
    if (const auto set = (*connection)->execute(QStringLiteral("PRAGMA journal_mode=MEMORY")); !set)
        return std::unexpected(set.error());
    if (const auto made = createOwnSchema(**connection, {}, QStringLiteral("staged")); !made)
        return std::unexpected(made.error());
    if (const auto imported = import(**connection, file, 0, path); !imported)
        return std::unexpected(imported.error());
    // What is read on later is not to wait for those who read here.
    if (const auto set = (*connection)->execute(QStringLiteral("PRAGMA journal_mode=WAL")); !set)
        return std::unexpected(set.error());
    Staged staged;
    staged.store = store;
    staged.bytes = file.pos();
    staged.lines = linesBefore(file, staged.bytes);
    staged.before = bytesBefore(file, staged.bytes);
    return staged;
}

bool JsonLinesStaging::isContinued(const QString& path, const Staged& staged,
                                   const SqliteFiles::File& now) {
    if (now.device != staged.file.device || now.inode != staged.file.inode ||
        now.size < staged.bytes)
        return false;
    QFile file(path);
    return open(file).has_value() && bytesBefore(file, staged.bytes) == staged.before;
}

Result<void> JsonLinesStaging::readOn(const QString& path, Staged& staged) {
    QFile file(path);
    if (const auto opened = open(file); !opened)
        return opened;
    file.seek(staged.bytes);
    QByteArray more = file.readAll();
    auto connection = SqliteConnection::open(staged.store, SqliteConnection::Mode::ReadWrite);
    if (!connection)
        return std::unexpected(connection.error());
    const auto take = [&](qsizetype bytes) -> Result<void> {
        QByteArray lines = more.first(bytes);
        QBuffer buffer(&lines);
        buffer.open(QIODevice::ReadOnly);
        if (const auto read = import(**connection, buffer, staged.lines, path); !read)
            return read;
        staged.bytes += bytes;
        staged.lines += lines.count('\n');
        staged.before = (staged.before + lines).last(std::min<qint64>(staged.bytes, kBytesKnown));
        more.remove(0, bytes);
        return {};
    };
    if (const qsizetype whole = more.lastIndexOf('\n') + 1; whole > 0)
        if (const auto taken = take(whole); !taken)
            return taken;
    // The last line may have been written in part only, and no part of an object is one.
    if (!more.isEmpty())
        if (const auto taken = take(more.size());
            !taken && taken.error().kind != Error::Kind::BadInput)
            return taken;
    return {};
}

} // namespace rewindow
