// Fields, paths and values.
#include "store/filter/filter_words.h"

#include "base/json_number.h"
#include "store/filter/filter_text.h"

#include <algorithm>

namespace rewindow {

namespace {

constexpr QStringView kSigns = u":=<>!";

/// Where the first sign of comparison stands in a word; -1: nowhere.
qsizetype signIn(QStringView word) {
    const auto sign =
        std::ranges::find_if(word, [](QChar character) { return kSigns.contains(character); });
    return sign == word.end() ? -1 : sign - word.begin();
}

QString knownNames() {
    QStringList names;
    for (const FilterFieldName& known : filterFieldNames())
        names << known.name.toString();
    return QStringLiteral("write one of %1, or put text to search for in quotes")
        .arg(names.join(QStringLiteral(", ")) + QStringLiteral(", has"));
}

QString exampleOf(const QString& name) {
    for (const FilterFieldName& known : filterFieldNames())
        if (known.name == name)
            return known.example.toString();
    return {};
}

} // namespace

FilterWords::Parsed FilterWords::word() {
    const qsizetype start = m_scanner.at();
    if (m_scanner.isNext(u'"'))
        return searchWord(start);
    const QString name = m_scanner.name();
    const auto field = filterFieldNamed(name);
    const bool takesPath = field && kindOf(*field) == FilterFieldKind::Json;
    if (takesPath && m_scanner.isNextAny(u".["))
        return comparison(name, start);
    if (name.isEmpty() || !m_scanner.isNextAny(kSigns)) {
        m_scanner.goTo(start);
        const QString whole = m_scanner.nextWord();
        const qsizetype sign = signIn(whole);
        if (name.isEmpty() || name.size() == whole.size() || sign < 0 || whole[name.size()] != u'.')
            return searchWord(start);
        const QString path = whole.first(sign);
        return FilterScanner::mistake(
            start, path.size(), QStringLiteral("\"%1\" is nothing to filter by").arg(path),
            QStringLiteral("write data.%1 for a value of the payload, or put text to search for "
                           "in quotes")
                .arg(path));
    }
    if (name == u"has")
        return presence();
    if (!field)
        return m_scanner.mistakeSince(
            start, QStringLiteral("\"%1\" is nothing to filter by").arg(name), knownNames());
    return comparison(name, start);
}

FilterWords::Parsed FilterWords::searchWord(qsizetype start) {
    const bool isQuoted = m_scanner.isNext(u'"');
    auto text = literal();
    if (!text)
        return std::unexpected(text.error());
    if (text->text().isEmpty())
        return m_scanner.mistakeSince(start, QStringLiteral("an empty text is everywhere"),
                                      QStringLiteral("write what to look for"));
    if (!isQuoted && text->text().startsWith(u'*') && text->text().size() == 1)
        return m_scanner.mistakeSince(start, QStringLiteral("* alone stands for everything"),
                                      QStringLiteral("write what to look for, or nothing"));
    return FilterExpression::search(text->text());
}

FilterWords::Parsed FilterWords::presence() {
    const QString expected = QStringLiteral("write has:data.coupon, or has:correlation");
    if (!m_scanner.take(u':')) {
        const qsizetype start = m_scanner.at();
        m_scanner.comparison();
        return m_scanner.mistakeSince(start, QStringLiteral("has wants a colon"), expected);
    }
    const qsizetype start = m_scanner.at();
    const QString name = m_scanner.name();
    if (!filterFieldNamed(name)) {
        m_scanner.word();
        return m_scanner.mistakeSince(
            start,
            start == m_scanner.at()
                ? QStringLiteral("what an event should have is missing")
                : QStringLiteral("\"%1\" is nothing an event may have").arg(m_scanner.since(start)),
            expected);
    }
    auto wanted = place(name, start);
    if (!wanted)
        return std::unexpected(wanted.error());
    const FilterFieldKind kind = kindOf(wanted->field);
    if (kind == FilterFieldKind::Number || kind == FilterFieldKind::Time)
        return m_scanner.mistakeSince(start, QStringLiteral("every event has that"), expected);
    if (!m_scanner.isDone() && !m_scanner.nextWord().isEmpty()) {
        const qsizetype rest = m_scanner.at();
        m_scanner.word();
        return m_scanner.mistakeSince(rest, QStringLiteral("has: takes no value"),
                                      QStringLiteral("put a blank after the name"));
    }
    return FilterExpression::has(std::move(*wanted));
}

FilterWords::Parsed FilterWords::comparison(const QString& name, qsizetype start) {
    auto compared = place(name, start);
    if (!compared)
        return std::unexpected(compared.error());
    const FilterField field = compared->field;
    if (kindOf(field) == FilterFieldKind::Json && compared->path.isEmpty())
        return m_scanner.mistakeSince(start,
                                      QStringLiteral("\"%1\" needs the name of a value").arg(name),
                                      QStringLiteral("write %1").arg(exampleOf(name)));
    const qsizetype signAt = m_scanner.at();
    auto sign = m_scanner.comparison();
    if (!sign && m_scanner.take(u'!'))
        return m_scanner.mistakeSince(signAt, QStringLiteral("! alone compares nothing"),
                                      QStringLiteral("write one of : = != < <= > >="));
    if (!sign)
        return m_scanner.mistakeSince(
            start, QStringLiteral("what %1 should be is missing").arg(m_scanner.since(start)),
            QStringLiteral("go on with one of : = != < <= > >=, or write has:%1")
                .arg(m_scanner.since(start)));
    const bool isBound = name == u"after" || name == u"before";
    if (isBound && *sign != FilterOperator::Match)
        return m_scanner.mistakeSince(signAt, QStringLiteral("%1 wants a colon").arg(name),
                                      QStringLiteral("write %1").arg(exampleOf(name)));
    const auto compareTo = literal();
    if (!compareTo)
        return std::unexpected(compareTo.error());
    auto read = value(field, *sign, *compareTo);
    if (!read)
        return std::unexpected(read.error());
    if (isBound)
        sign = name == u"after" ? FilterOperator::GreaterOrEqual : FilterOperator::Less;
    return FilterExpression::comparison(std::move(*compared), *sign, std::move(*read));
}

std::expected<FilterPlace, FilterMistake> FilterWords::place(const QString& name, qsizetype start) {
    FilterPlace place;
    place.field = filterFieldNamed(name).value();
    if (kindOf(place.field) != FilterFieldKind::Json)
        return place;
    auto steps = path();
    if (!steps)
        return std::unexpected(steps.error());
    if (steps->steps().size() > static_cast<std::size_t>(kDeepestFilter))
        return m_scanner.mistakeSince(
            start, QStringLiteral("the path has more than %1 steps").arg(kDeepestFilter),
            QStringLiteral("ask for a value nearer to the top"));
    place.path = std::move(*steps);
    return place;
}

std::expected<FilterPath, FilterMistake> FilterWords::path() {
    std::vector<FilterPath::Step> steps;
    while (m_scanner.isNextAny(u".[")) {
        auto step = m_scanner.isNext(u'[') ? element() : member();
        if (!step)
            return std::unexpected(step.error());
        steps.push_back(std::move(*step));
    }
    return FilterPath(std::move(steps));
}

std::expected<FilterPath::Step, FilterMistake> FilterWords::member() {
    const qsizetype start = m_scanner.at();
    m_scanner.take(u'.');
    if (m_scanner.isNext(u'"')) {
        auto pieces = m_scanner.quotedPieces();
        if (!pieces)
            return std::unexpected(pieces.error());
        return pieces->join(u'*').toStdString();
    }
    const QString name = m_scanner.pathName();
    if (name.isEmpty())
        return m_scanner.mistakeSince(start, QStringLiteral("a name is missing after the dot"),
                                      QStringLiteral("write .name, or .\"a name in quotes\""));
    return name.toStdString();
}

std::expected<FilterPath::Step, FilterMistake> FilterWords::element() {
    const qsizetype start = m_scanner.at();
    m_scanner.take(u'[');
    constexpr qsizetype kMostDigits = 18;
    FilterPath::Step step;
    if (m_scanner.take(u'*')) {
        step = FilterPath::Every();
    } else {
        const QString digits = m_scanner.digits();
        const bool isIndex = !digits.isEmpty() && digits.size() <= kMostDigits;
        step = static_cast<std::size_t>(isIndex ? digits.toULongLong() : 0);
        if (!isIndex)
            return m_scanner.mistakeSince(start, QStringLiteral("an index is missing"),
                                          QStringLiteral("write [0] for the first, [*] for any"));
    }
    if (!m_scanner.take(u']'))
        return m_scanner.mistakeSince(start, QStringLiteral("this bracket is not closed"),
                                      QStringLiteral("write [0] for the first, [*] for any"));
    return step;
}

std::expected<void, FilterMistake> FilterWords::endOfQuote() const {
    const QString rest = m_scanner.nextWord();
    if (rest.isEmpty())
        return {};
    return FilterScanner::mistake(m_scanner.at(), rest.size(),
                                  QStringLiteral("a blank is missing after the quote"),
                                  QStringLiteral("put a blank here, or \\\" for a quote inside"));
}

std::expected<FilterWords::Literal, FilterMistake> FilterWords::literal() {
    Literal literal;
    literal.start = m_scanner.at();
    if (m_scanner.isNext(u'"')) {
        auto pieces = m_scanner.quotedPieces();
        if (!pieces)
            return std::unexpected(pieces.error());
        if (const auto ended = endOfQuote(); !ended)
            return std::unexpected(ended.error());
        literal.pieces = std::move(*pieces);
        literal.isQuoted = true;
    } else {
        if (startsWithSign(m_scanner.nextWord())) {
            m_scanner.take(m_scanner.nextWord()[0]);
            return m_scanner.mistakeSince(literal.start,
                                          QStringLiteral("one sign of comparison is enough"),
                                          QStringLiteral("leave this one out, or put the value in "
                                                         "quotes"));
        }
        literal.pieces = m_scanner.word().split(u'*');
        if (literal.text().isEmpty())
            return m_scanner.mistakeSince(
                literal.start, QStringLiteral("a value is missing"),
                QStringLiteral("write one here, or \"\" for an empty text"));
    }
    if (literal.text().size() > kLongestFilterValue)
        return wrong(
            literal,
            QStringLiteral("the value is longer than %1 characters").arg(kLongestFilterValue),
            QStringLiteral("a part of it with * will do"));
    return literal;
}

std::unexpected<FilterMistake> FilterWords::wrong(const Literal& literal, const QString& message,
                                                  const QString& expected) const {
    return m_scanner.mistakeSince(literal.start, message, expected);
}

std::expected<FilterValue, FilterMistake>
FilterWords::value(FilterField field, FilterOperator comparison, const Literal& literal) const {
    switch (kindOf(field)) {
    case FilterFieldKind::Text:
        return textValue(comparison, literal);
    case FilterFieldKind::Number:
        return number(field, literal);
    case FilterFieldKind::Time:
        return time(literal);
    case FilterFieldKind::Json:
        return anyKind(comparison, literal);
    }
    Q_UNREACHABLE();
}

FilterValue FilterWords::textValue(FilterOperator comparison, const Literal& literal) {
    if (comparison == FilterOperator::Match && literal.pieces.size() > 1)
        return FilterPattern{literal.pieces};
    return literal.text();
}

std::expected<FilterValue, FilterMistake> FilterWords::number(FilterField field,
                                                              const Literal& literal) const {
    const QString text = literal.text();
    const auto integer =
        json::isNumber(text.toStdString()) ? json::integerOf(text.toStdString()) : std::nullopt;
    if (!integer || *integer < 0 || literal.isQuoted)
        return wrong(literal, QStringLiteral("a %1 is a whole number from 0").arg(nameOf(field)),
                     QStringLiteral("write %1").arg(exampleOf(nameOf(field))));
    return FilterNumber{text};
}

std::expected<FilterValue, FilterMistake> FilterWords::time(const Literal& literal) const {
    const QString text = literal.text();
    if (auto absolute = absoluteTime(text))
        return *absolute;
    if (auto relative = relativeTime(text, m_now))
        return *relative;
    return wrong(literal, QStringLiteral("\"%1\" is no time").arg(text),
                 QStringLiteral("write 2026-11-24, 2026-11-24T14:02:34Z, today, yesterday, or -2h "
                                "or -3d for so long ago"));
}

std::expected<FilterValue, FilterMistake> FilterWords::anyKind(FilterOperator comparison,
                                                               const Literal& literal) const {
    if (literal.isQuoted)
        return textValue(comparison, literal);
    const QString text = literal.text();
    FilterValue plain = plainValue(text);
    if (isOrdering(comparison)) {
        if (std::holds_alternative<bool>(plain) || std::holds_alternative<FilterNull>(plain))
            return wrong(literal, QStringLiteral("%1 is neither less nor greater").arg(text),
                         QStringLiteral("compare it with : = or !="));
        if (auto relative = relativeTime(text, m_now))
            return *relative;
    }
    if (std::holds_alternative<QString>(plain))
        return textValue(comparison, literal);
    return plain;
}

} // namespace rewindow
