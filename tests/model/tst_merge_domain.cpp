// The merge domain, and finding domains by name.
#include "model/domain/domain.h"
#include "support/test_support.h"

using namespace rewindow;

namespace {

RecordedEvent recorded(std::string_view type, std::string_view data, qint64 version = 1) {
    RecordedEvent::Texts texts;
    texts[static_cast<std::size_t>(RecordedEvent::Text::Stream)] = "cart-7";
    texts[static_cast<std::size_t>(RecordedEvent::Text::Type)] = type;
    texts[static_cast<std::size_t>(RecordedEvent::Text::Data)] = data;
    return {GlobalPosition(version), StreamVersion(version), Timestamp(), texts};
}

/// Given these payloads, then this state.
struct Specification {
    std::vector<const char*> payloads;
    const char* state;
};

} // namespace

class TestMergeDomain : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void statesAreMerges_data();
    void statesAreMerges();
    void earlierStatesStay();
    void aPayloadThatIsNoJsonIsNamed();
    void isLabelledAsMerging();
    void hasNoCommands();
    void domainsAreFoundByName();

  private:
    std::shared_ptr<const Domain> m_merge;
};

Q_DECLARE_METATYPE(Specification)

void TestMergeDomain::init() {
    ASSIGN_RESULT(domain, domainNamed(QStringLiteral("merge")));
    m_merge = domain;
}

void TestMergeDomain::statesAreMerges_data() {
    QTest::addColumn<Specification>("given");
    const auto row = [](const char* name, Specification given) { QTest::newRow(name) << given; };
    row("nothing yet", {{}, "{}"});
    row("one payload", {{R"({"b":1,"a":2})"}, R"({"b":1,"a":2})"});
    row("later values win", {{R"({"a":1,"b":2})", R"({"a":3})"}, R"({"a":3,"b":2})"});
    row("null removes", {{R"({"a":1,"b":2})", R"({"a":null})"}, R"({"b":2})"});
    row("nested objects merge", {{R"({"a":{"x":1,"y":2}})", R"({"a":{"y":null,"z":{"n":null}}})"},
                                 R"({"a":{"x":1,"z":{}}})"});
    row("arrays replace", {{R"({"a":[1,2]})", R"({"a":[null]})"}, R"({"a":[null]})"});
    row("no payload changes nothing", {{R"({"a":1})", "", R"({"b":2})"}, R"({"a":1,"b":2})"});
    row("a payload that is no object replaces", {{R"({"a":1})", "[1]"}, "[1]"});
    row("null replaces all", {{R"({"a":1})", "null"}, "null"});
    row("an object after another kind", {{"5", R"({"a":1})"}, R"({"a":1})"});
    row("numbers stay as written", {{R"({"a":1.10,"b":123456789012345678901234567890})"},
                                    R"({"a":1.10,"b":123456789012345678901234567890})"});
}

void TestMergeDomain::statesAreMerges() {
    QFETCH(Specification, given);
    Json state = m_merge->initialState(QStringLiteral("cart-7"));
    for (const char* payload : given.payloads) {
        ASSIGN_RESULT(next, m_merge->evolve(std::move(state), recorded("Changed", payload)));
        state = next;
    }
    QCOMPARE(state.dump(), std::string(given.state));
}

void TestMergeDomain::earlierStatesStay() {
    ASSIGN_RESULT(first, m_merge->evolve(Json::object(), recorded("A", R"({"a":{"n":1},"b":1})")));
    const Json kept = first;
    ASSIGN_RESULT(second, m_merge->evolve(first, recorded("B", R"({"a":{"n":2}})")));
    QCOMPARE(kept.dump(), std::string(R"({"a":{"n":1},"b":1})"));
    QCOMPARE(second.dump(), std::string(R"({"a":{"n":2},"b":1})"));
    QVERIFY(second.find("b")->isSharedWith(*kept.find("b")));
}

void TestMergeDomain::aPayloadThatIsNoJsonIsNamed() {
    for (const char* payload : {"{", "not JSON", "{\"a\":1}x", "\xff"}) {
        const auto state = m_merge->evolve(Json::object(), recorded("CartOpened", payload, 42));
        QVERIFY(!state.has_value());
        QCOMPARE(state.error().kind, Error::Kind::BadInput);
        const QString sentence = state.error().sentence();
        QVERIFY2(sentence.contains(QStringLiteral("CartOpened")), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral("cart-7, version 42")), qPrintable(sentence));
        QVERIFY2(sentence.contains(QStringLiteral("line 1, column")), qPrintable(sentence));
    }
}

void TestMergeDomain::isLabelledAsMerging() {
    QVERIFY(m_merge->merges());
    QCOMPARE(m_merge->name(), QStringLiteral("merge"));
}

void TestMergeDomain::hasNoCommands() {
    QVERIFY(m_merge->commands().empty());
    QVERIFY(m_merge->projections().empty());
    QVERIFY(!m_merge->commandNamed(QStringLiteral("PayOrder")));
    const Command command{QStringLiteral("PayOrder"), Json::object()};
    QVERIFY(m_merge->lookups(Json::object(), command).isEmpty());
    const Decision decision = m_merge->decide(Json::object(), command, {});
    QVERIFY(std::holds_alternative<Rejection>(decision));
    QVERIFY(std::get<Rejection>(decision).reason.contains(QStringLiteral("PayOrder")));
}

void TestMergeDomain::domainsAreFoundByName() {
    for (const QString& name : domainNames()) {
        ASSIGN_RESULT(domain, domainNamed(name));
        QCOMPARE(domain->name(), name);
    }
    const auto unknown = domainNamed(QStringLiteral("shop"));
    QVERIFY(!unknown.has_value());
    QCOMPARE(unknown.error().kind, Error::Kind::NotFound);
    const QString sentence = unknown.error().sentence();
    QVERIFY(sentence.contains(QStringLiteral("shop")));
    for (const QString& name : domainNames())
        QVERIFY(sentence.contains(name));
}

QTEST_GUILESS_MAIN(TestMergeDomain)
#include "tst_merge_domain.moc"
