// Finding places by some of their letters; links as texts.
#include "model/moment/link_text.h"
#include "model/places/fuzzy_match.h"
#include "model/places/place.h"
#include "model/places/place_lookup.h"
#include "support/test_support.h"

#include <QRandomGenerator>

using namespace rewindow;
using namespace Qt::StringLiterals;

class TestPlaces : public QObject {
    Q_OBJECT

  private slots:
    void findsLetters_data();
    void findsLetters();
    void prefersWordsAndRuns();
    void boundsItsWork();
    void marksWhatItFound();
    void readsPositions_data();
    void readsPositions();
    void linksReadBackTheSame_data();
    void linksReadBackTheSame();
    void linksHoldNothingRelative();
    void refusesBrokenLinks_data();
    void refusesBrokenLinks();
    void ordersPlaces();
    void namesPlaces();
};

namespace {

Moment momentAt(Page page, std::optional<GlobalPosition> playhead, const QString& filter = {}) {
    Moment moment;
    moment.page = page;
    moment.playhead = playhead;
    moment.filter = filter;
    moment.stream = u"order-7"_s;
    return moment;
}

QString marked(const QString& wanted, const QString& text) {
    const auto match = fuzzyMatch(wanted, text);
    if (!match)
        return u"-"_s;
    QString shown = text;
    for (auto span = match->spans.rbegin(); span != match->spans.rend(); ++span) {
        shown.insert(span->start + span->length, u']');
        shown.insert(span->start, u'[');
    }
    return shown;
}

int scoreOf(const QString& wanted, const QString& text) {
    const auto match = fuzzyMatch(wanted, text);
    return match ? match->score : -1;
}

} // namespace

void TestPlaces::findsLetters_data() {
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* name, const QString& wanted, const QString& text,
                        const QString& shown) { QTest::newRow(name) << wanted << text << shown; };
    row("nothing", u""_s, u"OrderPaid"_s, u"OrderPaid"_s);
    row("blanks", u"  "_s, u"OrderPaid"_s, u"OrderPaid"_s);
    row("beginning", u"ord"_s, u"OrderPaid"_s, u"[Ord]erPaid"_s);
    row("word", u"paid"_s, u"OrderPaid"_s, u"Order[Paid]"_s);
    row("initials", u"op"_s, u"OrderPaid"_s, u"[O]rder[P]aid"_s);
    row("two words", u"or pa"_s, u"OrderPaid"_s, u"[Or]der[Pa]id"_s);
    row("a run before words", u"pr"_s, u"x-product-r"_s, u"x-[pr]oduct-r"_s);
    row("order counts", u"po"_s, u"OrderPaid"_s, u"-"_s);
    row("each letter once", u"oo"_s, u"Order"_s, u"-"_s);
    row("other letters", u"帽"_s, u"order-帽子"_s, u"order-[帽]子"_s);
    row("case of any script", u"ä"_s, u"KÄSE"_s, u"K[Ä]SE"_s);
    row("no text", u"a"_s, u""_s, u"-"_s);
}

void TestPlaces::findsLetters() {
    QFETCH(QString, wanted);
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(marked(wanted, text), shown);
}

void TestPlaces::prefersWordsAndRuns() {
    QVERIFY(scoreOf(u"pay"_s, u"PayOrder"_s) > scoreOf(u"pay"_s, u"RepayOrder"_s));
    QVERIFY(scoreOf(u"pay"_s, u"order-pay"_s) > scoreOf(u"pay"_s, u"repay"_s));
    QVERIFY(scoreOf(u"pay"_s, u"repay"_s) > scoreOf(u"pay"_s, u"spatially"_s));
}

void TestPlaces::boundsItsWork() {
    const QString many(1'000'000, u'a');
    QVERIFY(fuzzyMatch(u"aaa"_s, many));
    QVERIFY(fuzzyMatch(QString(200, u'a'), many));
    QVERIFY(!fuzzyMatch(QString(200, u'a') + u'b', many));
    QVERIFY(!fuzzyMatch(u"b"_s, many + u'b')); // beyond what is looked at
}

