// The columns of the Statistics page's tables.
#pragma once

#include <QObject>
#include <QString>

class QAbstractItemView;
class QTableView;
class QTreeView;

namespace rewindow {

class BarDelegate;
class ColumnFit;

/// Columns drawn by what they hold, as wide as what they show at most, or as their names.
class StatisticsColumns : public QObject {
    Q_OBJECT

  public:
    /// Of views that have their models: a TypesModel, a SchemaModel and a StreamRankingModel.
    StatisticsColumns(QTableView& types, QTreeView& schema, QTableView& streams, QObject* parent);

    /// After the theme, or the schema, became another.
    void fit();

  private:
    int width(const QAbstractItemView& view, int column, const QString& text,
              int besides = 0) const;
    void fitTypes();
    void fitSchema();
    void fitStreams();

    QTableView& m_types;
    QTreeView& m_schema;
    QTableView& m_streams;
    BarDelegate* m_typesBars = nullptr;
    BarDelegate* m_streamsBars = nullptr;
    ColumnFit* m_typesFit = nullptr;
    ColumnFit* m_schemaFit = nullptr;
    ColumnFit* m_streamsFit = nullptr;
};

} // namespace rewindow
