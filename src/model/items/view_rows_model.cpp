// The rows of a view table, live or as of a position, read as they are looked at.
#include "model/items/view_rows_model.h"

#include "model/items/time_text.h"
#include "model/items/view_value_text.h"
#include "model/store_lane.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr int kSeekPage = 4'000; ///< rows read at once on the way to a row far down

} // namespace

struct ViewRowsModel::Request {
    quint64 viewSerial = 0;
    quint64 generation = 0;
    ViewRowsPage::Wanted wanted;
};

struct ViewRowsModel::Private {
    struct Row {
        QByteArray key; ///< the id's bytes, by which rows are ordered
        ViewRow row;
        quint64 changed = 0; ///< a bit a column
        std::vector<ViewValue> previous;
        quint64 generation = 0; ///< of the wish it was read for

        bool operator==(const Row& other) const {
            return row == other.row && changed == other.changed && previous == other.previous;
        }
    };

    explicit Private(StoreLane& onLane) : lane(onLane) {}

    std::size_t firstAfter(const QByteArray& key) const {
        return static_cast<std::size_t>(
            std::upper_bound(
                rows.begin(), rows.end(), key,
                [](const QByteArray& left, const Row& right) { return left < right.key; }) -
            rows.begin());
    }
    QString idBefore(std::size_t index) const {
        return index ? rows[index - 1].row.id() : QString();
    }

    StoreLane& lane;
    ViewWish wish;
    quint64 viewSerial = 0; ///< another view, another number: its rows have nothing in common
    quint64 generation = 0; ///< another wish, another number
    quint64 failedGeneration = 0;
    bool hasWish = false;
    bool requested = false;
    std::vector<Row> rows;
    bool complete = false;
    quint64 endGeneration = 0; ///< of the wish for which `complete` was found out
    int firstInSight = 0;
    int lastInSight = kPage - 1;
    bool wantsMore = false;
    QString atHand;
    bool seeking = false;
};

ViewRowsModel::ViewRowsModel(StoreLane& lane, QObject* parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<Private>(lane)) {
    connect(&TimeZoneChoice::instance(), &TimeZoneChoice::changed, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    });
}

ViewRowsModel::~ViewRowsModel() = default;

void ViewRowsModel::show(const ViewWish& wish) {
    const auto names = [](const ViewSchema& schema) {
        QStringList list;
        for (const ViewColumn& column : schema.columns)
            list.append(column.name);
        return list;
    };
    const bool sameView = d->hasWish && d->wish.schema.name == wish.schema.name &&
                          names(d->wish.schema) == names(wish.schema);
    if (!sameView) {
        beginResetModel();
        ++d->viewSerial;
        d->rows.clear();
        d->complete = false;
        d->requested = false;
        d->wish = wish;
        d->hasWish = true;
        endResetModel();
    }
    d->wish = wish;
    refresh();
}

void ViewRowsModel::refresh() {
    if (!d->hasWish)
        return;
    ++d->generation;
    d->seeking = !d->atHand.isEmpty() && rowOf(d->atHand) < 0;
    pump();
}

void ViewRowsModel::clear() {
    beginResetModel();
    ++d->viewSerial;
    d->rows.clear();
    d->hasWish = false;
    d->requested = false;
    d->wish = {};
    endResetModel();
}

const ViewSchema& ViewRowsModel::schema() const {
    return d->wish.schema;
}
const std::optional<GlobalPosition>& ViewRowsModel::at() const {
    return d->wish.at;
}

void ViewRowsModel::setRowsInSight(int first, int last) {
    d->firstInSight = std::max(0, first);
    d->lastInSight = std::max(d->firstInSight, last);
    pump();
}

void ViewRowsModel::setRowAtHand(const QString& id) {
    if (id == d->atHand)
        return;
    const QString before = std::exchange(d->atHand, id);
    markAtHand(before);
    markAtHand(id);
    const int row = rowOf(id);
    d->seeking = !id.isEmpty() && row < 0;
    if (row >= 0)
        emit rowAtHandFound(row);
    else
        pump();
}

void ViewRowsModel::markAtHand(const QString& id) {
    const int row = rowOf(id);
    if (row >= 0)
        emit dataChanged(index(row, 0), index(row, columnCount() - 1), {AtHandRole});
}

