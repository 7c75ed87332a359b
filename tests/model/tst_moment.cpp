// Moments as links, and the history of moments.

#include "model/moment/link_text.h"
#include "model/moment/moment.h"
#include "model/moment/moment_history.h"
#include "support/test_support.h"

#include <QUrlQuery>

#include <random>

using namespace rewindow;
using namespace rewindow::literals;

class TestMoment : public QObject {
    Q_OBJECT

  private slots:
    void linksUseTheOptionsWords();
    void emptyPartsAreLeftOut();
    void hostileTextsReadBackTheSame();
    void badLinksNameTheirFault_data();
    void badLinksNameTheirFault();
    void pagesHaveNames();
    void backAndForward();
    void sidesAreNamedAsTheyAreTyped();
    void linksLeaveOutWhatOtherPagesShow();
    void amendingIsNoJump();
    void scrubbingIsOneEntry();
    void theSameAgainChangesNothing();
    void visitingDropsWhatLayAhead();
    void theHistoryIsBounded();
};

namespace {

Moment at(const QString& stream, std::optional<GlobalPosition> playhead = std::nullopt) {
    Moment moment;
    moment.store = QStringLiteral("sqlite:/orders.db");
    moment.stream = stream;
    moment.playhead = playhead;
    return moment;
}

QString hostile(std::mt19937& random) {
    static const QStringList parts{QStringLiteral("&"),        QStringLiteral("="),
                                   QStringLiteral("#"),        QStringLiteral("%"),
                                   QStringLiteral("%41"),      QStringLiteral("+"),
                                   QStringLiteral(" "),        QStringLiteral("?"),
                                   QStringLiteral("/"),        QStringLiteral("~1"),
                                   QStringLiteral("\\"),       QStringLiteral("\""),
                                   QStringLiteral("<b>"),      QString(QChar(0)),
                                   QStringLiteral("\x1b[31m"), QStringLiteral("\n"),
                                   QStringLiteral("\u202e"),   QStringLiteral("שלום"),
                                   QStringLiteral("日本"),     QStringLiteral("👩‍👩‍👧"),
                                   QStringLiteral("a"),        QStringLiteral("stream"),
                                   QStringLiteral(":"),        QStringLiteral(";")};
    QString text;
    for (unsigned i = random() % 8; i > 0; --i)
        text += parts[static_cast<qsizetype>(random() % static_cast<unsigned>(parts.size()))];
    return text;
}

} // namespace

void TestMoment::linksUseTheOptionsWords() {
    Moment moment = at(QStringLiteral("order-7f3a"), 42_pos);
    moment.pointer = QStringLiteral("/items/0");
    moment.view = QStringLiteral("order_views");
    moment.row = QStringLiteral("7f3a");
    moment.column = QStringLiteral("status");
    moment.filter = QStringLiteral("type:Order*");
    moment.event = 40_pos;
    moment.top = 45_pos;
    moment.type = QStringLiteral("OrderPaid");
    moment.comparison = Comparison{{QStringLiteral("order-7f3a"), 3_v},
                                   {QStringLiteral("order@home"), std::nullopt}};
    moment.page = Page::Log;
    const QUrl link = moment.toLink();
    QCOMPARE(link.scheme(), QStringLiteral("rewindow"));
    QCOMPARE(link.host(), QStringLiteral("open"));
    const QUrlQuery query(link);
    const auto value = [&](const QString& word) {
        return query.queryItemValue(word, QUrl::FullyDecoded);
    };
    QCOMPARE(value(QStringLiteral("store")), moment.store);
    QCOMPARE(value(QStringLiteral("stream")), moment.stream);
    QCOMPARE(value(QStringLiteral("at")), QStringLiteral("42"));
    QCOMPARE(value(QStringLiteral("pointer")), moment.pointer);
    QCOMPARE(value(QStringLiteral("view")), moment.view);
    QCOMPARE(value(QStringLiteral("row")), moment.row);
    QCOMPARE(value(QStringLiteral("filter")), moment.filter);
    QCOMPARE(value(QStringLiteral("column")), moment.column);
    QCOMPARE(value(QStringLiteral("event")), QStringLiteral("40"));
    QCOMPARE(value(QStringLiteral("top")), QStringLiteral("45"));
    QCOMPARE(value(QStringLiteral("type")), moment.type);
    QCOMPARE(value(QStringLiteral("compare")), QStringLiteral("order-7f3a@3"));
    QCOMPARE(value(QStringLiteral("with")), QStringLiteral("order@home@"));
    QCOMPARE(value(QStringLiteral("page")), QStringLiteral("log"));
}

void TestMoment::emptyPartsAreLeftOut() {
    QCOMPARE(Moment().toLink().toString(), QStringLiteral("rewindow://open"));
    QCOMPARE(at({}).toLink().query(), QStringLiteral("store=sqlite%3A%2Forders.db"));
    ASSIGN_RESULT(nothing, Moment::fromLink(QUrl(QStringLiteral("rewindow://open"))));
    QCOMPARE(nothing, Moment());
    QVERIFY(nothing.isLive());
}

