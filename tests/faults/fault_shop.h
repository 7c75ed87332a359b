// A small shop that faults are tried on, and the one checker that says what they broke.
#pragma once

#include "base/json.h"
#include "model/command/command_bus.h"
#include "model/domain/domain.h"
#include "model/projection/audit.h"
#include "model/projection/projection_runner.h"
#include "support/scratch_store.h"

#include <QHash>
#include <QSet>
#include <QStringList>

namespace rewindow::test {

/// What a sender says is on disk. Of an ack that names no stream only the id is known.
struct Ack {
    QString id;
    QString stream;
    qint64 version = 0;
};

inline std::vector<Ack> parsedAcks(const QByteArray& lines) {
    std::vector<Ack> acks;
    for (const QByteArray& line : lines.split('\n')) {
        const QStringList parts = QString::fromUtf8(line).split(u' ');
        if (parts.size() == 3)
            acks.push_back({parts[0], parts[1], parts[2].toLongLong()});
        else if (!line.isEmpty())
            acks.push_back({parts[0], {}, 0});
    }
    return acks;
}

class FaultShop {
  public:
    /// A shop with user u0, product p0 and orders o0, o1, …, their views up to date.
    explicit FaultShop(int orders) : m_store(QStringLiteral("order")) {
        const auto domain = domainNamed(QStringLiteral("order"));
        CommandBus bus(*m_store, *domain);
        send(bus, "RegisterUser",
             Json::object(
                 {{"userId", Json("u0")}, {"name", Json("Ada")}, {"email", Json("a@b.c")}}));
        send(
            bus, "AddProduct",
            Json::object({{"productId", Json("p0")}, {"name", Json("Pen")}, {"price", Json(100)}}));
        for (int i = 0; i < orders; ++i)
            send(bus, "CreateOrder",
                 Json::object({{"orderId", Json(QStringLiteral("o%1").arg(i))},
                               {"userId", Json("u0")},
                               {"productId", Json("p0")},
                               {"quantity", Json(1)}}));
        const auto head = m_store->reader().head();
        m_prepared = head ? head->value() : 0;
        // Senders come and go; the checker opens the store anew, as they left it.
        m_store.close();
    }

    QString path() const { return m_store.path(); }

    /// Everything that is wrong with the store, given what was acknowledged; nothing when all is
    /// well. `exactly`: nothing may be there that was not acknowledged either.
    QStringList problems(const std::vector<Ack>& acks, bool exactly) {
        m_store.reopen();
        QStringList found = eventProblems(acks, exactly);
        // As the senders left them, whatever they lag, and once caught up.
        found += viewProblems(QStringLiteral("as it was left"));
        ProjectionRunner runner(*m_store, projections());
        if (const auto caughtUp = runner.catchUp(); !caughtUp)
            found += caughtUp.error().sentence();
        found += viewProblems(QStringLiteral("caught up"));
        m_store.close();
        const QString integrity = RawSqlite(path()).value("PRAGMA integrity_check");
        if (integrity != QStringLiteral("ok"))
            found += QStringLiteral("the file is damaged: ") + integrity;
        return found;
    }

  private:
    static void send(CommandBus& bus, const char* command, const Json& data) {
        CommandRequest request;
        request.command = {QString::fromLatin1(command), data};
        const auto outcome = bus.send(request);
        if (!outcome)
            qFatal("%s", qPrintable(outcome.error().sentence()));
        if (const auto* rejected = std::get_if<CommandRejected>(&*outcome))
            qFatal("%s", qPrintable(rejected->reason));
    }

    static ProjectionRunner::Projections projections() {
        return (*domainNamed(QStringLiteral("order")))->projections();
    }

    QStringList eventProblems(const std::vector<Ack>& acks, bool exactly) {
        const auto events = m_store->reader().read({});
        if (!events)
            return {events.error().sentence()};
        QStringList found;
        QHash<QString, qint64> versions;
        QHash<QString, Ack> byId;
        qint64 position = 0;
        for (const RecordedEvent& event : *events) {
            const QString id = toQString(event.id());
            const QString stream = toQString(event.stream());
            if (event.position().value() != ++position)
                found += QStringLiteral("position %1 is missing").arg(position);
            if (event.version().value() != ++versions[stream])
                found +=
                    QStringLiteral("version %1 of %2 is missing").arg(versions[stream]).arg(stream);
            if (byId.contains(id))
                found += QStringLiteral("event %1 is there twice").arg(id);
            if (event.type().empty() || !Json::parse(event.data()))
                found += QStringLiteral("event %1 is there by half").arg(id);
            byId.insert(id, {id, stream, event.version().value()});
            position = event.position().value();
        }
        for (auto it = versions.cbegin(); it != versions.cend(); ++it)
            if (it.key().startsWith(QStringLiteral("pair-")) && it.value() % 2 != 0)
                found += QStringLiteral("a pair in %1 is there by half").arg(it.key());
        for (const Ack& ack : acks) {
            const auto event = byId.constFind(ack.id);
            if (event == byId.constEnd())
                found += QStringLiteral("event %1 was acknowledged and is lost").arg(ack.id);
            else if (!ack.stream.isEmpty() &&
                     (event->stream != ack.stream || event->version != ack.version))
                found += QStringLiteral("event %1 is not where it was acknowledged").arg(ack.id);
        }
        const auto expected = m_prepared + static_cast<qint64>(acks.size());
        if (exactly && static_cast<qint64>(events->size()) != expected)
            found += QStringLiteral("there are %1 events, %2 were accepted")
                         .arg(events->size())
                         .arg(expected);
        return found;
    }

    QStringList viewProblems(const QString& when) {
        QStringList found;
        for (const auto& projection : projections()) {
            const auto drifts = audit(*m_store, m_store->views(), *projection);
            if (!drifts)
                found += drifts.error().sentence();
            else if (!drifts->empty())
                found += QStringLiteral("view %1, %2, differs from a fresh fold in %3 cells")
                             .arg(projection->schema().name, when)
                             .arg(drifts->size());
        }
        return found;
    }

    ScratchStore m_store;
    qint64 m_prepared = 0;
};

} // namespace rewindow::test
