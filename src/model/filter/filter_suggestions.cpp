// Candidates for each kind of place, ranked by how well they fit what is typed.
#include "model/filter/filter_suggestions.h"

#include "model/statistics/statistics_filter.h"
#include "store/filter/filter_cursor.h"

#include <QCoreApplication>

#include <algorithm>

namespace rewindow {

namespace {

using Kind = FilterSuggestion::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FilterSuggestions)
};

/// Of what begins as typed; whatever fits otherwise comes after it.
constexpr int kBeginsExactly = 2'000'000;
constexpr int kBegins = 1'000'000;
constexpr qsizetype kFewLetters = 2; ///< that find types and fields by a bare word
constexpr qsizetype kLongestShown = 400;

struct OperatorName {
    FilterOperator comparison;
    const char* meaning;
};

constexpr OperatorName kOperators[] = {
    {FilterOperator::Match, QT_TRANSLATE_NOOP("FilterSuggestions", "is")},
    {FilterOperator::Equal, QT_TRANSLATE_NOOP("FilterSuggestions", "is exactly")},
    {FilterOperator::NotEqual, QT_TRANSLATE_NOOP("FilterSuggestions", "is not")},
    {FilterOperator::Greater, QT_TRANSLATE_NOOP("FilterSuggestions", "is greater than")},
    {FilterOperator::GreaterOrEqual, QT_TRANSLATE_NOOP("FilterSuggestions", "is at least")},
    {FilterOperator::Less, QT_TRANSLATE_NOOP("FilterSuggestions", "is less than")},
    {FilterOperator::LessOrEqual, QT_TRANSLATE_NOOP("FilterSuggestions", "is at most")},
};

struct TimeName {
    const char* word;
    const char* meaning;
};

constexpr TimeName kTimes[] = {
    {"today", QT_TRANSLATE_NOOP("FilterSuggestions", "the beginning of this day, UTC")},
    {"yesterday", QT_TRANSLATE_NOOP("FilterSuggestions", "the beginning of the day before")},
    {"now", QT_TRANSLATE_NOOP("FilterSuggestions", "this moment")},
    {"-5m", QT_TRANSLATE_NOOP("FilterSuggestions", "five minutes ago")},
    {"-1h", QT_TRANSLATE_NOOP("FilterSuggestions", "an hour ago")},
    {"-1d", QT_TRANSLATE_NOOP("FilterSuggestions", "24 hours ago")},
    {"-1w", QT_TRANSLATE_NOOP("FilterSuggestions", "seven days ago")},
};

QString symbolsOf(const VocabularyPath& path) {
    QStringList kinds;
    for (const ValueKind kind : path.kinds)
        kinds += valueKindName(kind);
    const QString named = kinds.join(QStringLiteral(", "));
    return path.examples.isEmpty() ? named
                                   : Words::tr("%1 · for example %2")
                                         .arg(named, path.examples.join(QStringLiteral(", ")));
}

/// A JSON value as what a filter compares to.
std::optional<FilterValue> filterValueOf(const Json& value, FilterOperator comparison) {
    switch (value.kind()) {
    case Json::Kind::String:
        return value.toQString();
    case Json::Kind::Number:
        return FilterNumber{value.toQString()};
    case Json::Kind::Bool:
        return isOrdering(comparison) ? std::nullopt : std::optional<FilterValue>(value.toBool());
    case Json::Kind::Null:
        return isOrdering(comparison) ? std::nullopt : std::optional<FilterValue>(FilterNull());
    default:
        return std::nullopt;
    }
}

/// How it is written after the sign of comparison, in quotes where it needs them.
QString writtenValue(const FilterPlace& place, FilterOperator comparison,
                     const FilterValue& value) {
    const QString subject = place.toString() + symbolOf(comparison);
    return FilterExpression::comparison(place, comparison, value).toString().sliced(subject.size());
}

class Suggesting {
  public:
    Suggesting(const QString& text, qsizetype cursor, const FilterVocabulary& vocabulary,
               const KnownValues& known)
        : m_text(text)
        , m_at(std::clamp<qsizetype>(cursor, 0, text.size()))
        , m_cursor(filterCursorAt(text, m_at))
        , m_vocabulary(vocabulary)
        , m_known(known) {}

    std::vector<FilterSuggestion> run() {
        switch (m_cursor.kind) {
        case FilterCursor::Kind::Word:
            suggestWords();
            break;
        case FilterCursor::Kind::Field:
            suggestFields(true);
            suggestPaths();
            break;
        case FilterCursor::Kind::Member:
            suggestMembers();
            break;
        case FilterCursor::Kind::Value:
            suggestValues();
            break;
        case FilterCursor::Kind::Other:
            if (m_at > 0 && m_text[m_at - 1] == u']')
                suggestOperators(FilterField::Data);
            break;
        }
        return best();
    }

  private:
    struct Ranked {
        int score = 0;
        FilterSuggestion suggestion;
    };

