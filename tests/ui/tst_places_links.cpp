// A link copied at any moment opens, in a fresh process, the picture that was there.
#include "model/moment/link_text.h"
#include "support/test_support.h"
#include "ui/places/link_clipboard.h"
#include "ui/ui_support.h"

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QRandomGenerator>
#include <QTest>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestPlacesLinks : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void drawsTheSamePicture_data();
    void drawsTheSamePicture();
    void drewMoreThanOnePicture();

  private:
    struct Subject {
        QString stream;
        qint64 version = 0;
        qint64 position = 0; ///< of the event
    };
    Moment randomMoment(QRandomGenerator& random, const std::vector<Subject>& subjects) const;
    QByteArray picture(const QStringList& words);

    Homes m_homes;
    StoreUrl m_url;
    qint64 m_head = 0;
    std::vector<Subject> m_subjects;
    QSet<QByteArray> m_drawn;
};

namespace {

constexpr qint64 kEvents = 1'500;

int moments() {
    return qEnvironmentVariableIntValue("REWINDOW_NIGHTLY") == 1 ? 50 : 10;
}

} // namespace

void TestPlacesLinks::initTestCase() {
    const QString path = m_homes.file(u"demo shop & co.db"_s);
    const ProgramResult made = runRewindow(
        {u"demo"_s, path, u"--events"_s, QString::number(kEvents), u"--seed"_s, u"5"_s});
    QVERIFY2(made.exitCode == 0, made.err.constData());
    m_url = StoreUrl::sqliteFile(path);
    ASSIGN_RESULT(store, Store::open(m_url, Store::Access::Read));
    QVERIFY_RESULT(store->reader().forEachHeader(GlobalPosition(0), [this](const auto& event) {
        m_subjects.push_back(
            {toQString(event.stream), event.version.value(), event.position.value()});
        m_head = event.position.value();
        return true;
    }));
    QVERIFY(m_subjects.size() >= std::size_t(kEvents));
}

Moment TestPlacesLinks::randomMoment(QRandomGenerator& random,
                                     const std::vector<Subject>& subjects) const {
    const Subject& subject =
        subjects[static_cast<std::size_t>(random.bounded(static_cast<qint64>(subjects.size())))];
    const QStringList filters{{},
                              u"type:OrderPaid"_s,
                              u"-type:ItemAdded stream:order-*"_s,
                              u"type:Order* or type:\"User Registered\""_s,
                              u"before:yesterday"_s};
    Moment moment;
    moment.store = m_url.toString();
    moment.page = random.bounded(2) == 0 ? Page::Aggregate : Page::Log;
    if (random.bounded(5) != 0)
        moment.playhead = GlobalPosition(subject.position);
    if (moment.page == Page::Aggregate || random.bounded(2) == 0)
        moment.stream = subject.stream;
    if (random.bounded(2) == 0)
        moment.pointer = random.bounded(2) == 0 ? u"/status"_s : u"/items/0"_s;
    if (subject.stream.startsWith(u"order-"_s) && random.bounded(2) == 0) {
        moment.view = u"order_views"_s;
        moment.row = subject.stream.mid(6);
    }
    if (moment.page == Page::Log)
        moment.filter = filters[random.bounded(filters.size())];
    return moment;
}

QByteArray TestPlacesLinks::picture(const QStringList& words) {
    const QString path = m_homes.file(u"a.png"_s);
    QFile::remove(path);
    const ProgramResult run =
        runRewindow(words + QStringList{u"--image"_s, path, u"--size"_s, u"1100x720"_s,
                                        u"--theme"_s, u"light"_s});
    if (run.exitCode != 0) {
        qWarning("%s", run.err.constData());
        return {};
    }
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Each moment has time of its own: on a busy machine a picture takes seconds.
void TestPlacesLinks::drawsTheSamePicture_data() {
    QTest::addColumn<Moment>("moment");
    QRandomGenerator random(20'261'124);
    for (int i = 0; i < moments(); ++i)
        QTest::addRow("%d", i + 1) << randomMoment(random, m_subjects);
}

void TestPlacesLinks::drawsTheSamePicture() {
    QFETCH(Moment, moment);
    copyLink(moment);
    const QString link = QGuiApplication::clipboard()->text();

    QStringList options{m_url.path(), u"--page"_s, pageName(moment.page)};
    const auto say = [&options](const char* option, const QString& value) {
        if (!value.isEmpty())
            options += {u"--"_s + QLatin1String(option), value};
    };
    say("stream", moment.stream);
    say("pointer", moment.pointer);
    say("view", moment.view);
    say("row", moment.row);
    ASSIGN_RESULT(copied, momentOfLinkText(link));
    QVERIFY(!copied.filter.contains(u"yesterday"_s));
    say("filter", copied.filter);
    if (moment.playhead)
        say("at", QString::number(moment.playhead->value()));

    const QByteArray byOptions = picture(options);
    const QByteArray byLink = picture({link});
    QVERIFY2(!byOptions.isEmpty(), qPrintable(options.join(u' ')));
    QVERIFY2(!byLink.isEmpty(), qPrintable(link));
    QVERIFY2(byLink == byOptions, qPrintable(link));
    m_drawn.insert(byLink);
}

void TestPlacesLinks::drewMoreThanOnePicture() {
    QVERIFY(m_drawn.size() > moments() / 2);
}

QTEST_MAIN(TestPlacesLinks)
#include "tst_places_links.moc"
