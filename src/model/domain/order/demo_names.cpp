// Names of people from anywhere, and of what they buy.
#include "model/domain/order/demo_names.h"

#include <array>
#include <span>
#include <string_view>

namespace rewindow {
namespace {

/// A name as it is written, and what of it goes into an address.
struct Name {
    std::string_view written;
    std::string_view latin;
};

struct Culture {
    std::span<const Name> given;
    std::span<const Name> family;
    bool familyFirst = false;
    std::string_view between = " ";
};

constexpr Name kEnglishGiven[] = {{"Amelia", "amelia"}, {"Oliver", "oliver"}, {"Grace", "grace"},
                                  {"Harry", "harry"},   {"Imogen", "imogen"}, {"Theo", "theo"}};
constexpr Name kEnglishFamily[] = {{"Whitaker", "whitaker"},
                                   {"Okonkwo-Bell", "okonkwobell"},
                                   {"Ashworth", "ashworth"},
                                   {"O'Neill", "oneill"},
                                   {"Pemberton", "pemberton"}};
constexpr Name kGermanGiven[] = {{"Jürgen", "juergen"},
                                 {"Käthe", "kaethe"},
                                 {"Zoë", "zoe"},
                                 {"Matthias", "matthias"},
                                 {"Ulrike", "ulrike"}};
constexpr Name kGermanFamily[] = {{"Müller", "mueller"},
                                  {"Groß", "gross"},
                                  {"Schäfer", "schaefer"},
                                  {"Vogel", "vogel"},
                                  {"Köhler", "koehler"}};
constexpr Name kNordicGiven[] = {
    {"Søren", "soren"}, {"Åsa", "asa"}, {"Björk", "bjork"}, {"Eino", "eino"}, {"Ingrid", "ingrid"}};
constexpr Name kNordicFamily[] = {{"Ångström", "angstrom"},
                                  {"Nygård", "nygard"},
                                  {"Þórsdóttir", "thorsdottir"},
                                  {"Virtanen", "virtanen"},
                                  {"Lindqvist", "lindqvist"}};
constexpr Name kPolishGiven[] = {{"Łukasz", "lukasz"},
                                 {"Małgorzata", "malgorzata"},
                                 {"Zbigniew", "zbigniew"},
                                 {"Agnieszka", "agnieszka"}};
constexpr Name kPolishFamily[] = {
    {"Wójcik", "wojcik"}, {"Dąbrowska", "dabrowska"}, {"Nowak", "nowak"}, {"Żak", "zak"}};
constexpr Name kSpanishGiven[] = {{"José", "jose"},
                                  {"Begoña", "begona"},
                                  {"Íñigo", "inigo"},
                                  {"Lucía", "lucia"},
                                  {"Ximena", "ximena"}};
constexpr Name kSpanishFamily[] = {{"Núñez", "nunez"},
                                   {"García Lorca", "garcialorca"},
                                   {"Ibáñez", "ibanez"},
                                   {"Quispe", "quispe"}};
constexpr Name kFrenchGiven[] = {
    {"Hélène", "helene"}, {"François", "francois"}, {"Anaïs", "anais"}, {"Loïc", "loic"}};
constexpr Name kFrenchFamily[] = {
    {"Lefèvre", "lefevre"}, {"Benoît", "benoit"}, {"Diallo", "diallo"}, {"Châtelain", "chatelain"}};
constexpr Name kTurkishGiven[] = {
    {"Çağla", "cagla"}, {"İbrahim", "ibrahim"}, {"Gülşen", "gulsen"}, {"Emre", "emre"}};
constexpr Name kTurkishFamily[] = {{"Yıldız", "yildiz"}, {"Öztürk", "ozturk"}, {"Şahin", "sahin"}};
constexpr Name kRussianGiven[] = {
    {"Ольга", "olga"}, {"Дмитрий", "dmitri"}, {"Наталья", "natalia"}, {"Юрий", "yuri"}};
constexpr Name kRussianFamily[] = {
    {"Шевченко", "shevchenko"}, {"Ким", "kim"}, {"Черных", "chernykh"}};
constexpr Name kGreekGiven[] = {{"Ελένη", "eleni"}, {"Γιώργος", "giorgos"}, {"Δήμητρα", "dimitra"}};
constexpr Name kGreekFamily[] = {{"Παπαδάκη", "papadaki"}, {"Ζαχαρίου", "zachariou"}};
constexpr Name kJapaneseGiven[] = {
    {"健", "ken"}, {"美咲", "misaki"}, {"翔太", "shota"}, {"陽子", "yoko"}};
constexpr Name kJapaneseFamily[] = {{"佐藤", "sato"}, {"渡辺", "watanabe"}, {"山口", "yamaguchi"}};
constexpr Name kChineseGiven[] = {
    {"芳", "fang"}, {"伟", "wei"}, {"秀英", "xiuying"}, {"建国", "jianguo"}};
constexpr Name kChineseFamily[] = {{"王", "wang"}, {"陈", "chen"}, {"欧阳", "ouyang"}};
constexpr Name kKoreanGiven[] = {{"지훈", "jihoon"}, {"서연", "seoyeon"}, {"민준", "minjun"}};
constexpr Name kKoreanFamily[] = {{"김", "kim"}, {"박", "park"}, {"이", "lee"}};
constexpr Name kVietnameseGiven[] = {
    {"Thị Hương", "huong"}, {"Văn Đức", "duc"}, {"Minh Châu", "chau"}};
constexpr Name kVietnameseFamily[] = {{"Nguyễn", "nguyen"}, {"Trần", "tran"}, {"Phạm", "pham"}};
constexpr Name kArabicGiven[] = {{"محمد", "mohammed"}, {"ليلى", "layla"}, {"يوسف", "yousef"}};
constexpr Name kArabicFamily[] = {{"العلي", "alali"}, {"حداد", "haddad"}, {"منصور", "mansour"}};
constexpr Name kHebrewGiven[] = {{"נועה", "noa"}, {"איתן", "eitan"}};
constexpr Name kHebrewFamily[] = {{"לוי", "levi"}, {"ברק", "barak"}};
constexpr Name kIndianGiven[] = {
    {"Priya", "priya"}, {"Arjun", "arjun"}, {"Lakshmi", "lakshmi"}, {"विकास", "vikas"}};
constexpr Name kIndianFamily[] = {
    {"Nair", "nair"}, {"Iyer", "iyer"}, {"Chatterjee", "chatterjee"}, {"शर्मा", "sharma"}};
constexpr Name kNigerianGiven[] = {
    {"Ngozi", "ngozi"}, {"Tọ́lá", "tola"}, {"Chidi", "chidi"}, {"Aisha", "aisha"}};
constexpr Name kNigerianFamily[] = {{"Okafor", "okafor"}, {"Adébáyọ̀", "adebayo"}, {"Eze", "eze"}};

constexpr Culture kCultures[] = {
    {kEnglishGiven, kEnglishFamily},
    {kGermanGiven, kGermanFamily},
    {kNordicGiven, kNordicFamily},
    {kPolishGiven, kPolishFamily},
    {kSpanishGiven, kSpanishFamily},
    {kFrenchGiven, kFrenchFamily},
    {kTurkishGiven, kTurkishFamily},
    {kRussianGiven, kRussianFamily},
    {kGreekGiven, kGreekFamily},
    {kJapaneseGiven, kJapaneseFamily, true},
    {kChineseGiven, kChineseFamily, true, ""},
    {kKoreanGiven, kKoreanFamily, true, ""},
    {kVietnameseGiven, kVietnameseFamily, true},
    {kArabicGiven, kArabicFamily},
    {kHebrewGiven, kHebrewFamily},
    {kIndianGiven, kIndianFamily},
    {kNigerianGiven, kNigerianFamily},
};

constexpr std::string_view kMailHosts[] = {"example.com", "example.org", "example.net"};

struct Goods {
    std::string_view name;
    MinorUnits price;
};

constexpr Goods kGoods[] = {
    {"Espresso beans", 1450},
    {"Filter coffee", 1290},
    {"Decaf beans", 1390},
    {"Pour-over kettle", 5900},
    {"Hand grinder", 7450},
    {"Paper filters", 590},
    {"Moka pot", 3450},
    {"French press", 3990},
    {"Milk jug", 1850},
    {"Tamper", 2650},
    {"Digital scale", 4490},
    {"Cold brew bottle", 2790},
    {"Earl Grey tin", 980},
    {"Sencha", 1680},
    {"Rooibos", 890},
    {"Chai mix", 1120},
    {"Stoneware mug", 1650},
    {"Espresso cup", 1190},
    {"Glass teapot", 4250},
    {"Tea strainer", 750},
    {"Serving tray", 3290},
    {"Linen tea towel", 1390},
    {"Honey, raw", 1080},
    {"Oat biscuits", 490},
    {"Dark chocolate", 450},
    {"Almond nougat", 690},
    {"Coffee subscription", 2400},
    {"Gift card", 2500},
    {"Descaler", 890},
    {"Cleaning brush", 620},
    {"Insulated flask", 3650},
    {"Travel mug", 2990},
    {"Sugar bowl", 1790},
    {"Cork coaster set", 1250},
    {"Espresso machine", 64900},
    {"Knock box", 3190},
};

constexpr std::string_view kVariants[] = {"",        ", large",    ", small",    ", blue",
                                          ", white", ", organic",  ", limited",  ", Ethiopia",
                                          ", oak",   ", set of 2", ", recycled", ", mint"};

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString composed(const Culture& culture, const Name& given, const Name& family) {
    const Name& first = culture.familyFirst ? family : given;
    const Name& second = culture.familyFirst ? given : family;
    return text(first.written) + text(culture.between) + text(second.written);
}

} // namespace

DemoPerson demoPerson(DemoRandom& random) {
    const Culture& culture = random.pick(kCultures);
    const Name& given = random.pick(culture.given);
    const Name& family = random.pick(culture.family);
    return {composed(culture, given, family), text(given.latin) + u'.' + text(family.latin) +
                                                  QString::number(random.between(2, 99)) + u'@' +
                                                  text(random.pick(kMailHosts))};
}

QString demoNewName(const QString& name, DemoRandom& random) {
    for (const Culture& culture : kCultures)
        for (const Name& given : culture.given)
            for (const Name& family : culture.family)
                if (composed(culture, given, family) == name)
                    return composed(culture, given, random.pick(culture.family));
    return name;
}

DemoGoods demoGoods(qint64 number, DemoRandom& random) {
    constexpr qint64 kinds = std::size(kGoods);
    constexpr qint64 variants = std::size(kVariants);
    const Goods& goods = kGoods[number % kinds];
    const qint64 variant = number / kinds % variants;
    const qint64 edition = number / (kinds * variants) + 1;
    QString name = text(goods.name) + text(kVariants[variant]);
    if (edition > 1)
        name += QStringLiteral(" (no. %1)").arg(edition);
    return {name, goods.price + goods.price * random.between(0, 4) * variant / 100};
}

} // namespace rewindow