    /// Takes it in where it fits what is typed and would change something.
    void offer(FilterSuggestion suggestion, const QString& name, qsizetype shownFrom = 0) {
        suggestion.start = m_cursor.start;
        suggestion.length = m_cursor.length;
        const QString& typed = m_cursor.typed;
        int score = 0;
        if (!typed.isEmpty()) {
            if (name.startsWith(typed, Qt::CaseInsensitive)) {
                score = name.startsWith(typed) ? kBeginsExactly : kBegins;
                suggestion.matched = {{shownFrom, typed.size()}};
            } else if (auto match = fuzzyMatch(typed, name)) {
                score = match->score;
                for (TextSpan& span : match->spans)
                    span.start += shownFrom;
                suggestion.matched = std::move(match->spans);
            } else {
                return;
            }
        }
        if (suggestion.text == m_text.sliced(m_cursor.start, m_cursor.length))
            return;
        m_ranked.push_back({score, std::move(suggestion)});
    }

    void suggestWords() {
        const auto field = filterFieldNamed(m_cursor.typed);
        if (field && kindOf(*field) != FilterFieldKind::Json) {
            suggestOperators(*field);
            return;
        }
        suggestFields(false);
        offer({.kind = Kind::Field,
               .shown = QStringLiteral("has:"),
               .detail = Words::tr("there is such a value"),
               .text = QStringLiteral("has:"),
               .goesOn = true},
              QStringLiteral("has"));
        suggestKeywords();
        if (m_cursor.typed.size() < kFewLetters)
            return;
        for (const VocabularyName& type : m_vocabulary.types)
            offerName(Kind::Type, FilterField::Type, type);
        for (const VocabularyName& category : m_vocabulary.categories)
            offerName(Kind::Category, FilterField::Category, category);
        suggestPaths();
    }

    void suggestFields(bool afterHas) {
        for (const FilterFieldName& field : filterFieldNames()) {
            const bool isJson = kindOf(field.field) == FilterFieldKind::Json;
            if (afterHas && !isJson && kindOf(field.field) != FilterFieldKind::Text)
                continue;
            const QString name = field.name.toString();
            const bool isTime = field.field == FilterField::Time;
            const QString text = name + (isJson     ? QStringLiteral(".")
                                         : afterHas ? QString()
                                                    : (isTime ? QStringLiteral(":") : QString()));
            offer({.kind = Kind::Field,
                   .shown = isJson || isTime ? text : name,
                   .detail =
                       Words::tr("%1 · %2").arg(field.meaning.toString(), field.example.toString()),
                   .text = text,
                   .goesOn = !afterHas || isJson},
                  name);
        }
    }

    void suggestKeywords() {
        const QString before = m_text.first(m_cursor.wordStart).trimmed();
        const QString last = before.sliced(before.lastIndexOf(u' ') + 1);
        const bool canJoin = !before.isEmpty() && !before.endsWith(u'(') &&
                             !before.endsWith(u'-') && last != u"and" && last != u"or" &&
                             last != u"not";
        const auto word = [&](const char* name, const QString& meaning) {
            const QString text = QString::fromLatin1(name);
            offer({.kind = Kind::Keyword, .shown = text, .detail = meaning, .text = text}, text);
        };
        if (canJoin) {
            word("and", Words::tr("both must hold"));
            word("or", Words::tr("either will do"));
        }
        word("not", Words::tr("turns round what follows"));
    }

    void suggestOperators(FilterField field) {
        const FilterFieldKind kind = kindOf(field);
        const QString subject = m_text.sliced(m_cursor.start, m_at - m_cursor.start);
        for (const OperatorName& each : kOperators) {
            const bool isWord = kind == FilterFieldKind::Time && subject != u"at";
            if ((kind == FilterFieldKind::Text || isWord) && isOrdering(each.comparison))
                continue;
            if (isWord && each.comparison != FilterOperator::Match)
                continue;
            const QString text = subject + symbolOf(each.comparison);
            const bool canHaveStars =
                each.comparison == FilterOperator::Match &&
                (kind == FilterFieldKind::Text || kind == FilterFieldKind::Json);
            FilterSuggestion suggestion{.kind = Kind::Operator,
                                        .shown = text,
                                        .matched = {},
                                        .detail = canHaveStars
                                                      ? Words::tr("is; * stands for any text")
                                                      : Words::tr(each.meaning),
                                        .count = -1,
                                        .text = text,
                                        .start = m_cursor.start,
                                        .length = m_cursor.length,
                                        .goesOn = true};
            // First in the list, in this order.
            m_ranked.push_back({2 * kBeginsExactly, std::move(suggestion)});
        }
    }

    void offerName(Kind kind, FilterField field, const VocabularyName& name) {
        const QString text = FilterExpression::comparison({.field = field, .path = {}},
                                                          FilterOperator::Match, name.name)
                                 .toString();
        offer({.kind = kind, .shown = name.name, .count = name.count, .text = text}, name.name);
    }

