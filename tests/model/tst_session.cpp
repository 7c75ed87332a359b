// A session on real stores: opening, the moment, commands, views, and what others append.

#include "model/session/session.h"

#include "model/projection/projection_runner.h"
#include "session_support.h"
#include "store/workspace.h"

#include <QCryptographicHash>
#include <QFile>

using namespace rewindow;
using namespace rewindow::test;
using namespace rewindow::literals;

class TestSession : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void opensAnOwnStore();
    void whatDoesNotOpenSaysWhy();
    void openingWithoutItsGuardIsDropped();
    void theDomainIsTheOneAskedForOrRemembered();
    void anUnknownDomainIsRefused();
    void theMomentMoves();
    void goingNowhereIsQuiet();
    void backAndForward();
    void aStreamCanBeSelectedAtAVersion();
    void onlyTheLastSelectionCounts();
    void commandsAreSent();
    void refusalsAndConflictsComeBack();
    void whatOthersAppendShowsUp();
    void viewsArePausedSteppedCaughtUpAndRebuilt();
    void viewsThatLagAreCaughtUpOnOpening();
    void auditsFindDrift();
    void cancelledWorkSaysSo();
    void aForeignStoreIsOnlyRead();
    void viewsOfAForeignStoreLieInTheWorkspace();

  private:
    Result<std::unique_ptr<Session>> openDemo(qint64 events = 300) {
        if (const Result<void> made = createDemo(m_path, events); !made)
            return std::unexpected(made.error());
        return openSession(m_path);
    }

    std::unique_ptr<ScratchFolder> m_folder;
    QString m_path;
};

namespace {

const ViewState* viewNamed(const Session& session, const QString& name) {
    const auto found = std::ranges::find_if(
        session.views(), [&](const ViewState& view) { return view.status.name == name; });
    return found == session.views().end() ? nullptr : &*found;
}

QByteArray hashOf(const QString& path) {
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
}

const QString kOrders = QStringLiteral("order_views");

} // namespace

void TestSession::init() {
    m_folder = std::make_unique<ScratchFolder>();
    m_path = m_folder->path(QStringLiteral("shop.db"));
}

void TestSession::opensAnOwnStore() {
    ASSIGN_RESULT(session, openDemo());
    QVERIFY(!session->info().readOnly);
    QVERIFY(session->info().ownSchema);
    QCOMPARE(session->domain()->name(), QStringLiteral("order"));
    QCOMPARE(session->summary().events, qint64(300));
    QCOMPARE(session->head(), 300_pos);
    QCOMPARE(session->playhead(), 300_pos);
    QVERIFY(session->summary().streams > 1);
    QVERIFY(session->moment().isLive());
    QCOMPARE(session->moment().store, StoreUrl::sqliteFile(m_path).toString());
    QVERIFY(!session->canGoBack());
    QCOMPARE(session->views().size(), session->domain()->projections().size());
    const ViewState* orders = viewNamed(*session, kOrders);
    QVERIFY(orders);
    QCOMPARE(orders->status.checkpoint, 300_pos);
    QCOMPARE(orders->lag, qint64(0));
    QVERIFY(orders->status.rows > 0);
    QCOMPARE(orders->rowAggregateType.value_or(QString()), QStringLiteral("order"));
    QCOMPARE(orders->schema.columnNamed(QStringLiteral("user_name")) >= 0, true);
}

void TestSession::whatDoesNotOpenSaysWhy() {
    const auto missing = openSession(m_path);
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, Error::Kind::NotFound);
    QVERIFY(missing.error().sentence().contains(u"shop.db"));

    QFile picture(m_path);
    QVERIFY(picture.open(QIODevice::WriteOnly));
    picture.write("\x89PNG\r\n\x1a\n and so on, and so on, and so on");
    picture.close();
    const auto png = openSession(m_path);
    QVERIFY(!png);
    QCOMPARE(png.error().kind, Error::Kind::Storage);
    QVERIFY2(png.error().sentence().contains(u"PNG"), qPrintable(png.error().sentence()));
}

void TestSession::openingWithoutItsGuardIsDropped() {
    QVERIFY_RESULT(createDemo(m_path, 50));
    bool isCalled = false;
    {
        QObject guard;
        Session::open(StoreUrl::sqliteFile(m_path), {}, &guard, [&](auto&&) { isCalled = true; });
    }
    QTest::qWait(50);
    QVERIFY(!isCalled);
}

