// `rewindow … --image`: a picture of that window, or a sentence and no picture.
#include "support/test_support.h"
#include "ui/small_shop.h"
#include "ui/ui_support.h"

#include <QFileInfo>
#include <QImage>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;

class TestImage : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();

    void drawsWithoutADisplay_data();
    void drawsWithoutADisplay();
    void drawsTheSameTwice();
    void drawsTheThemeAskedFor();
    void showsTheVersionAskedFor();
    void leavesNothingBehind();
    void showsViewsThatHaveCaughtUp();
    void refuses_data();
    void refuses();

  private:
    QString picture(const QString& name) const { return m_homes.file(name); }

    Homes m_homes;
    SmallShop m_shop;
};

void TestImage::initTestCase() {
    m_shop.make();
    qunsetenv("QT_QPA_PLATFORM");
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
}

void TestImage::drawsWithoutADisplay_data() {
    QTest::addColumn<QStringList>("words");
    const QString store = m_shop.url().path();
    QTest::newRow("start") << QStringList();
    QTest::newRow("log") << QStringList{store, QStringLiteral("--page"), QStringLiteral("log")};
    QTest::newRow("aggregate") << QStringList{store, QStringLiteral("--stream"),
                                              QStringLiteral("order-a1"),
                                              QStringLiteral("--version"), QStringLiteral("2")};
}

void TestImage::drawsWithoutADisplay() {
    QFETCH(QStringList, words);
    const QString path = picture(QStringLiteral("a.png"));
    words +=
        {QStringLiteral("--image"), path, QStringLiteral("--size"), QStringLiteral("1000x700")};
    const ProgramResult run = runRewindow(words);
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.exitCode, 0);
    const QImage image(path);
    QCOMPARE(image.size(), QSize(1000, 700));
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2)
            colours.insert(image.pixel(x, y));
    }
    QVERIFY(colours.size() > 30); // texts and lines, not a blank
}

void TestImage::drawsTheSameTwice() {
    QByteArray first;
    for (int i = 0; i < 3; ++i) {
        const QString path = picture(QStringLiteral("same%1.png").arg(i));
        const ProgramResult run =
            runRewindow({m_shop.url().path(), QStringLiteral("--stream"),
                         QStringLiteral("order-a1"), QStringLiteral("--image"), path});
        QCOMPARE(run.exitCode, 0);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        if (i == 0)
            first = bytes;
        QVERIFY(bytes == first);
    }
}

void TestImage::drawsTheThemeAskedFor() {
    const auto corner = [this](const char* theme) {
        const QString path = picture(QString::fromLatin1(theme) + QStringLiteral(".png"));
        runRewindow({QStringLiteral("--image"), path, QStringLiteral("--theme"),
                     QString::fromLatin1(theme)});
        return QImage(path).pixelColor(640, 200).lightness();
    };
    QVERIFY(corner("dark") < 60);
    QVERIFY(corner("light") > 200);
}

void TestImage::showsTheVersionAskedFor() {
    const auto drawn = [this](const QString& version) {
        const QString path = picture(QStringLiteral("v%1.png").arg(version));
        runRewindow({m_shop.url().path(), QStringLiteral("--stream"), QStringLiteral("order-a1"),
                     QStringLiteral("--version"), version, QStringLiteral("--image"), path});
        return QImage(path);
    };
    const QImage one = drawn(QStringLiteral("1"));
    const QImage three = drawn(QStringLiteral("3"));
    QVERIFY(!one.isNull() && !three.isNull());
    QVERIFY(one != three);
}

void TestImage::leavesNothingBehind() {
    QVERIFY(!QFileInfo::exists(m_homes.file(QStringLiteral("config"))));
}

/// To fold what the views lag behind takes a while; the first picture of a store is as the next.
void TestImage::showsViewsThatHaveCaughtUp() {
    const StoreUrl url = StoreUrl::sqliteFile(m_homes.file(QStringLiteral("behind.db")));
    {
        constexpr int users = 40'000;
        ASSIGN_RESULT(store, Store::create(url, QStringLiteral("order")));
        int next = 0;
        const auto source = [&]() -> Result<std::optional<ImportedEvent>> {
            if (next == users)
                return std::optional<ImportedEvent>();
            const QString id = QStringLiteral("u%1").arg(++next);
            ImportedEvent imported;
            imported.stream = QStringLiteral("user-") + id;
            imported.event.type = QStringLiteral("UserRegistered");
            imported.event.data =
                QStringLiteral(R"({"userId":"%1","name":"Somebody"})").arg(id).toUtf8();
            imported.event.recordedAt = Timestamp(qint64(next) * 1'000'000);
            return std::optional(imported);
        };
        ASSIGN_RESULT(writer, store->writer());
        QVERIFY_RESULT(writer->importAll(source));
    }
    const auto drawn = [&](const char* name) {
        const QString path = picture(QString::fromLatin1(name));
        runRewindow({url.path(), QStringLiteral("--stream"), QStringLiteral("user-u1"),
                     QStringLiteral("--image"), path});
        return QImage(path);
    };
    const QImage first = drawn("behind.png");
    QVERIFY(!first.isNull());
    QVERIFY(first == drawn("up-to-date.png"));
}

void TestImage::refuses_data() {
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("named");
    const QString store = m_shop.url().path();
    const QString broken = m_homes.file(QStringLiteral("broken.db"));
    QFile file(broken);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x89PNG\r\n\x1a\n");
    const auto row = [](const char* name, const QStringList& words, int exitCode,
                        const QByteArray& named) {
        QTest::newRow(name) << words << exitCode << named;
    };
    row("page", {store, QStringLiteral("--page"), QStringLiteral("pony")}, 2, "pony");
    row("stream", {store, QStringLiteral("--stream"), QStringLiteral("order-zz")}, 2, "order-zz");
    row("version",
        {store, QStringLiteral("--stream"), QStringLiteral("order-a1"), QStringLiteral("--version"),
         QStringLiteral("4")},
        2, "3");
    row("below",
        {store, QStringLiteral("--stream"), QStringLiteral("order-a1"), QStringLiteral("--version"),
         QStringLiteral("-1")},
        2, "-1");
    row("position", {store, QStringLiteral("--at"), QStringLiteral("11")}, 2, "10");
    row("domain", {store, QStringLiteral("--domain"), QStringLiteral("pony")}, 2, "pony");
    row("missing", {m_homes.file(QStringLiteral("none.db"))}, 2, "none.db");
    row("broken", {broken}, 3, "broken.db");
    row("folder that is not there",
        {store, QStringLiteral("--image"), m_homes.file(QStringLiteral("no/such/a.png"))}, 3,
        "a.png");
}

void TestImage::refuses() {
    QFETCH(QStringList, words);
    QFETCH(int, exitCode);
    QFETCH(QByteArray, named);
    const QString path = picture(QStringLiteral("never.png"));
    if (!words.contains(QStringLiteral("--image")))
        words += {QStringLiteral("--image"), path};
    const ProgramResult run = runRewindow(words);
    QCOMPARE(run.exitCode, exitCode);
    QVERIFY2(run.err.contains(named), run.err.constData());
    QVERIFY(run.err.trimmed().count('\n') == 0);
    QCOMPARE(run.out, QByteArray());
    QVERIFY(!QFileInfo::exists(path));
}

QTEST_MAIN(TestImage)
#include "tst_image.moc"
