// Every event of the log as a table that holds only what is looked at.
#pragma once

#include "model/items/log_index.h"
#include "model/store_lane.h"

#include <QAbstractTableModel>
#include <QCache>

#include <functional>
#include <optional>
#include <vector>

namespace rewindow {

/// Rows are read in pages when they are looked at; until one is there its texts are empty. A table
/// cannot scroll over 64-bit numbers of rows: where the log has more than `mostRows`, the rows are
/// a window onto it, which moves.
class LogModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column {
        PositionColumn,
        RecordedColumn,
        TypeColumn,
        StreamColumn,
        VersionColumn,
        DataColumn,
        ColumnCount
    };
    enum Role {
        AfterPlayheadRole = Qt::UserRole + 1, ///< bool
        PositionRole,                         ///< qint64; invalid until it is known
        TypeRole,                             ///< QString; empty until it is read
    };
    enum class State { Empty, Counting, Ready, Failed };

    static constexpr qint64 kMostRows = 1'000'000;

    /// Pages are read on `reading`, what takes longer on `background`; both must outlive the model.
    LogModel(StoreLane& reading, StoreLane& background, QObject* parent = nullptr,
             qint64 mostRows = kMostRows);
    ~LogModel() override;

    /// Shows the events of a log that `filter` lets through, the newest end first in the window.
    void setLog(const LogSummary& summary, const EventFilter& filter);
    /// Takes in what was appended since.
    void grow(const LogSummary& summary);
    void setNewestFirst(bool newestFirst);
    void setPlayhead(GlobalPosition playhead);

    State state() const { return m_state; }
    bool isNewestFirst() const { return m_newestFirst; }
    qint64 total() const { return m_index.rows(); } ///< rows in the log, under the filter
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
    /// an invalid index when there is none. Latest call wins.
    void locate(GlobalPosition position, std::function<void(const QModelIndex&)> done);
    std::optional<GlobalPosition> positionAt(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  signals:
    void stateChanged();
    void failed(const rewindow::Error& error);

  private:
    struct Row {
        GlobalPosition position;
        StreamVersion version;
        Timestamp recordedAt;
        QString type;
        QString stream;
        QString data; ///< its beginning
    };
    struct Page {
        std::vector<Row> rows;
        qsizetype expected = 0; ///< rows there were to read when it was asked for
    };

    qint64 logRow(int row) const {
        return m_newestFirst ? m_begin + m_rows - 1 - row : m_begin + row;
    }
    int tableRow(qint64 logRow) const;
    const Row* row(int row) const;
    QString text(const Row& row, int column) const;
    void setState(State state);
    void setWindow(qint64 begin);
    void showGrown(qint64 before);
    void count();
    void countMore();
    void want(qint64 page) const;
    void readNext() const;
    void takePage(qint64 page, qsizetype expected, Result<std::vector<Row>> read);
    void forgetPages();
    QModelIndex reveal(qint64 logRow);

    StoreLane& m_reading;
    StoreLane& m_background;
    const qint64 m_mostRows;
    State m_state = State::Empty;
    EventFilter m_filter;
    LogIndex m_index;
    qint64 m_begin = 0;
    qint64 m_rows = 0;
    bool m_newestFirst = true;
    GlobalPosition m_playhead;
    GlobalPosition m_head; ///< as last said
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