void TestSession::theDomainIsTheOneAskedForOrRemembered() {
    QVERIFY_RESULT(createDemo(m_path, 50));
    const auto domainOf = [](const QString& path, const QString& asked) {
        const auto session = openSession(path, asked);
        return session ? (*session)->domain()->name() : session.error().sentence();
    };
    const QString merge = QStringLiteral("merge");
    const QString order = QStringLiteral("order");
    QCOMPARE(domainOf(m_path, {}), order);
    QCOMPARE(domainOf(m_path, merge), merge);
    QCOMPARE(domainOf(m_path, {}), order);

    const QString nameless = m_folder->path(QStringLiteral("nameless.db"));
    QVERIFY_RESULT(createStore(nameless, {}));
    QCOMPARE(domainOf(nameless, {}), merge);
    QCOMPARE(domainOf(nameless, order), order);
    QCOMPARE(domainOf(nameless, {}), order);
    QCOMPARE(domainOf(nameless, merge), merge);
    QCOMPARE(domainOf(nameless, {}), merge);
}

void TestSession::anUnknownDomainIsRefused() {
    QVERIFY_RESULT(createDemo(m_path, 50));
    const auto session = openSession(m_path, QStringLiteral("chess"));
    QVERIFY(!session);
    QCOMPARE(session.error().kind, Error::Kind::NotFound);
    QVERIFY(session.error().sentence().contains(u"chess"));
}

void TestSession::theMomentMoves() {
    ASSIGN_RESULT(session, openDemo());
    std::vector<std::pair<Moment, Moment>> moves;
    connect(session.get(), &Session::momentChanged, this,
            [&](const Moment& now, const Moment& before) { moves.emplace_back(now, before); });
    session->setPlayhead(42_pos);
    QCOMPARE(session->playhead(), 42_pos);
    session->setPage(Page::Log);
    session->setPointer(QStringLiteral("/status"));
    session->setRow(kOrders, QStringLiteral("7f3a"));
    session->setPlayhead(std::nullopt);
    QCOMPARE(session->playhead(), session->head());
    QCOMPARE(moves.size(), std::size_t(5));
    for (std::size_t i = 1; i < moves.size(); ++i)
        QCOMPARE(moves[i].second, moves[i - 1].first);
    const Moment now = session->moment();
    QCOMPARE(moves.back().first, now);
    QCOMPARE(now.page, Page::Log);
    QCOMPARE(now.pointer, QStringLiteral("/status"));
    QCOMPARE(now.view, kOrders);
    QCOMPARE(now.row, QStringLiteral("7f3a"));
    QVERIFY(now.isLive());
}

void TestSession::goingNowhereIsQuiet() {
    ASSIGN_RESULT(session, openDemo());
    const QSignalSpy moved(session.get(), &Session::momentChanged);
    session->go(session->moment());
    Moment elsewhere = session->moment();
    elsewhere.store = QStringLiteral("sqlite:/another.db");
    session->go(elsewhere);
    session->setPlayhead(std::nullopt);
    session->back();
    session->forward();
    QCOMPARE(moved.count(), 0);
    QVERIFY(!session->canGoBack());
}

void TestSession::backAndForward() {
    ASSIGN_RESULT(session, openDemo());
    session->selectStream(QStringLiteral("order-1"));
    for (qint64 position = 1; position <= 30; ++position)
        session->setPlayhead(GlobalPosition(position));
    session->selectStream(QStringLiteral("order-2"));
    QCOMPARE(session->moment().playhead, std::optional(30_pos));
    session->back();
    QCOMPARE(session->moment().stream, QStringLiteral("order-1"));
    QCOMPARE(session->moment().playhead, std::optional(30_pos));
    session->back();
    QVERIFY(session->moment().isLive());
    session->back();
    QCOMPARE(session->moment().stream, QString());
    QVERIFY(!session->canGoBack());
    session->forward();
    session->forward();
    session->forward();
    QCOMPARE(session->moment().stream, QStringLiteral("order-2"));
    QVERIFY(!session->canGoForward());
}

