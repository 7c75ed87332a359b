// A store's streams, under the type of their aggregates.
#pragma once

#include "model/items/stream_group.h"
#include "model/items/streams_reading.h"
#include "model/store_lane.h"

#include <QAbstractItemModel>

#include <memory>
#include <optional>
#include <vector>

namespace rewindow {

/// A tree of types and their streams, read in pages by name as they are looked at, so that a store
/// of a hundred thousand streams opens as fast as one of ten. A store whose streams' names tell no
/// types, or nearly one a stream, is shown as a flat list. With a filter, the types hold what was
/// found so far.
class StreamsModel : public QAbstractItemModel {
    Q_OBJECT

  public:
    enum Column { NameColumn, CountColumn, ColumnCount };
    enum Role {
        StreamRole = Qt::UserRole + 1, ///< QString: the stream's whole name; empty for a type
        TypeRole,                      ///< QString: a type, or the type of a stream
        CountRole,                     ///< qint64: streams of a type, or version of a stream
    };

    explicit StreamsModel(StoreLane& lane, QObject* parent = nullptr);
    ~StreamsModel() override;

    /// Reads the types (or with a filter the first streams) anew.
    void reload();
    /// Takes in what was appended since the last look.
    void refresh();
    void setFilter(const QString& containing);
    const QString& filter() const { return m_filter; }
    /// Reads on until the row of `stream` is there, and emits revealed(). Gives up silently where
    /// the stream is unknown, filtered out, or too far down.
    void reveal(const QString& stream);

    bool isFlat() const { return m_flat; }
    bool isLoading() const { return m_loading; }
    qint64 streamCount() const { return m_streamCount; } ///< of the whole store
    qint64 foundCount() const;                           ///< rows of streams there are
    bool isComplete() const; ///< no stream under the filter is left to be read
    /// Whether there are streams under `parent` beyond those read. A view fetches what
    /// canFetchMore() tells of whenever it lays itself out, so that is the first page alone; the
    /// others are read on demand.
    bool hasMore(const QModelIndex& parent) const;
    void readMore(const QModelIndex& parent);
    QModelIndex indexOf(const QString& stream) const; ///< invalid where it was not read yet

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  signals:
    void loaded(); ///< types or a page of streams have come
    void revealed(const QModelIndex& index);
    void failed(const rewindow::Error& error);

  private:
    void cancelPages();
    void takeOverview(Result<StreamsOverview> read);
    void fetchPage(StreamGroup* group, qint64 limit);
    void takePage(StreamGroup* group, qint64 limit, Result<std::vector<StreamSummary>> read);
    void takeFound(std::vector<StreamSummary> streams);
    void append(StreamGroup& group, std::vector<StreamSummary> streams);
    void takeNews(Result<StreamsNews> read);
    void insertNew(const StreamSummary& stream);
    void continueReveal();
    StreamGroup* groupOf(const QString& type) const;
    StreamGroup& madeGroup(const QString& type);
    StreamGroup* groupAt(const QModelIndex& index) const; ///< of a type's row, or of the flat root
    QModelIndex indexOf(const StreamGroup& group) const;

    StoreLane& m_lane;
    QString m_filter;
    bool m_flat = false;
    bool m_loading = false;
    qint64 m_streamCount = 0;
    GlobalPosition m_seen; ///< head up to which the rows are known to be right
    QString m_wanted;      ///< stream being revealed
    std::vector<std::unique_ptr<StreamGroup>> m_groups;
    std::unique_ptr<StreamGroup> m_found; ///< with a filter: how far the search has come
    CancelToken m_overview;
    CancelToken m_news;
    bool m_asking = false; ///< news are on their way
    bool m_again = false;  ///< there are newer ones
};

} // namespace rewindow
