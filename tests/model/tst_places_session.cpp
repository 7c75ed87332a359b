// Going anywhere in an open store: searching, recent places, bookmarks.
#include "model/places/bookmarks_model.h"
#include "model/places/place_search.h"
#include "model/places/places_model.h"
#include "model/places/recent_places.h"
#include "model/session_support.h"
#include "support/test_support.h"

#include <QAbstractItemModelTester>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestPlacesSession : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup();
    void findsAStreamByItsBeginning();
    void findsAStreamWithoutItsType();
    void findsPartsOfNamesLast();
    void findsAnEventByItsId();
    void findsAPosition();
    void findsTypesAndCommands();
    void findsRowsOfViews();
    void findsALink();
    void saysWhyALinkIsNone();
    void interpretsNothing();
    void dropsWhatWasOvertaken();
    void answersTheSameEachTime();
    void remembersWhereOneWas();
    void offersRecentPlacesFirst();
    void keepsBookmarks();
    void undoesARemoval();
    void takesInWhatOthersMarked();
    void saysWhatCannotBeKept();

  private:
    std::vector<Place> find(const QString& text);
    const Place* best(const std::vector<Place>& places, PlaceKind kind) const;
    bool settled();

    std::unique_ptr<ScratchFolder> m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<BookmarksModel> m_bookmarks;
    std::unique_ptr<RecentPlaces> m_recent;
    std::unique_ptr<PlaceSearch> m_search;
    std::unique_ptr<PlacesModel> m_model;
};

void TestPlacesSession::init() {
    m_folder = std::make_unique<ScratchFolder>();
    const QString path = m_folder->path(u"shop.db"_s);
    QVERIFY_RESULT(createDemo(path, 400));
    auto session = openSession(path);
    QVERIFY_RESULT(session);
    m_session = std::move(*session);
    m_bookmarks = std::make_unique<BookmarksModel>(*m_session);
    new QAbstractItemModelTester(m_bookmarks.get(), m_bookmarks.get());
    m_recent = std::make_unique<RecentPlaces>(*m_session, 10ms);
    m_search = std::make_unique<PlaceSearch>(*m_session, *m_bookmarks, *m_recent);
    m_model = std::make_unique<PlacesModel>(*m_search);
    new QAbstractItemModelTester(m_model.get(), m_model.get());
    QVERIFY(settled());
    // The views are caught up, so that there are rows to find.
    QVERIFY(QTest::qWaitFor(
        [this] { return !m_session->views().empty() && m_session->views().front().lag == 0; }));
}

void TestPlacesSession::cleanup() {
    m_model.reset();
    m_search.reset();
    m_recent.reset();
    m_bookmarks.reset();
    m_session.reset();
}

bool TestPlacesSession::settled() {
    return QTest::qWaitFor([this] {
        return m_session->reading().pending() == 0 && m_session->background().pending() == 0;
    });
}

std::vector<Place> TestPlacesSession::find(const QString& text) {
    m_search->search(text);
    if (!QTest::qWaitFor([this] { return !m_search->isSearching(); }))
        return {};
    return m_search->places();
}

const Place* TestPlacesSession::best(const std::vector<Place>& places, PlaceKind kind) const {
    for (const Place& place : places) {
        if (place.kind == kind)
            return &place;
    }
    return nullptr;
}

void TestPlacesSession::findsAStreamByItsBeginning() {
    auto answer = Answer<std::vector<StreamSummary>>();
    m_session->reading().run<std::vector<StreamSummary>>(
        this,
        [](Store& store, const CancelToken&) {
            return store.reader().streams({.type = u"order"_s, .containing = {}, .after = {}});
        },
        answer.taker());
    ASSIGN_RESULT(streams, answer.wait());
    QVERIFY(streams.size() > 10);
    const QString name = streams[3].stream;

    const auto whole = find(name);
    QVERIFY(!whole.empty());
    QCOMPARE(whole[0].title, name);
    QCOMPARE(whole[0].kind, PlaceKind::Stream);
    QCOMPARE(whole[0].tier, 0);
    QCOMPARE(whole[0].moment.stream, name);
    QCOMPARE(whole[0].moment.page, Page::Aggregate);
    QVERIFY(whole[0].detail.contains(QString::number(streams[3].events)));

    const auto begun = find(name.left(name.size() - 2));
    QVERIFY(std::any_of(begun.begin(), begun.end(),
                        [&](const Place& place) { return place.title == name; }));
}

