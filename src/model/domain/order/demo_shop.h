// The demo's shop at work: customers, their orders, and the people who see to them.
#pragma once

#include "model/domain/order/demo_calendar.h"
#include "model/domain/order/demo_plan.h"
#include "model/domain/order/demo_random.h"
#include "model/domain/order/order.h"
#include "store/event_writer.h"

#include <QString>

#include <optional>
#include <queue>
#include <tuple>
#include <vector>

namespace rewindow {

/// Plays the shop, one event after another, each decided by the domain itself. What is due next is
/// played at its time; while nothing is due, the next customer comes in. Customers come as often as
/// is needed to have all events by the end of the calendar. Memory holds the people, the products,
/// and the orders that are not done.
class DemoShop {
  public:
    /// A history of `events` events; the same for the same seed.
    DemoShop(qint64 events, quint64 seed);

    /// The next event; to be called `events` times.
    ImportedEvent next();

  private:
    template <class State>
    struct Aggregate {
        QString id;
        State state;
        StreamVersion version;
    };

    /// An order on its way.
    struct Purchase {
        Aggregate<Order> order;
        std::size_t user = 0;
        QString channel;
        QString method;
        QString correlationId;
        QString causationId; ///< the event that led to the next step
        std::vector<DemoStep> steps;
        std::size_t next = 0;
    };

    /// Who does something, by which way, and what it belongs to.
    struct Occasion {
        QString actor;
        QString channel;
        QString correlationId;
        QString causationId;
        int attempt = 1;
    };

    enum class Work { AddProduct, ChangePrice, Discontinue, Register, Rename, Purchase };
    struct Task {
        Timestamp due;
        qint64 number = 0; ///< of two that are due at once, the one made first goes first
        Work work = Work::Purchase;
        std::size_t index = 0; ///< of the user or the purchase
        QString correlationId;
        bool operator>(const Task& other) const {
            return std::tie(due, number) > std::tie(other.due, other.number);
        }
    };

    void schedule(Timestamp due, Work work, std::size_t index = 0, QString correlationId = {});
    void openDoors();
    bool customerIsDue() const;
    void admitCustomer();
    void seeToTheShop(Timestamp when);
    void beginPurchase(std::size_t user, Timestamp when, const QString& correlationId,
                       const QString& causationId);
    void scheduleStep(std::size_t purchase, Timestamp from);

    std::optional<ImportedEvent> play(const Task& task);
    std::optional<ImportedEvent> playProduct(const Task& task);
    std::optional<ImportedEvent> playRegister(const Task& task);
    std::optional<ImportedEvent> playRename(const Task& task);
    std::optional<ImportedEvent> playPurchase(const Task& task);
    std::optional<OrderCommand> commandFor(DemoAct act, const Purchase& purchase);
    Occasion occasionOf(const DemoStep& step, const Purchase& purchase) const;
    std::optional<std::size_t> productOnSale(const Order& notIn);
    const Product& productNamed(const QString& id) const;
    std::size_t anyUser();

    template <class State, class Event>
    std::optional<ImportedEvent> record(const char* type, Aggregate<State>& aggregate,
                                        const char* command, const Handled<Event>& handled,
                                        const Occasion& occasion);

    qint64 m_events;
    qint64 m_recorded = 0;
    DemoRandom m_random;
    DemoCalendar m_calendar;
    Timestamp m_now;
    qint64 m_lull = 0;    ///< how many more events pass before the next customer comes
    qint64 m_waiting = 0; ///< customers who are inside and have done nothing yet
    qint64 m_tasks = 0;
    quint32 m_orders = 0;
    quint32 m_salt; ///< of the order ids
    std::priority_queue<Task, std::vector<Task>, std::greater<>> m_due;
    std::vector<Aggregate<User>> m_users;
    std::vector<Aggregate<Product>> m_products;
    std::vector<std::size_t> m_onSale; ///< indexes of products
    std::vector<Purchase> m_purchases;
    std::vector<std::size_t> m_done; ///< indexes of purchases whose place is free
};

} // namespace rewindow