    /// Places anywhere in the payload or the metadata, by their last name.
    void suggestPaths() {
        for (const VocabularyPath& path : m_vocabulary.paths)
            if (path.isScalar() && !path.parent.isEmpty() && path.name != u"[*]")
                offer({.kind = Kind::Member,
                       .shown = path.path,
                       .detail = symbolsOf(path),
                       .text = path.path,
                       .goesOn = m_cursor.kind == FilterCursor::Kind::Word},
                      path.name, std::max<qsizetype>(0, path.path.lastIndexOf(path.name)));
    }

    void suggestMembers() {
        const QString parent = vocabularyPathOf(m_cursor.place);
        for (const VocabularyPath& path : m_vocabulary.paths) {
            if (path.parent != parent || path.name == u"[*]")
                continue;
            if (path.name == m_cursor.typed && path.isScalar())
                suggestOperators(m_cursor.place.field);
            offer({.kind = Kind::Member,
                   .shown = path.name,
                   .detail = symbolsOf(path),
                   .text = filterPathName(path.name) + whatFollows(path),
                   .goesOn = true},
                  path.name);
        }
    }

    QString whatFollows(const VocabularyPath& path) const {
        if (path.isScalar())
            return {};
        if (path.isA(ValueKind::Object))
            return QStringLiteral(".");
        const QString element = path.path + QStringLiteral("[*]");
        const VocabularyPath* elements = m_vocabulary.find(element);
        return elements != nullptr && elements->isA(ValueKind::Object) ? QStringLiteral("[*].")
                                                                       : QStringLiteral("[*]");
    }

    void suggestValues() {
        const FilterPlace& place = m_cursor.place;
        switch (place.field) {
        case FilterField::Time:
            for (const TimeName& time : kTimes) {
                const QString word = QString::fromLatin1(time.word);
                offer({.kind = Kind::Time,
                       .shown = word,
                       .detail = Words::tr(time.meaning),
                       .text = word},
                      word);
            }
            return;
        case FilterField::Type:
            suggestNames(Kind::Type, m_vocabulary.types);
            return;
        case FilterField::Category:
            suggestNames(Kind::Category, m_vocabulary.categories);
            return;
        case FilterField::Stream:
            for (const QString& stream : m_known.streams)
                offerValue(Kind::Stream, stream, Json(stream), -1);
            return;
        default:
            for (const SeenValue& seen : m_known.values)
                offerValue(Kind::Value, shownValue(seen.value), seen.value, seen.count);
        }
    }

    /// A text without its quotes, anything else as JSON.
    static QString shownValue(const Json& value) {
        const QString text = value.kind() == Json::Kind::String
                                 ? value.toQString()
                                 : QString::fromStdString(value.dump());
        return text.first(std::min(text.size(), kLongestShown));
    }

    void suggestNames(Kind kind, const std::vector<VocabularyName>& names) {
        for (const VocabularyName& name : names)
            offerValue(kind, name.name, Json(name.name), name.count);
        const QString& typed = m_cursor.typed;
        const auto beginning = std::ranges::count_if(
            names, [&](const VocabularyName& name) { return name.name.startsWith(typed); });
        if (typed.isEmpty() || beginning < 2 || m_cursor.comparison != FilterOperator::Match)
            return;
        const FilterPattern all{.pieces = {typed, QString()}};
        offer({.kind = kind,
               .shown = typed + u'*',
               .detail = Words::tr("all that begin so"),
               .text = writtenValue(m_cursor.place, FilterOperator::Match, all)},
              typed + u'*');
    }

    void offerValue(Kind kind, const QString& shown, const Json& value, qint64 count) {
        if (const auto compared = filterValueOf(value, m_cursor.comparison))
            offer({.kind = kind,
                   .shown = shown,
                   .count = count,
                   .text = writtenValue(m_cursor.place, m_cursor.comparison, *compared)},
                  shown);
    }

    std::vector<FilterSuggestion> best() {
        std::ranges::stable_sort(m_ranked, std::ranges::greater(), &Ranked::score);
        std::vector<FilterSuggestion> suggestions;
        for (Ranked& each : m_ranked) {
            if (suggestions.size() == kMostSuggestions)
                break;
            suggestions.push_back(std::move(each.suggestion));
        }
        return suggestions;
    }

    const QString& m_text;
    qsizetype m_at;
    FilterCursor m_cursor;
    const FilterVocabulary& m_vocabulary;
    const KnownValues& m_known;
    std::vector<Ranked> m_ranked;
};

} // namespace

std::vector<FilterSuggestion> filterSuggestions(const QString& text, qsizetype cursor,
                                                const FilterVocabulary& vocabulary,
                                                const KnownValues& known) {
    return Suggesting(text, cursor, vocabulary, known).run();
}

EditedText withSuggestion(const QString& text, const FilterSuggestion& suggestion) {
    EditedText edited{.text = text, .cursor = suggestion.start + suggestion.text.size()};
    edited.text.replace(suggestion.start, suggestion.length, suggestion.text);
    if (!suggestion.goesOn && edited.cursor == edited.text.size()) {
        edited.text += u' ';
        ++edited.cursor;
    }
    return edited;
}

} // namespace rewindow
