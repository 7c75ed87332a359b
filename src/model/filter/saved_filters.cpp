// Every change is made to what is kept at that time, on the lane.
#include "model/filter/saved_filters.h"

#include "base/json.h"
#include "model/session/session.h"
#include "model/store_lane.h"
#include "store/workspace.h"

#include <algorithm>

namespace rewindow {

namespace {

const QString kKey = QStringLiteral("log.filters");

auto named(std::vector<SavedFilter>& filters, const QString& name) {
    return std::ranges::find(filters, name, &SavedFilter::name);
}

Result<std::vector<SavedFilter>> kept(Workspace& workspace) {
    auto text = workspace.remembered(kKey);
    if (!text)
        return std::unexpected(text.error());
    return savedFiltersOf(text->value_or(QStringLiteral("[]")));
}

} // namespace

QString savedFiltersText(const std::vector<SavedFilter>& filters) {
    Json list = Json::parse("[]").value();
    for (const SavedFilter& each : filters)
        list = std::move(list).withAppended(
            Json::object({{"name", Json(each.name)}, {"filter", Json(each.filter)}}));
    return QString::fromStdString(list.dump());
}

Result<std::vector<SavedFilter>> savedFiltersOf(const QString& text) {
    const auto list = Json::parse(text.toStdString());
    const auto isText = [](const Json* value) {
        return value && value->kind() == Json::Kind::String;
    };
    const auto bad = [] {
        return fail(Error::Kind::BadInput,
                    SavedFilters::tr("the saved filters of this store cannot be read"));
    };
    if (!list || list->kind() != Json::Kind::Array)
        return bad();
    std::vector<SavedFilter> filters;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Json* name = list->at(i).find("name");
        const Json* filter = list->at(i).find("filter");
        if (!isText(name) || !isText(filter))
            return bad();
        filters.push_back({name->toQString(), filter->toQString()});
    }
    return filters;
}

SavedFilters& SavedFilters::of(Session& session) {
    if (auto* known = session.findChild<SavedFilters*>({}, Qt::FindDirectChildrenOnly))
        return *known;
    auto* filters = new SavedFilters(session.reading(), &session);
    connect(filters, &SavedFilters::failed, &session, &Session::failed);
    filters->load();
    return *filters;
}

SavedFilters::SavedFilters(StoreLane& lane, QObject* parent)
    : QAbstractListModel(parent)
    , m_lane(lane) {}

int SavedFilters::rowOf(const QString& name) const {
    const auto found = std::ranges::find(m_filters, name, &SavedFilter::name);
    return found == m_filters.end() ? -1 : static_cast<int>(found - m_filters.begin());
}

void SavedFilters::load() {
    m_lane.run<Filters>(
        this,
        [](Store& store, const CancelToken&) -> Result<Filters> {
            const Result<Workspace*> workspace = store.workspace();
            if (!workspace)
                return std::unexpected(workspace.error());
            return kept(**workspace);
        },
        [this](Result<Filters> filters) {
            if (filters)
                install(std::move(*filters));
            else
                emit failed(filters.error());
        });
}

void SavedFilters::save(const QString& name, const EventFilter& filter) {
    const QString text = filter.toString();
    const SavedFilter saved{name.trimmed().isEmpty() ? text : name.trimmed(), text};
    change([saved](Filters& filters) -> Result<void> {
        if (const auto before = named(filters, saved.name); before != filters.end())
            *before = saved;
        else
            filters.push_back(saved);
        return {};
    });
}

void SavedFilters::remove(int row) {
    if (row < 0 || row >= rowCount())
        return;
    const SavedFilter filter = m_filters[static_cast<std::size_t>(row)];
    change(
        [filter](Filters& filters) -> Result<void> {
            std::erase(filters, filter);
            return {};
        },
        [this, filter, row](bool isRemoved) {
            if (!isRemoved)
                return;
            m_removed.push_back({filter, static_cast<std::size_t>(row)});
            emit removalsChanged();
        });
}

void SavedFilters::undoRemoval() {
    if (m_removed.empty())
        return;
    const Removed removed = m_removed.back();
    m_removed.pop_back();
    emit removalsChanged();
    change(
        [removed](Filters& filters) -> Result<void> {
            if (named(filters, removed.filter.name) != filters.end())
                return fail(
                    Error::Kind::Usage,
                    tr("there is another saved filter named “%1” by now").arg(removed.filter.name));
            filters.insert(filters.begin() +
                               static_cast<std::ptrdiff_t>(std::min(removed.row, filters.size())),
                           removed.filter);
            return {};
        },
        [this, removed](bool isBack) {
            if (isBack)
                return;
            m_removed.push_back(removed);
            emit removalsChanged();
        });
}

bool SavedFilters::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const QString before = m_filters[static_cast<std::size_t>(index.row())].name;
    const QString name = value.toString().trimmed();
    if (name.isEmpty() || name == before)
        return false;
    change([before, name](Filters& filters) -> Result<void> {
        if (named(filters, name) != filters.end())
            return fail(Error::Kind::Usage,
                        tr("there is a saved filter named “%1” already").arg(name));
        if (const auto renamed = named(filters, before); renamed != filters.end())
            renamed->name = name;
        return {};
    });
    return true;
}

void SavedFilters::change(Change change, std::function<void(bool)> done) {
    m_lane.run<Filters>(
        this,
        [change = std::move(change)](Store& store, const CancelToken&) -> Result<Filters> {
            const Result<Workspace*> workspace = store.workspace();
            if (!workspace)
                return std::unexpected(workspace.error());
            auto filters = kept(**workspace);
            if (!filters)
                return filters;
            if (auto changed = change(*filters); !changed)
                return std::unexpected(changed.error());
            if (auto saved = (*workspace)->remember(kKey, savedFiltersText(*filters)); !saved)
                return std::unexpected(saved.error());
            return filters;
        },
        [this, done = std::move(done)](Result<Filters> filters) {
            if (filters)
                install(std::move(*filters));
            else
                emit failed(filters.error());
            if (done)
                done(filters.has_value());
        },
        StoreLane::AtEnd::StillRun);
}

void SavedFilters::install(Filters filters) {
    if (filters == m_filters)
        return;
    if (filters.size() == m_filters.size()) {
        m_filters = std::move(filters);
        emit dataChanged(index(0), index(rowCount() - 1));
    } else {
        beginResetModel();
        m_filters = std::move(filters);
        endResetModel();
    }
    emit changed();
}

int SavedFilters::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_filters.size());
}

QVariant SavedFilters::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SavedFilter& filter = m_filters[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return filter.name;
    case FilterRole:
        return filter.filter;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(filter.name, filter.filter);
    default:
        return {};
    }
}

Qt::ItemFlags SavedFilters::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsEditable : flags;
}

} // namespace rewindow
