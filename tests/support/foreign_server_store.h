// A store that another system wrote on a server, against what its dump is known to hold.
#pragma once

#include "base/json.h"
#include "support/server_kinds.h"
#include "support/store_files.h"
#include "support/test_support.h"

#include <QFileInfo>

#include <algorithm>
#include <functional>

namespace rewindow::test {

inline std::string_view view(const QByteArray& bytes) {
    return {bytes.constData(), std::size_t(bytes.size())};
}

/// -1 where there is none.
inline qint64 number(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    return value != nullptr ? value->toInteger().value_or(-1) : -1;
}

/// Such a store on one Kind of server, which it has for itself. What it promises is each for one
/// test function.
template <class Kind>
class ForeignServerStore {
  public:
    using Session = typename Kind::Session;
    using Rows = QList<QList<QByteArray>>;
    struct Facts {
        QString profile;
        QString title; ///< of the profile
        QString database;
        qint64 events = 0;
        std::size_t streams = 0;
        // In what the dump is known to hold:
        std::string_view firstPosition;
        std::string_view lastPosition;
        std::string_view positions; ///< of a stream's events
        std::function<QString(const Json& stream)> nameOf;
        /// Row count and hash of every table.
        std::function<Rows(Session&)> fingerprint;
    };
    /// What is known of one stream besides, and its events.
    using StreamCheck = std::function<void(const Json& wanted, const StreamSummary& stream,
                                           const std::vector<RecordedEvent>& events)>;
    /// A row of the server's own and the event that it is.
    using RowCheck = std::function<void(const QList<QByteArray>& row, const RecordedEvent& event,
                                        EventReader& reader)>;
    /// What the commands of a terminal are to say.
    struct Told {
        QStringList streamsOf; ///< options of `streams`
        qsizetype streams = 0;
        QString stream; ///< one of them
        qsizetype events = 0;
        QByteArray inEvents; ///< of the stream, and what its replay holds
        QByteArray inReplay;
    };

    explicit ForeignServerStore(Facts facts) : m_facts(std::move(facts)) {}

    /// Starts the server and fills it. `truth`: the file that tells what the dump holds.
    void make(const QString& dump, const QString& truth);
    QString url() const { return m_server.url(m_database); }
    Session session() const { return Session(m_server, m_database); }
    /// Of its tables, before anything of them was read.
    const Rows& before() const { return m_before; }
    const Json& expected(std::string_view key) const { return *m_expected.find(key); }
    QString nameOf(const Json& stream) const { return m_facts.nameOf(stream); }
    Result<std::unique_ptr<Store>> open() const;

    /// `rows`: position, stream and version of each event, and what `check` looks at.
    void everyEventIsAsTheServerHasIt(const Rows& rows, const RowCheck& check) const;
    void totalsAndTypesAreAsExpected() const;
    void everyStreamIsAsExpected(const StreamCheck& check) const;
    void filterFindsTheSameHereAndThere(const QString& text) const;
    void commandsOfATerminalWork(const Told& told) const;
    void stayedAsItWas() const;

  private:
    Facts m_facts;
    typename Kind::Server m_server;
    QString m_database;
    Rows m_before;
    Json m_expected;
};

template <class Kind>
void ForeignServerStore<Kind>::make(const QString& dump, const QString& truth) {
    QCOMPARE(m_server.start(), QString());
    m_database = m_server.makeDatabase(dump);
    QVERIFY(!m_database.isEmpty());
    auto session = this->session();
    m_before = m_facts.fingerprint(session);
    QFile file(truth);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    ASSIGN_RESULT(parsed, Json::parse(view(text)));
    m_expected = parsed;
}

template <class Kind>
Result<std::unique_ptr<Store>> ForeignServerStore<Kind>::open() const {
    const auto url = StoreUrl::parse(this->url());
    if (!url)
        return std::unexpected(url.error());
    return Store::open(*url, Store::Access::ReadWrite);
}

template <class Kind>
void ForeignServerStore<Kind>::everyEventIsAsTheServerHasIt(const Rows& rows,
                                                            const RowCheck& check) const {
    QCOMPARE(rows.size(), m_facts.events);
    ASSIGN_RESULT(store, open());
    QCOMPARE(store->info().profile, m_facts.profile);
    QCOMPARE(store->info().database, m_facts.database);
    QVERIFY(store->info().readOnly);
    ASSIGN_RESULT(events, store->reader().read({}));
    QCOMPARE(qint64(events.size()), m_facts.events);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const RecordedEvent& event = events[std::size_t(i)];
        const QList<QByteArray>& row = rows[i];
        QCOMPARE(QByteArray::number(event.position().value()), row[0]);
        QCOMPARE(bytes(event.stream()), row[1]);
        QCOMPARE(QByteArray::number(event.version().value()), row[2]);
        check(row, event, store->reader());
        if (QTest::currentTestFailed())
            return;
    }
}

template <class Kind>
void ForeignServerStore<Kind>::totalsAndTypesAreAsExpected() const {
    ASSIGN_RESULT(store, open());
    const Json& totals = expected("totals");
    ASSIGN_RESULT(summary, store->reader().summary());
    QCOMPARE(summary.events, number(totals, "events"));
    QCOMPARE(summary.streams, number(totals, "streams"));
    QCOMPARE(summary.first.value(), number(totals, m_facts.firstPosition));
    QCOMPARE(summary.head.value(), number(totals, m_facts.lastPosition));
    ASSIGN_RESULT(types, store->reader().eventTypes());
    const Json* byType = totals.find("byType");
    QVERIFY(byType != nullptr);
    QCOMPARE(types.size(), byType->size());
    for (const TypeCount& type : types)
        QCOMPARE(type.count, number(*byType, type.type.toStdString()));
}

