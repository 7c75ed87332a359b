// Somebody at a window: goes about in it by its keys, fields and lists, at random.
#pragma once

#include "model/items/log_model.h"
#include "ui/aggregate/aggregate_page.h"
#include "ui/aggregate/events_panel.h"
#include "ui/aggregate/events_table.h"
#include "ui/aggregate/projection_panel.h"
#include "ui/aggregate/state_panel.h"
#include "ui/aggregate/state_tree.h"
#include "ui/aggregate/streams_panel.h"
#include "ui/aggregate/streams_tree.h"
#include "ui/aggregate/timeline_panel.h"
#include "ui/aggregate/timeline_view.h"
#include "ui/aggregate/view_rows_table.h"
#include "ui/compare/compare_side.h"
#include "ui/compare/compare_window.h"
#include "ui/log/filter_line.h"
#include "ui/log/histogram_panel.h"
#include "ui/log/histogram_view.h"
#include "ui/log/log_page.h"
#include "ui/log/log_table.h"
#include "ui/statistics/statistics_page.h"
#include "ui/ui_support.h"

#include <QLineEdit>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSpinBox>
#include <QTableView>
#include <QTreeView>

namespace rewindow::test {

class WindowWalk {
  public:
    WindowWalk(MainWindow& window, quint32 seed) : m_window(window), m_random(seed) {}

    /// One thing somebody may do, and what came of it is on screen. What it was, in a word.
    QString step() {
        if (QWidget* comparison = m_window.findChild<CompareWindow*>())
            return done(inComparison(*static_cast<CompareWindow*>(comparison)));
        switch (m_random.bounded(9)) {
        case 0:
            return done(anotherPage());
        case 1:
            key(m_window, m_random.bounded(3) > 0 ? Qt::Key_Left : Qt::Key_Right, Qt::AltModifier);
            return done(QStringLiteral("back or forward"));
        case 2:
            key(m_window, Qt::Key_L, Qt::ControlModifier);
            return done(QStringLiteral("live or not"));
        default:
            switch (m_window.session()->moment().page) {
            case Page::Log:
                return done(inLog());
            case Page::Statistics:
                return done(inStatistics());
            case Page::Aggregate:
                break;
            }
            return done(inAggregate());
        }
    }

  private:
    template <class T>
    T& part() const {
        return *m_window.findChild<T*>();
    }

    QString done(const QString& what) {
        settle(m_window);
        return what;
    }

    static void key(QWidget& widget, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&widget, key, modifiers);
    }

    void keys(QWidget& widget, Qt::Key which, int times) {
        widget.setFocus();
        for (int i = 0; i < times; ++i) {
            key(widget, which);
            settle(m_window);
        }
    }