/// Whatever is found: the marked letters are those asked for, in their order.
void TestPlaces::marksWhatItFound() {
    QRandomGenerator random(11);
    const QString letters = u"abAB-1"_s;
    const auto some = [&](int most) {
        QString text;
        for (int i = random.bounded(most + 1); i > 0; --i)
            text += letters[random.bounded(letters.size())];
        return text;
    };
    int found = 0;
    for (int i = 0; i < 2'000; ++i) {
        const QString wanted = some(4);
        const QString text = some(12);
        const auto match = fuzzyMatch(wanted, text);
        qsizetype at = 0;
        for (const QChar letter : text) {
            if (at < wanted.size() && letter.toCaseFolded() == wanted[at].toCaseFolded())
                ++at;
        }
        QCOMPARE(match.has_value(), at == wanted.size());
        if (!match)
            continue;
        ++found;
        QString said;
        qsizetype end = -1;
        for (const TextSpan& span : match->spans) {
            QVERIFY(span.start > end && span.length > 0);
            end = span.start + span.length;
            QVERIFY(end <= text.size());
            said += text.mid(span.start, span.length);
        }
        QCOMPARE(said.toCaseFolded(), wanted.toCaseFolded());
    }
    QVERIFY(found > 100);
}

void TestPlaces::readsPositions_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("position");
    const auto row = [](const QString& text, qint64 position) {
        QTest::newRow(qPrintable(text)) << text << position;
    };
    row(u"0"_s, 0);
    row(u"1234"_s, 1234);
    row(u"#1234"_s, 1234);
    row(u"1,234"_s, 1234);
    row(u"#9,999"_s, 9999);
    row(u"10000"_s, -1); // beyond the head
    row(u"1,23"_s, -1);
    row(u"-1"_s, -1);
    row(u"12a"_s, -1);
    row(u"#"_s, -1);
    row(u"99999999999999999999"_s, -1);
}

