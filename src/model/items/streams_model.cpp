#include "model/items/streams_model.h"

#include "model/items/shown_locale.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr qint64 kPage = 500;
constexpr qint64 kRevealPage = 4'000;
constexpr std::size_t kRevealed = 100'000; ///< streams read at most to reveal one
constexpr std::size_t kManyTypes = 50;

/// Where the group of a type is, or would be.
auto placeOfType(const std::vector<std::unique_ptr<StreamGroup>>& groups, const QString& type) {
    return std::lower_bound(
        groups.begin(), groups.end(), type,
        [](const auto& group, const QString& name) { return isStreamBefore(group->type, name); });
}

} // namespace

StreamsModel::StreamsModel(StoreLane& lane, QObject* parent)
    : QAbstractItemModel(parent)
    , m_lane(lane) {}

StreamsModel::~StreamsModel() {
    m_overview.cancel();
    m_news.cancel();
    cancelPages();
}

void StreamsModel::cancelPages() {
    for (const auto& group : m_groups)
        group->page.cancel();
    if (m_found)
        m_found->page.cancel();
}

void StreamsModel::reload() {
    m_overview.cancel();
    m_news.cancel();
    cancelPages();
    m_asking = false;
    m_loading = true;
    m_overview = m_lane.run<StreamsOverview>(
        this, readStreamsOverview,
        [this](Result<StreamsOverview> read) { takeOverview(std::move(read)); });
}

void StreamsModel::takeOverview(Result<StreamsOverview> read) {
    m_loading = false;
    if (!read) {
        emit failed(read.error());
        return;
    }
    beginResetModel();
    m_seen = read->head;
    m_streamCount = 0;
    for (const TypeCount& type : read->types)
        m_streamCount += type.count;
    const std::size_t types = read->types.size();
    m_flat = (types == 1 && read->types.front().type.isEmpty()) ||
             (types > kManyTypes && static_cast<qint64>(types) * 2 > m_streamCount);
    m_groups.clear();
    m_found.reset();
    if (m_flat) {
        m_groups.push_back(std::make_unique<StreamGroup>());
        m_groups.front()->count = m_streamCount;
    } else if (m_filter.isEmpty()) {
        for (const TypeCount& type : read->types) {
            m_groups.push_back(std::make_unique<StreamGroup>());
            m_groups.back()->type = type.type;
            m_groups.back()->count = type.count;
            m_groups.back()->row = static_cast<int>(m_groups.size()) - 1;
        }
    }
    if (!m_flat && !m_filter.isEmpty())
        m_found = std::make_unique<StreamGroup>();
    endResetModel();
    if (m_flat || m_found)
        fetchPage(m_found ? m_found.get() : m_groups.front().get(), kPage);
    emit loaded();
    continueReveal();
    if (m_again)
        refresh();
}

void StreamsModel::setFilter(const QString& containing) {
    if (containing == m_filter)
        return;
    m_filter = containing;
    reload();
}

void StreamsModel::fetchPage(StreamGroup* group, qint64 limit) {
    if (m_loading || group->reading || group->complete)
        return;
    group->reading = true;
    StreamQuery query;
    if (!m_flat && !m_found)
        query.type = group->type;
    query.containing = m_filter;
    query.after = group->reached;
    query.limit = limit;
    // A group that goes cancels its page, and what is cancelled is not answered.
    group->page = m_lane.run<std::vector<StreamSummary>>(
        this,
        [query](Store& store, const CancelToken& cancel) -> Result<std::vector<StreamSummary>> {
            return store.reader().streams(query, cancel);
        },
        [this, group, limit](Result<std::vector<StreamSummary>> read) {
            takePage(group, limit, std::move(read));
        });
}

void StreamsModel::takePage(StreamGroup* group, qint64 limit,
                            Result<std::vector<StreamSummary>> read) {
    group->reading = false;
    if (!read) {
        group->complete = true;
        emit failed(read.error());
        return;
    }
    group->complete = static_cast<qint64>(read->size()) < limit;
    if (!read->empty())
        group->reached = read->back().stream;
    if (group == m_found.get())
        takeFound(std::move(*read));
    else
        append(*group, std::move(*read));
    emit loaded();
    continueReveal();
}

