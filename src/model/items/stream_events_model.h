// The events of one stream as a table: version, type, time, payload.
#pragma once

#include "model/session/aggregate_replay.h"
#include "model/store_lane.h"

#include <QAbstractTableModel>
#include <QByteArray>
#include <QCache>

#include <functional>
#include <vector>

namespace rewindow {

/// Row r is version r + 1. Everything but the payload comes from the outline; payloads are read in
/// pages when they are looked at, and kept in part, so that a huge one costs no more than a small
/// one. Until it is there a payload's text is empty.
class StreamEventsModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { VersionColumn, TypeColumn, RecordedColumn, DataColumn, ColumnCount };
    enum Role {
        AfterPlayheadRole = Qt::UserRole + 1, ///< bool: lies after the version shown
        VersionRole,                          ///< qint64
        FailedRole, ///< bool: this event could not be applied, nor was any after it
    };

    explicit StreamEventsModel(StoreLane& lane, QObject* parent = nullptr);

    /// The same stream grown longer adds rows; anything else resets.
    void setOutline(const AggregateOutline& outline);
    void setVersion(StreamVersion version);

    const AggregateOutline& outline() const { return m_outline; }
    StreamVersion version() const { return m_version; }
    QModelIndex indexOf(StreamVersion version) const; ///< invalid at 0 and beyond the last

    /// Reads the whole event: for copying what a cell shows in part.
    void fetchEvent(StreamVersion version, QObject* guard,
                    std::function<void(Result<RecordedEvent>)> done);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  signals:
    void failed(const rewindow::Error& error);

  private:
    using Page = std::vector<QString>; ///< beginnings of the payloads

    const TimelineEvent& eventAt(int row) const { return (*m_outline.events)[std::size_t(row)]; }
    QVariant text(const QModelIndex& index) const;
    void lookAtDates();
    QString recordedText(const TimelineEvent& event) const;
    QString payload(int row) const;
    void want(int page) const;
    void readNext() const;
    void takePage(int page, Result<Page> read);
    void forget();

    StoreLane& m_lane;
    AggregateOutline m_outline;
    StreamVersion m_version;
    /// What of the date the first and the last event have in common goes without saying.
    enum class Dates { OneDay, OneYear, Years };
    Dates m_dates = Dates::OneDay;
    // Filled while painting asks; what a page holds never changes once it is full.
    mutable QCache<int, Page> m_pages;
    mutable std::vector<int> m_wanted; ///< newest last
    mutable int m_reading = -1;
    mutable CancelToken m_cancel;
};

} // namespace rewindow
