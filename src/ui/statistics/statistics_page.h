// The Statistics page: what the log looks like as a whole.
#pragma once

#include "model/moment/moment.h"
#include "model/statistics/log_statistics.h"
#include "ui/shell/theme.h"

#include <QWidget>

class QListView;
class QSplitter;
class QStackedLayout;
class QTableView;
class QTreeView;
class QLabel;
class QAbstractItemView;

namespace rewindow {

class FindingsModel;
class LogCharts;
class Panel;
class SchemaModel;
class Session;
class StatisticsColumns;
class StatisticsGuide;
class StreamRankingModel;
class TypesModel;

/// Types and findings at the left, charts over schema and streams at the right. Starts counting
/// when it is made.
class StatisticsPage : public QWidget {
    Q_OBJECT

  public:
    explicit StatisticsPage(Session& session, QWidget* parent = nullptr);
    ~StatisticsPage() override;

    /// What the page adds to the list of actions.
    QList<QAction*> actions() const { return m_actions; }
    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);
    bool isQuiet() const; ///< nothing is being counted

    LogStatistics& log() { return *m_log; }
    QTableView* types() const { return m_types; }
    QTreeView* schema() const { return m_schema; }
    QTableView* streams() const { return m_streams; }
    QListView* findings() const { return m_findings; }
    LogCharts* charts() const { return m_charts; }

  private:
    void layOut();
    QWidget* makeLeft();
    QWidget* makeRight();
    void makeActions();
    Panel* panelOf(QAbstractItemView* view, Theme::Role role, const QString& title,
                   const QString& fileName);
    void offer(QAbstractItemView* view);
    void sortBy(const QAbstractItemView* view, int column);
    void takeStatistics();
    void takeState();
    void takeType();
    void chooseAsInMoment(const QString& otherwise);
    void tellType();
    Moment momentOf(const QModelIndex& index) const;
    void takeTheme();
    void choose(const QModelIndex& index);
    QString emptyText() const;

    Session& m_session;
    LogStatistics* m_log = nullptr;
    StatisticsGuide* m_guide = nullptr;
    TypesModel* m_typesModel = nullptr;
    SchemaModel* m_schemaModel = nullptr;
    StreamRankingModel* m_streamsModel = nullptr;
    FindingsModel* m_findingsModel = nullptr;
    QTableView* m_types = nullptr;
    QTreeView* m_schema = nullptr;
    QTableView* m_streams = nullptr;
    QListView* m_findings = nullptr;
    StatisticsColumns* m_tables = nullptr;
    LogCharts* m_charts = nullptr;
    Panel* m_typesPanel = nullptr;
    Panel* m_schemaPanel = nullptr;
    Panel* m_streamsPanel = nullptr;
    Panel* m_findingsPanel = nullptr;
    QLabel* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    QSplitter* m_columns = nullptr;
    QSplitter* m_left = nullptr;
    QSplitter* m_rows = nullptr;
    QSplitter* m_bottom = nullptr;
    QString m_type;          ///< whose schema is shown
    QString m_stream;        ///< of the moment, that was chosen among those that stand out
    bool m_isTaking = false; ///< what was counted, which chooses rows
    QList<QAction*> m_actions;
};

} // namespace rewindow