/// Lays what a search found under its types.
void StreamsModel::takeFound(std::vector<StreamSummary> streams) {
    for (auto from = streams.begin(); from != streams.end();) {
        const auto to = std::find_if(from, streams.end(), [&](const StreamSummary& stream) {
            return stream.type != from->type;
        });
        StreamGroup& group = madeGroup(from->type);
        group.count += to - from;
        append(group, std::vector<StreamSummary>(from, to));
        emit dataChanged(indexOf(group), indexOf(group).siblingAtColumn(CountColumn));
        from = to;
    }
}

void StreamsModel::append(StreamGroup& group, std::vector<StreamSummary> streams) {
    // A stream that was born while the page was on its way may be there already.
    group.leaveOutKnown(streams);
    if (streams.empty())
        return;
    const auto first = static_cast<int>(group.streams.size());
    beginInsertRows(indexOf(group), first, first + static_cast<int>(streams.size()) - 1);
    group.streams.insert(group.streams.end(), std::make_move_iterator(streams.begin()),
                         std::make_move_iterator(streams.end()));
    endInsertRows();
}

void StreamsModel::refresh() {
    m_again = m_loading || m_asking;
    if (m_again)
        return;
    m_asking = true;
    m_news = m_lane.run<StreamsNews>(
        this,
        [seen = m_seen](Store& store, const CancelToken& cancel) {
            return readStreamsNews(store, seen, cancel);
        },
        [this](Result<StreamsNews> read) { takeNews(std::move(read)); });
}

void StreamsModel::takeNews(Result<StreamsNews> read) {
    m_asking = false;
    if (!read) {
        emit failed(read.error());
        return;
    }
    if (read->tooMuch) {
        reload();
        return;
    }
    m_seen = read->head;
    for (const StreamSummary& stream : read->streams) {
        const QModelIndex known = indexOf(stream.stream);
        if (known.isValid()) {
            auto* group = static_cast<StreamGroup*>(known.internalPointer());
            group->streams[static_cast<std::size_t>(known.row())] = stream;
            emit dataChanged(known, known.siblingAtColumn(CountColumn));
        } else if (read->born.contains(stream.stream)) {
            insertNew(stream);
        }
    }
    if (!read->streams.empty())
        emit loaded();
    if (m_again)
        refresh();
}

void StreamsModel::insertNew(const StreamSummary& stream) {
    ++m_streamCount;
    if (!m_filter.isEmpty() && !stream.stream.contains(m_filter, Qt::CaseInsensitive))
        return;
    const StreamGroup* search = m_found.get();
    if (search && !search->complete && isStreamBefore(search->reached, stream.stream))
        return; // the search will come to it
    StreamGroup& group = madeGroup(stream.type);
    ++group.count;
    if (!m_flat)
        emit dataChanged(indexOf(group), indexOf(group).siblingAtColumn(CountColumn));
    if (!search && !group.complete && !isStreamBefore(stream.stream, group.reached))
        return;
    const std::size_t place = group.placeOf(stream.stream);
    beginInsertRows(indexOf(group), static_cast<int>(place), static_cast<int>(place));
    group.streams.insert(group.streams.begin() + static_cast<std::ptrdiff_t>(place), stream);
    endInsertRows();
}

void StreamsModel::reveal(const QString& stream) {
    m_wanted = stream;
    continueReveal();
}

void StreamsModel::continueReveal() {
    if (m_wanted.isEmpty() || m_loading)
        return;
    const QModelIndex index = indexOf(m_wanted);
    if (index.isValid()) {
        m_wanted.clear();
        emit revealed(index);
        return;
    }
    StreamGroup* group =
        m_found ? m_found.get() : groupOf(toQString(streamType(m_wanted.toStdString())));
    const bool ahead = group && !group->complete && !isStreamBefore(m_wanted, group->reached) &&
                       group->streams.size() < kRevealed;
    if (!ahead)
        m_wanted.clear();
    else
        fetchPage(group, kRevealPage);
}

qint64 StreamsModel::foundCount() const {
    qint64 found = 0;
    for (const auto& group : m_groups)
        found += static_cast<qint64>(group->streams.size());
    return found;
}

bool StreamsModel::isComplete() const {
    if (m_found)
        return m_found->complete;
    return std::all_of(m_groups.begin(), m_groups.end(),
                       [](const auto& group) { return group->complete; });
}

