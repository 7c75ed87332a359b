// One entry an action; the order here is the order of the menus.
#include "ui/shell/window_actions.h"

#include "model/domain/domain.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QWidget>

namespace rewindow {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(WindowActions)
};

using Menu = Actions::Menu;

QAction* choice(Actions& actions, Menu menu, const Actions::Spec& spec, QActionGroup* group,
                const QVariant& data = {}) {
    QAction* action = actions.add(menu, spec);
    action->setCheckable(true);
    action->setData(data);
    group->addAction(action);
    return action;
}

} // namespace

WindowActions::WindowActions(Actions& actions, QWidget* window)
    : domains(new QActionGroup(&actions))
    , pages(new QActionGroup(&actions))
    , themes(new QActionGroup(&actions)) {
    const auto add = [&](Menu menu, const QString& name, const char* icon, const QString& tip,
                         const QList<QKeySequence>& keys = {}) {
        return actions.add(menu, {name, QString::fromLatin1(icon), tip, keys});
    };
    open = add(Menu::File, Words::tr("Open a file…"), "open",
               Words::tr("A store of Rewindow's own, one another framework wrote, or an export in "
                         "JSON Lines."),
               {QKeySequence::Open});
    connectTo = add(Menu::File, Words::tr("Connect to a server…"), "server",
                    Words::tr("A store in a PostgreSQL or MariaDB database: it is looked at while "
                              "you type where it is."),
                    {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O)});
    demo = add(Menu::File, Words::tr("Open the demo"), "demo",
               Words::tr("A small shop with users, products and orders, made on this machine. Try "
                         "everything there."),
               {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
    close = add(Menu::File, Words::tr("Close the store"), "close",
                Words::tr("Go back to the first page."), {QKeySequence(Qt::CTRL | Qt::Key_W)});
    quit = add(Menu::File, Words::tr("Quit"), "quit", Words::tr("Close the window and end."),
               {QKeySequence(Qt::CTRL | Qt::Key_Q)});

    reload = add(Menu::Store, Words::tr("Open again"), "refresh",
                 Words::tr("Open the store anew and come back to this view."),
                 {QKeySequence(Qt::Key_F5)});
    copyLink = add(Menu::Store, Words::tr("Copy a link to this view"), "link",
                   Words::tr("A rewindow:// address that opens this store at this moment."),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
    for (const QString& name : domainNames())
        choice(actions, Menu::Store,
               {Words::tr("Read by domain “%1”").arg(name), QStringLiteral("aggregate"),
                Words::tr("Evolve states by the rules of “%1”, and remember it.").arg(name)},
               domains, name);

    logPage = choice(actions, Menu::View,
                     {Words::tr("Log"),
                      QStringLiteral("log"),
                      Words::tr("Every event of the store."),
                      {QKeySequence(Qt::CTRL | Qt::Key_1)}},
                     pages);
    aggregatePage = choice(actions, Menu::View,
                           {Words::tr("Aggregate"),
                            QStringLiteral("aggregate"),
                            Words::tr("One aggregate, stepped through its events."),
                            {QKeySequence(Qt::CTRL | Qt::Key_2)}},
                           pages);
    statisticsPage = choice(actions, Menu::View,
                            {Words::tr("Statistics"),
                             QStringLiteral("statistics"),
                             Words::tr("What the log looks like as a whole: types, streams, "
                                       "payloads and their schemas."),
                             {QKeySequence(Qt::CTRL | Qt::Key_3)}},
                            pages);
    back = add(Menu::View, Words::tr("Back"), "back", Words::tr("Where you were before."),
               {QKeySequence(Qt::ALT | Qt::Key_Left)});
    forward = add(Menu::View, Words::tr("Forward"), "forward",
                  Words::tr("Where you went back from."), {QKeySequence(Qt::ALT | Qt::Key_Right)});
    live = add(Menu::View, Words::tr("Follow the head of the log"), "live",
               Words::tr("Live: the playhead follows new events. Off: it stays where it is."),
               {QKeySequence(Qt::CTRL | Qt::Key_L)});
    live->setCheckable(true);
    goTo = add(Menu::View, Words::tr("Go to…"), "search",
               Words::tr("A stream, an event, a position, a type, a command, a row or a bookmark, "
                         "by its name."),
               {QKeySequence(Qt::CTRL | Qt::Key_K)});
    addBookmark = add(Menu::View, Words::tr("Bookmark this view"), "bookmark",
                      Words::tr("Mark where you are, with a name and a note."),
                      {QKeySequence(Qt::CTRL | Qt::Key_D)});
    showBookmarks = add(Menu::View, Words::tr("Show bookmarks"), "bookmark",
                        Words::tr("List the marked places of this store."),
                        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D)});
    showBookmarks->setCheckable(true);
    zoomIn =
        add(Menu::View, Words::tr("Larger text"), "zoom-in", Words::tr("Make all text larger."),
            {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    zoomOut = add(Menu::View, Words::tr("Smaller text"), "zoom-out",
                  Words::tr("Make all text smaller."), {QKeySequence(Qt::CTRL | Qt::Key_Minus)});
    zoomReset =
        add(Menu::View, Words::tr("Normal text"), "zoom-reset",
            Words::tr("Bring all text back to its size."), {QKeySequence(Qt::CTRL | Qt::Key_0)});
    const auto theme = [&](const QString& name, const QString& tip, ThemeChoice which) {
        choice(actions, Menu::View, {name, QStringLiteral("theme"), tip}, themes,
               static_cast<int>(which));
    };
    theme(Words::tr("Theme of the desktop"), Words::tr("Dark or light as the desktop prefers."),
          ThemeChoice::Auto);
    theme(Words::tr("Dark theme"), Words::tr("Light text on dark ground."), ThemeChoice::Dark);
    theme(Words::tr("Light theme"), Words::tr("Dark text on light ground."), ThemeChoice::Light);
    localTimes = add(Menu::View, Words::tr("Local times"), "clock",
                     Words::tr("On: times as the clocks here show them. Off: UTC."),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U)});
    localTimes->setCheckable(true);
    moveBorder = add(Menu::View, Words::tr("Move a border"), "layout",
                     Words::tr("Make the part you are in larger or smaller with the arrow keys; "
                               "once more takes the next border."),
                     {QKeySequence(Qt::Key_F6)});
    resetLayout = add(Menu::View, Words::tr("Restore the layout"), "layout",
                      Words::tr("Put every part of the pages back to its place."));
    fullScreen = add(Menu::View, Words::tr("Full screen"), "fullscreen",
                     Words::tr("Fill the screen, or stop."), {QKeySequence(Qt::Key_F11)});

    runAction = add(Menu::Help, Words::tr("Run an action…"), "command",
                    Words::tr("Find anything that can be done here by its name, and do it."),
                    {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    shortcuts = add(Menu::Help, Words::tr("Actions and shortcuts"), "keyboard",
                    Words::tr("List everything that can be done, with its keys."),
                    {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)});
    about = add(Menu::Help, Words::tr("About Rewindow"), "info", Words::tr("Version and licence."));
    window->addActions(actions.all());
}

QList<QAction*> WindowActions::ofStore() const {
    return QList<QAction*>{close, reload, copyLink,    logPage,       aggregatePage, statisticsPage,
                           live,  goTo,   addBookmark, showBookmarks, moveBorder,    resetLayout} +
           domains->actions();
}

} // namespace rewindow
