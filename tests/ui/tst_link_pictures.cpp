// A link copied at any moment of a window opens, in a fresh process, the picture that was there.
#include "model/moment/link_text.h"
#include "support/test_support.h"
#include "ui/window_walk.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QToolButton>

using namespace rewindow;
using namespace rewindow::test;
using namespace Qt::StringLiterals;

class TestLinkPictures : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void opensWhatWasThere_data();
    void opensWhatWasThere();

  private:
    QString copyLinkByKeys();
    QImage pictureOfWindow();
    QImage pictureOf(const QString& link);
    QImage comparable(QImage picture) const;

    static constexpr int kEvents = 1'500;
    static constexpr QSize kSize{1280, 800};

    Homes m_homes;
    Settings m_settings;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowWalk> m_walk;
    std::unique_ptr<QWidget> m_elsewhere; ///< another window, to leave ours for
    QSet<QString> m_pages;
};

namespace {

int moments() {
    return qEnvironmentVariableIsSet("REWINDOW_NIGHTLY") ? 50 : 10;
}

/// Where two pictures differ.
QRect difference(const QImage& one, const QImage& other) {
    if (one.size() != other.size())
        return one.rect();
    QRect found;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            if (one.pixel(x, y) != other.pixel(x, y))
                found |= QRect(x, y, 1, 1);
        }
    }
    return found;
}

} // namespace

void TestLinkPictures::initTestCase() {
    QLocale::setDefault(QLocale(QLocale::English)); // as in a picture
    Theme::instance().apply(Theme::Kind::Light);
    const QString path = m_homes.file(u"demo shop & co.db"_s);
    const auto made = runRewindow(
        {u"demo"_s, path, u"--events"_s, QString::number(kEvents), u"--seed"_s, u"5"_s});
    QVERIFY2(made.exitCode == 0, made.err.constData());
    m_window = std::make_unique<MainWindow>(m_settings, nullptr);
    m_window->setTimingsShown(false);
    m_window->resize(kSize);
    m_window->show();
    m_elsewhere = std::make_unique<QWidget>();
    m_elsewhere->show();
    const auto problem = open(*m_window, StoreUrl::sqliteFile(path));
    QVERIFY2(!problem, problem ? qPrintable(problem->sentence()) : "");
    QVERIFY(settle(*m_window));
    m_walk = std::make_unique<WindowWalk>(*m_window, 20'261'130);
}

QString TestLinkPictures::copyLinkByKeys() {
    QGuiApplication::clipboard()->clear();
    QWidget* comparison = m_window->findChild<CompareWindow*>();
    QWidget& over = comparison ? *comparison : *m_window;
    QTest::keyClick(over.focusWidget() ? over.focusWidget() : &over, Qt::Key_C,
                    Qt::ControlModifier | Qt::ShiftModifier);
    return QGuiApplication::clipboard()->text();
}

/// Of a window nobody types in, as a picture is.
QImage TestLinkPictures::pictureOfWindow() {
    m_elsewhere->activateWindow();
    if (!QTest::qWaitForWindowActive(m_elsewhere.get()) || !settle(*m_window))
        return {};
    return m_window->picture().toImage().convertToFormat(QImage::Format_RGB32);
}

QImage TestLinkPictures::pictureOf(const QString& link) {
    const QString path = m_homes.file(u"fresh.png"_s);
    QFile::remove(path);
    const auto run =
        runRewindow({link, u"--image"_s, path, u"--size"_s,
                     u"%1x%2"_s.arg(kSize.width()).arg(kSize.height()), u"--theme"_s, u"light"_s});
    return run.exitCode == 0 ? QImage(path).convertToFormat(QImage::Format_RGB32) : QImage();
}

/// Whether there is a way back and forward is where somebody was, and not what is looked at. Dates
/// such as "yesterday" stand in a link as the days they are.
QImage TestLinkPictures::comparable(QImage picture) const {
    QPainter painter(&picture);
    const auto leaveOut = [&](const QWidget& part) {
        painter.fillRect(QRect(part.mapTo(m_window.get(), QPoint()), part.size()), Qt::black);
    };
    const Moment& moment = m_window->session()->moment();
    if (moment.page == Page::Log && moment.filter.contains(u"yesterday"))
        leaveOut(*m_window->findChild<LogPage*>()->filterLine());
    int arrows = 0;
    for (const QToolButton* button : m_window->findChildren<QToolButton*>()) {
        const QAction* action = button->defaultAction();
        if (!action || (action->text() != u"Back"_s && action->text() != u"Forward"_s))
            continue;
        leaveOut(*button);
        ++arrows;
    }
    if (arrows != 2)
        qFatal("%d arrows of a history found", arrows);
    return picture;
}

void TestLinkPictures::opensWhatWasThere_data() {
    QTest::addColumn<int>("steps");
    QRandomGenerator random(4'711);
    for (int i = 0; i < moments(); ++i)
        QTest::addRow("%d", i + 1) << 1 + random.bounded(4);
}

void TestLinkPictures::opensWhatWasThere() {
    QFETCH(int, steps);
    QWidget* comparison = m_window->findChild<CompareWindow*>();
    QWidget& over = comparison ? *comparison : *m_window;
    over.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&over));
    QStringList done;
    for (int i = 0; i < steps; ++i)
        done += m_walk->step();
    QVERIFY(settle(*m_window));
    const QString link = copyLinkByKeys();
    QVERIFY2(looksLikeLink(link), qPrintable(done.join(u", "_s)));
    const QImage there = pictureOfWindow();
    const QImage fresh = pictureOf(link);
    QVERIFY(!there.isNull());
    QVERIFY2(!fresh.isNull(), qPrintable(link));
    const QRect differs = difference(comparable(there), comparable(fresh));
    if (differs.isValid()) {
        const QDir folder(qEnvironmentVariable("REWINDOW_KEEP_PICTURES", m_homes.file(u"."_s)));
        there.save(folder.filePath(QLatin1String(QTest::currentDataTag()) + u"-there.png"_s));
        fresh.save(folder.filePath(QLatin1String(QTest::currentDataTag()) + u"-fresh.png"_s));
        const QString where = u"%1x%2 at %3,%4"_s.arg(differs.width())
                                  .arg(differs.height())
                                  .arg(differs.x())
                                  .arg(differs.y());
        QFAIL(qPrintable(link + u" differs in "_s + where + u" after: "_s + done.join(u", "_s)));
    }
}

int main(int argc, char** argv) {
    QApplication::setStyle(u"fusion"_s);
    QApplication application(argc, argv);
    QApplication::setCursorFlashTime(0);
    QApplication::setApplicationName(u"rewindow"_s);
    QApplication::setApplicationDisplayName(u"Rewindow"_s);
    TestLinkPictures test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_link_pictures.moc"
