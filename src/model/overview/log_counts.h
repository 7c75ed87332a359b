// What a log holds under a filter, over time and by name: what panels beside its table show.
#pragma once

#include "model/overview/filter_selection.h"
#include "model/overview/log_overview.h"

#include <QObject>

#include <memory>
#include <set>
#include <vector>

namespace rewindow {

/// Lives on the UI thread and counts through an overview: from the index where that can answer the
/// filter, else by reading what the filter finds. Follows the log as it grows.
class LogCounts : public QObject {
    Q_OBJECT

  public:
    /// Events over time at any time, stacked by type; the log's whole range whatever the filter.
    struct OverTime {
        TimeGrid grid;
        std::vector<QString> types; ///< stacks from below
        bool hasOthers = false;     ///< whether one more stack follows, of all other types
        std::vector<qint64> counts; ///< by bucket, then stack
    };
    /// A facet and how far it is.
    struct Counted {
        Facet facet;
        bool isKnown = false; ///< something was counted
        bool isComplete = false;
        QString error; ///< why it could not be counted
    };
    enum class Way : unsigned char {
        Index,  ///< counts are of what is indexed
        Reading ///< counts are of what was read so far
    };

    /// The overview must outlive it, and is built by someone else.
    explicit LogCounts(LogOverview& overview, QObject* parent = nullptr);

    void setFilter(const EventFilter& filter);
    const EventFilter& filter() const { return m_filter; }
    /// Whether facets are shown at all; they are not counted before.
    void setFacetsWanted(bool wanted);
    /// Values to count, by their source and pointer; those there were keep what was counted.
    void setValues(const std::vector<ValueFacetRequest>& values);

    const OverTime& overTime() const { return m_overTime; }
    const Counted& types() const { return m_types; }
    const Counted& categories() const { return m_categories; }
    /// As many as setValues() asked for.
    const std::vector<Counted>& values() const { return m_values; }

    Way way() const { return m_way; }
    /// Whether the bars are of all events there are.
    bool isComplete() const { return m_isComplete; }
    /// How far counting is; both 0 before anything is known.
    qint64 reached() const;
    qint64 total() const;
    /// What is in the bars.
    qint64 counted() const;
    const QString& error() const { return m_error; } ///< why bars could not be counted
    /// Nothing is being counted at this instant.
    bool isQuiet() const;

    /// The first event at or after a time that the bars would count, as far as is indexed.
    void find(Timestamp time, QObject* guard, std::function<void(GlobalPosition)> done);

  signals:
    void overTimeChanged();
    void facetsChanged();

  private:
    struct Value {
        ValueFacetRequest request; ///< without selection
        std::unique_ptr<QObject> guard;
    };

    void ask();
    void askIndex();
    void askValue(std::size_t index);
    void askReader();
    void takeFrame(const Histogram& frame);
    void takeRead(const FilteredCounts& counts);
    void forget();
    FilteredCountsRequest readingRequest() const;

    LogOverview& m_overview;
    EventFilter m_filter;
    std::optional<OverviewSelection> m_bars;   ///< without times; nothing: must be read
    std::optional<OverviewSelection> m_facets; ///< with them
    std::vector<Value> m_wanted;
    bool m_facetsWanted = false;

    Way m_way = Way::Index;
    Histogram m_frame;
    OverTime m_overTime;
    Counted m_types;
    Counted m_categories;
    std::vector<Counted> m_values;
    GlobalPosition m_read;
    GlobalPosition m_readEnd;
    bool m_isComplete = false;
    QString m_error;
    bool m_isAsking = false;
    bool m_isAskingFacets = false;
    std::set<const QObject*> m_askedValues; ///< the guards of those not answered yet
    quint64 m_generation = 0;               ///< of the filter: what was asked before is not taken
};

} // namespace rewindow
