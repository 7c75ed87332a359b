// Facets as a tree: a row for each, under it a row for each value, most frequent first.
#pragma once

#include "model/overview/log_counts.h"

#include <QAbstractItemModel>

#include <array>
#include <optional>
#include <vector>

namespace rewindow {

/// Shows what the counts say, whenever they change. Values keep their rows while only their counts
/// change. What there is to say of a facet without values stands in a row of its own.
class FacetsModel : public QAbstractItemModel {
    Q_OBJECT

  public:
    enum Column { NameColumn, CountColumn, ColumnCount };
    enum Section { TypesSection, CategoriesSection, CorrelationSection, FieldSection, Sections };
    enum Role {
        CountRole = Qt::UserRole + 1, ///< qint64, of a value
        FractionRole, ///< double, of a value: its count against the largest of its facet
        TypeRole,     ///< QString, of an event type: its name
        MoreRole,     ///< bool: stands for values that are not shown
    };
    /// Values a facet shows before more are asked for.
    static constexpr int kShown = 8;

    /// The counts must outlive it.
    explicit FacetsModel(LogCounts& counts, QObject* parent = nullptr);

    /// Whether correlation ids are counted, which takes reading the log.
    void setCorrelationWanted(bool wanted);
    bool isCorrelationWanted() const { return m_correlationWanted; }
    /// The place in payload or metadata whose values are counted; nothing: none are. Steps are
    /// names and indexes only.
    void setField(const std::optional<FilterPlace>& field);
    const std::optional<FilterPlace>& field() const { return m_field; }

    /// Shows all values of the facet that the row belongs to.
    void showMore(const QModelIndex& index);
    /// What finds the events of a value; nothing for a row that is none, or cut short.
    std::optional<FilterExpression> conditionAt(const QModelIndex& index) const;
    /// A value with its count, or those beyond the values that are told apart: without a text.
    struct Value {
        QString facet; ///< "type", "category", "correlation", "data.quantity"
        std::optional<QString> text;
        qint64 count = 0;
        bool isComplete = false; ///< all of the log was counted
    };
    /// Whatever is counted now, shown or not, in the order of the sections.
    std::vector<Value> values() const;

    /// The whole text of a value.
    QString textAt(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

  private:
    struct Row {
        enum class Kind : unsigned char { Value, More, Note };
        Kind kind = Kind::Value;
        QString text;
        qint64 count = 0;
        bool operator==(const Row&) const = default;
    };
    struct Shown {
        std::vector<Row> rows;
        qint64 largest = 0;
        qint64 distinct = 0;
        bool isCapped = false;
        bool isPartial = false;
        bool showsAll = false;
    };

    void wantValues();
    void takeCounts();
    void take(Section section, const LogCounts::Counted& counted);
    std::vector<Row> rowsOf(Section section, const LogCounts::Counted& counted) const;
    void replace(Section section, std::vector<Row> rows);
    QString sectionName(int section) const;
    QString sectionCount(int section) const;
    const Row* rowAt(const QModelIndex& index) const;

    LogCounts& m_counts;
    bool m_correlationWanted = false;
    std::optional<FilterPlace> m_field;
    std::array<Shown, Sections> m_sections;
};

} // namespace rewindow
