// What is looked at, and when: as a link and back.

#include "model/moment/moment.h"

#include <QByteArray>
#include <QSet>
#include <QStringDecoder>

#include <array>
#include <utility>

namespace rewindow {

namespace {

constexpr std::array kPages{std::pair{Page::Aggregate, "aggregate"}, std::pair{Page::Log, "log"},
                            std::pair{Page::Statistics, "statistics"}};

/// The words of a link that stand for texts, in the order in which toLink() writes them.
constexpr std::array kTexts{
    std::pair{"store", &Moment::store},     std::pair{"stream", &Moment::stream},
    std::pair{"pointer", &Moment::pointer}, std::pair{"view", &Moment::view},
    std::pair{"row", &Moment::row},         std::pair{"column", &Moment::column},
    std::pair{"filter", &Moment::filter},   std::pair{"type", &Moment::type}};

/// The words that stand for positions.
constexpr std::array kPositions{std::pair{"at", &Moment::playhead},
                                std::pair{"event", &Moment::event}, std::pair{"top", &Moment::top}};

std::unexpected<Error> badLink(const QString& what) {
    return fail(Error::Kind::Usage, QStringLiteral("this link cannot be followed: ") + what,
                QStringLiteral("copy a link from the window, or give the same as options"));
}

/// A percent-encoded part of a query, decoded; nothing where it is not UTF-8.
std::optional<QString> decoded(const QByteArray& part) {
    QStringDecoder utf8(QStringDecoder::Utf8);
    QString text = utf8(QByteArray::fromPercentEncoding(part));
    if (utf8.hasError())
        return std::nullopt;
    return text;
}

Result<bool> setPosition(Moment& moment, const QString& word, const QString& value) {
    for (const auto& [name, member] : kPositions) {
        if (word != QLatin1String(name))
            continue;
        bool isNumber = false;
        const qint64 position = value.toLongLong(&isNumber);
        if (!isNumber || position < 0)
            return badLink(QStringLiteral("%1=\"%2\" is not a global position").arg(word, value));
        moment.*member = GlobalPosition(position);
        return true;
    }
    return false;
}

/// Either word of a comparison.
void setSide(Moment& moment, ComparedSide Comparison::*side, const QString& value) {
    if (!moment.comparison)
        moment.comparison.emplace();
    (*moment.comparison).*side = ComparedSide::fromText(value);
}

Result<void> setWord(Moment& moment, const QString& word, const QString& value) {
    for (const auto& [name, member] : kTexts) {
        if (word == QLatin1String(name)) {
            moment.*member = value;
            return {};
        }
    }
    if (const auto isPosition = setPosition(moment, word, value); !isPosition)
        return std::unexpected(isPosition.error());
    else if (*isPosition)
        return {};
    if (word == u"compare") {
        setSide(moment, &Comparison::left, value);
        return {};
    }
    if (word == u"with") {
        setSide(moment, &Comparison::right, value);
        return {};
    }
    if (word == u"page") {
        const std::optional<Page> page = pageNamed(value);
        if (!page)
            return badLink(QStringLiteral("there is no page \"%1\"").arg(value));
        moment.page = *page;
        return {};
    }
    return badLink(QStringLiteral("it has a word that means nothing here, \"%1\"").arg(word));
}

} // namespace

QString pageName(Page page) {
    for (const auto& [known, name] : kPages) {
        if (known == page)
            return QLatin1String(name);
    }
    Q_UNREACHABLE();
}

std::optional<Page> pageNamed(const QString& name) {
    for (const auto& [page, known] : kPages) {
        if (name == QLatin1String(known))
            return page;
    }
    return std::nullopt;
}

QUrl Moment::toLink() const {
    QByteArray query;
    const auto add = [&query](const char* word, const QString& value) {
        query +=
            (query.isEmpty() ? "" : "&") + QByteArray(word) + '=' + QUrl::toPercentEncoding(value);
    };
    for (const auto& [word, member] : kTexts) {
        if (!(this->*member).isEmpty())
            add(word, this->*member);
    }
    for (const auto& [word, member] : kPositions) {
        if (this->*member)
            add(word, QString::number((this->*member)->value()));
    }
    if (comparison) {
        add("compare", comparison->left.toText());
        add("with", comparison->right.toText());
    }
    if (page != Page::Aggregate)
        add("page", pageName(page));
    return QUrl::fromEncoded("rewindow://open" + (query.isEmpty() ? "" : '?' + query),
                             QUrl::StrictMode);
}

Result<Moment> Moment::fromLink(const QUrl& link) {
    if (link.scheme() != u"rewindow")
        return badLink(QStringLiteral("it does not begin with rewindow://"));
    if (link.host() != u"open" || !(link.path().isEmpty() || link.path() == u"/") ||
        link.hasFragment() || !link.userInfo().isEmpty() || link.port() != -1)
        return badLink(QStringLiteral("it does not read rewindow://open?…"));

    Moment moment;
    QSet<QString> seen;
    const QByteArray query = link.query(QUrl::FullyEncoded).toLatin1();
    for (const QByteArray& part : query.split('&')) {
        if (part.isEmpty())
            continue;
        const auto equals = part.indexOf('=');
        const std::optional<QString> word = decoded(equals < 0 ? part : part.left(equals));
        const std::optional<QString> value =
            decoded(equals < 0 ? QByteArray() : part.mid(equals + 1));
        if (!word || !value)
            return badLink(QStringLiteral("it holds bytes that are not UTF-8"));
        if (seen.contains(*word))
            return badLink(QStringLiteral("it says \"%1\" twice").arg(*word));
        seen.insert(*word);
        if (Result<void> set = setWord(moment, *word, *value); !set)
            return std::unexpected(set.error());
    }
    if (seen.contains(QStringLiteral("compare")) != seen.contains(QStringLiteral("with")))
        return badLink(QStringLiteral("a comparison has two sides, \"compare\" and \"with\""));
    return moment;
}

} // namespace rewindow
