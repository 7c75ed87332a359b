// What a screen reader asks: the tree of a program's parts, over the bus of assistive technology.
#pragma once

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QList>
#include <QStringList>
#include <QVariant>

#include <csignal>
#include <functional>
#include <optional>

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
        if (!answer)
            return false;
        const auto words = qdbus_cast<QList<quint32>>(answer->value(0));
        return (words.value(state / 32) >> (state % 32) & 1) != 0;
    }
    bool is(const Part& part, const char* interface) const {
        const auto answer = ask(part, "Accessible", "GetInterfaces");
        return answer && answer->value(0).toStringList().contains(
                             QStringLiteral("org.a11y.atspi.") + QLatin1String(interface));
    }
    QVariant property(const Part& part, const char* interface, const char* name) const {
        auto message = QDBusMessage::createMethodCall(
            part.service, part.path, QStringLiteral("org.freedesktop.DBus.Properties"),
            QStringLiteral("Get"));
        message << QStringLiteral("org.a11y.atspi.") + QLatin1String(interface)
                << QString::fromLatin1(name);
        const QDBusMessage answer = bus().call(message, QDBus::Block, kPatienceMs);
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

    /// The first part of the program that will do.
    std::optional<Part> find(const std::function<bool(const Part&)>& isWanted) const {
        std::optional<Part> found;
        if (const auto root = program())
            walk(*root, [&](const Part& part) {
                if (isWanted(part))
                    found = part;
                return !found;
            });
        return found;
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
    /// What got the focus since, by name, each with what it lies in: the table of a cell.
    QList<QStringList> focused() const {
        QList<QStringList> names;
        for (const Part& part : m_focused)
            names += {name(part), name(parent(part))};
        return names;
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

    std::optional<QVariantList> ask(const Part& part, const char* interface, const char* method,
                                    const QVariantList& arguments = {}) const {
        auto message = QDBusMessage::createMethodCall(
            part.service, part.path, QStringLiteral("org.a11y.atspi.") + QLatin1String(interface),
            QString::fromLatin1(method));
        message.setArguments(arguments);
        const QDBusMessage answer = bus().call(message, QDBus::Block, kPatienceMs);
        if (answer.type() != QDBusMessage::ReplyMessage)
            return std::nullopt;
        return answer.arguments();
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
