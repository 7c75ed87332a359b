// Words, names, quotes and signs of comparison.
#include "store/filter/filter_scanner.h"

#include "store/filter/filter_text.h"

namespace rewindow {

bool FilterScanner::take(QChar character) {
    if (!isNext(character))
        return false;
    ++m_at;
    return true;
}

void FilterScanner::skipBlanks() {
    while (!isDone() && m_text[m_at].isSpace())
        ++m_at;
}

QString FilterScanner::nextWord() const {
    qsizetype end = m_at;
    while (end < m_text.size() && !endsWord(m_text[end]))
        ++end;
    return m_text.sliced(m_at, end - m_at);
}

QString FilterScanner::word() {
    const QString word = nextWord();
    m_at += word.size();
    return word;
}

QString FilterScanner::name() {
    const qsizetype start = m_at;
    const auto isLetter = [](QChar character) {
        return (character >= u'a' && character <= u'z') || (character >= u'A' && character <= u'Z');
    };
    const auto goesOn = [&](QChar character) {
        return isLetter(character) || (character >= u'0' && character <= u'9') ||
               character == u'_' || character == u'-';
    };
    if (!isDone() && isLetter(m_text[m_at]))
        while (!isDone() && goesOn(m_text[m_at]))
            ++m_at;
    return since(start);
}

QString FilterScanner::digits() {
    const qsizetype start = m_at;
    while (!isDone() && m_text[m_at] >= u'0' && m_text[m_at] <= u'9')
        ++m_at;
    return since(start);
}

QString FilterScanner::pathName() {
    const qsizetype start = m_at;
    while (!isDone() && isPlainNameCharacter(m_text[m_at]))
        ++m_at;
    return since(start);
}

FilterScanner::Parsed<QStringList> FilterScanner::quotedPieces() {
    const qsizetype start = m_at++;
    QStringList pieces{QString()};
    while (!isDone()) {
        QChar next = m_text[m_at++];
        if (next == u'"')
            return pieces;
        if (next == u'*') {
            pieces << QString();
            continue;
        }
        if (next == u'\\' && !isDone())
            next = m_text[m_at++];
        pieces.back() += next;
    }
    return mistakeSince(start, QStringLiteral("the quote is not closed"),
                        QStringLiteral("end it with \", and write \\\" for a quote inside"));
}

std::optional<FilterOperator> FilterScanner::comparison() {
    const auto orEqual = [this](FilterOperator with, FilterOperator without) {
        return take(u'=') ? with : without;
    };
    if (take(u':'))
        return FilterOperator::Match;
    if (take(u'='))
        return FilterOperator::Equal;
    if (take(u'<'))
        return orEqual(FilterOperator::LessOrEqual, FilterOperator::Less);
    if (take(u'>'))
        return orEqual(FilterOperator::GreaterOrEqual, FilterOperator::Greater);
    if (isNext(u'!') && m_at + 1 < m_text.size() && m_text[m_at + 1] == u'=') {
        m_at += 2;
        return FilterOperator::NotEqual;
    }
    return std::nullopt;
}

std::unexpected<FilterMistake> FilterScanner::mistake(qsizetype start, qsizetype length,
                                                      const QString& message,
                                                      const QString& expected) {
    return std::unexpected(FilterMistake{start, length, message, expected});
}

} // namespace rewindow
