// Stores and sessions for tests, away from the user's folders.
#pragma once

#include "model/domain/order/demo_history.h"
#include "model/session/session.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace rewindow::test {

/// A folder that is gone afterwards, in which this process's workspaces lie too.
class ScratchFolder {
  public:
    ScratchFolder() {
        qputenv("REWINDOW_DATA_HOME", m_folder.filePath(QStringLiteral("home")).toUtf8());
    }
    QString path(const QString& file) const { return m_folder.filePath(file); }
    QStringList files() const { return QDir(m_folder.path()).entryList(QDir::Files); }

  private:
    QTemporaryDir m_folder;
};

/// A new store of our own schema.
inline Result<std::unique_ptr<Store>> createStore(const QString& path, const QString& domain) {
    return Store::create(StoreUrl::sqliteFile(path), domain);
}

/// A store with the demo's first events.
inline Result<void> createDemo(const QString& path, qint64 events) {
    const auto store = createStore(path, QStringLiteral("order"));
    if (!store)
        return std::unexpected(store.error());
    return writeDemo(**store, events, 7);
}

inline NewEvent newEvent(const QString& id, const QString& type, const QByteArray& data) {
    return {.id = id,
            .type = type,
            .data = data,
            .metadata = {},
            .correlationId = {},
            .causationId = {},
            .recordedAt = Timestamp(1)};
}

/// Appends `count` events {"n":1}, {"n":2}, … to a new stream.
inline Result<Imported> fillStream(Store& store, const QString& stream, qint64 count) {
    const Result<EventWriter*> writer = store.writer();
    if (!writer)
        return std::unexpected(writer.error());
    qint64 made = 0;
    return (*writer)->importAll([&]() -> Result<std::optional<ImportedEvent>> {
        if (made == count)
            return std::optional<ImportedEvent>();
        ++made;
        const QString id = QStringLiteral("%1/%2").arg(stream).arg(made);
        const QByteArray data = "{\"n\":" + QByteArray::number(made) + '}';
        return std::optional(ImportedEvent{.stream = stream,
                                           .version = std::nullopt,
                                           .event = newEvent(id, QStringLiteral("Counted"), data),
                                           .where = {}});
    });
}

/// Waits for the answer of something that calls back.
template <class T>
class Answer {
  public:
    std::function<void(Result<T>)> taker() {
        return [this](Result<T> result) { m_result = std::move(result); };
    }
    /// Fails with Cancelled when none comes in time.
    Result<T> wait(int ms = 20'000) {
        if (!QTest::qWaitFor([this] { return m_result.has_value(); }, ms))
            return fail(Error::Kind::Cancelled, QStringLiteral("no answer in time"));
        return *std::exchange(m_result, std::nullopt);
    }
    bool isThere() const { return m_result.has_value(); }

  private:
    std::optional<Result<T>> m_result;
};

inline Result<std::unique_ptr<Session>> openSession(const QString& path,
                                                    const QString& domain = {}) {
    const Result<StoreUrl> url = StoreUrl::parse(path);
    if (!url)
        return std::unexpected(url.error());
    QObject guard;
    std::optional<Result<std::unique_ptr<Session>>> opened;
    Session::open(*url, domain, &guard,
                  [&](Result<std::unique_ptr<Session>> session) { opened = std::move(session); });
    if (!QTest::qWaitFor([&] { return opened.has_value(); }, 20'000))
        return fail(Error::Kind::Cancelled, QStringLiteral("not opened in time"));
    return std::move(*opened);
}

/// A command with text and integer fields.
inline CommandRequest request(const QString& name,
                              std::vector<std::pair<std::string, Json>> fields) {
    return {.command = {.name = name, .data = Json::object(std::move(fields))},
            .expected = {},
            .correlationId = {},
            .causationId = {},
            .metadata = {}};
}

inline Result<CommandOutcome> send(Session& session, const CommandRequest& command) {
    QObject guard;
    std::optional<Result<CommandOutcome>> outcome;
    session.send(command, &guard, [&](Result<CommandOutcome> answer) { outcome = answer; });
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 20'000))
        return fail(Error::Kind::Cancelled, QStringLiteral("no outcome in time"));
    return *outcome;
}

} // namespace rewindow::test
