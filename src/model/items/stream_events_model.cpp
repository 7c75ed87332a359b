#include "model/items/stream_events_model.h"

#include "model/items/json_preview.h"
#include "model/items/time_text.h"

#include <algorithm>

namespace rewindow {

namespace {
constexpr int kPageRows = 100;
constexpr int kPagesKept = 60;
/// Pages asked for while another is read: scrolling fast asks for many, the last ones matter.
constexpr std::size_t kPagesWanted = 3;
constexpr std::size_t kPayloadBytes = 400;

QString yearOf(Timestamp time) {
    const QString day = timeText(time, TimeDigits::Day);
    return day.first(day.lastIndexOf(u'-', -4));
}
} // namespace

StreamEventsModel::StreamEventsModel(StoreLane& lane, QObject* parent)
    : QAbstractTableModel(parent)
    , m_lane(lane)
    , m_pages(kPagesKept) {
    connect(&TimeZoneChoice::instance(), &TimeZoneChoice::changed, this, [this] {
        lookAtDates();
        if (rowCount() > 0)
            emit dataChanged(index(0, RecordedColumn), index(rowCount() - 1, RecordedColumn),
                             {Qt::DisplayRole});
        emit headerDataChanged(Qt::Horizontal, RecordedColumn, RecordedColumn);
    });
}

void StreamEventsModel::setOutline(const AggregateOutline& outline) {
    const int before = rowCount();
    const auto after = static_cast<int>(outline.lastVersion().value());
    const bool grown = outline.stream == m_outline.stream && after >= before && before > 0;
    const auto install = [&] {
        m_outline = outline;
        lookAtDates();
    };
    if (!grown) {
        beginResetModel();
        forget();
        m_version = {};
        install();
        endResetModel();
        return;
    }
    if (after == before) {
        install();
    } else {
        beginInsertRows({}, before, after - 1);
        install();
        endInsertRows();
        // The page that was the last one may have been read, or be on its way, half full.
        m_pages.remove((before - 1) / kPageRows);
        m_cancel.cancel();
        m_reading = -1;
    }
    emit dataChanged(index(0, 0), index(after - 1, ColumnCount - 1));
}

void StreamEventsModel::forget() {
    m_cancel.cancel();
    m_reading = -1;
    m_wanted.clear();
    m_pages.clear();
}

void StreamEventsModel::setVersion(StreamVersion version) {
    if (version == m_version)
        return;
    const auto [low, high] = std::minmax({version.value(), m_version.value()});
    m_version = version;
    const int rows = rowCount();
    const int first = static_cast<int>(std::clamp<qint64>(low, 0, rows));
    const int last = static_cast<int>(std::clamp<qint64>(high, 0, rows)) - 1;
    if (first <= last)
        emit dataChanged(index(first, 0), index(last, ColumnCount - 1), {AfterPlayheadRole});
}

QModelIndex StreamEventsModel::indexOf(StreamVersion version) const {
    return index(static_cast<int>(version.value()) - 1, 0);
}

void StreamEventsModel::fetchEvent(StreamVersion version, QObject* guard,
                                   std::function<void(Result<RecordedEvent>)> done) {
    m_lane.run<RecordedEvent>(
        guard,
        [stream = m_outline.stream, version](Store& store,
                                             const CancelToken& cancel) -> Result<RecordedEvent> {
            EventQuery query;
            query.stream = stream;
            query.fromVersion = version;
            query.toVersion = version;
            auto events = store.reader().read(query, cancel);
            if (!events)
                return std::unexpected(events.error());
            if (events->empty())
                return fail(Error::Kind::NotFound,
                            tr("%1 has no version %2").arg(stream).arg(version.value()));
            return events->front();
        },
        std::move(done));
}

int StreamEventsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_outline.lastVersion().value());
}

int StreamEventsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StreamEventsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TimelineEvent& shown = eventAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case AfterPlayheadRole:
        return shown.version > m_version;
    case VersionRole:
        return shown.version.value();
    case FailedRole:
        return m_outline.failure && shown.version >= m_outline.failure->version;
    default:
        return {};
    }
}

