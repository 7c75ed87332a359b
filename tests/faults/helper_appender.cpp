// Appends events to a store as fast as it can: started while another process looks at it.
//
//     helper_appender STORE EVENTS
//
// Event n (from 1) has the id "appended-n", the type Even or Odd, and data {"n": n}; seven streams
// take turns. One to nine of them are appended at once.
#include "store/store.h"

#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace rewindow;
using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void giveUp(const QString& why) {
    std::fprintf(stderr, "%s\n", qPrintable(why));
    std::exit(1);
}

NewEvent event(int number) {
    return {u"appended-%1"_s.arg(number),
            number % 2 == 0 ? u"Even"_s : u"Odd"_s,
            "{\"n\":" + QByteArray::number(number) + '}',
            {},
            {},
            {},
            Timestamp(1'700'000'000'000'000 + number * qint64(1000))};
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3)
        giveUp(u"helper_appender STORE EVENTS"_s);
    const int events = std::atoi(argv[2]);
    auto store = Store::open(StoreUrl::sqliteFile(QString::fromLocal8Bit(argv[1])),
                             Store::Access::ReadWrite);
    if (!store)
        giveUp(store.error().sentence());
    const Result<EventWriter*> writer = (*store)->writer();
    if (!writer)
        giveUp(writer.error().sentence());
    for (int next = 1, turn = 0; next <= events; ++turn) {
        std::vector<NewEvent> batch;
        for (int i = 0; i <= turn * 5 % 9 && next <= events; ++i)
            batch.push_back(event(next++));
        const auto outcome =
            (*writer)->append(u"appended-%1"_s.arg(turn % 7), ExpectedVersion::any(), batch);
        if (!outcome)
            giveUp(outcome.error().sentence());
        if (!std::holds_alternative<Appended>(*outcome))
            giveUp(u"an append was not accepted"_s);
    }
    return 0;
}