void TestMoment::hostileTextsReadBackTheSame() {
    std::mt19937 random(3);
    for (int run = 0; run < 2000; ++run) {
        Moment moment;
        moment.store = hostile(random);
        moment.stream = hostile(random);
        moment.pointer = hostile(random);
        moment.view = hostile(random);
        moment.row = hostile(random);
        moment.filter = hostile(random);
        if (random() % 2)
            moment.playhead = GlobalPosition(static_cast<qint64>(random()));
        moment.column = hostile(random);
        moment.type = hostile(random);
        if (random() % 2)
            moment.event = GlobalPosition(static_cast<qint64>(random()));
        if (random() % 2)
            moment.top = GlobalPosition(static_cast<qint64>(random()));
        const auto side = [&random] {
            return ComparedSide{
                random() % 2 ? hostile(random) : hostile(random) + QStringLiteral("@12"),
                random() % 2 ? std::optional(StreamVersion(qint64(random() % 99))) : std::nullopt};
        };
        if (random() % 2)
            moment.comparison = Comparison{side(), side()};
        moment.page = random() % 2 ? Page::Log : Page::Aggregate;

        ASSIGN_RESULT(same, Moment::fromLink(moment.toLink()));
        QCOMPARE(same, moment);
        // Through text, as a person copies it.
        const QString text = moment.toLink().toString(QUrl::FullyEncoded);
        for (const QChar character : text)
            QVERIFY2(character.unicode() > 0x20 && character.unicode() < 0x7f, qPrintable(text));
        ASSIGN_RESULT(pasted, Moment::fromLink(QUrl(text)));
        QCOMPARE(pasted, moment);
    }
}

void TestMoment::badLinksNameTheirFault_data() {
    QTest::addColumn<QString>("link");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const char* link, const char* named) {
        QTest::newRow(name) << QString::fromLatin1(link) << QString::fromLatin1(named);
    };
    row("another scheme", "https://open?stream=a", "rewindow://");
    row("another host", "rewindow://delete?stream=a", "rewindow://open");
    row("a path", "rewindow://open/etc/passwd", "rewindow://open");
    row("a fragment", "rewindow://open?stream=a#b", "rewindow://open");
    row("an unknown word", "rewindow://open?stream=a&domain=x.js", "\"domain\"");
    row("a word twice", "rewindow://open?stream=a&stream=b", "\"stream\" twice");
    row("a playhead that is no number", "rewindow://open?at=soon", "\"soon\"");
    row("a negative playhead", "rewindow://open?at=-1", "\"-1\"");
    row("an event that is no number", "rewindow://open?event=this", "\"this\"");
    row("one side of a comparison", "rewindow://open?compare=a@1", "two sides");
    row("an unknown page", "rewindow://open?page=cellar", "\"cellar\"");
    row("bytes that are not UTF-8", "rewindow://open?stream=%FF%FE", "UTF-8");
    row("a word with nothing known", "rewindow://open?stream", "");
}

void TestMoment::badLinksNameTheirFault() {
    QFETCH(QString, link);
    QFETCH(QString, named);
    const Result<Moment> moment = Moment::fromLink(QUrl(link));
    if (named.isEmpty()) {
        QVERIFY_RESULT(moment);
        return;
    }
    QVERIFY(!moment);
    QCOMPARE(moment.error().kind, Error::Kind::Usage);
    QVERIFY2(moment.error().sentence().contains(named), qPrintable(moment.error().sentence()));
}

void TestMoment::pagesHaveNames() {
    for (const Page page : {Page::Aggregate, Page::Log, Page::Statistics})
        QCOMPARE(pageNamed(pageName(page)), std::optional(page));
    QVERIFY(!pageNamed(QStringLiteral("Log")));
    QVERIFY(!pageNamed({}));
}

void TestMoment::backAndForward() {
    MomentHistory history;
    QVERIFY(!history.current());
    QVERIFY(!history.canGoBack());
    QVERIFY(!history.back());
    history.visit(at(QStringLiteral("a")));
    history.visit(at(QStringLiteral("b")));
    history.visit(at(QStringLiteral("c")));
    QCOMPARE(history.back(), std::optional(at(QStringLiteral("b"))));
    QCOMPARE(history.back(), std::optional(at(QStringLiteral("a"))));
    QVERIFY(!history.canGoBack());
    QVERIFY(!history.back());
    QCOMPARE(*history.current(), at(QStringLiteral("a")));
    QCOMPARE(history.forward(), std::optional(at(QStringLiteral("b"))));
    QCOMPARE(history.forward(), std::optional(at(QStringLiteral("c"))));
    QVERIFY(!history.canGoForward());
    QVERIFY(!history.forward());
}

