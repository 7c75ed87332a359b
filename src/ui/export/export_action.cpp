// From an action to the window's exports.
#include "ui/export/export_action.h"

#include "ui/export/exports.h"
#include "ui/shell/icons.h"

#include <QAction>
#include <QCoreApplication>
#include <QWidget>

namespace rewindow {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(ExportAction)
};

template <class Source>
QAction* actionOf(QWidget& owner, const QString& text, const QString& tip, Source source) {
    auto* action = new QAction(icon(QStringLiteral("export")), text, &owner);
    action->setToolTip(tip);
    action->setStatusTip(tip);
    QObject::connect(action, &QAction::triggered, &owner,
                     [&owner, source = std::move(source)] { Exports::of(owner).ask(source()); });
    owner.addAction(action);
    return action;
}

} // namespace

QAction* tableExport(QWidget& owner, const QString& text, std::function<TableSource()> source) {
    return actionOf(owner, text, Words::tr("Write all rows to a file, as CSV or JSON Lines."),
                    std::move(source));
}

QAction* pictureExport(QWidget& owner, const QString& text, std::function<PictureSource()> source) {
    return actionOf(owner, text, Words::tr("Write this picture to a file, as PNG or SVG."),
                    std::move(source));
}

} // namespace rewindow
