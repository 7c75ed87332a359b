// A walk through a model in steps, each on the model's thread.
#include "model/export/model_table.h"

#include "base/post_to.h"
#include "model/items/export_role.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QPersistentModelIndex>
#include <QPointer>
#include <QThread>

#include <future>

namespace rewindow {

namespace {

constexpr int kStepMs = 4;
constexpr auto kLookAtCancel = std::chrono::milliseconds(20);

class Words {
    Q_DECLARE_TR_FUNCTIONS(ModelTable)
};

Json jsonOf(const QVariant& cell) {
    if (cell.metaType() == QMetaType::fromType<Json>())
        return cell.value<Json>();
    switch (cell.typeId()) {
    case QMetaType::LongLong:
    case QMetaType::Int:
        return cell.toLongLong();
    case QMetaType::Double:
        return cell.toDouble();
    case QMetaType::Bool:
        return cell.toBool();
    case QMetaType::QVariantMap: {
        Json object = Json::object();
        const QVariantMap map = cell.toMap();
        for (auto entry = map.begin(); entry != map.end(); ++entry)
            object = std::move(object).with(entry.key().toStdString(), jsonOf(entry.value()));
        return object;
    }
    case QMetaType::UnknownType:
        return {};
    default:
        return cell.toString();
    }
}

/// Lives on the model's thread.
class Walk : public QObject {
  public:
    using MakeMore = std::function<void(const QModelIndex&)>;
    struct Step {
        std::vector<std::vector<Json>> rows;
        bool isLast = false;
        bool isLost = false; ///< the model has no such rows any more
    };

    Walk(QAbstractItemModel& model, MakeMore makeMore)
        : m_model(&model)
        , m_makeMore(std::move(makeMore)) {}

    std::vector<std::string> columns() const {
        std::vector<std::string> names;
        for (int column = 0; m_model && column < m_model->columnCount(); ++column) {
            const QVariant name = m_model->headerData(column, Qt::Horizontal, kExportRole);
            names.push_back((name.isValid()
                                 ? name
                                 : m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole))
                                .toString()
                                .toStdString());
        }
        return names;
    }

    Step next() {
        Step step;
        QElapsedTimer elapsed;
        elapsed.start();
        if (m_model && !m_begun)
            m_next = m_model->index(0, 0);
        step.isLost = !m_model || (m_begun && !m_next.isValid());
        m_begun = true;
        while (m_next.isValid() && m_model && elapsed.elapsed() < kStepMs) {
            const QModelIndex index = m_next;
            step.rows.push_back(cellsOf(index));
            m_next = after(index);
        }
        step.isLast = step.isLost || !m_next.isValid();
        return step;
    }

  private:
    std::vector<Json> cellsOf(const QModelIndex& first) const {
        std::vector<Json> cells;
        for (int column = 0; column < m_model->columnCount(); ++column) {
            const QModelIndex cell = first.siblingAtColumn(column);
            const QVariant whole = cell.data(kExportRole);
            cells.push_back(jsonOf(whole.isValid() ? whole : cell.data()));
        }
        return cells;
    }

    QModelIndex after(QModelIndex index) const {
        if (m_model->rowCount(index) > 0 || grows(index))
            return m_model->index(0, 0, index);
        for (; index.isValid(); index = index.parent()) {
            const int next = index.row() + 1;
            const QModelIndex parent = index.parent();
            if (next < m_model->rowCount(parent) || grows(parent))
                return m_model->index(next, 0, parent);
        }
        return {};
    }

    /// Has some more children made, where there are such: a portion, so that no step takes long.
    bool grows(const QModelIndex& parent) const {
        const int before = m_model->rowCount(parent);
        if (m_model->canFetchMore(parent))
            m_model->fetchMore(parent);
        else if (m_makeMore)
            m_makeMore(parent);
        return m_model->rowCount(parent) > before;
    }

    QPointer<QAbstractItemModel> m_model;
    MakeMore m_makeMore;
    QPersistentModelIndex m_next;
    bool m_begun = false;
};

std::optional<Walk::Step> stepOf(const std::shared_ptr<Walk>& walk, const CancelToken& cancel) {
    if (walk->thread() == QThread::currentThread())
        return walk->next();
    const auto answer = std::make_shared<std::promise<Walk::Step>>();
    std::future<Walk::Step> step = answer->get_future();
    postTo(walk.get(), [walk, answer] { answer->set_value(walk->next()); });
    while (step.wait_for(kLookAtCancel) != std::future_status::ready) {
        if (cancel.isCancelled())
            return std::nullopt;
    }
    return step.get();
}

Result<void> write(const std::shared_ptr<Walk>& walk, TableOutput& out) {
    for (;;) {
        const auto step = stepOf(walk, out.cancel());
        if (!step)
            return {};
        if (step->isLost)
            return fail(Error::Kind::BadInput,
                        Words::tr("The table changed while it was being exported"),
                        Words::tr("export it again"));
        for (const std::vector<Json>& cells : step->rows)
            if (!out.row(cells))
                return {};
        if (step->isLast)
            return {};
    }
}

} // namespace

TableSource modelTable(QAbstractItemModel& model, const QString& name,
                       std::function<void(const QModelIndex&)> makeMore) {
    const std::shared_ptr<Walk> walk(new Walk(model, std::move(makeMore)),
                                     [](Walk* done) { done->deleteLater(); });
    return {.name = name, .write = [walk, columns = walk->columns()](TableOutput& out) {
                out.setColumns(columns);
                return write(walk, out);
            }};
}

} // namespace rewindow
