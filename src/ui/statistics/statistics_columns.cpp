#include "ui/statistics/statistics_columns.h"

#include "model/items/json_preview.h"
#include "model/statistics/schema_model.h"
#include "model/statistics/stream_ranking_model.h"
#include "model/statistics/types_model.h"
#include "ui/shell/column_fit.h"
#include "ui/shell/event_type_delegate.h"
#include "ui/shell/number_text.h"
#include "ui/statistics/bar_delegate.h"

#include <QHeaderView>
#include <QTableView>
#include <QTreeView>

namespace rewindow {

namespace {

constexpr int kBarWidth = 60; ///< at least, beside a number

QString widestNumber() {
    return numberText(1'234'567);
}

QString widestByteCount() {
    return byteCountText(999);
}

} // namespace

StatisticsColumns::StatisticsColumns(QTableView& types, QTreeView& schema, QTableView& streams,
                                     QObject* parent)
    : QObject(parent)
    , m_types(types)
    , m_schema(schema)
    , m_streams(streams)
    , m_typesBars(new BarDelegate(Qt::AlignRight, Theme::Role::Event, &types))
    , m_streamsBars(new BarDelegate(Qt::AlignRight, Theme::Role::Aggregate, &streams))
    , m_typesFit(new ColumnFit(types, *types.horizontalHeader(), TypesModel::TypeColumn))
    , m_schemaFit(new ColumnFit(schema, *schema.header(), SchemaModel::FieldColumn))
    , m_streamsFit(
          new ColumnFit(streams, *streams.horizontalHeader(), StreamRankingModel::StreamColumn)) {
    types.setItemDelegate(
        new CellDelegate({.text = Theme::Role::DimText, .alignment = Qt::AlignRight}, &types));
    types.setItemDelegateForColumn(TypesModel::TypeColumn, new EventTypeDelegate(-1, &types));
    types.setItemDelegateForColumn(TypesModel::EventsColumn, m_typesBars);

    schema.setItemDelegate(new CellDelegate({.text = Theme::Role::DimText}, &schema));
    schema.setItemDelegateForColumn(SchemaModel::FieldColumn, new CellDelegate({}, &schema));
    schema.setItemDelegateForColumn(SchemaModel::PresenceColumn,
                                    new BarDelegate(Qt::AlignLeft, Theme::Role::View, &schema));
    schema.setItemDelegateForColumn(SchemaModel::DriftColumn,
                                    new CellDelegate({.text = Theme::Role::ChangedText}, &schema));

    streams.setItemDelegate(m_streamsBars);
    streams.setItemDelegateForColumn(StreamRankingModel::StreamColumn,
                                     new CellDelegate({}, &streams));
}

void StatisticsColumns::fit() {
    fitTypes();
    fitSchema();
    fitStreams();
}

int StatisticsColumns::width(const QAbstractItemView& view, int column, const QString& text,
                             int besides) const {
    const Theme& theme = Theme::instance();
    const QFontMetrics metrics(theme.monospaceFont());
    const QString name = view.model()->headerData(column, Qt::Horizontal).toString();
    const int named = view.fontMetrics().horizontalAdvance(tr("▾ %1").arg(name));
    return std::max(metrics.horizontalAdvance(text) + theme.scaled(besides), named) +
           2 * CellDelegate::kPadding + 4;
}

void StatisticsColumns::fitTypes() {
    const Theme& theme = Theme::instance();
    m_typesBars->setNumberWidth(
        QFontMetrics(theme.monospaceFont()).horizontalAdvance(widestNumber()));
    std::vector<int> widths{theme.scaled(130)};
    for (int column = TypesModel::EventsColumn; column < TypesModel::ColumnCount; ++column) {
        const bool isSize = column != TypesModel::EventsColumn && column < TypesModel::FirstColumn;
        widths.push_back(width(m_types, column, isSize ? widestByteCount() : widestNumber(),
                               column == TypesModel::EventsColumn ? kBarWidth : 0));
    }
    m_typesFit->setWidths(std::move(widths));
}

void StatisticsColumns::fitSchema() {
    const Theme& theme = Theme::instance();
    std::vector<int> widths(SchemaModel::ColumnCount, 0);
    widths[SchemaModel::FieldColumn] = theme.scaled(120);
    widths[SchemaModel::PresenceColumn] = width(m_schema, SchemaModel::PresenceColumn,
                                                tr("%1, optional").arg(QStringLiteral("99 %")));
    widths[SchemaModel::KindsColumn] =
        width(m_schema, SchemaModel::KindsColumn, QStringLiteral("integer 99 %"));
    const auto& model = static_cast<const SchemaModel&>(*m_schema.model());
    widths[SchemaModel::DriftColumn] = theme.scaled(model.hasDrift() ? 150 : 0);
    widths[SchemaModel::ExamplesColumn] = theme.scaled(170);
    m_schemaFit->setWidths(std::move(widths));
}

void StatisticsColumns::fitStreams() {
    m_streamsBars->setNumberWidth(
        QFontMetrics(Theme::instance().monospaceFont()).horizontalAdvance(widestByteCount()));
    std::vector<int> widths{width(m_streams, 0, QStringLiteral("order-7f3a9c12"))};
    for (int column = StreamRankingModel::EventsColumn; column < StreamRankingModel::ColumnCount;
         ++column)
        widths.push_back(width(m_streams, column, widestByteCount(), kBarWidth / 3));
    m_streamsFit->setWidths(std::move(widths));
}

} // namespace rewindow