void TestSession::aStreamCanBeSelectedAtAVersion() {
    ASSIGN_RESULT(store, createStore(m_path, {}));
    QVERIFY_RESULT(fillStream(*store, QStringLiteral("first-1"), 5));
    QVERIFY_RESULT(fillStream(*store, QStringLiteral("second-1"), 5));
    ASSIGN_RESULT(session, openSession(m_path));
    const QSignalSpy moved(session.get(), &Session::momentChanged);
    const QSignalSpy failed(session.get(), &Session::failed);
    session->setPointer(QStringLiteral("/n"));

    session->selectStream(QStringLiteral("second-1"), 3_v);
    QTRY_COMPARE(moved.count(), 2);
    QCOMPARE(session->moment().stream, QStringLiteral("second-1"));
    QCOMPARE(session->moment().playhead, std::optional(8_pos));
    QCOMPARE(session->moment().pointer, QString());

    session->selectStream(QStringLiteral("second-1"), 0_v);
    QTRY_COMPARE(moved.count(), 3);
    QCOMPARE(session->moment().playhead, std::optional(5_pos));
    session->selectStream(QStringLiteral("first-1"), 0_v);
    QTRY_COMPARE(moved.count(), 4);
    QCOMPARE(session->moment().playhead, std::optional(0_pos));

    const auto refuses = [&](const QString& stream, StreamVersion version) {
        const int before = failed.count();
        session->selectStream(stream, version);
        QTRY_COMPARE(failed.count(), before + 1);
        const auto error = failed.back().front().value<Error>();
        QCOMPARE(error.kind, Error::Kind::NotFound);
        QVERIFY(error.sentence().contains(stream));
        QVERIFY(error.sentence().contains(QString::number(version.value())));
    };
    refuses(QStringLiteral("first-1"), 6_v);
    refuses(QStringLiteral("first-1"), StreamVersion(-1));
    refuses(QStringLiteral("third-1"), 0_v);
    QCOMPARE(moved.count(), 4);
}

void TestSession::onlyTheLastSelectionCounts() {
    ASSIGN_RESULT(store, createStore(m_path, {}));
    QVERIFY_RESULT(fillStream(*store, QStringLiteral("first-1"), 5));
    ASSIGN_RESULT(session, openSession(m_path));
    const QSignalSpy moved(session.get(), &Session::momentChanged);
    for (qint64 version = 1; version <= 5; ++version)
        session->selectStream(QStringLiteral("first-1"), StreamVersion(version));
    QTRY_COMPARE(session->moment().playhead, std::optional(5_pos));
    QCOMPARE(moved.count(), 1);
    session->selectStream(QStringLiteral("first-1"), 2_v);
    session->setPlayhead(4_pos);
    QTest::qWait(50);
    QCOMPARE(session->moment().playhead, std::optional(4_pos));
}

void TestSession::commandsAreSent() {
    ASSIGN_RESULT(session, openDemo());
    const QSignalSpy heads(session.get(), &Session::headChanged);
    const QSignalSpy views(session.get(), &Session::viewsChanged);
    const QSignalSpy commands(session.get(), &Session::commandFinished);
    QObject guard;
    std::optional<CommandAccepted> accepted;
    GlobalPosition headThen;
    GlobalPosition checkpointThen;
    session->send(request(QStringLiteral("RegisterUser"), {{"name", Json("Ada")}}), &guard,
                  [&](const Result<CommandOutcome>& outcome) {
                      QVERIFY_RESULT(outcome);
                      accepted = std::get<CommandAccepted>(*outcome);
                      headThen = session->head();
                      checkpointThen = viewNamed(*session, kOrders)->status.checkpoint;
                  });
    QTRY_VERIFY(accepted);
    QCOMPARE(accepted->version, 1_v);
    QCOMPARE(accepted->position, 301_pos);
    QCOMPARE(headThen, 301_pos);
    QCOMPARE(checkpointThen, 301_pos);
    QCOMPARE(session->summary().events, qint64(301));
    QCOMPARE(commands.count(), 1);
    QCOMPARE(heads.count(), 1);
    QVERIFY(views.count() >= 1);

    const qint64 streams = session->summary().streams;
    QTRY_COMPARE_WITH_TIMEOUT(session->summary().streams, streams + 1, 10'000);
}

void TestSession::refusalsAndConflictsComeBack() {
    ASSIGN_RESULT(session, openDemo());
    const Result<CommandOutcome> unknown = send(*session, request(QStringLiteral("BurnShop"), {}));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, Error::Kind::Usage);

    ASSIGN_RESULT(registered,
                  send(*session, request(QStringLiteral("RegisterUser"), {{"name", Json("Ada")}})));
    const QString stream = std::get<CommandAccepted>(registered).stream;
    const std::string id = stream.mid(stream.indexOf(u'-') + 1).toStdString();
    CommandRequest rename =
        request(QStringLiteral("RenameUser"), {{"userId", Json(id)}, {"name", Json("Ada L.")}});
    rename.expected = 7_v;
    ASSIGN_RESULT(conflict, send(*session, rename));
    QCOMPARE(std::get<VersionConflict>(conflict), (VersionConflict{7_v, 1_v}));
    ASSIGN_RESULT(rejected, send(*session, request(QStringLiteral("ShipOrder"),
                                                   {{"orderId", Json("nowhere")}})));
    QVERIFY(!std::get<CommandRejected>(rejected).reason.isEmpty());
    QCOMPARE(session->head(), 301_pos);
}

