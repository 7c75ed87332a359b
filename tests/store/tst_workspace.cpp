// What a machine remembers of a store.
#include "store/view_tables.h"
#include "store/workspace.h"
#include "support/test_support.h"

#include <QDir>
#include <QTemporaryDir>

using namespace rewindow;
using namespace Qt::StringLiterals;

class TestWorkspace : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void remembersAcrossOpenings();
    void keepsStoresApart_data();
    void keepsStoresApart();
    void holdsViews();
    void setsAsideWhatIsSpoilt_data();
    void setsAsideWhatIsSpoilt();

  private:
    std::unique_ptr<QTemporaryDir> m_home;
};

void TestWorkspace::init() {
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("REWINDOW_DATA_HOME", m_home->path().toUtf8());
}

void TestWorkspace::remembersAcrossOpenings() {
    {
        ASSIGN_RESULT(workspace, Workspace::open(u"store-1"_s));
        ASSIGN_RESULT(nothing, workspace->remembered(u"domain"_s));
        QVERIFY(!nothing);
        QVERIFY_RESULT(workspace->remember(u"domain"_s, u"merge"_s));
        QVERIFY_RESULT(workspace->remember(u"domain"_s, u"order"_s));
        QVERIFY_RESULT(workspace->remember(u"odd '\"; key"_s, u"שלום\n"_s));
    }
    ASSIGN_RESULT(workspace, Workspace::open(u"store-1"_s));
    ASSIGN_RESULT(domain, workspace->remembered(u"domain"_s));
    QCOMPARE(domain.value_or(QString()), u"order"_s);
    ASSIGN_RESULT(odd, workspace->remembered(u"odd '\"; key"_s));
    QCOMPARE(odd.value_or(QString()), u"שלום\n"_s);
}

void TestWorkspace::keepsStoresApart_data() {
    QTest::addColumn<QString>("storeId");
    QTest::newRow("uuid") << u"1c2d5a60-0000-4000-8000-000000000001"_s;
    QTest::newRow("path") << u"../../escaped"_s;
    QTest::newRow("absolute") << u"/tmp/absolute"_s;
    QTest::newRow("dots") << u".."_s;
    QTest::newRow("empty") << QString();
    QTest::newRow("long") << QString(5000, u'x');
    QTest::newRow("letters of any kind") << u"käse שלום \n|?*"_s;
}

void TestWorkspace::keepsStoresApart() {
    QFETCH(QString, storeId);
    {
        ASSIGN_RESULT(workspace, Workspace::open(storeId));
        QVERIFY_RESULT(workspace->remember(u"who"_s, storeId));
        ASSIGN_RESULT(other, Workspace::open(u"other"_s));
        ASSIGN_RESULT(who, other->remembered(u"who"_s));
        QVERIFY(!who);
    }
    ASSIGN_RESULT(workspace, Workspace::open(storeId));
    ASSIGN_RESULT(who, workspace->remembered(u"who"_s));
    QVERIFY(who);
    QCOMPARE(*who, storeId);
    // All files lie where they should, and none anywhere else.
    QCOMPARE(QDir(m_home->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{u"workspaces"_s});
    const QDir folder(m_home->filePath(u"workspaces"_s));
    QCOMPARE(folder.entryList({u"*.db"_s}, QDir::Files | QDir::Hidden).size(), 2);
}

void TestWorkspace::setsAsideWhatIsSpoilt_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("a letter") << QByteArray("x");
    QTest::newRow("text") << QByteArray("Dear diary,\n").repeated(1000);
    QTest::newRow("zeros") << QByteArray(8192, '\0');
}

void TestWorkspace::setsAsideWhatIsSpoilt() {
    QFETCH(QByteArray, bytes);
    ASSIGN_RESULT(path, Workspace::pathOf(u"store-1"_s, u".db"_s));
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    for (int i = 0; i < 2; ++i) { // the second one finds it sound
        ASSIGN_RESULT(workspace, Workspace::open(u"store-1"_s));
        ASSIGN_RESULT(aside, workspace->remembered(Workspace::setAsideKey()));
        QVERIFY(aside);
        QFile kept(*aside);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), bytes);
        QVERIFY_RESULT(workspace->remember(u"domain"_s, u"order"_s));
    }
}

void TestWorkspace::holdsViews() {
    const ViewSchema schema{u"names"_s, {{u"id"_s}, {u"name"_s}}};
    const ViewRow row{{u"1"_s, u"Ada"_s}};
    {
        ASSIGN_RESULT(workspace, Workspace::open(u"foreign"_s));
        QVERIFY_RESULT(workspace->views().ensure({schema}));
        ASSIGN_RESULT(transaction, workspace->views().begin());
        QVERIFY_RESULT(transaction->apply(u"names"_s, {{u"1"_s, GlobalPosition(4), row}}));
        QVERIFY_RESULT(transaction->setCheckpoint(u"names"_s, GlobalPosition(5)));
        QVERIFY_RESULT(transaction->commit());
    }
    ASSIGN_RESULT(workspace, Workspace::open(u"foreign"_s));
    ASSIGN_RESULT(rows, workspace->views().rows(u"names"_s, {}));
    QCOMPARE(rows, std::vector{row});
    ASSIGN_RESULT(status, workspace->views().status());
    QCOMPARE(status.size(), std::size_t(1));
    QCOMPARE(status[0].checkpoint, GlobalPosition(5));
}

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