void TestMoment::sidesAreNamedAsTheyAreTyped() {
    const auto side = [](const char* text) {
        return ComparedSide::fromText(QString::fromLatin1(text));
    };
    const auto is = [](const char* stream, std::optional<StreamVersion> version) {
        return ComparedSide{QString::fromLatin1(stream), version};
    };
    QCOMPARE(side("order-a1@3"), is("order-a1", 3_v));
    QCOMPARE(side("order-a1@0"), is("order-a1", 0_v));
    QCOMPARE(side("order-a1@"), is("order-a1", std::nullopt));
    QCOMPARE(side("order-a1"), is("order-a1", std::nullopt));
    QCOMPARE(side("ada@home.org"), is("ada@home.org", std::nullopt));
    QCOMPARE(side("a@-1"), is("a@-1", std::nullopt));
    QCOMPARE(side("a@03"), is("a@03", std::nullopt));
    QCOMPARE(side("user@7@"), is("user@7", std::nullopt));
    QCOMPARE(is("user@7", std::nullopt).toText(), QStringLiteral("user@7@"));
}

void TestMoment::linksLeaveOutWhatOtherPagesShow() {
    Moment moment = at(QStringLiteral("a"), 5_pos);
    moment.event = 4_pos;
    moment.top = 9_pos;
    moment.type = QStringLiteral("OrderPaid");
    const auto copied = [&moment](Page page) {
        moment.page = page;
        return momentOfLinkText(linkTextOf(moment)).value();
    };
    QVERIFY(!copied(Page::Aggregate).event && !copied(Page::Aggregate).top);
    QVERIFY(copied(Page::Aggregate).type.isEmpty());
    QCOMPARE(copied(Page::Log).event, std::optional(4_pos));
    QCOMPARE(copied(Page::Log).top, std::optional(9_pos));
    QCOMPARE(copied(Page::Statistics).type, moment.type);
    moment.event = moment.playhead;
    QVERIFY(!copied(Page::Log).event);
}

void TestMoment::amendingIsNoJump() {
    MomentHistory history;
    history.amend(at(QStringLiteral("x"))); // of nothing
    QVERIFY(!history.current());
    history.visit(at(QStringLiteral("a")));
    history.visit(at(QStringLiteral("b")));
    Moment amended = at(QStringLiteral("b"));
    amended.event = 7_pos;
    history.amend(amended);
    QCOMPARE(*history.current(), amended);
    history.visit(at(QStringLiteral("c")));
    QCOMPARE(history.back(), std::optional(amended));
    QCOMPARE(history.back(), std::optional(at(QStringLiteral("a"))));
    QVERIFY(!history.canGoBack());
}

void TestMoment::scrubbingIsOneEntry() {
    MomentHistory history;
    history.visit(at(QStringLiteral("a")));
    for (qint64 position = 1; position <= 100; ++position)
        history.visit(at(QStringLiteral("a"), GlobalPosition(position)));
    history.visit(at(QStringLiteral("b"), 100_pos));
    history.visit(at(QStringLiteral("b"), 7_pos));
    history.visit(at(QStringLiteral("b")));
    QCOMPARE(*history.current(), at(QStringLiteral("b")));
    QCOMPARE(history.back(), std::optional(at(QStringLiteral("b"), 100_pos)));
    QCOMPARE(history.back(), std::optional(at(QStringLiteral("a"), 100_pos)));
    QCOMPARE(history.back(), std::optional(at(QStringLiteral("a"))));
    QVERIFY(!history.canGoBack());

    // Scrubbing from where Back went to is an entry of its own.
    QCOMPARE(history.forward(), std::optional(at(QStringLiteral("a"), 100_pos)));
    history.visit(at(QStringLiteral("a"), 5_pos));
    QCOMPARE(history.back(), std::optional(at(QStringLiteral("a"), 100_pos)));
}

void TestMoment::theSameAgainChangesNothing() {
    MomentHistory history;
    history.visit(at(QStringLiteral("a")));
    history.visit(at(QStringLiteral("b")));
    history.back();
    history.visit(at(QStringLiteral("a")));
    QVERIFY(history.canGoForward());
    QVERIFY(!history.canGoBack());
}

void TestMoment::visitingDropsWhatLayAhead() {
    MomentHistory history;
    history.visit(at(QStringLiteral("a")));
    history.visit(at(QStringLiteral("b")));
    history.back();
    history.visit(at(QStringLiteral("c")));
    QVERIFY(!history.canGoForward());
    QCOMPARE(history.back(), std::optional(at(QStringLiteral("a"))));
}

void TestMoment::theHistoryIsBounded() {
    MomentHistory history(3);
    for (const char name : {'a', 'b', 'c', 'd', 'e'})
        history.visit(at(QString(QLatin1Char(name))));
    QCOMPARE(history.back(), std::optional(at(QStringLiteral("d"))));
    QCOMPARE(history.back(), std::optional(at(QStringLiteral("c"))));
    QVERIFY(!history.canGoBack());
}

QTEST_GUILESS_MAIN(TestMoment)
#include "tst_moment.moc"
