// Finding the word at a cursor, and the part of it.
#include "store/filter/filter_cursor.h"

#include "store/filter/filter_scanner.h"
#include "store/filter/filter_text.h"

#include <algorithm>

namespace rewindow {

namespace {

using Kind = FilterCursor::Kind;

bool opensQuote(const QString& text, qsizetype start, qsizetype at) {
    constexpr QStringView kBefore = u":=<>.";
    return text[at] == u'"' && (at == start || kBefore.contains(text[at - 1]));
}

/// The end of the word that starts there; blanks in quotes do not end it.
qsizetype endOfWord(const QString& text, qsizetype start) {
    qsizetype at = start;
    bool isQuoted = false;
    for (; at < text.size(); ++at) {
        if (isQuoted) {
            if (text[at] == u'\\')
                ++at;
            else if (text[at] == u'"')
                isQuoted = false;
        } else if (endsWord(text[at])) {
            return at;
        } else {
            isQuoted = opensQuote(text, start, at);
        }
    }
    return text.size();
}

QString withoutQuotes(QString typed) {
    if (!typed.startsWith(u'"'))
        return typed;
    typed.remove(0, 1);
    for (qsizetype at = typed.indexOf(u'\\'); at >= 0; at = typed.indexOf(u'\\', at + 1))
        typed.remove(at, 1);
    return typed;
}

/// Reads the word up to the cursor as far as it goes.
class WordReader {
  public:
    WordReader(const QString& word, FilterCursor& cursor) : m_scanner(word), m_cursor(cursor) {}

    void read() {
        if (m_scanner.isNext(u'"'))
            return found(Kind::Other);
        QString name = m_scanner.name();
        if (m_scanner.isDone())
            return foundSince(0, Kind::Word);
        const bool isPresence = name == u"has" && m_scanner.take(u':');
        if (isPresence) {
            const qsizetype start = m_scanner.at();
            name = m_scanner.name();
            if (m_scanner.isDone())
                return foundSince(start, Kind::Field);
        }
        const auto field = filterFieldNamed(name);
        if (!field)
            return found(isPresence ? Kind::Other : Kind::Word);
        m_cursor.place.field = *field;
        if (kindOf(*field) == FilterFieldKind::Json && !readPath())
            return;
        const auto comparison = m_scanner.comparison();
        if (!comparison || isPresence)
            return found(Kind::Other);
        m_cursor.comparison = *comparison;
        foundSince(m_scanner.at(), Kind::Value);
    }

  private:
    /// Whether the path ends before the cursor.
    bool readPath() {
        std::vector<FilterPath::Step> steps;
        while (m_scanner.isNextAny(u".[")) {
            const qsizetype start = m_scanner.at() + 1;
            m_cursor.place.path = FilterPath(steps);
            if (m_scanner.take(u'[')) {
                if (m_scanner.take(u'*'))
                    steps.emplace_back(FilterPath::Every());
                else
                    steps.emplace_back(std::size_t(m_scanner.digits().toULongLong()));
                if (!m_scanner.take(u']')) {
                    found(Kind::Other);
                    return false;
                }
                continue;
            }
            m_scanner.take(u'.');
            if (m_scanner.isNext(u'"')) {
                const auto pieces = m_scanner.quotedPieces();
                if (!pieces) {
                    foundSince(start, Kind::Member);
                    return false;
                }
                steps.emplace_back(pieces->join(u'*').toStdString());
            } else {
                steps.emplace_back(m_scanner.pathName().toStdString());
                if (m_scanner.isDone()) {
                    foundSince(start, Kind::Member);
                    return false;
                }
            }
        }
        m_cursor.place.path = FilterPath(std::move(steps));
        return true;
    }

    void found(Kind kind) { foundSince(0, kind); }
    void foundSince(qsizetype start, Kind kind) {
        m_cursor.kind = kind;
        m_cursor.start = m_cursor.wordStart + start;
        m_scanner.goTo(start);
        m_cursor.typed = withoutQuotes(m_scanner.rest());
    }

    FilterScanner m_scanner;
    FilterCursor& m_cursor;
};

} // namespace

FilterCursor filterCursorAt(const QString& text, qsizetype cursor) {
    cursor = std::clamp<qsizetype>(cursor, 0, text.size());
    FilterCursor found;
    found.start = found.wordStart = cursor;
    for (qsizetype at = 0; at < cursor;) {
        if (endsWord(text[at]) || text[at] == u'-') {
            ++at;
            continue;
        }
        const qsizetype end = endOfWord(text, at);
        if (cursor <= end) {
            found.wordStart = at;
            found.wordLength = end - at;
            const QString word = text.sliced(at, cursor - at);
            WordReader(word, found).read();
            found.length = end - found.start;
            return found;
        }
        at = end;
    }
    return found;
}

} // namespace rewindow
