// The words of a filter: reading them, writing them back, and answering as SQLite's GLOB would.
#include "store/event_filter.h"

namespace rewindow {

namespace {

using Word = EventFilter::Word;

// SQLite refuses GLOB patterns over 50,000 bytes; escaped and as UTF-8, this stays below.
constexpr qsizetype kLongestPattern = 10'000;

std::unexpected<Error> wrong(qsizetype index, const QString& what) {
    return fail(Error::Kind::Usage, what,
                QStringLiteral("write type:PATTERN or stream:PATTERN, with * for any text and a "
                               "leading - to exclude"),
                QStringLiteral("column %1").arg(index + 1));
}

/// Reads one word after another from a text.
class FilterText {
  public:
    explicit FilterText(const QString& text) : m_text(text) {}

    bool atEnd() {
        while (m_index < m_text.size() && m_text[m_index].isSpace())
            ++m_index;
        return m_index == m_text.size();
    }

    Result<Word> word() {
        const qsizetype start = m_index;
        Word word;
        word.excluded = takes(u'-');
        const qsizetype nameAt = m_index;
        while (m_index < m_text.size() && !m_text[m_index].isSpace() && m_text[m_index] != u':' &&
               m_text[m_index] != u'"')
            ++m_index;
        const QString name = m_text.sliced(nameAt, m_index - nameAt);
        if (!takes(u':'))
            return wrong(start, QStringLiteral("\"%1\" does not say what to filter by").arg(name));
        if (name == u"type")
            word.field = Word::Field::Type;
        else if (name == u"stream")
            word.field = Word::Field::Stream;
        else
            return wrong(nameAt, QStringLiteral("\"%1\" is nothing to filter by").arg(name));

        const qsizetype patternAt = m_index;
        const auto pattern = takes(u'"') ? quoted(patternAt) : plain(patternAt);
        if (!pattern)
            return std::unexpected(pattern.error());
        if (pattern->size() > kLongestPattern)
            return wrong(
                patternAt,
                QStringLiteral("the pattern is longer than %1 characters").arg(kLongestPattern));
        word.pattern = *pattern;
        return word;
    }

  private:
    bool takes(QChar expected) {
        if (m_index == m_text.size() || m_text[m_index] != expected)
            return false;
        ++m_index;
        return true;
    }

    Result<QString> plain(qsizetype start) {
        while (m_index < m_text.size() && !m_text[m_index].isSpace())
            ++m_index;
        if (m_index == start)
            return wrong(start, QStringLiteral("a pattern is missing"));
        return m_text.sliced(start, m_index - start);
    }

    Result<QString> quoted(qsizetype start) {
        QString pattern;
        while (m_index < m_text.size()) {
            QChar next = m_text[m_index++];
            if (next == u'"') {
                if (m_index < m_text.size() && !m_text[m_index].isSpace())
                    return wrong(m_index, QStringLiteral("a blank is missing after the quote"));
                return pattern;
            }
            if (next == u'\\' && m_index < m_text.size())
                next = m_text[m_index++];
            pattern += next;
        }
        return wrong(start, QStringLiteral("the quote is not closed"));
    }

    const QString& m_text;
    qsizetype m_index = 0;
};

QString quotedWhereNeeded(const QString& pattern) {
    bool plain = !pattern.isEmpty() && pattern[0] != u'"';
    for (const QChar character : pattern)
        plain = plain && !character.isSpace();
    if (plain)
        return pattern;
    QString quoted = pattern;
    quoted.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + quoted + u'"';
}

bool matchesPattern(QStringView pattern, QStringView text) {
    if (!pattern.contains(u'*'))
        return pattern == text;
    // GLOB sees a text only up to a NUL.
    if (const qsizetype nul = text.indexOf(QChar(0)); nul >= 0)
        text.truncate(nul);
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype resumeAt = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            resumeAt = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++resumeAt;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*')
        ++p;
    return p == pattern.size();
}

} // namespace

Result<EventFilter> EventFilter::parse(const QString& text) {
    EventFilter filter;
    FilterText words(text);
    while (!words.atEnd()) {
        auto word = words.word();
        if (!word)
            return std::unexpected(word.error());
        filter.m_words.push_back(std::move(*word));
    }
    return filter;
}

QString EventFilter::toString() const {
    QStringList texts;
    for (const Word& word : m_words)
        texts << (word.excluded ? QStringLiteral("-") : QString()) +
                     (word.field == Word::Field::Type ? QStringLiteral("type:")
                                                      : QStringLiteral("stream:")) +
                     quotedWhereNeeded(word.pattern);
    return texts.join(u' ');
}

bool EventFilter::accepts(const QString& type, const QString& stream) const {
    for (const auto field : {Word::Field::Type, Word::Field::Stream}) {
        const QString& text = field == Word::Field::Type ? type : stream;
        bool hasAlternatives = false;
        bool isOneOfThem = false;
        for (const Word& word : m_words) {
            if (word.field != field)
                continue;
            const bool matches = matchesPattern(word.pattern, text);
            if (word.excluded && matches)
                return false;
            hasAlternatives = hasAlternatives || !word.excluded;
            isOneOfThem = isOneOfThem || (!word.excluded && matches);
        }
        if (hasAlternatives && !isOneOfThem)
            return false;
    }
    return true;
}

} // namespace rewindow
