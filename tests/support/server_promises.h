// What a store on a server survives, and what it answers meanwhile, whatever the server.
#pragma once

#include "support/cutting_proxy.h"
#include "support/server_kinds.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <thread>
#include <vector>

namespace rewindow::test {

inline NewEvent happened(const QString& id) {
    return {id, QStringLiteral("Happened"), "{}", {}, {}, {}, Timestamp(1)};
}

/// Events whose ids are 1, 2, 3, …, to so many streams in turn.
inline Result<Imported> importMany(Store& store, int events, int streams = 1) {
    const auto writer = store.writer();
    if (!writer)
        return std::unexpected(writer.error());
    int given = 0;
    return (*writer)->importAll([&]() -> Result<std::optional<ImportedEvent>> {
        if (++given > events)
            return std::nullopt;
        return ImportedEvent{QStringLiteral("s-%1").arg(1 + given % streams),
                             std::nullopt,
                             happened(QString::number(given)),
                             {}};
    });
}

/// Promises for one Kind of server, each for one test function.
template <class Kind>
struct ServerPromises {
    using Connection = typename Kind::Connection;

    static void comesBackAfterARestart();
    /// `events`: more than are under way at once. `kinds`: what a session that was ended may fail
    /// with.
    static void failsInMidResultAndComesBack(int events, const std::vector<Error::Kind>& kinds);
    static void answersAVisitorsQuestionsMeanwhile();
    static void resolvesALostCommit_data();
    static void resolvesALostCommit();
    /// `place`: what is not free, in a word.
    static void refusesWhatIsNotFree(const QString& place);
    static void givesUpWhatNeverAnswers();
    static void stopsWhenCancelled();

  private:
    static StoreUrl urlOf(const QString& database) { return sharedUrl<Kind>(database); }
    /// Of a port of this machine where no encryption is offered.
    static StoreUrl through(int port, const QString& user, const QString& database,
                            const QString& options = {}) {
        return parsed(QStringLiteral("%1://%2@127.0.0.1:%3/%4%5")
                          .arg(Kind::scheme(), user, QString::number(port), database, options));
    }
};

template <class Kind>
void ServerPromises<Kind>::comesBackAfterARestart() {
    using namespace Qt::StringLiterals;
    typename Kind::Server server;
    QCOMPARE(server.start(), QString());
    const QString database = server.makeDatabase();
    ASSIGN_RESULT(store, Store::create(parsed(server.url(database)), {}));
    const std::array first{happened(u"a"_s)};
    QVERIFY_RESULT((*store->writer())->append(u"s-1"_s, ExpectedVersion::any(), first));
    QCOMPARE((*store->reader().head()).value(), 1);
    server.stop();
    const auto gone = store->reader().head();
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, Error::Kind::Unreachable);
    QCOMPARE(server.startAgain(), QString());
    ASSIGN_RESULT(head, store->reader().head());
    QCOMPARE(head.value(), 1);
    const std::array second{happened(u"b"_s)};
    QVERIFY_RESULT((*store->writer())->append(u"s-1"_s, ExpectedVersion::exactly(1_v), second));
    ASSIGN_RESULT(reading,
                  Connection::open(parsed(server.url(database)), Connection::Purpose::Read));
    server.stop();
    QCOMPARE(server.startAgain(), QString());
    const auto written = reading->execute(plain(Kind::kMakeTable));
    QVERIFY(!written);
    QVERIFY2(written.error().what.contains(Kind::refusesToWrite()),
             qPrintable(written.error().what));
}

template <class Kind>
void ServerPromises<Kind>::failsInMidResultAndComesBack(int events,
                                                        const std::vector<Error::Kind>& kinds) {
    const QString database = Kind::shared().makeDatabase();
    ASSIGN_RESULT(store, Store::create(urlOf(database), {}));
    QVERIFY_RESULT(importMany(*store, events));
    typename Kind::Session session(Kind::shared(), database);
    int seen = 0;
    const auto cut = store->reader().forEach({},
                                             [&](RecordedEvent&&) {
                                                 if (++seen == 50)
                                                     Kind::cutOthers(session);
                                                 return true;
                                             },
                                             {});
    QVERIFY(!cut);
    QVERIFY2(std::ranges::find(kinds, cut.error().kind) != kinds.end(),
             qPrintable(cut.error().sentence()));
    QVERIFY(seen < events);
    ASSIGN_RESULT(all, store->reader().read({}));
    QCOMPARE(qint64(all.size()), events);
}