void TestPlacesSession::findsAStreamWithoutItsType() {
    const auto all = find(u"order-"_s);
    const Place* stream = best(all, PlaceKind::Stream);
    QVERIFY(stream);
    const QString name = stream->title;
    const auto found = find(name.mid(6));
    stream = best(found, PlaceKind::Stream);
    QVERIFY(stream);
    QCOMPARE(stream->title, name);
    QCOMPARE(stream->tier, 0);
}

void TestPlacesSession::findsPartsOfNamesLast() {
    const auto all = find(u"order-"_s);
    const QString name = best(all, PlaceKind::Stream)->title;
    const auto found = find(name.mid(8).toUpper()); // neither a beginning nor as it is written
    const Place* stream = best(found, PlaceKind::Stream);
    QVERIFY(stream);
    QVERIFY(std::any_of(found.begin(), found.end(), [&](const Place& place) {
        return place.kind == PlaceKind::Stream && place.title == name;
    }));
    QVERIFY(!stream->matched.empty());
}

void TestPlacesSession::findsAnEventByItsId() {
    auto answer = Answer<std::optional<RecordedEvent>>();
    m_session->reading().run<std::optional<RecordedEvent>>(
        this,
        [](Store& store, const CancelToken&) { return store.reader().eventAt(GlobalPosition(77)); },
        answer.taker());
    ASSIGN_RESULT(event, answer.wait());
    QVERIFY(event);
    const auto found = find(toQString(event->id()));
    QVERIFY(!found.empty());
    QCOMPARE(found[0].kind, PlaceKind::Event);
    QCOMPARE(found[0].moment.playhead, std::optional(GlobalPosition(77)));
    QCOMPARE(found[0].moment.stream, toQString(event->stream()));
    QVERIFY(found[0].detail.contains(toQString(event->type())));
}

void TestPlacesSession::findsAPosition() {
    const Moment filtered = [this] {
        Moment moment = m_session->moment();
        moment.filter = u"type:OrderPaid"_s;
        return moment;
    }();
    m_session->go(filtered);
    for (const QString& text : {u"123"_s, u"#123"_s}) {
        const auto found = find(text);
        QVERIFY(!found.empty());
        QCOMPARE(found[0].kind, PlaceKind::Position);
        QCOMPARE(found[0].moment.playhead, std::optional(GlobalPosition(123)));
        QCOMPARE(found[0].moment.page, Page::Log);
        QVERIFY(found[0].moment.filter.isEmpty()); // which might hide it
        QVERIFY(!found[0].moment.stream.isEmpty());
    }
    QVERIFY(!best(find(QString::number(m_session->head().value() + 1)), PlaceKind::Position));
}

void TestPlacesSession::findsTypesAndCommands() {
    const auto types = find(u"orpaid"_s);
    const Place* type = best(types, PlaceKind::EventType);
    QVERIFY(type);
    QCOMPARE(type->title, u"OrderPaid"_s);
    QCOMPARE(type->moment.filter, u"type:OrderPaid"_s);
    QCOMPARE(type->moment.page, Page::Log);
    QCOMPARE(type->matched, (std::vector<TextSpan>{{0, 2}, {5, 4}}));

    const auto commands = find(u"payo"_s);
    const Place* command = best(commands, PlaceKind::Command);
    QVERIFY(command);
    QCOMPARE(command->command, u"PayOrder"_s);
    QVERIFY(!command->detail.isEmpty());
}

void TestPlacesSession::findsRowsOfViews() {
    const QString stream = best(find(u"order-"_s), PlaceKind::Stream)->title;
    const QString id = stream.mid(6);
    const auto found = find(id);
    const Place* row = best(found, PlaceKind::ViewRow);
    QVERIFY(row);
    QCOMPARE(row->title, id);
    QCOMPARE(row->moment.view, u"order_views"_s);
    QCOMPARE(row->moment.row, id);
    QCOMPARE(row->moment.stream, stream);
    QVERIFY(row->detail.contains(u"order_views"_s));
}

void TestPlacesSession::findsALink() {
    const auto found =
        find(u"rewindow://open?store=sqlite%3A%2Felsewhere.db&stream=order-1&at=3"_s);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].kind, PlaceKind::Link);
    QCOMPARE(found[0].title, u"order-1"_s);
    QCOMPARE(found[0].moment.store, u"sqlite:/elsewhere.db"_s);
    QVERIFY(found[0].detail.contains(u"elsewhere"_s));
}

void TestPlacesSession::saysWhyALinkIsNone() {
    const auto found = find(u"rewindow://open?at=soon"_s);
    QVERIFY(found.empty());
    QVERIFY(m_search->trouble().contains(u"soon"_s));
    find(u"order"_s);
    QCOMPARE(m_search->trouble(), QString());
}