QVariant StreamEventsModel::text(const QModelIndex& index) const {
    const TimelineEvent& shown = eventAt(index.row());
    switch (index.column()) {
    case VersionColumn:
        return QString::number(shown.version.value());
    case TypeColumn:
        return shown.type;
    case RecordedColumn:
        return recordedText(shown);
    case DataColumn:
        return payload(index.row());
    default:
        return {};
    }
}

void StreamEventsModel::lookAtDates() {
    m_dates = Dates::OneDay;
    if (rowCount() == 0)
        return;
    const Timestamp first = eventAt(0).recordedAt;
    const Timestamp last = eventAt(rowCount() - 1).recordedAt;
    if (yearOf(first) != yearOf(last))
        m_dates = Dates::Years;
    else if (timeText(first, TimeDigits::Day) != timeText(last, TimeDigits::Day))
        m_dates = Dates::OneYear;
}

/// Within one day to the millisecond, else date and time to the second; a tooltip has all of it.
QString StreamEventsModel::recordedText(const TimelineEvent& event) const {
    if (m_dates == Dates::OneDay) {
        const QString text = timeText(event.recordedAt, TimeDigits::Millisecond);
        return text.sliced(text.indexOf(u' ') + 1);
    }
    const QString text = timeText(event.recordedAt, TimeDigits::Second);
    return m_dates == Dates::OneYear ? text.sliced(yearOf(event.recordedAt).size() + 1) : text;
}

QVariant StreamEventsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && section == RecordedColumn)
        return zoneSentence();
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case VersionColumn:
        return tr("v");
    case TypeColumn:
        return tr("type");
    case RecordedColumn:
        return withZone(tr("recorded"));
    case DataColumn:
        return tr("data");
    default:
        return {};
    }
}

QString StreamEventsModel::payload(int row) const {
    const int page = row / kPageRows;
    const auto place = static_cast<std::size_t>(row % kPageRows);
    if (const Page* read = m_pages.object(page))
        return place < read->size() ? (*read)[place] : QString();
    want(page);
    return {};
}

void StreamEventsModel::want(int page) const {
    if (page == m_reading)
        return;
    std::erase(m_wanted, page);
    m_wanted.push_back(page);
    if (m_wanted.size() > kPagesWanted)
        m_wanted.erase(m_wanted.begin());
    if (m_reading < 0)
        readNext();
}

void StreamEventsModel::readNext() const {
    if (m_wanted.empty())
        return;
    m_reading = m_wanted.back();
    m_wanted.pop_back();
    EventQuery query;
    query.stream = m_outline.stream;
    query.fromVersion = StreamVersion(qint64{m_reading} * kPageRows + 1);
    query.toVersion = StreamVersion((qint64{m_reading} + 1) * kPageRows);
    auto* self = const_cast<StreamEventsModel*>(this);
    m_cancel = m_lane.run<Page>(
        self,
        [query](Store& store, const CancelToken& cancel) -> Result<Page> {
            Page page;
            const auto keep = [&page](RecordedEvent&& event) {
                const std::string_view data = event.data();
                QString shown = toQString(utf8Beginning(data, kPayloadBytes));
                if (data.size() > kPayloadBytes)
                    shown += QStringLiteral("… (%1)").arg(
                        byteCountText(static_cast<qint64>(data.size())));
                page.push_back(std::move(shown));
                return true;
            };
            if (auto read = store.reader().forEach(query, keep, cancel); !read)
                return std::unexpected(read.error());
            return page;
        },
        [self, page = m_reading](Result<Page> read) { self->takePage(page, std::move(read)); });
}

void StreamEventsModel::takePage(int page, Result<Page> read) {
    m_reading = -1;
    if (read) {
        m_pages.insert(page, new Page(std::move(*read)));
        const int first = page * kPageRows;
        const int last = std::min(first + kPageRows, rowCount()) - 1;
        if (first <= last)
            emit dataChanged(index(first, DataColumn), index(last, DataColumn), {Qt::DisplayRole});
    } else {
        m_pages.insert(page, new Page);
        emit failed(read.error());
    }
    readNext();
}

} // namespace rewindow
