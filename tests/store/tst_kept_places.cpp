// Bookmarks and recent places, kept in a workspace.
#include "store/kept_places.h"
#include "store/view_tables.h"
#include "store/workspace.h"
#include "support/test_support.h"

#include <QDir>
#include <QTemporaryDir>

#include <sqlite3.h>

using namespace rewindow;
using namespace Qt::StringLiterals;

class TestKeptPlaces : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void keepsBookmarks();
    void changesABookmarkInPlace();
    void bringsBackWhatWasRemoved();
    void keepsRecentPlacesApartAndInOrder();
    void forgetsTheOldest();
    void sharesAWorkspace();
    void takesOverAnOlderWorkspace();

  private:
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestKeptPlaces::init() {
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("REWINDOW_DATA_HOME", m_home->path().toUtf8());
}

void TestKeptPlaces::keepsBookmarks() {
    const Bookmark first{0, u"before it went wrong"_s, u"ask Ada\n'); DROP TABLE x; --"_s,
                         u"rewindow://open?stream=order-1&at=7"_s,
                         Timestamp(1'700'000'000'000'001)};
    const Bookmark second{0, u"帽子 \u202e"_s, QString(), u"rewindow://open"_s, Timestamp(2)};
    {
        ASSIGN_RESULT(workspace, Workspace::open(u"s"_s));
        ASSIGN_RESULT(none, workspace->places().bookmarks());
        QVERIFY(none.empty());
        QVERIFY_RESULT(workspace->places().keep(first));
        QVERIFY_RESULT(workspace->places().keep(second));
    }
    ASSIGN_RESULT(workspace, Workspace::open(u"s"_s));
    ASSIGN_RESULT(kept, workspace->places().bookmarks());
    QCOMPARE(kept.size(), std::size_t(2));
    QVERIFY(kept[0].id > kept[1].id); // those made last first
    const auto without = [](Bookmark bookmark) {
        bookmark.id = 0;
        return bookmark;
    };
    QCOMPARE(without(kept[0]), second);
    QCOMPARE(without(kept[1]), first);
    ASSIGN_RESULT(other, Workspace::open(u"other"_s));
    ASSIGN_RESULT(none, other->places().bookmarks());
    QVERIFY(none.empty());
}

void TestKeptPlaces::changesABookmarkInPlace() {
    ASSIGN_RESULT(workspace, Workspace::open(u"s"_s));
    ASSIGN_RESULT(made, workspace->places().keep({0, u"a"_s, u"n"_s, u"l"_s, Timestamp(5)}));
    Bookmark renamed = made;
    renamed.name = u"b"_s;
    renamed.note = u"another note"_s;
    ASSIGN_RESULT(kept, workspace->places().keep(renamed));
    QCOMPARE(kept, renamed);
    ASSIGN_RESULT(all, workspace->places().bookmarks());
    QCOMPARE(all, std::vector{renamed});
}

void TestKeptPlaces::bringsBackWhatWasRemoved() {
    ASSIGN_RESULT(workspace, Workspace::open(u"s"_s));
    ASSIGN_RESULT(made, workspace->places().keep({0, u"a"_s, u"n"_s, u"l"_s, Timestamp(5)}));
    QVERIFY_RESULT(workspace->places().remove(made.id));
    QVERIFY_RESULT(workspace->places().remove(made.id));
    ASSIGN_RESULT(none, workspace->places().bookmarks());
    QVERIFY(none.empty());
    // Nobody takes its id meanwhile.
    ASSIGN_RESULT(next, workspace->places().keep({0, u"b"_s, {}, u"l"_s, Timestamp(6)}));
    QVERIFY(next.id > made.id);
    QVERIFY_RESULT(workspace->places().keep(made));
    ASSIGN_RESULT(all, workspace->places().bookmarks());
    QCOMPARE(all, (std::vector{next, made}));
}

void TestKeptPlaces::keepsRecentPlacesApartAndInOrder() {
    {
        ASSIGN_RESULT(workspace, Workspace::open(u"s"_s));
        KeptPlaces& places = workspace->places();
        QVERIFY_RESULT(places.visit({u"a"_s, u"a at 1"_s}));
        QVERIFY_RESULT(places.visit({u"b"_s, u"b at 1"_s}));
        QVERIFY_RESULT(places.visit({u"a"_s, u"a at 2"_s}));
    }
    ASSIGN_RESULT(workspace, Workspace::open(u"s"_s));
    ASSIGN_RESULT(recent, workspace->places().recent());
    QCOMPARE(recent, (std::vector<RecentPlace>{{u"a"_s, u"a at 2"_s}, {u"b"_s, u"b at 1"_s}}));
    QVERIFY_RESULT(workspace->places().forgetRecent());
    ASSIGN_RESULT(none, workspace->places().recent());
    QVERIFY(none.empty());
}

void TestKeptPlaces::forgetsTheOldest() {
    ASSIGN_RESULT(workspace, Workspace::open(u"s"_s));
    for (int i = 0; i < KeptPlaces::kMostRecent + 5; ++i)
        QVERIFY_RESULT(workspace->places().visit({QString::number(i), u"x"_s}));
    ASSIGN_RESULT(recent, workspace->places().recent());
    QCOMPARE(recent.size(), std::size_t(KeptPlaces::kMostRecent));
    QCOMPARE(recent.front().key, QString::number(KeptPlaces::kMostRecent + 4));
    QCOMPARE(recent.back().key, u"5"_s);
}

void TestKeptPlaces::sharesAWorkspace() {
    ASSIGN_RESULT(one, Workspace::open(u"s"_s));
    ASSIGN_RESULT(other, Workspace::open(u"s"_s));
    QVERIFY_RESULT(one->places().keep({0, u"of one"_s, {}, u"l"_s, Timestamp(1)}));
    QVERIFY_RESULT(other->places().keep({0, u"of the other"_s, {}, u"l"_s, Timestamp(2)}));
    ASSIGN_RESULT(all, one->places().bookmarks());
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(all[0].name, u"of the other"_s);
}

void TestKeptPlaces::takesOverAnOlderWorkspace() {
    ASSIGN_RESULT(path, Workspace::pathOf(u"old"_s, u".db"_s));
    sqlite3* file = nullptr;
    QCOMPARE(sqlite3_open(path.toUtf8().constData(), &file), SQLITE_OK);
    QCOMPARE(sqlite3_exec(file,
                          "CREATE TABLE remembered(key TEXT PRIMARY KEY NOT NULL, value TEXT NOT "
                          "NULL) WITHOUT ROWID; INSERT INTO remembered VALUES('domain', 'order')",
                          nullptr, nullptr, nullptr),
             SQLITE_OK);
    QCOMPARE(sqlite3_close(file), SQLITE_OK);

    ASSIGN_RESULT(workspace, Workspace::open(u"old"_s));
    ASSIGN_RESULT(domain, workspace->remembered(u"domain"_s));
    QCOMPARE(domain, std::optional(u"order"_s));
    QVERIFY_RESULT(workspace->places().keep({0, u"a"_s, {}, u"l"_s, Timestamp(1)}));
    ASSIGN_RESULT(views, workspace->views().status());
    QVERIFY(views.empty()); // they are no views
}

QTEST_GUILESS_MAIN(TestKeptPlaces)
#include "tst_kept_places.moc"