void TestSession::whatOthersAppendShowsUp() {
    ASSIGN_RESULT(session, openDemo());
    // Paused, so that the session's own catching up after opening cannot come between.
    session->setPaused(kOrders, true);
    QTRY_VERIFY(viewNamed(*session, kOrders)->status.paused);
    const QSignalSpy heads(session.get(), &Session::headChanged);
    ASSIGN_RESULT(other, Store::open(StoreUrl::sqliteFile(m_path), Store::Access::ReadWrite));
    QVERIFY_RESULT(fillStream(*other, QStringLiteral("note-1"), 3));
    QTRY_COMPARE_WITH_TIMEOUT(session->head(), 303_pos, 5'000);
    QVERIFY(heads.count() >= 1);
    QCOMPARE(session->playhead(), 303_pos);
    QTRY_COMPARE_WITH_TIMEOUT(viewNamed(*session, kOrders)->lag, qint64(3), 5'000);

    const QSignalSpy views(session.get(), &Session::viewsChanged);
    ProjectionRunner runner(*other, session->domain()->projections());
    QVERIFY_RESULT(runner.catchUp(kOrders));
    QTRY_COMPARE_WITH_TIMEOUT(viewNamed(*session, kOrders)->lag, qint64(0), 5'000);
    QVERIFY(views.count() >= 1);
}

void TestSession::viewsArePausedSteppedCaughtUpAndRebuilt() {
    ASSIGN_RESULT(session, openDemo());
    const QSignalSpy failed(session.get(), &Session::failed);
    session->setPaused(kOrders, true);
    QTRY_VERIFY(viewNamed(*session, kOrders)->status.paused);
    for (const char* name : {"Ada", "Ben", "Cleo"})
        QVERIFY_RESULT(
            send(*session, request(QStringLiteral("RegisterUser"), {{"name", Json(name)}})));
    QCOMPARE(viewNamed(*session, kOrders)->lag, qint64(3));
    QCOMPARE(viewNamed(*session, QStringLiteral("product_sales"))->lag, qint64(0));

    session->step(kOrders);
    QTRY_COMPARE(viewNamed(*session, kOrders)->lag, qint64(2));

    const QSignalSpy progress(session.get(), &Session::projectionProgress);
    session->catchUp(kOrders);
    QTRY_COMPARE(viewNamed(*session, kOrders)->lag, qint64(0));
    QVERIFY(viewNamed(*session, kOrders)->status.paused);
    QVERIFY(progress.count() >= 1);
    QCOMPARE(progress.back().at(0).toString(), kOrders);
    QCOMPARE(progress.back().at(1), progress.back().at(2));

    session->setPaused(kOrders, false);
    QTRY_VERIFY(!viewNamed(*session, kOrders)->status.paused);
    const qint64 rows = viewNamed(*session, kOrders)->status.rows;
    const int before = progress.count();
    session->rebuild(kOrders);
    QTRY_VERIFY(progress.count() > before);
    QCOMPARE(viewNamed(*session, kOrders)->status.rows, rows);
    QCOMPARE(failed.count(), 0);

    session->step(QStringLiteral("no_such_view"));
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.front().front().value<Error>().sentence().contains(u"no_such_view"));
}

void TestSession::viewsThatLagAreCaughtUpOnOpening() {
    QVERIFY_RESULT(createDemo(m_path, 100));
    {
        ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(m_path), Store::Access::ReadWrite));
        QVERIFY_RESULT(fillStream(*store, QStringLiteral("note-1"), 40));
    }
    ASSIGN_RESULT(session, openSession(m_path));
    QTRY_COMPARE(viewNamed(*session, kOrders)->status.checkpoint, 140_pos);
    QCOMPARE(viewNamed(*session, kOrders)->lag, qint64(0));
}