void TestPlaces::readsPositions() {
    QFETCH(QString, text);
    QFETCH(qint64, position);
    const auto read = positionIn(text, GlobalPosition(9'999));
    QCOMPARE(read ? read->value() : -1, position);
}

void TestPlaces::linksReadBackTheSame_data() {
    QTest::addColumn<QString>("stream");
    for (const QString& name :
         {u"order-7f3a"_s, u"a b"_s, u"100%"_s, u"%41%2541"_s, u"a&at=1&b"_s, u"a=b#c?d"_s,
          u"'\"$(rm -rf ~)`;\\"_s, u"帽子-שלום"_s, u"\u202e\u0000\n\t\u001b[2J"_s, u"🧢"_s,
          u"+"_s, u"rewindow://open?stream=x"_s, u"<b>&amp;</b>"_s, u"../../etc"_s,
          u" lead and trail "_s, QString(QChar(0)) + u"nul"_s, QString(5000, u'x')})
        QTest::newRow(name.toUtf8().left(30).toPercentEncoding().constData()) << name;
}

void TestPlaces::linksReadBackTheSame() {
    QFETCH(QString, stream);
    Moment moment;
    moment.store = u"sqlite:/tmp/"_s + stream;
    moment.stream = stream;
    moment.pointer = u"/items/0/"_s + stream;
    moment.view = stream;
    moment.row = stream;
    moment.playhead = GlobalPosition(4);
    moment.page = Page::Log;
    const QString link = linkTextOf(moment);
    for (const QChar letter : link)
        QVERIFY(letter > u' ' && letter < QChar(0x7f) && !u"'\"`\\<>$();|"_s.contains(letter));
    ASSIGN_RESULT(back, momentOfLinkText(link));
    QCOMPARE(back, moment);
    ASSIGN_RESULT(pasted, momentOfLinkText(u"\n  "_s + link + u" \n"_s));
    QCOMPARE(pasted, moment);
    QVERIFY(looksLikeLink(link));
}

void TestPlaces::linksHoldNothingRelative() {
    Moment moment;
    moment.page = Page::Log;
    moment.filter = u"before:yesterday"_s;
    ASSIGN_RESULT(back, momentOfLinkText(linkTextOf(moment)));
    QVERIFY2(!back.filter.contains(u"yesterday"_s), qPrintable(back.filter));
    QVERIFY2(back.filter.contains(u"before:"_s), qPrintable(back.filter));
    moment.filter = u"type:\"half"_s; // not ready: as it stands
    ASSIGN_RESULT(half, momentOfLinkText(linkTextOf(moment)));
    QCOMPARE(half.filter, moment.filter);
}

void TestPlaces::refusesBrokenLinks_data() {
    QTest::addColumn<QString>("text");
    for (const QString& text : {u"rewindow:"_s, u"rewindow://"_s, u"rewindow://open?at=-1"_s,
                                u"rewindow://open?at=1&at=2"_s, u"rewindow://open?colour=red"_s,
                                u"rewindow://open?page=pony"_s, u"rewindow://open?stream=a b"_s,
                                u"rewindow://open?stream=%zz"_s, u"rewindow://open?stream=%ff"_s,
                                u"rewindow://elsewhere?at=1"_s, u"http://open?at=1"_s, u""_s})
        QTest::newRow(text.toUtf8().constData()) << text;
}

void TestPlaces::refusesBrokenLinks() {
    QFETCH(QString, text);
    const auto moment = momentOfLinkText(text);
    QVERIFY(!moment);
    QCOMPARE(moment.error().kind, Error::Kind::Usage);
    QVERIFY(moment.error().sentence().size() > 30);
}

void TestPlaces::ordersPlaces() {
    const auto place = [](PlaceKind kind, const QString& stream, int tier, int score) {
        Place made;
        made.kind = kind;
        made.title = stream;
        made.moment.stream = stream;
        made.tier = tier;
        made.score = score;
        return made;
    };
    const auto titles = [](const std::vector<Place>& places) {
        QStringList shown;
        for (const Place& each : places)
            shown += each.title;
        return shown;
    };
    std::vector<Place> places;
    addPlaces(places,
              {place(PlaceKind::Stream, u"b"_s, 3, 5), place(PlaceKind::Stream, u"a"_s, 3, 5),
               place(PlaceKind::Stream, u"c"_s, 3, 9), place(PlaceKind::Bookmark, u"d"_s, 2, 0)},
              10);
    QCOMPARE(titles(places), (QStringList{u"d"_s, u"c"_s, u"a"_s, u"b"_s}));
    // The same place once more, better known, takes the place of the other.
    addPlaces(places, {place(PlaceKind::Stream, u"b"_s, 0, 5)}, 10);
    QCOMPARE(titles(places), (QStringList{u"b"_s, u"d"_s, u"c"_s, u"a"_s}));
    // What is recent is not offered twice.
    addPlaces(places, {place(PlaceKind::Recent, u"c"_s, 1, 0)}, 10);
    QCOMPARE(titles(places), (QStringList{u"b"_s, u"c"_s, u"d"_s, u"a"_s}));
    QCOMPARE(places[1].kind, PlaceKind::Recent);
    addPlaces(places, {}, 2);
    QCOMPARE(titles(places), (QStringList{u"b"_s, u"c"_s}));
}

void TestPlaces::namesPlaces() {
    const auto at = GlobalPosition(1'234);
    QCOMPARE(titleOf(momentAt(Page::Log, {})), u"Log"_s);
    QCOMPARE(titleOf(momentAt(Page::Log, at)), u"Log at #1,234"_s);
    QCOMPARE(titleOf(momentAt(Page::Log, at, u"type:A"_s)), u"Log: type:A"_s);
    QCOMPARE(titleOf(momentAt(Page::Aggregate, at)), u"order-7"_s);
    QCOMPARE(titleOf(momentAt(Page::Statistics, at, u"type:A"_s)), u"Statistics"_s);
    QCOMPARE(placeKeyOf(momentAt(Page::Statistics, at)),
             placeKeyOf(momentAt(Page::Statistics, {})));
    QVERIFY(placeKeyOf(momentAt(Page::Statistics, at)) != placeKeyOf(momentAt(Page::Log, at)));
}

QTEST_GUILESS_MAIN(TestPlaces)
#include "tst_places.moc"
