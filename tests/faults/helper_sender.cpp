// Sends commands to a store and says which were accepted: started several at once, or killed.
//
//     helper_sender STORE NUMBER COMMANDS ORDERS [--ack-early]
//
// Changes quantities in orders o0, o1, … of a shop prepared by FaultShop. For each event that was
// accepted a line "ID STREAM VERSION" is written and flushed once it is on disk. After every fourth
// command two more events are appended at once to the stream pair-NUMBER. With --ack-early it lies:
// the line, then only the id, is written before the event is appended, and two milliseconds pass
// between, as where a store flushes a little later than it says.
#include "model/command/command_bus.h"
#include "model/domain/domain.h"
#include "store/store.h"

#include <QUuid>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <thread>

using namespace rewindow;
using namespace Qt::StringLiterals;

namespace {

/// On a fast disk a commit takes so little that hardly a kill would fall between ack and commit.
constexpr std::chrono::milliseconds kLieTime{2};

[[noreturn]] void giveUp(const QString& why) {
    std::fprintf(stderr, "%s\n", qPrintable(why));
    std::exit(1);
}

template <class T>
T orGiveUp(Result<T> result) {
    if (!result)
        giveUp(result.error().sentence());
    return std::move(*result);
}

void acknowledge(const QString& line) {
    std::fprintf(stdout, "%s\n", qPrintable(line));
    std::fflush(stdout);
}

QString newId() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

class Sender {
  public:
    Sender(Store& store, int number, bool ackEarly)
        : m_store(store)
        , m_number(number)
        , m_ackEarly(ackEarly)
        , m_bus(store, orGiveUp(domainNamed(u"order"_s)), sources()) {}

    void changeQuantity(const QString& order, int quantity) {
        CommandRequest request;
        request.command = {u"ChangeQuantity"_s, Json::object({{"orderId", Json(order)},
                                                              {"productId", Json("p0")},
                                                              {"quantity", Json(quantity)}})};
        request.correlationId = newId();
        const CommandOutcome outcome = orGiveUp(m_bus.send(request));
        const auto* accepted = std::get_if<CommandAccepted>(&outcome);
        if (accepted == nullptr || accepted->events.size() != 1)
            giveUp(u"a command was not accepted"_s);
        if (!m_ackEarly)
            acknowledge(accepted->events[0].id + u' ' + accepted->stream + u' ' +
                        QString::number(accepted->version.value()));
    }

    void appendPair() {
        const QString stream = u"pair-%1"_s.arg(m_number);
        const std::vector<NewEvent> pair{
            {newId(), u"Noted"_s, "{\"half\":1}", {}, {}, {}, Timestamp::now()},
            {newId(), u"Noted"_s, "{\"half\":2}", {}, {}, {}, Timestamp::now()}};
        EventWriter* writer = orGiveUp(m_store.writer());
        const AppendOutcome outcome =
            orGiveUp(writer->append(stream, ExpectedVersion::any(), pair));
        const auto* appended = std::get_if<Appended>(&outcome);
        if (appended == nullptr)
            giveUp(u"a pair was not accepted"_s);
        if (m_ackEarly)
            return;
        for (int half = 0; half < 2; ++half)
            acknowledge(pair[half].id + u' ' + stream + u' ' +
                        QString::number(appended->version.value() - 1 + half));
    }

  private:
    CommandBus::Sources sources() const {
        CommandBus::Sources sources = CommandBus::systemSources();
        if (m_ackEarly)
            sources.eventId = [] {
                const QString id = newId();
                acknowledge(id);
                std::this_thread::sleep_for(kLieTime);
                return id;
            };
        return sources;
    }

    Store& m_store;
    int m_number;
    bool m_ackEarly;
    CommandBus m_bus;
};

} // namespace

int main(int argc, char** argv) {
    if (argc < 5)
        giveUp(u"helper_sender STORE NUMBER COMMANDS ORDERS [--ack-early]"_s);
    const int number = std::atoi(argv[2]);
    const int commands = std::atoi(argv[3]);
    const int orders = std::atoi(argv[4]);
    const bool ackEarly = argc > 5 && std::strcmp(argv[5], "--ack-early") == 0;

    const auto store = orGiveUp(Store::open(StoreUrl::sqliteFile(QString::fromLocal8Bit(argv[1])),
                                            Store::Access::ReadWrite));
    Sender sender(*store, number, ackEarly);
    std::mt19937 random(static_cast<unsigned>(number));
    for (int i = 0; i < commands; ++i) {
        const auto order = random() % static_cast<unsigned>(orders);
        // No other sender, nor this one, asks for the same quantity: each changes something.
        sender.changeQuantity(u"o%1"_s.arg(order), 2 + number * 100'000 + i);
        if (i % 4 == 3)
            sender.appendPair();
    }
    return 0;
}