template <class Kind>
void ServerPromises<Kind>::answersAVisitorsQuestionsMeanwhile() {
    const QString database = Kind::shared().makeDatabase();
    ASSIGN_RESULT(store, Store::create(urlOf(database), {}));
    QVERIFY_RESULT(importMany(*store, 700, 7));
    EventReader& reader = store->reader();
    int seen = 0;
    const auto done =
        reader.forEach({},
                       [&](RecordedEvent&& event) {
                           const auto same = reader.eventById(toQString(event.id()));
                           EventQuery query;
                           query.stream = toQString(event.stream());
                           query.upTo = event.position();
                           const auto before = reader.read(query);
                           if (same && *same && (*same)->position() == event.position() && before &&
                               qint64(before->size()) == event.version().value())
                               ++seen;
                           return true;
                       },
                       {});
    QVERIFY_RESULT(done);
    QCOMPARE(seen, 700);
}

template <class Kind>
void ServerPromises<Kind>::resolvesALostCommit_data() {
    QTest::addColumn<bool>("isCommitted");
    QTest::newRow("the server had it") << true;
    QTest::newRow("the server never had it") << false;
}

template <class Kind>
void ServerPromises<Kind>::resolvesALostCommit() {
    using namespace Qt::StringLiterals;
    QFETCH(bool, isCommitted);
    const QString database = Kind::shared().makeDatabase();
    QVERIFY_RESULT(Store::create(urlOf(database), {}));
    CuttingProxy proxy(Kind::shared().port());
    ASSIGN_RESULT(store,
                  Store::open(through(proxy.port(), u"rewindow"_s, database, Kind::inTheClear()),
                              Store::Access::ReadWrite));
    ASSIGN_RESULT(writer, store->writer());
    const std::array events{happened(u"a"_s), happened(u"b"_s)};
    proxy.cutAt(Kind::commit(), isCommitted ? CuttingProxy::Cut::BeforeTheClientHears
                                            : CuttingProxy::Cut::BeforeTheServerHears);
    const auto outcome = writer->append(u"s-1"_s, ExpectedVersion::exactly(0_v), events);
    QCOMPARE(proxy.cuts(), 1);
    if (isCommitted) {
        QVERIFY_RESULT(outcome);
        const auto appended = std::get<Appended>(*outcome);
        QVERIFY(!appended.wasThere);
        QVERIFY(appended.version == 2_v);
        QVERIFY(appended.position == 2_pos);
    } else {
        QVERIFY(!outcome);
        QVERIFY2(outcome.error().what.contains(u"nothing was appended"),
                 qPrintable(outcome.error().what));
    }
    QCOMPARE((*store->reader().head()).value(), isCommitted ? 2 : 0);
    ASSIGN_RESULT(again, writer->append(u"s-1"_s, ExpectedVersion::exactly(0_v), events));
    QCOMPARE(std::get<Appended>(again).wasThere, isCommitted);
    QCOMPARE((*store->reader().head()).value(), 2);
}

template <class Kind>
void ServerPromises<Kind>::refusesWhatIsNotFree(const QString& place) {
    const QString database = Kind::shared().makeDatabase();
    QVERIFY_RESULT(Store::create(urlOf(database), {}));
    const auto again = Store::create(urlOf(database), {});
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Error::Kind::Usage);
    QVERIFY(again.error().sentence().contains(place));
}

template <class Kind>
void ServerPromises<Kind>::givesUpWhatNeverAnswers() {
    using namespace Qt::StringLiterals;
    const int listening = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    QCOMPARE(::bind(listening, reinterpret_cast<sockaddr*>(&address), size), 0);
    ::listen(listening, 8);
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
    const int port = ntohs(address.sin_port);
    QElapsedTimer timer;
    timer.start();
    const auto store = Store::open(through(port, u"ann"_s, u"shop"_s, u"?connect_timeout=2"_s),
                                   Store::Access::Read);
    QVERIFY(!store);
    QCOMPARE(store.error().kind, Error::Kind::Unreachable);
    QVERIFY2(store.error().what.contains(Kind::unanswered()), qPrintable(store.error().what));
    QVERIFY(timer.elapsed() < 10'000);
    // Who does not want to wait as long need not.
    const CancelToken cancel;
    std::jthread later([&cancel] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        cancel.cancel();
    });
    timer.restart();
    const auto cancelled =
        Store::open(through(port, u"ann"_s, u"shop"_s), Store::Access::Read, cancel);
    QVERIFY(!cancelled);
    QCOMPARE(cancelled.error().kind, Error::Kind::Cancelled);
    QVERIFY(timer.elapsed() < 1'000);
    ::close(listening);
}

template <class Kind>
void ServerPromises<Kind>::stopsWhenCancelled() {
    ASSIGN_RESULT(reading, Connection::open(urlOf(Kind::anyDatabase()), Connection::Purpose::Read));
    const CancelToken cancel;
    std::jthread later([&cancel] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        cancel.cancel();
    });
    QElapsedTimer timer;
    timer.start();
    const auto slept = reading->execute(plain(Kind::kSleep), cancel);
    QVERIFY(!slept);
    QCOMPARE(slept.error().kind, Error::Kind::Cancelled);
    QVERIFY(timer.elapsed() < 5'000);
    QVERIFY_RESULT(reading->execute(plain("SELECT 1")));
}

} // namespace rewindow::test