void TestPlacesSession::interpretsNothing() {
    for (const QString& text :
         {u"%"_s, u"_"_s, u"*"_s, u"' OR 1=1 --"_s, u"\"; DROP TABLE events; --"_s, u"\\"_s,
          u"<b>x</b>"_s, u"a\nb"_s, QString(3000, u'x'), QString(QChar(0xd800)),
          QString(QChar(0)) + u"x"_s}) {
        const auto found = find(text);
        QVERIFY2(found.empty(), qPrintable(text));
        QCOMPARE(m_search->trouble(), QString());
    }
    QVERIFY(!find(u"order-"_s).empty());
}

void TestPlacesSession::dropsWhatWasOvertaken() {
    m_search->search(u"order-"_s);
    m_search->search(u"product-"_s);
    QVERIFY(QTest::qWaitFor([this] { return !m_search->isSearching(); }));
    QVERIFY(settled());
    for (const Place& place : m_search->places())
        QVERIFY2(!place.title.startsWith(u"order-"_s), qPrintable(place.title));
    QVERIFY(best(m_search->places(), PlaceKind::Stream));

    m_search->search(u"order-"_s);
    m_search->cancel();
    const std::size_t known = m_search->places().size();
    QVERIFY(settled());
    QTest::qWait(20);
    QCOMPARE(m_search->places().size(), known);
}

void TestPlacesSession::answersTheSameEachTime() {
    for (const QString& text : {u"o"_s, u"order"_s, u"pa"_s, u"1"_s}) {
        QStringList first;
        for (int i = 0; i < 4; ++i) {
            QStringList shown;
            for (const Place& place : find(text))
                shown += place.identity();
            QVERIFY(!shown.isEmpty());
            QVERIFY(shown.size() <= static_cast<qsizetype>(PlaceSearch::kMost));
            if (i == 0)
                first = shown;
            QCOMPARE(shown, first);
        }
    }
}

void TestPlacesSession::remembersWhereOneWas() {
    m_recent->record();
    const auto visit = [this](const QString& stream) {
        const auto before = m_recent->moments().size();
        m_session->selectStream(stream);
        return QTest::qWaitFor([&] {
                   return !m_recent->moments().empty() && m_recent->moments()[0].stream == stream;
               }) &&
               m_recent->moments().size() >= before;
    };
    QVERIFY(visit(u"order-1"_s));
    QVERIFY(visit(u"order-2"_s));
    QVERIFY(visit(u"order-1"_s));
    QCOMPARE(m_recent->moments().size(), std::size_t(2));
    m_session->setPlayhead(GlobalPosition(5));
    QVERIFY(QTest::qWaitFor(
        [this] { return m_recent->moments()[0].playhead == std::optional(GlobalPosition(5)); }));
    QCOMPARE(m_recent->moments().size(), std::size_t(2)); // the same place, at another time
    QVERIFY(settled());

    RecentPlaces again(*m_session);
    QSignalSpy changed(&again, &RecentPlaces::changed);
    again.load();
    QVERIFY(changed.wait());
    QCOMPARE(again.moments().size(), std::size_t(2));
    QCOMPARE(again.moments()[0].stream, u"order-1"_s);
    QCOMPARE(again.moments()[0].playhead, std::optional(GlobalPosition(5)));
}

void TestPlacesSession::offersRecentPlacesFirst() {
    const auto at = [this](const QString& stream) {
        Moment moment = m_session->moment();
        moment.stream = stream;
        return moment;
    };
    m_recent->visit(at(u"order-old"_s));
    m_recent->visit(at(u"order-new"_s));
    m_session->selectStream(u"product-here"_s);
    m_recent->visit(m_session->moment());
    const auto idle = find({});
    QCOMPARE(idle.size(), std::size_t(2)); // not where one is
    QCOMPARE(idle[0].title, u"order-new"_s);
    QCOMPARE(idle[1].title, u"order-old"_s);
    const auto found = find(u"order-"_s);
    QVERIFY(found.size() > 2);
    QCOMPARE(found[0].title, u"order-new"_s);
    QCOMPARE(found[0].kind, PlaceKind::Recent);
    QCOMPARE(found[1].title, u"order-old"_s);
}