StreamGroup* StreamsModel::groupOf(const QString& type) const {
    if (m_flat)
        return m_groups.front().get();
    const auto found = placeOfType(m_groups, type);
    return found != m_groups.end() && (*found)->type == type ? found->get() : nullptr;
}

StreamGroup& StreamsModel::madeGroup(const QString& type) {
    if (StreamGroup* group = groupOf(type))
        return *group;
    const auto place = placeOfType(m_groups, type);
    const auto row = static_cast<int>(place - m_groups.begin());
    beginInsertRows({}, row, row);
    auto made = std::make_unique<StreamGroup>();
    made->type = type;
    made->complete = true; // a type nobody had met holds what it is given
    StreamGroup& group = **m_groups.insert(place, std::move(made));
    for (std::size_t i = static_cast<std::size_t>(row); i < m_groups.size(); ++i)
        m_groups[i]->row = static_cast<int>(i);
    endInsertRows();
    return group;
}

StreamGroup* StreamsModel::groupAt(const QModelIndex& index) const {
    if (!index.isValid())
        return m_flat && !m_groups.empty() ? m_groups.front().get() : nullptr;
    const bool type = !m_flat && !index.internalPointer();
    return type ? m_groups[static_cast<std::size_t>(index.row())].get() : nullptr;
}

QModelIndex StreamsModel::indexOf(const StreamGroup& group) const {
    return m_flat ? QModelIndex() : createIndex(group.row, 0);
}

QModelIndex StreamsModel::indexOf(const QString& stream) const {
    for (const auto& group : m_groups) {
        if (const auto place = group->rowOf(stream))
            return createIndex(static_cast<int>(*place), 0, group.get());
    }
    return {};
}

QModelIndex StreamsModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, groupAt(parent));
}

QModelIndex StreamsModel::parent(const QModelIndex& index) const {
    const auto* group = static_cast<const StreamGroup*>(index.internalPointer());
    return group ? indexOf(*group) : QModelIndex();
}

int StreamsModel::rowCount(const QModelIndex& parent) const {
    if (parent.column() > 0)
        return 0;
    if (const StreamGroup* group = groupAt(parent))
        return static_cast<int>(group->streams.size());
    return parent.isValid() ? 0 : static_cast<int>(m_groups.size());
}

int StreamsModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

bool StreamsModel::hasChildren(const QModelIndex& parent) const {
    return rowCount(parent) > 0 || canFetchMore(parent);
}

bool StreamsModel::hasMore(const QModelIndex& parent) const {
    if (parent.column() > 0)
        return false;
    if (const StreamGroup* group = groupAt(parent))
        return !group->complete && !m_found;
    return !parent.isValid() && m_found && !m_found->complete;
}

void StreamsModel::readMore(const QModelIndex& parent) {
    if (!hasMore(parent))
        return;
    StreamGroup* group = groupAt(parent);
    fetchPage(group ? group : m_found.get(), kPage);
}

bool StreamsModel::canFetchMore(const QModelIndex& parent) const {
    return hasMore(parent) && rowCount(parent) == 0;
}

void StreamsModel::fetchMore(const QModelIndex& parent) {
    readMore(parent);
}

QVariant StreamsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (const StreamGroup* group = groupAt(index)) {
        switch (role) {
        case Qt::DisplayRole:
            if (index.column() == NameColumn)
                return group->type.isEmpty() ? tr("(no type)") : group->type;
            return shownNumber(group->count) +
                   (m_found && !m_found->complete ? QStringLiteral("+") : QString());
        case TypeRole:
            return group->type;
        case CountRole:
            return group->count;
        default:
            return {};
        }
    }
    const auto* parentGroup = static_cast<const StreamGroup*>(index.internalPointer());
    const StreamSummary& stream = parentGroup->streams[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == CountColumn)
            return QString::number(stream.version.value());
        return m_flat || stream.type.isEmpty() ? stream.stream : stream.id;
    case Qt::AccessibleTextRole:
        return tr("%1, version %2").arg(stream.stream).arg(stream.version.value());
    case StreamRole:
        return stream.stream;
    case TypeRole:
        return stream.type;
    case CountRole:
        return stream.version.value();
    default:
        return {};
    }
}

QVariant StreamsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("stream") : tr("version");
}

} // namespace rewindow
