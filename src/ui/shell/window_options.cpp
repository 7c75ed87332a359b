// Each option's text is checked here; what only a store can tell is checked when it is open.
#include "ui/shell/window_options.h"

#include "base/json_pointer.h"
#include "model/moment/link_text.h"
#include "store/event_filter.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace rewindow {

namespace {

constexpr int kSmallestSide = 320;
constexpr int kLargestSide = 8192;

class Words {
    Q_DECLARE_TR_FUNCTIONS(WindowOptions)
};

QString longName(const char* name) {
    return QString::fromLatin1(name);
}

constexpr const char* kOptions[] = {"stream", "version", "at",     "pointer", "view", "row",
                                    "column", "filter",  "event",  "top",     "type", "compare",
                                    "with",   "page",    "domain", "image",   "size", "theme"};

std::unexpected<Error> bad(const char* option, const QString& value, const QString& wanted) {
    return fail(Error::Kind::Usage, Words::tr("“%1” is no value for it").arg(value),
                Words::tr("give %1").arg(wanted), QStringLiteral("--") + QLatin1String(option));
}

Result<std::optional<qint64>> number(const QCommandLineParser& parser, const char* option) {
    const QString name = longName(option);
    if (!parser.isSet(name))
        return std::optional<qint64>();
    bool isNumber = false;
    const qint64 value = parser.value(name).toLongLong(&isNumber);
    if (!isNumber || value < 0)
        return bad(option, parser.value(name), Words::tr("a whole number, 0 or more"));
    return std::optional(value);
}

std::optional<QString> word(const QCommandLineParser& parser, const char* option) {
    const QString name = longName(option);
    return parser.isSet(name) ? std::optional(parser.value(name)) : std::nullopt;
}

Result<QSize> sizeOf(const QString& value) {
    const QStringList sides = value.split(u'x');
    bool isWidth = false;
    bool isHeight = false;
    const int width = sides.value(0).toInt(&isWidth);
    const int height = sides.value(1).toInt(&isHeight);
    const auto fits = [](int side) { return side >= kSmallestSide && side <= kLargestSide; };
    if (sides.size() != 2 || !isWidth || !isHeight || !fits(width) || !fits(height))
        return bad("size", value,
                   Words::tr("WIDTHxHEIGHT in pixels, each from %1 to %2")
                       .arg(kSmallestSide)
                       .arg(kLargestSide));
    return QSize(width, height);
}

Result<Landing> landingOf(const QCommandLineParser& parser) {
    Landing landing;
    landing.stream = word(parser, "stream");
    landing.pointer = word(parser, "pointer");
    landing.view = word(parser, "view");
    landing.row = word(parser, "row");
    landing.column = word(parser, "column");
    landing.filter = word(parser, "filter");
    landing.type = word(parser, "type");
    for (const auto& [option, side] :
         {std::pair{"compare", &Comparison::left}, std::pair{"with", &Comparison::right}}) {
        if (const auto text = word(parser, option)) {
            if (!landing.comparison)
                landing.comparison.emplace();
            (*landing.comparison).*side = ComparedSide::fromText(*text);
        }
    }
    for (const auto& [option, position] :
         {std::pair{"event", &Landing::event}, std::pair{"top", &Landing::top}}) {
        const auto given = number(parser, option);
        if (!given)
            return std::unexpected(given.error());
        if (*given)
            landing.*position = GlobalPosition(**given);
    }
    const auto version = number(parser, "version");
    if (!version)
        return std::unexpected(version.error());
    const auto at = number(parser, "at");
    if (!at)
        return std::unexpected(at.error());
    if (*version && *at)
        return fail(Error::Kind::Usage, Words::tr("--version and --at both say when"),
                    Words::tr("give one of them"));
    if (*version)
        landing.version = StreamVersion(**version);
    if (*at)
        landing.at = GlobalPosition(**at);
    if (const auto page = word(parser, "page")) {
        landing.page = pageNamed(*page);
        if (!landing.page)
            return bad("page", *page, Words::tr("log, aggregate or statistics"));
    }
    return landing;
}

Result<void> check(const Landing& landing) {
    if (landing.version && !landing.stream)
        return fail(Error::Kind::Usage, Words::tr("--version is of a stream, and none is named"),
                    Words::tr("add --stream"));
    if (landing.comparison &&
        (landing.comparison->left.stream.isEmpty() || landing.comparison->right.stream.isEmpty()))
        return fail(Error::Kind::Usage,
                    Words::tr("A comparison has two sides, --compare and --with"),
                    Words::tr("give both, such as --compare order-7f3a@3 --with order-7f3a@5"));
    if (landing.pointer) {
        if (auto pointer = JsonPointer::parse(landing.pointer->toStdString()); !pointer)
            return bad("pointer", *landing.pointer, Words::tr("a JSON pointer, such as /items/0"));
    }
    if (landing.filter) {
        if (auto filter = EventFilter::parse(*landing.filter); !filter)
            return std::unexpected(filter.error());
    }
    return {};
}

/// Options beside a link count for more than what the link says.
Landing overlaid(Landing landing, const Landing& options) {
    const auto lay = [](auto& place, const auto& option) {
        if (option)
            place = option;
    };
    if (options.version || options.at) {
        landing.version = options.version;
        landing.at = options.at;
    }
    lay(landing.stream, options.stream);
    lay(landing.pointer, options.pointer);
    lay(landing.view, options.view);
    lay(landing.row, options.row);
    lay(landing.column, options.column);
    lay(landing.filter, options.filter);
    lay(landing.event, options.event);
    lay(landing.top, options.top);
    lay(landing.type, options.type);
    lay(landing.comparison, options.comparison);
    lay(landing.page, options.page);
    return landing;
}

Result<void> takeLink(const QString& link, WindowOptions& options) {
    auto moment = momentOfLinkText(link);
    if (!moment)
        return std::unexpected(moment.error());
    if (moment->store.isEmpty())
        return fail(Error::Kind::Usage, Words::tr("This link names no store"),
                    Words::tr("copy it from the window anew, or name the store as an argument"));
    options.store = moment->store;
    options.landing = overlaid(Landing::of(*moment), options.landing);
    return {};
}

} // namespace