void TestPlacesSession::keepsBookmarks() {
    QSignalSpy added(m_bookmarks.get(), &BookmarksModel::added);
    Moment moment = m_session->moment();
    moment.stream = u"order-1"_s;
    moment.playhead = GlobalPosition(9);
    m_bookmarks->add(moment, u"  where it broke "_s, u"ask Ada"_s);
    QVERIFY(added.wait());
    m_bookmarks->add(moment); // named by where it is
    QVERIFY(added.wait());
    QCOMPARE(m_bookmarks->rowCount(), 2);
    QCOMPARE(m_bookmarks->index(0).data().toString(), u"order-1"_s);
    QCOMPARE(m_bookmarks->index(1).data().toString(), u"where it broke"_s);
    QCOMPARE(m_bookmarks->momentAt(1), std::optional(moment));
    QCOMPARE(m_bookmarks->momentAt(2), std::nullopt);

    const auto byNote = find(u"ask"_s);
    const Place* bookmark = best(byNote, PlaceKind::Bookmark);
    QVERIFY(bookmark);
    QCOMPARE(bookmark->title, u"where it broke"_s);
    QCOMPARE(bookmark->moment, moment);

    QSignalSpy changed(m_bookmarks.get(), &QAbstractItemModel::dataChanged);
    m_bookmarks->edit(1, u"here"_s, u"solved"_s);
    QVERIFY(changed.wait());
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(m_bookmarks->index(1).data(BookmarksModel::NoteRole).toString(), u"solved"_s);
    m_bookmarks->edit(1, u"  "_s, u"no name is no change of the name"_s);
    QVERIFY(changed.wait());
    QCOMPARE(m_bookmarks->index(1).data().toString(), u"here"_s);

    BookmarksModel again(*m_session);
    again.load();
    QVERIFY(QTest::qWaitFor([&] { return again.rowCount() == 2; }));
    QCOMPARE(again.bookmarks(), m_bookmarks->bookmarks());
}

void TestPlacesSession::undoesARemoval() {
    QSignalSpy added(m_bookmarks.get(), &BookmarksModel::added);
    QSignalSpy removals(m_bookmarks.get(), &BookmarksModel::removalsChanged);
    for (const QString& name : {u"a"_s, u"b"_s, u"c"_s}) {
        m_bookmarks->add(m_session->moment(), name, u"note of "_s + name);
        QVERIFY(added.wait());
    }
    const auto before = m_bookmarks->bookmarks();
    QVERIFY(!m_bookmarks->lastRemoved());
    m_bookmarks->remove(1);
    QVERIFY(removals.wait());
    QCOMPARE(m_bookmarks->rowCount(), 2);
    QCOMPARE(m_bookmarks->lastRemoved()->name, u"b"_s);
    m_bookmarks->remove(0);
    QVERIFY(removals.wait());
    m_bookmarks->undoRemoval();
    QVERIFY(added.wait());
    m_bookmarks->undoRemoval();
    QVERIFY(added.wait());
    QCOMPARE(m_bookmarks->bookmarks(), before);
    QVERIFY(!m_bookmarks->lastRemoved());
    m_bookmarks->undoRemoval(); // nothing left
    QCOMPARE(m_bookmarks->rowOf(before[2].id), 2);
}

void TestPlacesSession::takesInWhatOthersMarked() {
    BookmarksModel other(*m_session);
    QSignalSpy added(&other, &BookmarksModel::added);
    other.add(m_session->moment(), u"theirs"_s);
    QVERIFY(added.wait());
    QCOMPARE(m_bookmarks->rowCount(), 0);
    m_bookmarks->load();
    QVERIFY(QTest::qWaitFor([this] { return m_bookmarks->rowCount() == 1; }));
    other.remove(0);
    QVERIFY(QTest::qWaitFor([&] { return other.rowCount() == 0; }));
    m_bookmarks->load();
    QVERIFY(QTest::qWaitFor([this] { return m_bookmarks->rowCount() == 0; }));
}

void TestPlacesSession::saysWhatCannotBeKept() {
    // A file where the folder of workspaces should be.
    const QString home = m_folder->path(u"spoilt"_s);
    QFile file(home);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    auto session = openSession(m_folder->path(u"shop.db"_s));
    QVERIFY_RESULT(session);
    qputenv("REWINDOW_DATA_HOME", home.toUtf8());
    BookmarksModel bookmarks(**session);
    QSignalSpy failed(&bookmarks, &BookmarksModel::failed);
    bookmarks.add((*session)->moment(), u"lost"_s);
    QVERIFY(failed.wait());
    QVERIFY(failed[0][0].value<Error>().sentence().contains(u"spoilt"_s));
    QCOMPARE(bookmarks.rowCount(), 0);
    RecentPlaces recent(**session);
    Moment moment = (*session)->moment();
    moment.stream = u"order-1"_s;
    recent.visit(moment); // remembered while it lives
    QCOMPARE(recent.moments().size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestPlacesSession)
#include "tst_places_session.moc"
