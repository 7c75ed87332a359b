// Which events are wanted: the words of `--filter` and of the Log page.
#pragma once

#include "base/error.h"

#include <QString>
#include <QStringList>

namespace rewindow {

/// `type:PATTERN` and `stream:PATTERN`, where `*` stands for any text, a leading `-` excludes, and
/// a pattern may be quoted. Words of one kind are alternatives, kinds are combined:
/// `type:Order* type:User* -type:OrderPaid stream:order-7f*`.
class EventFilter {
  public:
    struct Word {
        enum class Field { Type, Stream };
        Field field = Field::Type;
        QString pattern;
        bool excluded = false;
        bool operator==(const Word&) const = default;
    };

    EventFilter() = default;
    /// Fails with Usage; `where` is "column N" of the text.
    static Result<EventFilter> parse(const QString& text);

    bool isEmpty() const { return m_words.isEmpty(); }
    const QList<Word>& words() const { return m_words; }
    QString toString() const; ///< reads back the same
    /// Whether an event of this type in this stream is wanted; as the database would answer.
    bool accepts(const QString& type, const QString& stream) const;

    bool operator==(const EventFilter&) const = default;

  private:
    QList<Word> m_words;
};

} // namespace rewindow
