// Open, filter for, filter out, copy.
#include "ui/log/log_page_menu.h"

#include "model/items/log_model.h"
#include "ui/shell/icons.h"
#include "ui/shell/plain_text.h"

#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>

namespace rewindow {

namespace {

constexpr int kNameShown = 40;

QString menuText(const QString& text) {
    return onOneLine(text, kNameShown).replace(u'&', QLatin1String("&&"));
}

} // namespace

QMenu* logRowMenu(const QModelIndex& index, QAction* open, const EventFilter& filter,
                  const std::function<void(const QString&)>& narrow, QWidget* parent) {
    const auto cell = [&index](int column) {
        return index.siblingAtColumn(column).data(Qt::DisplayRole).toString();
    };
    using Field = FilterField;
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(open);
    menu->addSeparator();
    const auto offer = [&](const QString& label, Field field, const QString& name, bool excluded) {
        if (name.isEmpty())
            return;
        const auto named = FilterExpression::equals({field, {}}, Json(name));
        const QString text =
            (excluded ? filter.without(named) : filter.narrowedTo(named)).toString();
        menu->addAction(icon(QStringLiteral("filter")), label.arg(menuText(name)), parent,
                        [narrow, text] { narrow(text); });
    };
    const QString type = cell(LogModel::TypeColumn);
    const QString stream = cell(LogModel::StreamColumn);
    offer(QCoreApplication::translate("LogPage", "Only type %1"), Field::Type, type, false);
    offer(QCoreApplication::translate("LogPage", "Not type %1"), Field::Type, type, true);
    offer(QCoreApplication::translate("LogPage", "Only stream %1"), Field::Stream, stream, false);
    offer(QCoreApplication::translate("LogPage", "Not stream %1"), Field::Stream, stream, true);
    menu->addSeparator();
    const auto copy = [&](const QString& label, const QString& text) {
        menu->addAction(icon(QStringLiteral("copy")), label, parent,
                        [text] { QGuiApplication::clipboard()->setText(text); });
    };
    copy(QCoreApplication::translate("LogPage", "Copy position"),
         index.data(LogModel::PositionRole).toString());
    copy(QCoreApplication::translate("LogPage", "Copy stream's name"), stream);
    copy(QCoreApplication::translate("LogPage", "Copy type"), type);
    return menu;
}

} // namespace rewindow