int ViewRowsModel::rowOf(const QString& id) const {
    const QByteArray key = id.toUtf8();
    const std::size_t next = d->firstAfter(key);
    return next && d->rows[next - 1].key == key ? static_cast<int>(next) - 1 : -1;
}

QString ViewRowsModel::idOf(int row) const {
    return row >= 0 && row < rowCount() ? d->rows[static_cast<std::size_t>(row)].row.id()
                                        : QString();
}

bool ViewRowsModel::isSettled() const {
    return !d->requested && !nextRequest();
}
bool ViewRowsModel::isComplete() const {
    return d->complete;
}

std::optional<ViewRowsModel::Request> ViewRowsModel::nextRequest() const {
    if (!d->hasWish || d->failedGeneration == d->generation)
        return std::nullopt;
    Request request{d->viewSerial, d->generation, {d->wish, {}, kPage, {}}};
    ViewRowsPage::Wanted& wanted = request.wanted;
    const std::size_t end = std::min(d->rows.size(), static_cast<std::size_t>(d->lastInSight) + 1);
    for (auto row = static_cast<std::size_t>(d->firstInSight); row < end; ++row) {
        if (d->rows[row].generation != d->generation) {
            wanted.after = d->idBefore(row);
            return request;
        }
    }
    const bool knowsEnd = d->complete && d->endGeneration == d->generation;
    const bool endInSight = d->lastInSight + 1 >= static_cast<int>(d->rows.size());
    if (!knowsEnd && (endInSight || d->wantsMore)) {
        wanted.after = d->idBefore(d->rows.size());
        return request;
    }
    if (d->seeking) {
        wanted.seeking = d->atHand;
        wanted.after = d->idBefore(d->firstAfter(d->atHand.toUtf8()));
        wanted.limit = kSeekPage;
        return request;
    }
    return std::nullopt;
}

void ViewRowsModel::pump() {
    if (d->requested)
        return;
    const std::optional<Request> request = nextRequest();
    if (!request) {
        if (d->hasWish)
            emit settled();
        return;
    }
    d->requested = true;
    d->lane.run<ViewRowsPage>(
        this,
        [wanted = request->wanted](Store& store, const CancelToken&) {
            return ViewRowsPage::read(store, wanted);
        },
        [this, request = *request](Result<ViewRowsPage> page) {
            answered(request, std::move(page));
        });
}

void ViewRowsModel::answered(const Request& request, Result<ViewRowsPage> page) {
    if (request.viewSerial != d->viewSerial)
        return;
    d->requested = false;
    if (!page) {
        d->failedGeneration = request.generation;
        emit failed(page.error());
    } else if (!page->sought) {
        if (request.generation == d->generation && request.wanted.seeking == d->atHand)
            d->seeking = false;
    } else {
        // An answer to the wish before the last is shown too: while the playhead is dragged
        // something moves, and the next request asks for the latest.
        install(request, std::move(*page));
    }
    pump();
}

namespace {

/// Rows in the order of their ids' bytes, walked along with the page's rows.
class RowsBeside {
  public:
    RowsBeside(const std::vector<ViewRow>& rows, qint64 limit)
        : m_rows(rows)
        , m_whole(static_cast<qint64>(rows.size()) < limit) {}

    /// The row with this id; nullptr where there is none.
    const ViewRow* at(const QByteArray& key) {
        while (m_next < m_rows.size() && m_rows[m_next].id().toUtf8() < key)
            ++m_next;
        return m_next < m_rows.size() && m_rows[m_next].id().toUtf8() == key ? &m_rows[m_next]
                                                                             : nullptr;
    }
    /// Whether a row not found is known not to be.
    bool reaches() const { return m_whole || m_next < m_rows.size(); }

  private:
    const std::vector<ViewRow>& m_rows;
    bool m_whole;
    std::size_t m_next = 0;
};

} // namespace