template <class Kind>
void ForeignServerStore<Kind>::everyStreamIsAsExpected(const StreamCheck& check) const {
    ASSIGN_RESULT(store, open());
    const Json& all = expected("streams");
    QCOMPARE(all.size(), m_facts.streams);
    ASSIGN_RESULT(streams, store->reader().streams({}));
    QCOMPARE(streams.size(), all.size());
    QVERIFY(std::ranges::is_sorted(
        streams, {}, [](const StreamSummary& stream) { return stream.stream.toStdString(); }));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Json& wanted = all.at(i);
        const QString name = nameOf(wanted);
        ASSIGN_RESULT(stream, store->reader().stream(name));
        QVERIFY2(stream.has_value(), qPrintable(name));
        QCOMPARE(stream->events, number(wanted, "eventCount"));
        QCOMPARE(stream->version.value(), number(wanted, "lastVersion"));
        EventQuery query;
        query.stream = name;
        ASSIGN_RESULT(events, store->reader().read(query));
        QCOMPARE(qint64(events.size()), stream->events);
        for (std::size_t n = 0; n < events.size(); ++n) {
            QCOMPARE(events[n].version().value(), qint64(n) + 1);
            QCOMPARE(toQString(events[n].type()), wanted.find("types")->at(n).toQString());
            QCOMPARE(std::optional(events[n].position().value()),
                     wanted.find(m_facts.positions)->at(n).toInteger());
            ASSIGN_RESULT(version, store->reader().versionAt(name, events[n].position()));
            QVERIFY(version == events[n].version());
        }
        check(wanted, *stream, events);
        if (QTest::currentTestFailed())
            return;
    }
}

template <class Kind>
void ForeignServerStore<Kind>::filterFindsTheSameHereAndThere(const QString& text) const {
    ASSIGN_RESULT(store, open());
    ASSIGN_RESULT(filter, EventFilter::parse(text));
    EventQuery query;
    query.filter = filter;
    ASSIGN_RESULT(found, store->reader().read(query));
    ASSIGN_RESULT(all, store->reader().read({}));
    std::erase_if(all, [&](const RecordedEvent& event) { return !filter.accepts(event); });
    QCOMPARE(found.size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        QVERIFY(found[i].position() == all[i].position());
    ASSIGN_RESULT(samples, store->reader().samplePositions(filter, 10));
    QCOMPARE(samples.rows, qint64(all.size()));
    for (std::size_t i = 0; i < samples.positions.size(); ++i)
        QVERIFY(samples.positions[i] == all[i * 10].position());
    query.newestFirst = true;
    query.limit = 3;
    ASSIGN_RESULT(newest, store->reader().read(query));
    QCOMPARE(newest.size(), std::min<std::size_t>(3, all.size()));
    for (std::size_t i = 0; i < newest.size(); ++i)
        QVERIFY(newest[i].position() == all[all.size() - 1 - i].position());
}

template <class Kind>
void ForeignServerStore<Kind>::commandsOfATerminalWork(const Told& told) const {
    using namespace Qt::StringLiterals;
    const QString url = this->url();
    const auto info = runRewindow({u"info"_s, url, u"--json"_s});
    QCOMPARE(info.err, QByteArray());
    QCOMPARE(info.exitCode, 0);
    ASSIGN_RESULT(said, Json::parse(view(info.out)));
    QCOMPARE(said.find("store")->toQString(), url);
    QCOMPARE(number(said, "events"), m_facts.events);
    QCOMPARE(said.find("profile")->toQString(), m_facts.profile);
    const auto streams =
        runRewindow(QStringList{u"streams"_s, url} + told.streamsOf + QStringList{u"--json"_s});
    QCOMPARE(streams.out.count('\n'), told.streams);
    const auto events = runRewindow({u"events"_s, url, told.stream, u"--json"_s});
    QCOMPARE(events.out.count('\n'), told.events);
    QVERIFY(events.out.contains(told.inEvents));
    const auto replay = runRewindow({u"replay"_s, url, told.stream, u"--json"_s});
    QVERIFY(replay.out.contains(told.inReplay));
    const QTemporaryDir pictures;
    const QString picture = pictures.filePath(u"window.png"_s);
    const auto drawn = runRewindow({url, u"--stream"_s, told.stream, u"--image"_s, picture});
    QCOMPARE(drawn.err, QByteArray());
    QCOMPARE(drawn.exitCode, 0);
    QVERIFY(QFileInfo(picture).size() > 10'000);
    const auto sent = runRewindow({u"send"_s, url, u"RenameUser"_s, u"name=x"_s});
    QCOMPARE(sent.exitCode, 2);
}

template <class Kind>
void ForeignServerStore<Kind>::stayedAsItWas() const {
    {
        ASSIGN_RESULT(store, open());
        QVERIFY_RESULT(store->reader().read({}));
        QVERIFY_RESULT(store->reader().summary());
        QVERIFY_RESULT(store->reader().streams({}));
        QVERIFY_RESULT(store->views().status());
        const auto writer = store->writer();
        QVERIFY(!writer);
        QCOMPARE(writer.error().kind, Error::Kind::ReadOnly);
        QVERIFY(writer.error().sentence().contains(m_facts.title));
    }
    auto session = this->session();
    QCOMPARE(m_facts.fingerprint(session), m_before);
}

} // namespace rewindow::test
