// Logs to index, and what a plain list of their events says about them.
#pragma once

#include "store/sidecar/sidecar_index.h"
#include "store/store.h"
#include "support/scratch_store.h"

#include <QDir>
#include <QFile>

#include <string>
#include <vector>

namespace rewindow::test {

/// What an index is to know of an event.
struct PlainEvent {
    qint64 position = 0;
    qint64 time = 0;
    std::string type;
    std::string stream;
    std::string category;
    bool operator==(const PlainEvent&) const = default;
};

inline std::vector<PlainEvent> plainEvents(Store& store) {
    std::vector<PlainEvent> events;
    const auto done = store.reader().forEach({}, [&events](RecordedEvent&& event) {
        events.push_back({event.position().value(), event.recordedAt().microseconds(),
                          std::string(event.type()), std::string(event.stream()),
                          std::string(streamType(event.stream()))});
        return true;
    });
    if (!done)
        qFatal("%s", qPrintable(done.error().sentence()));
    return events;
}

inline PlainEvent plainEvent(const SidecarView& view, qint64 row) {
    const NameId stream = view.streamOf(row);
    return {view.positionOf(row).value(), view.timeOf(row).microseconds(),
            std::string(view.name(NameKind::Type, view.typeOf(row))),
            std::string(view.name(NameKind::Stream, stream)),
            std::string(view.name(NameKind::Category, view.categoryOf(stream)))};
}

/// What is wrong with a view of these events; empty when nothing is.
inline QString difference(const SidecarView& view, const std::vector<PlainEvent>& events) {
    if (view.rows() != qint64(events.size()))
        return QStringLiteral("%1 rows instead of %2").arg(view.rows()).arg(events.size());
    for (qint64 row = 0; row < view.rows(); ++row)
        if (plainEvent(view, row) != events[std::size_t(row)])
            return QStringLiteral("row %1 is of another event").arg(row);
    return {};
}

/// Counts the events that are read through it, and can end the reading.
class CountingReader final : public EventReader {
  public:
    explicit CountingReader(EventReader& reader) : m_reader(reader) {}

    qint64 headers = 0;
    qint64 cancelAfter = -1; ///< -1: never
    CancelToken cancelToken;

    Result<void> forEachHeader(GlobalPosition after, const HeaderVisitor& visit,
                               const CancelToken& cancel) override {
        return m_reader.forEachHeader(
            after,
            [&](const EventHeader& event) {
                if (++headers == cancelAfter)
                    cancelToken.cancel();
                return visit(event);
            },
            cancel);
    }
    Result<void> forEach(const EventQuery& query, const Visitor& visit,
                         const CancelToken& cancel) override {
        return m_reader.forEach(query, visit, cancel);
    }
    Result<std::optional<RecordedEvent>> eventAt(GlobalPosition position) override {
        return m_reader.eventAt(position);
    }
    Result<std::optional<RecordedEvent>> eventById(const QString& id) override {
        return m_reader.eventById(id);
    }
    Result<LogSummary> summary(const CancelToken& cancel) override {
        return m_reader.summary(cancel);
    }
    Result<GlobalPosition> head() override { return m_reader.head(); }
    Result<std::vector<StreamSummary>> streams(const StreamQuery& query,
                                               const CancelToken& cancel) override {
        return m_reader.streams(query, cancel);
    }
    Result<std::optional<StreamSummary>> stream(const QString& name) override {
        return m_reader.stream(name);
    }
    Result<std::vector<TypeCount>> streamTypes(const CancelToken& cancel) override {
        return m_reader.streamTypes(cancel);
    }
    Result<std::vector<TypeCount>> eventTypes(const CancelToken& cancel) override {
        return m_reader.eventTypes(cancel);
    }
    Result<StreamVersion> versionAt(const QString& stream, GlobalPosition position) override {
        return m_reader.versionAt(stream, position);
    }
    Result<PositionSamples> samplePositions(const EventFilter& filter, qint64 step,
                                            const CancelToken& cancel) override {
        return m_reader.samplePositions(filter, step, cancel);
    }
    Result<qint64> dataVersion() override { return m_reader.dataVersion(); }

  private:
    EventReader& m_reader;
};

/// Adds `count` events to a store of ours that is closed, number i from `first` on: of 30 types
/// and 1000 streams, at times that are mostly in order. `position` is an expression over `i`.
inline void insertEvents(const QString& path, int first, int count,
                         const QByteArray& position = "i+1") {
    const QByteArray sql =
        "INSERT INTO events(position, event_id, stream, aggregate_type, aggregate_id, version, "
        "event_type, data, recorded_at) WITH RECURSIVE n(i) AS (VALUES(" +
        QByteArray::number(first) + ") UNION ALL SELECT i+1 FROM n WHERE i<" +
        QByteArray::number(first + count - 1) + ") SELECT " + position +
        ", 'e-'||i, CASE i*7919%1000 % 3 WHEN 0 THEN 'order-' WHEN 1 THEN 'user-' ELSE 'x' END"
        "||(i*7919%1000), '', '', i/1000+1, 'Type'||(i*i/7%30), '{}',"
        "1700000000000000+i*1000000+(i*104729%97-48)*500000 FROM n";
    RawSqlite(path).run(sql.constData());
}

/// The file of the only index there is; empty where there is none.
inline QString indexFile() {
    const QDir folder(qEnvironmentVariable("REWINDOW_DATA_HOME") + QStringLiteral("/workspaces"));
    const QStringList files = folder.entryList({QStringLiteral("*.sidecar")}, QDir::Files);
    return files.size() == 1 ? folder.filePath(files[0]) : QString();
}

inline QByteArray bytesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// In the place of what is there, as a new file.
inline void replaceFile(const QString& path, const QByteArray& bytes) {
    QFile::remove(path);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(path));
}

/// More than two segments of them.
inline constexpr int kManyEvents = 150'000;

/// A store of many events, to be indexed.
class IndexedLog {
  public:
    explicit IndexedLog(const QByteArray& position = "i+1", int events = kManyEvents) {
        m_store.close();
        insertEvents(m_store.path(), 0, events, position);
        m_store.reopen();
        m_events = plainEvents(*m_store);
    }
    Store& operator*() { return *m_store; }
    Store* operator->() { return m_store.operator->(); }
    ScratchStore& scratch() { return m_store; }
    const std::vector<PlainEvent>& events() const { return m_events; }
    void readAgain() {
        m_store.reopen();
        m_events = plainEvents(*m_store);
    }

    /// Opens what index there is, extends it, and says what is wrong with it.
    QString indexed(qint64* headersRead = nullptr) {
        SidecarIndex index(m_store->info());
        CountingReader reader(m_store->reader());
        if (const auto extended = index.extend(reader); !extended)
            return extended.error().sentence();
        if (headersRead != nullptr)
            *headersRead = reader.headers;
        return difference(index.view(), m_events);
    }

  private:
    ScratchStore m_store;
    std::vector<PlainEvent> m_events;
};

} // namespace rewindow::test
