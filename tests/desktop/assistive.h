// What a screen reader asks: the tree of a program's parts, over the bus of assistive technology.
#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCall>
#include <QDBusVariant>
#include <QList>
#include <QStringList>
#include <QVariant>

#include <algorithm>
#include <array>
#include <csignal>
#include <functional>
#include <optional>
#include <vector>

namespace rewindow::test {

/// A part of a program, by its address.
struct Part {
    QString service;
    QString path;

    bool isNull() const { return path.endsWith(QStringLiteral("/null")); }
    bool operator==(const Part&) const = default;
};

class Assistive : public QObject {
    Q_OBJECT

  public:
    enum State { Focusable = 11, Focused = 12, Showing = 25, Visible = 30 };
    static constexpr int kPatienceMs = 20'000;

    ~Assistive() override {
        if (m_launcher > 0)
            kill(m_launcher, SIGTERM); // it outlives the session bus that started it
        QDBusConnection::disconnectFromBus(kName);
        QDBusConnection::disconnectFromBus(kSession);
    }

    /// Whether the bus of assistive technology beside this session bus answers.
    bool listen(const QString& sessionAddress) {
        auto session = QDBusConnection::connectToBus(sessionAddress, kSession);
        auto ask = QDBusMessage::createMethodCall(
            QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus"),
            QStringLiteral("org.a11y.Bus"), QStringLiteral("GetAddress"));
        const QDBusMessage answer = session.call(ask, QDBus::Block, kPatienceMs);
        if (answer.type() != QDBusMessage::ReplyMessage)
            return false;
        m_launcher = static_cast<pid_t>(
            session.interface()->servicePid(QStringLiteral("org.a11y.Bus")).value());
        QDBusConnection::connectToBus(answer.arguments().value(0).toString(), kName);
        // What has the focus is not asked for, but told.
        auto wish = QDBusMessage::createMethodCall(
            QStringLiteral("org.a11y.atspi.Registry"), QStringLiteral("/org/a11y/atspi/registry"),
            QStringLiteral("org.a11y.atspi.Registry"), QStringLiteral("RegisterEvent"));
        wish << QStringLiteral("object:state-changed:focused");
        // The bus knows slots by their names alone.
        const QByteArray slot = QByteArray::number(QSLOT_CODE) + "takeState(QDBusMessage)";
        return bus().call(wish, QDBus::Block, kPatienceMs).type() == QDBusMessage::ReplyMessage &&
               bus().connect({}, {}, QStringLiteral("org.a11y.atspi.Event.Object"),
                             QStringLiteral("StateChanged"), this, slot);
    }

    /// The program's root; none while no program has shown itself.
    std::optional<Part> program() const {
        const Part registry{QStringLiteral("org.a11y.atspi.Registry"), kRoot};
        const auto all = children(registry);
        return all && !all->isEmpty() ? std::optional(all->last()) : std::nullopt;
    }

    /// nullopt: it did not answer.
    std::optional<QList<Part>> children(const Part& part) const {
        const auto answer = ask(part, "Accessible", "GetChildren");
        return answer ? std::optional(partsOf(answer->value(0))) : std::nullopt;
    }
    QString name(const Part& part) const { return property(part, "Accessible", "Name").toString(); }
    QString description(const Part& part) const {
        return property(part, "Accessible", "Description").toString();
    }
    QString role(const Part& part) const {
        const auto answer = ask(part, "Accessible", "GetRoleName");
        return answer ? answer->value(0).toString() : QString();
    }
    bool has(const Part& part, State state) const {
        const auto answer = ask(part, "Accessible", "GetState");
        return answer && (statesOf(answer->value(0)) >> state & 1) != 0;
    }
    bool is(const Part& part, const char* interface) const {
        const auto answer = ask(part, "Accessible", "GetInterfaces");
        return answer && answer->value(0).toStringList().contains(
                             QStringLiteral("org.a11y.atspi.") + QLatin1String(interface));
    }
    QVariant property(const Part& part, const char* interface, const char* name) const {
        const QDBusMessage answer =
            bus().call(questionOfProperty(part, interface, name), QDBus::Block, kPatienceMs);
        return answer.type() == QDBusMessage::ReplyMessage
                   ? answer.arguments().value(0).value<QDBusVariant>().variant()
                   : QVariant();
    }
    std::optional<Part> cell(const Part& table, int row, int column) const {
        const auto answer = ask(table, "Table", "GetAccessibleAt", {row, column});
        if (!answer)
            return std::nullopt;
        return partOf(answer->value(0).value<QDBusArgument>());
    }

    /// Goes through everything below; what has rows and columns is not gone into. Ends early where
    /// `look` answers no.
    bool walk(const Part& part, const std::function<bool(const Part&)>& look) const {
        if (!look(part))
            return false;
        if (is(part, "Table"))
            return true;
        const auto below = children(part);
        if (!below)
            return true;
        for (const Part& child : *below) {
            if (!child.isNull() && !walk(child, look))
                return false;
        }
        return true;
    }

    /// A part as it was found.
    struct Sight {
        Part part;
        QString name;
        quint64 states = 0;
        bool isTable = false;
        bool has(State state) const { return (states >> state & 1) != 0; }
    };

    /// The first part of the program that will do, level by level; what lies in a hidden part, or
    /// in rows and columns, is left out. All of a level is asked for at once: going through the
    /// parts one by one takes seconds.
    std::optional<Part> find(const std::function<bool(const Sight&)>& isWanted) const {
        const auto root = program();
        QList<Part> level = root ? children(*root).value_or(QList<Part>()) : QList<Part>();
        while (!level.isEmpty()) {
            QList<Part> shown;
            for (const Sight& sight : look(level)) {
                if (isWanted(sight))
                    return sight.part;
                if (sight.has(Showing) && !sight.isTable)
                    shown += sight.part;
            }
            level = below(shown);
        }
        return std::nullopt;
    }

