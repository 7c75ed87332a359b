// What completion knows of a store, learnt from it in the background.
#pragma once

#include "model/filter/filter_suggestions.h"
#include "model/store_lane.h"

#include <QHash>
#include <QObject>

namespace rewindow {

class LogOverview;

/// Lives on the UI thread; types and categories come from the overview, the rest from a lane of its
/// own, so that nothing waits for a count. What was learnt is kept.
class FilterKnowledge : public QObject {
    Q_OBJECT

  public:
    static constexpr qint64 kMostStreams = 40;

    /// The overview must outlive it.
    FilterKnowledge(const StoreInfo& info, LogOverview& overview, QObject* parent = nullptr);

    /// Begins to learn at the first call; learnt() says when there is more to know.
    void learn();
    const FilterVocabulary& vocabulary() const { return m_vocabulary; }
    /// What is known at that place of a filter's text. What is not is looked up, then learnt() is
    /// emitted.
    KnownValues at(const QString& text, qsizetype cursor);
    /// Nothing is being looked up at this instant.
    bool isQuiet() const { return m_lane.pending() == 0; }

  signals:
    void learnt();

  private:
    void takeNames();
    void learnPaths(const QStringList& types);
    void findValues(const FilterPlace& place);
    void findStreams(const QString& beginning);

    const StoreInfo m_info;
    LogOverview& m_overview;
    StoreLane m_lane;
    FilterVocabulary m_vocabulary;
    bool m_isLearning = false;
    bool m_knowsRareTypes = false;
    QHash<QString, std::vector<SeenValue>> m_values; ///< by place
    QHash<QString, QStringList> m_streams;           ///< by beginning
    std::optional<QString> m_sought; ///< the beginning of streams that is being looked for
    CancelToken m_findingStreams;
};

} // namespace rewindow
