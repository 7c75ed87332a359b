// From the command line to a running event loop.
#include "ui/shell/application.h"

#include "ui/shell/desktop_preference.h"
#include "ui/shell/image_job.h"
#include "ui/shell/main_window.h"
#include "ui/shell/window_options.h"

#include <QApplication>
#include <QTextStream>
#include <QTimer>

#include <cstdio>

namespace rewindow {

namespace {

constexpr int kImageTimeoutMs = 120'000;
constexpr int kWrongUse = 2;
constexpr int kStoreFailed = 3;

int exitCodeOf(const Error& error) {
    switch (error.kind) {
    case Error::Kind::Storage:
    case Error::Kind::NoStore:
    case Error::Kind::Unreachable:
    case Error::Kind::Password:
    case Error::Kind::Cancelled:
        return kStoreFailed;
    case Error::Kind::Usage:
    case Error::Kind::NotFound:
    case Error::Kind::ReadOnly:
    case Error::Kind::BadInput:
        break;
    }
    return kWrongUse;
}

int refuse(const Error& error) {
    QTextStream(stderr) << error.sentence() << '\n';
    return exitCodeOf(error);
}

QStringList argumentsOf(int argc, char** argv) {
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

bool hasDisplay() {
    return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") ||
           !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

/// Qt remarks on what a window off screen lacks; who asks for a picture does not want to know.
void onlyFatal(QtMsgType type, const QMessageLogContext&, const QString& message) {
    if (type == QtCriticalMsg || type == QtFatalMsg)
        QTextStream(stderr) << message << '\n';
}

/// A picture is the same on every desktop, and with none: it is drawn off screen.
int drawImage(QApplication& application, const WindowOptions& options) {
    QApplication::setCursorFlashTime(0);
    QApplication::setEffectEnabled(Qt::UI_AnimateMenu, false);
    QLocale::setDefault(QLocale(QLocale::English));
    Theme::instance().apply(options.theme.value_or(Theme::Kind::Dark));
    Settings settings(Settings::Storage::Nowhere);
    MainWindow window(settings, nullptr);
    window.setTimingsShown(false);
    window.resize(options.size);
    window.setAttribute(Qt::WA_DontShowOnScreen);
    window.show();

    int exitCode = 0;
    const auto end = [&](const Result<void>& result) {
        exitCode = result ? 0 : refuse(result.error());
        QTimer::singleShot(0, &application, &QCoreApplication::quit);
    };
    const auto draw = [&] { new ImageJob(window, options.image, kImageTimeoutMs, end); };
    if (options.store.isEmpty()) {
        draw();
    } else {
        const auto url = StoreUrl::parse(options.store);
        if (!url)
            return refuse(url.error());
        window.openStore(*url, options.domain, options.landing, [&](Result<void> opened) {
            if (opened)
                draw();
            else
                end(opened);
        });
    }
    QApplication::exec();
    return exitCode;
}

int showWindow(const WindowOptions& options) {
    Settings settings;
    DesktopPreference preference;
    const ThemeChoice choice = settings.themeChoice();
    const Theme::Kind chosen = choice == ThemeChoice::Auto   ? preference.kind()
                               : choice == ThemeChoice::Dark ? Theme::Kind::Dark
                                                             : Theme::Kind::Light;
    Theme::instance().apply(options.theme.value_or(chosen));
    if (settings.zoom() != Theme::instance().zoom())
        Theme::instance().setZoom(settings.zoom());
    MainWindow window(settings, options.theme ? nullptr : &preference);
    window.show();
    // Nothing asked for: what was open at last, where it was left.
    const QString store = options.store.isEmpty() ? settings.openStore() : options.store;
    if (!store.isEmpty()) {
        if (const auto url = StoreUrl::parse(store))
            window.openStore(*url, options.domain, options.landing);
        else
            window.openAddress(store);
    }
    return QApplication::exec();
}

} // namespace

int runWindow(int argc, char** argv) {
    const auto options = parseWindowOptions(argumentsOf(argc, argv));
    if (!options)
        return refuse(options.error());
    if (!options->image.isEmpty() && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (!options->image.isEmpty())
        qInstallMessageHandler(onlyFatal);
    if (!hasDisplay())
        return refuse({Error::Kind::Usage,
                       QCoreApplication::translate("application", "There is no display to open a "
                                                                  "window on"),
                       {},
                       QCoreApplication::translate("application",
                                                   "draw a picture with --image FILE.png, or use a "
                                                   "subcommand such as “rewindow info STORE”")});

    // The window has its own look; a desktop's style plugin costs a start and would show through.
    QApplication::setStyle(QStringLiteral("fusion"));
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("rewindow"));
    QApplication::setApplicationDisplayName(QStringLiteral("Rewindow"));
    QApplication::setDesktopFileName(QStringLiteral("org.rewindow.Rewindow"));
    return options->image.isEmpty() ? showWindow(*options) : drawImage(application, *options);
}

} // namespace rewindow
