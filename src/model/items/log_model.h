// Every event of the log as a table that holds only what is looked at.
#pragma once

#include "model/items/colour_rules.h"
#include "model/items/first_hits.h"
#include "model/items/log_columns.h"
#include "model/items/log_index.h"
#include "model/items/log_row.h"
#include "model/store_lane.h"

#include <QAbstractTableModel>
#include <QCache>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace rewindow {

/// The events of a log that are marked, with what is noted on them.
using MarkedEvents = std::map<GlobalPosition, QString>;

/// Rows are read in pages when they are looked at; until one is there its texts are empty. A table
/// cannot scroll over 64-bit numbers of rows: where the log has more than `mostRows`, the rows are
/// a window onto it, which moves. The columns that LogColumn names are all there, fields as far as
/// they were asked for; which of them are seen, and in which order, is the view's. A column more
/// has the signs of a row.
///
/// Under a filter the rows have to be counted. Until they are, the first ones that were found are
/// shown, and the others join them at the other end.
class LogModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column {
        PositionColumn = static_cast<int>(LogColumn::Kind::Position),
        RecordedColumn = static_cast<int>(LogColumn::Kind::Recorded),
        TypeColumn = static_cast<int>(LogColumn::Kind::Type),
        StreamColumn = static_cast<int>(LogColumn::Kind::Stream),
        VersionColumn = static_cast<int>(LogColumn::Kind::Version),
        DataColumn = static_cast<int>(LogColumn::Kind::Data),
        SinceColumn = static_cast<int>(LogColumn::Kind::Since),
        CorrelationColumn = static_cast<int>(LogColumn::Kind::Correlation),
        CausationColumn = static_cast<int>(LogColumn::Kind::Causation),
        IdColumn = static_cast<int>(LogColumn::Kind::Id),
        SignColumn = static_cast<int>(LogColumn::Kind::Field), ///< no text: see the roles
        FirstField
    };
    enum Role {
        AfterPlayheadRole = Qt::UserRole + 1, ///< bool
        PositionRole,                         ///< qint64; invalid until it is known
        TypeRole,                             ///< QString; empty until it is read
        LookRole,                             ///< RowLook; invalid where no rule is about the event
        MarkedRole,                           ///< bool
        HitRole,                              ///< bool: of setHit()
    };
    enum class State { Empty, Counting, Ready, Failed };

    static constexpr qint64 kMostRows = 1'000'000;

    /// Pages are read on `reading`, what takes longer on `background`; both are of the store at
    /// `url`, and must outlive the model.
    LogModel(const StoreUrl& url, StoreLane& reading, StoreLane& background,
             QObject* parent = nullptr, qint64 mostRows = kMostRows);
    ~LogModel() override;

    /// Shows the events of a log that `filter` lets through; the window is at the end that the
    /// table begins with.
    void setLog(const LogSummary& summary, const EventFilter& filter);
    /// Takes in what was appended since.
    void grow(const LogSummary& summary);
    void setNewestFirst(bool newestFirst);
    void setPlayhead(GlobalPosition playhead);
    /// Values of payload or metadata, each in a column after the others.
    void setFields(const std::vector<FilterPlace>& fields);
    /// Those whose filter cannot be read find nothing.
    void setRules(const ColourRules& rules);
    void setMarks(MarkedEvents marks);
    /// What times are measured from; nothing: none are.
    void setReference(std::optional<Timestamp> reference);
    /// The row of this event is pointed out.
    void setHit(std::optional<GlobalPosition> hit);

    int columnOf(const LogColumn& column) const;         ///< -1 for a field that was not asked for
    std::optional<LogColumn> columnAt(int column) const; ///< nothing for the signs
    /// What finds the events that have this very value; nothing where there is none to filter by.
    std::optional<FilterExpression> conditionAt(const QModelIndex& index) const;

    State state() const { return m_state; }
    bool isNewestFirst() const { return m_newestFirst; }
    /// Rows in the log, under the filter; while they are counted, those that were found so far.
    qint64 total() const { return m_state == State::Counting ? m_rows : m_index.rows(); }
    const EventFilter& filter() const { return m_filter; }

    /// Rows of the log, oldest first, that the window begins with and holds.
    qint64 windowBegin() const { return m_begin; }
    qint64 windowRows() const { return m_rows; }
    bool hasOlder() const { return m_begin > 0; }
    bool hasNewer() const { return m_begin + m_rows < total(); }
    /// Moves the window by half of itself.
    void shift(bool towardsNewer);
    void showOldest();
    void showNewest();

    /// Finds the last event at or before a position, moving the window to it where that is needed;
    /// an invalid index when there is none. It may have to wait for the count. Latest call wins.
    void locate(GlobalPosition position, std::function<void(const QModelIndex&)> done);
    /// What is being located is not wanted any more.
    void stopLocating();
    std::optional<GlobalPosition> positionAt(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  signals:
    void stateChanged();
    /// The rows under a filter have been counted: total() is no longer what was found so far.
    void counted();
    void failed(const rewindow::Error& error);

  private:
    struct Page {
        std::vector<LogRow> rows;
        qsizetype expected = 0; ///< rows there were to read when it was asked for
    };

    /// What a search found that runs beside the count; kept afterwards as if they were a page.
    struct Hits {
        std::vector<LogRow> rows;
        std::size_t read = 0; ///< of them are as they are asked for now; of the rest, the position
        bool newestFirst = true;
        qint64 total = 0; ///< rows there were when all were counted
    };
    struct Located {
        GlobalPosition position;
        std::function<void(const QModelIndex&)> done;
    };

    qint64 logRow(int row) const {
        return m_newestFirst ? m_begin + m_rows - 1 - row : m_begin + row;
    }
    int tableRow(qint64 logRow) const;
    const LogRow* row(int row) const;
    QString text(const QModelIndex& index) const;
    QString text(const LogRow& row, int column) const;
    QString spokenText(const QModelIndex& index) const;
    QString spokenSigns(const QModelIndex& index) const;
    bool isMarked(const QModelIndex& index) const;
    void say(int firstColumn, int lastColumn, const QList<int>& roles = {});
    void readAgain();
    void setState(State state);
    void setWindow(qint64 begin);
    void showGrown(qint64 before);
    void count();
    void search();
    qint64 mostHits() const;
    void takeHits(std::vector<LogRow> found);
    void takeAllHits();
    void takeCount(LogIndex index);
    void failCounting(const Error& error);
    std::optional<std::size_t> hitOf(int row) const;
    const LogRow* readHit(int row) const;
    std::optional<QModelIndex> locatedHit(GlobalPosition position) const;
    void answerLocating();
    void countMore();
    void want(qint64 page) const;
    void readNext() const;
    void takePage(qint64 page, qsizetype expected, Result<std::vector<LogRow>> read);
    void forgetPages();
    QModelIndex reveal(qint64 logRow);

    StoreLane& m_reading;
    StoreLane& m_background;
    FirstHits m_firstHits;
    const qint64 m_mostRows;
    State m_state = State::Empty;
    EventFilter m_filter;
    LogIndex m_index;
    qint64 m_begin = 0;
    qint64 m_rows = 0;
    bool m_newestFirst = true;
    GlobalPosition m_playhead;
    std::vector<FilterPlace> m_fields;
    ColourRules m_rules;
    std::vector<EventFilter> m_ruleFilters; ///< of m_rules
    MarkedEvents m_marks;
    std::optional<Timestamp> m_reference;
    std::optional<GlobalPosition> m_hit;
    GlobalPosition m_head;       ///< as last said
    GlobalPosition m_countingTo; ///< the head when counting began
    Hits m_hits;
    std::optional<Located> m_located; ///< waits for the count
    bool m_growing = false;
    CancelToken m_counting;
    CancelToken m_locating;
    // Filled while painting asks.
    mutable QCache<qint64, Page> m_pages;
    mutable std::vector<qint64> m_wanted; ///< latest last
    mutable qint64 m_readingPage = -1;
    mutable CancelToken m_pageRead;
};

} // namespace rewindow
