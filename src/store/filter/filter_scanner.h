// Taking a filter's text apart, character by character.
#pragma once

#include "store/filter/filter_parser.h"

#include <QString>
#include <QStringList>

namespace rewindow {

/// Stands at a place in the text and moves on. What fails says so as a mistake at its place.
class FilterScanner {
  public:
    template <class T>
    using Parsed = std::expected<T, FilterMistake>;

    explicit FilterScanner(const QString& text) : m_text(text) {}

    qsizetype at() const { return m_at; }
    void goTo(qsizetype at) { m_at = at; }
    bool isDone() const { return m_at == m_text.size(); }
    bool isNext(QChar character) const { return !isDone() && m_text[m_at] == character; }
    bool isNextAny(QStringView characters) const {
        return !isDone() && characters.contains(m_text[m_at]);
    }
    bool take(QChar character);
    void skipBlanks();
    QString rest() const { return m_text.sliced(m_at); }
    /// What stands between a place and here.
    QString since(qsizetype start) const { return m_text.sliced(start, m_at - start); }

    /// The word that starts here, up to a blank or a parenthesis, without moving.
    QString nextWord() const;
    QString name();     ///< letters, digits, `_` and `-`, a letter first; empty where there is none
    QString digits();   ///< may be empty
    QString pathName(); ///< of a path, not quoted; may be empty
    QString word();     ///< up to a blank or a parenthesis; may be empty

    /// A text between quotes, its opening quote next, at unescaped stars in pieces.
    Parsed<QStringList> quotedPieces();
    std::optional<FilterOperator> comparison();

    static std::unexpected<FilterMistake> mistake(qsizetype start, qsizetype length,
                                                  const QString& message, const QString& expected);
    /// Of what stands between `start` and here.
    std::unexpected<FilterMistake> mistakeSince(qsizetype start, const QString& message,
                                                const QString& expected) const {
        return mistake(start, m_at - start, message, expected);
    }

  private:
    const QString& m_text;
    qsizetype m_at = 0;
};

} // namespace rewindow
