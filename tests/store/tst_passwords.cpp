// Passwords are kept in memory, and in nothing that is shown.
#include "store/passwords.h"
#include "store/store_url.h"
#include "support/test_support.h"

#include <array>

using namespace rewindow;
using namespace Qt::StringLiterals;

class TestPasswords : public QObject {
    Q_OBJECT

  private slots:
    void belongToAnAccount();
    void areTakenFromTheCommandLine_data();
    void areTakenFromTheCommandLine();
    void areNoPartOfMessages_data();
    void areNoPartOfMessages();
};

void TestPasswords::belongToAnAccount() {
    ASSIGN_RESULT(shop, StoreUrl::parse(u"postgresql://ann@db,e:5433/shop?sslmode=require"_s));
    ASSIGN_RESULT(other, StoreUrl::parse(u"postgres://ann@db,e:5433/other"_s));
    ASSIGN_RESULT(maria, StoreUrl::parse(u"mysql://ann@db,e:5433/shop"_s));
    ASSIGN_RESULT(bob, StoreUrl::parse(u"postgresql://bob@db,e:5433/shop"_s));
    QCOMPARE(shop.account(), u"postgresql://ann@db,e:5433"_s);
    QCOMPARE(passwords::of(shop), QString());
    passwords::keep(shop, u"sesame"_s);
    QCOMPARE(passwords::of(other), u"sesame"_s);
    QCOMPARE(passwords::of(maria), QString());
    QCOMPARE(passwords::of(bob), QString());
    ASSIGN_RESULT(own, StoreUrl::parse(u"postgresql://ann:own@db,e:5433/shop"_s));
    QCOMPARE(passwords::of(own), u"own"_s);
    QCOMPARE(passwords::of(own.withoutPassword()), u"sesame"_s);
    passwords::forget(other);
    QCOMPARE(passwords::of(shop), QString());
}

void TestPasswords::areTakenFromTheCommandLine_data() {
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("password");
    const auto row = [](const char* name, const char* given, const char* left,
                        const char* password) {
        QTest::newRow(name) << QString::fromUtf8(given) << QString::fromUtf8(left)
                            << QString::fromUtf8(password);
    };
    row("PostgreSQL", "postgresql://ann:sesame@h:1/shop?sslmode=require",
        "postgresql://ann@h:1/shop?sslmode=require", "sesame");
    row("MariaDB", "MariaDB://ann:se%2Fs%C3%A4me@h/shop", "MariaDB://ann@h/shop", "se/säme");
    row("colons", "mysql://ann:a:b@h/shop", "mysql://ann@h/shop", "a:b");
    row("no user", "mysql://:sesame@h/shop", "mysql://@h/shop", "sesame");
    row("none", "postgresql://ann@h:1/shop", "postgresql://ann@h:1/shop", "");
    row("cut short", "postgresql://ann:se/sa@me@h/shop", "postgresql://ann@h/shop", "");
    row("port and option", "postgresql://h:1/shop?sslrootcert=/a%40b",
        "postgresql://h:1/shop?sslrootcert=/a%40b", "");
    row("link", "rewindow://open?store=postgresql%3A%2F%2Fann%3Asesame%40h%2Fshop&at=3",
        "rewindow://open?store=postgresql%3A%2F%2Fann%40h%2Fshop&at=3", "sesame");
    row("file", "a:b@c.db", "a:b@c.db", "");
    row("value", "url=postgresql://ann:sesame@h/shop", "url=postgresql://ann:sesame@h/shop", "");
    row("other scheme", "https://ann:sesame@h/shop", "https://ann:sesame@h/shop", "");
}

void TestPasswords::areTakenFromTheCommandLine() {
    QFETCH(QString, given);
    QFETCH(QString, left);
    QFETCH(QString, password);
    QByteArray program("rewindow");
    QByteArray argument = given.toLocal8Bit();
    const qsizetype length = argument.size();
    std::array<char*, 3> argv{program.data(), argument.data(), nullptr};
    takePasswordsFrom(2, argv.data());
    QCOMPARE(QString::fromLocal8Bit(argv[1]), left);
    // Nothing of it stays behind the end.
    for (qsizetype i = qsizetype(qstrlen(argv[1])); i < length; ++i)
        QCOMPARE(argument[i], '\0');
    if (password.isEmpty())
        return;
    const QString address = left.startsWith(u"rewindow") ? u"postgresql://ann@h/shop"_s : left;
    ASSIGN_RESULT(url, StoreUrl::parse(address));
    QCOMPARE(passwords::of(url), password);
    passwords::forget(url);
}

void TestPasswords::areNoPartOfMessages_data() {
    QTest::addColumn<QString>("address");
    for (const char* address :
         {"postgresql://ann:sesame@h", "postgresql://ann:sesame@h:x/shop",
          "postgresql://ann:sesame@h/shop?x=y", "postgresql://ann:sesame/a@h/shop",
          "postgresql://ann:12/sesame@h/shop", "postgresql://ann:x?sesame@h/shop",
          "mysql://ann:1/x?sesame@h/shop", "mysql://ann:x#sesame@h/shop",
          "mysql://ann:sesame@h/shop#x", "postgresq://ann:sesame@h/shop",
          "https://ann:sesame@h/shop", "mysql://ann:sesame@/shop"})
        QTest::newRow(address) << QString::fromUtf8(address);
}

void TestPasswords::areNoPartOfMessages() {
    QFETCH(QString, address);
    const auto url = StoreUrl::parse(address);
    QVERIFY(!url);
    const QString sentence = url.error().sentence();
    QVERIFY2(!sentence.contains(u"sesame"), qPrintable(sentence));
}

QTEST_GUILESS_MAIN(TestPasswords)
#include "tst_passwords.moc"