Result<WindowOptions> parseWindowOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    for (const char* option : kOptions)
        parser.addOption({longName(option), QString(), QStringLiteral("value")});
    if (!parser.parse(QStringList(QStringLiteral("rewindow")) + arguments)) {
        QString what = parser.errorText();
        if (what.endsWith(u'.'))
            what.chop(1);
        return fail(Error::Kind::Usage, what, Words::tr("“rewindow --help” lists the options"));
    }
    WindowOptions options;
    const QStringList positional = parser.positionalArguments();
    if (positional.size() > 1)
        return fail(
            Error::Kind::Usage,
            Words::tr("One window shows one store, and “%1” is a second").arg(positional[1]),
            Words::tr("“rewindow --help” lists subcommands and options"));
    auto landing = landingOf(parser);
    if (!landing)
        return std::unexpected(landing.error());
    options.landing = std::move(*landing);
    if (!positional.isEmpty() && looksLikeLink(positional[0])) {
        if (auto taken = takeLink(positional[0], options); !taken)
            return std::unexpected(taken.error());
    } else if (!positional.isEmpty()) {
        options.store = positional[0];
    }
    if (auto checked = check(options.landing); !checked)
        return std::unexpected(checked.error());
    if (options.store.isEmpty() && options.landing != Landing{})
        return fail(Error::Kind::Usage,
                    Words::tr("These options look into a store, and none is named"),
                    Words::tr("name a store first"));
    options.domain = word(parser, "domain").value_or(QString());
    options.image = word(parser, "image").value_or(QString());
    if (const auto size = word(parser, "size")) {
        auto parsed = sizeOf(*size);
        if (!parsed)
            return std::unexpected(parsed.error());
        options.size = *parsed;
    }
    if (const auto theme = word(parser, "theme")) {
        if (*theme != u"dark" && *theme != u"light")
            return bad("theme", *theme, Words::tr("dark or light"));
        options.theme = *theme == u"dark" ? Theme::Kind::Dark : Theme::Kind::Light;
    }
    return options;
}

} // namespace rewindow
