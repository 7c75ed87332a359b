// By way of the session's moment.
#include "ui/statistics/statistics_place.h"

#include "model/session/session.h"
#include "model/statistics/statistics_filter.h"
#include "model/statistics/statistics_roles.h"
#include "ui/shell/icons.h"
#include "ui/shell/number_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace rewindow {

StatisticsPlace placeOf(const QModelIndex& index) {
    const auto text = [&](int role) { return index.data(role).toString(); };
    const QString type = text(statistics::TypeRole);
    const QString stream = text(statistics::StreamRole);
    const QString path = text(statistics::PathRole);
    QStringList words;
    if (!type.isEmpty())
        words.append(typeWord(type));
    if (!stream.isEmpty())
        words.append(streamWords({stream}));
    if (const QString has = path.isEmpty() ? QString() : hasWord(path); !has.isEmpty())
        words.append(has);
    return {.words = words.join(u' '),
            .position = GlobalPosition(index.data(statistics::PositionRole).toLongLong()),
            .isThere = index.data(statistics::KindRole).isValid(),
            .text = index.data(Qt::DisplayRole).toString()};
}

void StatisticsGuide::filterFor(const StatisticsPlace& place) {
    Moment moment = m_session.moment();
    moment.page = Page::Log;
    moment.filter = place.words;
    if (place.isThere && place.position != GlobalPosition(0))
        moment.playhead = place.position;
    m_session.go(moment);
}

void StatisticsGuide::filterOut(const StatisticsPlace& place) {
    Moment moment = m_session.moment();
    moment.page = Page::Log;
    moment.filter = filteredOut(moment.filter, place.words);
    m_session.go(moment);
}

void StatisticsGuide::showInLog(GlobalPosition position) {
    Moment moment = m_session.moment();
    moment.page = Page::Log;
    moment.filter.clear();
    moment.playhead = position;
    m_session.go(moment);
}

void StatisticsGuide::openAggregate(GlobalPosition position) {
    using Found = std::optional<RecordedEvent>;
    m_session.reading().run<Found>(
        this,
        [position](Store& store, const CancelToken&) { return store.reader().eventAt(position); },
        [this, position](Result<Found> found) {
            if (!found) {
                emit m_session.failed(found.error());
                return;
            }
            if (!*found)
                return;
            Moment moment = m_session.moment();
            moment.page = Page::Aggregate;
            moment.stream = toQString((*found)->stream());
            moment.playhead = position;
            m_session.go(moment);
        });
}

QMenu* StatisticsGuide::menu(const StatisticsPlace& place, QWidget* parent) {
    const bool hasPosition = place.position != GlobalPosition(0);
    if (place.words.isEmpty() && !hasPosition && place.text.isEmpty())
        return nullptr;
    auto* menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!place.words.isEmpty()) {
        menu->addAction(icon(QStringLiteral("filter")), tr("Filter for"), this,
                        [this, place] { filterFor(place); });
        menu->addAction(icon(QStringLiteral("filter")), tr("Filter out"), this,
                        [this, place] { filterOut(place); });
    }
    if (hasPosition) {
        menu->addAction(icon(QStringLiteral("log")),
                        tr("Show position %1 in the log").arg(numberText(place.position.value())),
                        this, [this, place] { showInLog(place.position); });
        menu->addAction(icon(QStringLiteral("aggregate")), tr("Open aggregate at this version"),
                        this, [this, place] { openAggregate(place.position); });
    }
    menu->addSeparator();
    const auto copy = [menu](const QString& label, const QString& text) {
        if (!text.isEmpty())
            menu->addAction(icon(QStringLiteral("copy")), label, menu,
                            [text] { QGuiApplication::clipboard()->setText(text); });
    };
    copy(tr("Copy"), place.text);
    copy(tr("Copy as a filter"), place.words);
    return menu;
}

} // namespace rewindow
