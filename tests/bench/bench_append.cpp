// Accepted commands a second, on disk when acknowledged, against what the disk itself can do.
#include "bench/bench_support.h"
#include "model/command/command_bus.h"
#include "model/domain/domain.h"
#include "model/projection/projection_runner.h"
#include "store/store.h"
#include "support/test_support.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <unistd.h>

using namespace rewindow;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRuns = 7;
constexpr int kTimes = 500; ///< commands, and flushes, a run

/// A file of a megabyte, all of it written, in which one page after another is overwritten.
class Overwrites {
  public:
    explicit Overwrites(const QString& path)
        : m_file(::open(path.toUtf8().constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)) {
        const QByteArray megabyte(kPages * kPage, 'x');
        if (m_file < 0 || ::pwrite(m_file, megabyte.constData(), megabyte.size(), 0) < 0 ||
            ::fsync(m_file) != 0)
            qFatal("the disk fails");
    }
    Overwrites(const Overwrites&) = delete;
    Overwrites& operator=(const Overwrites&) = delete;
    ~Overwrites() { ::close(m_file); }

    void run(int times) {
        const QByteArray page(kPage, static_cast<char>('a' + ++m_round % 26));
        for (int i = 0; i < times; ++i)
            if (::pwrite(m_file, page.constData(), kPage, (i % kPages) * kPage) != kPage ||
                ::fdatasync(m_file) != 0)
                qFatal("the disk fails");
    }

  private:
    static constexpr int kPage = 4096;
    static constexpr int kPages = 256;
    int m_file;
    int m_round = 0;
};

/// A shop whose orders are walked through their lives, one event a command.
class Shop {
  public:
    Shop(Store& store, bool catchesUp) : m_bus(store, *domainNamed(u"order"_s)) {
        m_bus.setCatchesUp(catchesUp);
        for (int i = 0; i < 50; ++i)
            send("RegisterUser", {{"userId", number("u", i)},
                                  {"name", number("User ", i)},
                                  {"email", number("user@example.org", i)}});
        for (int i = 0; i < 50; ++i)
            send("AddProduct", {{"productId", number("p", i)},
                                {"name", number("Product ", i)},
                                {"price", Json(100 + i)}});
    }

    void run(int commands) {
        for (int i = 0; i < commands; ++i, ++m_sent)
            sendNumber(m_sent);
    }
    qint64 accepted() const { return m_accepted; }

  private:
    using Fields = std::vector<std::pair<std::string, Json>>;

    static Json number(const char* prefix, int which) {
        return Json(std::string_view(prefix + std::to_string(which)));
    }

    void send(const char* command, Fields fields) {
        CommandRequest request;
        request.command = {QLatin1String(command), Json::object(std::move(fields))};
        const auto outcome = m_bus.send(request);
        if (!outcome)
            qFatal("%s", qPrintable(outcome.error().sentence()));
        const auto* accepted = std::get_if<CommandAccepted>(&*outcome);
        if (accepted == nullptr || accepted->events.size() != 1)
            qFatal("%s was not accepted with one event", command);
        ++m_accepted;
    }

    void sendNumber(int sent) {
        // Ten orders are under way at a time, each a step further every tenth command.
        const int order = sent / 60 * 10 + sent % 10;
        const Json id = number("o", order);
        const Json product = number("p", order % 50);
        switch (sent % 60 / 10) {
        case 0:
            return send("CreateOrder", {{"orderId", id},
                                        {"userId", number("u", order % 50)},
                                        {"productId", product},
                                        {"quantity", Json(1)}});
        case 1:
            return send("ChangeQuantity",
                        {{"orderId", id}, {"productId", product}, {"quantity", Json(2)}});
        case 2:
            return send("PlaceOrder", {{"orderId", id}});
        case 3:
            return send("PayOrder", {{"orderId", id},
                                     {"amount", Json(2 * (100 + order % 50))},
                                     {"method", Json("card")}});
        case 4:
            return send(
                "ShipOrder",
                {{"orderId", id}, {"carrier", Json("Post")}, {"trackingCode", number("T", order)}});
        default:
            return send("DeliverOrder", {{"orderId", id}});
        }
    }

    CommandBus m_bus;
    int m_sent = 0;
    qint64 m_accepted = 0;
};

} // namespace

struct Measured {
    double commandsASecond = 0;
    double flushesASecond = 0;
};

class BenchAppend : public QObject {
    Q_OBJECT

  private slots:
    void acceptedCommands();
    void acceptedCommandsInEveryView();

  private:
    /// Sends with the views following within each command, or not until all is timed.
    static std::optional<Measured> measure(bool viewsFollowEach);
};

std::optional<Measured> BenchAppend::measure(bool viewsFollowEach) {
    // Beside the test's own files: what is measured is this disk, not a file system in memory.
    const QTemporaryDir folder(rewindow::test::builtTestFile(QStringLiteral("append")));
    qputenv("REWINDOW_DATA_HOME", folder.filePath(u"home"_s).toUtf8());
    const auto store =
        Store::create(StoreUrl::sqliteFile(folder.filePath(u"shop.db"_s)), u"order"_s);
    if (!store)
        return std::nullopt;
    Shop shop(**store, viewsFollowEach);
    ProjectionRunner runner(**store, (*domainNamed(u"order"_s))->projections());
    Overwrites disk(folder.filePath(u"overwritten"_s));
    const auto [commands, flushes] = bench::medianSeconds(
        kRuns, [&] { shop.run(kTimes); }, [&] { disk.run(kTimes); });
    if (!runner.catchUp())
        return std::nullopt;

    // All that was accepted is in the log, and in the views.
    const auto summary = (*store)->reader().summary();
    const auto views = (*store)->views().checkpoints();
    if (!summary || summary->events != shop.accepted() || !summary->gapless() || !views ||
        views->size() != 3)
        return std::nullopt;
    for (const ViewStatus& view : *views)
        if (view.checkpoint != summary->head)
            return std::nullopt;
    return Measured{kTimes / commands, kTimes / flushes};
}

void BenchAppend::acceptedCommands() {
    const auto measured = measure(false);
    QVERIFY(measured);
    qInfo("%.0f commands and %.0f fdatasync overwrites a second", measured->commandsASecond,
          measured->flushesASecond);
    bench::checkAtLeast("accepted commands / fdatasync overwrites",
                        measured->commandsASecond / measured->flushesASecond, 0.5);
}

void BenchAppend::acceptedCommandsInEveryView() {
    // Each commit then holds the rows, histories and checkpoints of three views as well, about as
    // many pages again, and the projections have been run.
    const auto measured = measure(true);
    QVERIFY(measured);
    qInfo("%.0f commands and %.0f fdatasync overwrites a second, views following each",
          measured->commandsASecond, measured->flushesASecond);
    bench::checkAtLeast("accepted commands with views / fdatasync overwrites",
                        measured->commandsASecond / measured->flushesASecond, 0.33);
}

QTEST_GUILESS_MAIN(BenchAppend)
#include "bench_append.moc"