    /// Any row that is there, by a click where it can be seen.
    void click(QAbstractItemView& view, int column = 0) {
        const int rows = view.model()->rowCount();
        if (rows == 0)
            return;
        const QModelIndex index = view.model()->index(m_random.bounded(rows), column);
        view.scrollTo(index);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(index).center());
    }

    QString anotherPage() {
        static constexpr Qt::Key pages[] = {Qt::Key_1, Qt::Key_2, Qt::Key_3};
        key(m_window, pages[m_random.bounded(3)], Qt::ControlModifier);
        return QStringLiteral("another page");
    }

    QString inLog() {
        auto& page = part<LogPage>();
        LogTable& table = *page.table();
        switch (m_random.bounded(8)) {
        case 0:
        case 1: {
            static const QStringList filters{{},
                                             QStringLiteral("type:OrderPaid"),
                                             QStringLiteral("-type:ItemAdded stream:order-*"),
                                             QStringLiteral("type:Order* or type:UserRegistered"),
                                             QStringLiteral("before:yesterday"),
                                             QStringLiteral("after:2020-01-01 version>2"),
                                             QStringLiteral("data.quantity>2"),
                                             QStringLiteral("has:data.reason \"o\""),
                                             QStringLiteral("type:NoSuchType")};
            FilterLine& line = *page.filterLine();
            line.setFocus();
            line.selectAll();
            key(line, Qt::Key_Delete);
            QTest::keyClicks(&line, filters[m_random.bounded(filters.size())] + u' ');
            key(line, Qt::Key_Return);
            return QStringLiteral("filter");
        }
        case 2: {
            QWidget& bars = *page.histogramPanel()->findChild<HistogramView*>();
            keys(bars, Qt::Key_Left, m_random.bounded(20));
            for (int i = m_random.bounded(10); i > 0; --i)
                key(bars, Qt::Key_Left, Qt::ShiftModifier);
            key(bars, Qt::Key_Return);
            return QStringLiteral("range");
        }
        case 3:
            table.setFocus();
            key(table, Qt::Key_Return, Qt::ControlModifier);
            return QStringLiteral("open aggregate");
        case 4:
            table.verticalScrollBar()->setValue(
                m_random.bounded(table.verticalScrollBar()->maximum() + 1));
            return QStringLiteral("scroll");
        case 5:
            keys(table, m_random.bounded(2) == 0 ? Qt::Key_End : Qt::Key_Home, 1);
            return QStringLiteral("first or last event");
        case 6:
            keys(table, Qt::Key_PageDown, 1 + m_random.bounded(6));
            return QStringLiteral("some pages down");
        default:
            keys(table, m_random.bounded(2) == 0 ? Qt::Key_Down : Qt::Key_Up,
                 1 + m_random.bounded(40));
            return QStringLiteral("some events up or down");
        }
    }

    QString inAggregate() {
        auto& page = part<AggregatePage>();
        switch (m_random.bounded(8)) {
        case 0:
        case 1: {
            auto& streams = page.streams();
            streams.filterLine().setFocus();
            streams.filterLine().clear();
            if (m_random.bounded(2) == 0)
                QTest::keyClicks(&streams.filterLine(), QStringLiteral("order"));
            QTest::qWait(300); // typing is waited for
            settle(m_window);
            StreamsTree& tree = streams.tree();
            tree.setFocus();
            keys(tree, Qt::Key_Down, 1 + m_random.bounded(15));
            key(tree, Qt::Key_Return);
            settle(m_window);
            streams.filterLine().clear();
            QTest::qWait(300);
            return QStringLiteral("another stream");
        }
        case 2:
            keys(page.timeline().view(), Qt::Key_Left, 1 + m_random.bounded(4));
            return QStringLiteral("versions back");
        case 3:
            keys(page.timeline().view(), Qt::Key_Right, 1 + m_random.bounded(4));
            return QStringLiteral("versions on");
        case 4:
            click(page.events().table());
            return QStringLiteral("event of the stream");
        case 5:
            click(page.state().tree());
            return QStringLiteral("value of the state");
        case 6:
            if (auto* rows = page.projection().findChild<ViewRowsTable*>();
                rows && rows->isVisible())
                click(*rows, m_random.bounded(rows->model()->columnCount()));
            return QStringLiteral("cell of a view");
        default:
            key(m_window, Qt::Key_D, Qt::AltModifier | Qt::ShiftModifier);
            return QStringLiteral("compare");
        }
    }

    QString inStatistics() {
        auto& page = part<StatisticsPage>();
        if (m_random.bounded(3) > 0) {
            click(*page.types());
            return QStringLiteral("type");
        }
        click(*page.streams());
        return QStringLiteral("stream that stands out");
    }

    QString inComparison(CompareWindow& window) {
        if (m_random.bounded(3) == 0) {
            key(window, Qt::Key_Escape);
            return QStringLiteral("end of the comparison");
        }
        QSpinBox& version = (m_random.bounded(2) == 0 ? window.left() : window.right()).version();
        version.setFocus();
        key(version, m_random.bounded(2) == 0 ? Qt::Key_Up : Qt::Key_Down);
        return QStringLiteral("another version to compare");
    }

    MainWindow& m_window;
    QRandomGenerator m_random;
};

} // namespace rewindow::test