void TestSession::auditsFindDrift() {
    ASSIGN_RESULT(session, openDemo());
    Answer<std::vector<Drift>> answer;
    session->audit(kOrders, this, answer.taker());
    ASSIGN_RESULT(none, answer.wait());
    QVERIFY(none.empty());
    {
        ASSIGN_RESULT(store, Store::open(StoreUrl::sqliteFile(m_path), Store::Access::ReadWrite));
        ASSIGN_RESULT(
            rows, store->views().rows(kOrders,
                                      {.id = {}, .where = {}, .after = {}, .limit = 1, .at = {}}));
        ASSIGN_RESULT(edit, store->views().begin());
        QVERIFY_RESULT(edit->apply(
            kOrders, {{.id = rows.front().id(), .position = 1_pos, .row = std::nullopt}}));
        QVERIFY_RESULT(edit->commit());
    }
    session->audit(kOrders, this, answer.taker());
    ASSIGN_RESULT(drifts, answer.wait());
    QVERIFY(!drifts.empty());
    session->audit(QStringLiteral("no_such_view"), this, answer.taker());
    const auto unknown = answer.wait();
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, Error::Kind::NotFound);
}

void TestSession::cancelledWorkSaysSo() {
    ASSIGN_RESULT(session, openDemo(2000));
    const QSignalSpy progress(session.get(), &Session::projectionProgress);
    Answer<std::vector<Drift>> answer;
    session->audit(kOrders, this, answer.taker());
    session->rebuild(kOrders);
    session->cancelProjectionWork();
    QVERIFY(answer.isThere());
    const auto drifts = answer.wait();
    QVERIFY(!drifts);
    QCOMPARE(drifts.error().kind, Error::Kind::Cancelled);
    QVERIFY(progress.count() >= 1);
    QCOMPARE(progress.back().at(1), progress.back().at(2));
    QTest::qWait(100);
    QCOMPARE(viewNamed(*session, kOrders)->status.checkpoint, 2000_pos);
    session->cancelProjectionWork();
}

void TestSession::aForeignStoreIsOnlyRead() {
    NEED_SHARED_DATA(shared, "emmett-shopping-carts.db");
    const QString path = m_folder->path(QStringLiteral("carts.db"));
    QVERIFY(QFile::copy(shared, path));
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    const QByteArray hash = hashOf(path);
    {
        ASSIGN_RESULT(session, openSession(path));
        QCOMPARE(session->domain()->name(), QStringLiteral("merge"));
        QCOMPARE(session->summary().events, qint64(725));
        QCOMPARE(session->summary().streams, qint64(150));
        QVERIFY(session->info().readOnly);
        QVERIFY(!session->info().readOnlyReason.isEmpty());
        QVERIFY(session->views().empty());
        const auto sent = send(*session, request(QStringLiteral("Anything"), {}));
        QVERIFY(!sent);
        QTest::qWait(300);
    }
    QCOMPARE(hashOf(path), hash);
    QCOMPARE(m_folder->files(), QStringList{QStringLiteral("carts.db")});
}

void TestSession::viewsOfAForeignStoreLieInTheWorkspace() {
    NEED_SHARED_DATA(shared, "emmett-shopping-carts.db");
    const QString path = m_folder->path(QStringLiteral("carts.db"));
    QVERIFY(QFile::copy(shared, path));
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    const QByteArray hash = hashOf(path);
    {
        ASSIGN_RESULT(session, openSession(path, QStringLiteral("order")));
        QCOMPARE(session->views().size(), session->domain()->projections().size());
        QTRY_COMPARE_WITH_TIMEOUT(viewNamed(*session, kOrders)->lag, qint64(0), 10'000);
        QCOMPARE(viewNamed(*session, kOrders)->status.checkpoint, session->head());
        const auto sent =
            send(*session, request(QStringLiteral("RegisterUser"), {{"name", Json("Ada")}}));
        QVERIFY(!sent);
        QCOMPARE(sent.error().kind, Error::Kind::ReadOnly);
        session->rebuild(kOrders);
        const QSignalSpy progress(session.get(), &Session::projectionProgress);
        QTRY_VERIFY(progress.count() >= 1);
    }
    QCOMPARE(hashOf(path), hash);
    QCOMPARE(m_folder->files(), QStringList{QStringLiteral("carts.db")});
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