    /// What stands in a line to type into.
    QString text(const Part& part) const {
        const auto answer = ask(part, "Text", "GetText", {0, -1});
        return answer ? answer->value(0).toString() : QString();
    }

    /// What it lies in; a null part for the topmost.
    Part parent(const Part& part) const {
        const QVariant parent = property(part, "Accessible", "Parent");
        return parent.canConvert<QDBusArgument>() ? partOf(parent.value<QDBusArgument>())
                                                  : Part{{}, QStringLiteral("/null")};
    }

    /// Begins anew to note what gets the focus.
    void forget() { m_focused.clear(); }
    bool hasNoted() const { return !m_focused.isEmpty(); }
    /// Whether a part of that name has got the focus since, or a cell of a table of that name, and
    /// has it: tables tell of their current cell without having it.
    bool gotFocus(const QString& name) const {
        return std::ranges::any_of(m_focused, [&](const Part& part) {
            const Part owner = this->name(part) == name ? part : parent(part);
            return !owner.isNull() && this->name(owner) == name && has(owner, Focused);
        });
    }

  private slots:
    void takeState(const QDBusMessage& message) {
        if (message.arguments().value(0).toString() == QStringLiteral("focused") &&
            message.arguments().value(1).toInt() == 1)
            m_focused += Part{message.service(), message.path()};
    }

  private:
    static inline const QString kName = QStringLiteral("assistive");
    static inline const QString kSession = QStringLiteral("assistive-session");
    static inline const QString kRoot = QStringLiteral("/org/a11y/atspi/accessible/root");

    QList<Part> m_focused;
    pid_t m_launcher = 0; ///< of the bus of assistive technology

    static QDBusConnection bus() { return QDBusConnection(kName); }

    static QDBusMessage question(const Part& part, const char* interface, const char* method,
                                 const QVariantList& arguments = {}) {
        auto message = QDBusMessage::createMethodCall(
            part.service, part.path, QStringLiteral("org.a11y.atspi.") + QLatin1String(interface),
            QString::fromLatin1(method));
        message.setArguments(arguments);
        return message;
    }

    static QDBusMessage questionOfProperty(const Part& part, const char* interface,
                                           const char* name) {
        auto message = QDBusMessage::createMethodCall(
            part.service, part.path, QStringLiteral("org.freedesktop.DBus.Properties"),
            QStringLiteral("Get"));
        message << QStringLiteral("org.a11y.atspi.") + QLatin1String(interface)
                << QString::fromLatin1(name);
        return message;
    }

    std::optional<QVariantList> ask(const Part& part, const char* interface, const char* method,
                                    const QVariantList& arguments = {}) const {
        const QDBusMessage answer =
            bus().call(question(part, interface, method, arguments), QDBus::Block, kPatienceMs);
        if (answer.type() != QDBusMessage::ReplyMessage)
            return std::nullopt;
        return answer.arguments();
    }

    /// Nothing of what did not answer.
    static QVariant awaited(QDBusPendingCall& call) {
        call.waitForFinished();
        return call.isError() ? QVariant() : call.reply().arguments().value(0);
    }

    static quint64 statesOf(const QVariant& value) {
        if (!value.canConvert<QDBusArgument>())
            return 0;
        const auto words = qdbus_cast<QList<quint32>>(value);
        return words.value(0) | quint64(words.value(1)) << 32;
    }

    QList<Sight> look(const QList<Part>& parts) const {
        std::vector<std::array<QDBusPendingCall, 3>> calls;
        for (const Part& part : parts)
            calls.push_back({bus().asyncCall(questionOfProperty(part, "Accessible", "Name")),
                             bus().asyncCall(question(part, "Accessible", "GetState")),
                             bus().asyncCall(question(part, "Accessible", "GetInterfaces"))});
        QList<Sight> sights;
        for (std::size_t i = 0; i < calls.size(); ++i) {
            auto& [name, states, interfaces] = calls[i];
            sights +=
                Sight{parts[qsizetype(i)], awaited(name).value<QDBusVariant>().variant().toString(),
                      statesOf(awaited(states)),
                      awaited(interfaces)
                          .toStringList()
                          .contains(QStringLiteral("org.a11y.atspi.Table"))};
        }
        return sights;
    }

    QList<Part> below(const QList<Part>& parts) const {
        std::vector<QDBusPendingCall> calls;
        for (const Part& part : parts)
            calls.push_back(bus().asyncCall(question(part, "Accessible", "GetChildren")));
        QList<Part> children;
        for (QDBusPendingCall& call : calls) {
            const QVariant answer = awaited(call);
            if (!answer.canConvert<QDBusArgument>())
                continue;
            for (const Part& child : partsOf(answer)) {
                if (!child.isNull())
                    children += child;
            }
        }
        return children;
    }

    static Part partOf(const QDBusArgument& argument) {
        Part part;
        QDBusObjectPath path;
        argument.beginStructure();
        argument >> part.service >> path;
        argument.endStructure();
        part.path = path.path();
        return part;
    }

    static QList<Part> partsOf(const QVariant& value) {
        QList<Part> parts;
        const auto argument = value.value<QDBusArgument>();
        argument.beginArray();
        while (!argument.atEnd())
            parts.append(partOf(argument));
        argument.endArray();
        return parts;
    }
};

} // namespace rewindow::test