void ViewRowsModel::install(const Request& request, ViewRowsPage page) {
    std::vector<Private::Row> fresh;
    fresh.reserve(page.rows.size());
    RowsBeside with(page.withChange, request.wanted.limit);
    RowsBeside without(page.withoutChange, request.wanted.limit);
    const std::size_t columns = d->wish.schema.columns.size();
    const bool end = static_cast<qint64>(page.rows.size()) < request.wanted.limit;
    for (ViewRow& row : page.rows) {
        Private::Row entry;
        entry.key = row.id().toUtf8();
        entry.generation = request.generation;
        if (request.wanted.wish.changesOf.value() > 0) {
            const ViewRow* after = with.at(entry.key);
            const ViewRow* before = without.at(entry.key);
            for (std::size_t column = 0; after && column < columns; ++column) {
                const bool changed =
                    before ? before->values[column] != after->values[column] : without.reaches();
                if (changed)
                    entry.changed |= quint64(1) << std::min<std::size_t>(column, 63);
            }
            if (entry.changed && before)
                entry.previous = before->values;
        }
        entry.row = std::move(row);
        fresh.push_back(std::move(entry));
    }

    std::size_t row =
        request.wanted.after.isEmpty() ? 0 : d->firstAfter(request.wanted.after.toUtf8());
    std::size_t last = end ? d->rows.size() : d->firstAfter(fresh.back().key);
    std::size_t next = 0;
    while (row < last || next < fresh.size()) {
        if (row < last && next < fresh.size() && d->rows[row].key == fresh[next].key) {
            const bool same = d->rows[row] == fresh[next];
            d->rows[row] = std::move(fresh[next++]);
            if (!same)
                emit dataChanged(index(static_cast<int>(row), 0),
                                 index(static_cast<int>(row), columnCount() - 1));
            ++row;
        } else if (row < last && (next == fresh.size() || d->rows[row].key < fresh[next].key)) {
            std::size_t gone = row + 1;
            while (gone < last && (next == fresh.size() || d->rows[gone].key < fresh[next].key))
                ++gone;
            beginRemoveRows({}, static_cast<int>(row), static_cast<int>(gone) - 1);
            d->rows.erase(d->rows.begin() + static_cast<std::ptrdiff_t>(row),
                          d->rows.begin() + static_cast<std::ptrdiff_t>(gone));
            last -= gone - row;
            endRemoveRows();
        } else {
            std::size_t stop = next + 1;
            while (stop < fresh.size() && (row == last || fresh[stop].key < d->rows[row].key))
                ++stop;
            const std::size_t count = stop - next;
            beginInsertRows({}, static_cast<int>(row), static_cast<int>(row + count) - 1);
            d->rows.insert(
                d->rows.begin() + static_cast<std::ptrdiff_t>(row),
                std::make_move_iterator(fresh.begin() + static_cast<std::ptrdiff_t>(next)),
                std::make_move_iterator(fresh.begin() + static_cast<std::ptrdiff_t>(stop)));
            endInsertRows();
            row += count;
            last += count;
            next = stop;
        }
    }
    if (row == d->rows.size()) {
        d->complete = end;
        d->endGeneration = request.generation;
        d->wantsMore = false;
    }
    if (d->seeking && rowOf(d->atHand) >= 0) {
        d->seeking = false;
        emit rowAtHandFound(rowOf(d->atHand));
    }
}

int ViewRowsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(d->rows.size());
}

int ViewRowsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(d->wish.schema.columns.size());
}

QVariant ViewRowsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Private::Row& row = d->rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    const ViewColumn& shape = d->wish.schema.columns[column];
    const bool changed = row.changed >> std::min<std::size_t>(column, 63) & 1;
    switch (role) {
    case Qt::DisplayRole:
        return shownValue(row.row.values[column], shape.meaning);
    case IdRole:
        return row.row.id();
    case ColumnRole:
        return shape.name;
    case WholeRole:
        return wholeValue(row.row.values[column], shape.meaning);
    case ChangedRole:
        return changed;
    case PreviousRole:
        return changed && !row.previous.empty() ? shownValue(row.previous[column], shape.meaning)
                                                : QString();
    case AtHandRole:
        return !d->atHand.isEmpty() && row.row.id() == d->atHand;
    case Qt::AccessibleTextRole: {
        const QString text = shownValue(row.row.values[column], shape.meaning);
        return changed ? tr("%1, changed").arg(text) : text;
    }
    default:
        return {};
    }
}

QVariant ViewRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 ||
        section >= columnCount())
        return {};
    return d->wish.schema.columns[static_cast<std::size_t>(section)].name;
}

bool ViewRowsModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && d->hasWish && !d->complete && !d->wantsMore &&
           d->failedGeneration != d->generation;
}

void ViewRowsModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent))
        return;
    d->wantsMore = true;
    pump();
}

} // namespace rewindow
