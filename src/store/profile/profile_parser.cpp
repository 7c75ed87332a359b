// Reading a profile: every key checked, every complaint with its place.
#include "store/profile.h"

#include "base/json.h"
#include "base/json_pointer.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace rewindow {

namespace {

using Encoding = Profile::Encoding;

constexpr std::array kEncodings{
    std::pair{u"text", Encoding::Text},
    std::pair{u"json", Encoding::Json},
    std::pair{u"json-bytes", Encoding::JsonBytes},
    std::pair{u"epoch-microseconds", Encoding::EpochMicroseconds},
    std::pair{u"epoch-milliseconds", Encoding::EpochMilliseconds},
    std::pair{u"epoch-seconds", Encoding::EpochSeconds},
    std::pair{u"iso-time", Encoding::IsoTime},
};

const QStringList kDatabases{QStringLiteral("sqlite"), QStringLiteral("postgresql"),
                             QStringLiteral("mariadb")};

/// A value of the file and where it stands. Reading from it notes the first complaint in `error`
/// and then gives empty values, so that the reader below stays a plain list of keys.
class Node {
  public:
    Node(const Json* value, JsonPointer place, const QString& file, std::optional<Error>& error)
        : m_value(value)
        , m_place(std::move(place))
        , m_file(file)
        , m_error(error) {}

    bool exists() const { return m_value != nullptr; }
    bool isNull() const { return m_value != nullptr && m_value->isNull(); }
    bool isObject() const { return m_value != nullptr && m_value->kind() == Json::Kind::Object; }
    bool isArray() const { return m_value != nullptr && m_value->kind() == Json::Kind::Array; }
    bool isString() const { return m_value != nullptr && m_value->kind() == Json::Kind::String; }

    void complain(const QString& what) const {
        if (m_error)
            return;
        const QString pointer = QString::fromStdString(m_place.toString());
        m_error = Error{Error::Kind::BadInput,
                        what,
                        QStringLiteral("%1: %2").arg(
                            m_file, pointer.isEmpty() ? QStringLiteral("the whole file") : pointer),
                        {}};
    }

    Node operator[](std::string_view key) const {
        return Node(isObject() ? m_value->find(key) : nullptr, m_place.child(key), m_file, m_error);
    }

    /// Complains unless it is an object with no keys but these.
    void expectKeys(std::initializer_list<std::string_view> keys) const {
        QStringList names;
        for (const std::string_view key : keys)
            names << QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
        const QString expected = names.join(QStringLiteral(", "));
        if (!isObject())
            return complain(QStringLiteral("expected an object with keys among %1").arg(expected));
        for (std::size_t i = 0; i < m_value->size(); ++i)
            if (std::find(keys.begin(), keys.end(), m_value->keyAt(i)) == keys.end())
                (*this)[m_value->keyAt(i)].complain(
                    QStringLiteral("unknown key, expected one of %1").arg(expected));
    }

    QString text() const {
        if (isString() && !m_value->text().empty())
            return m_value->toQString();
        complain(exists() ? QStringLiteral("expected a text that is not empty")
                          : QStringLiteral("missing, expected a text"));
        return {};
    }

    qint64 integer() const {
        const auto number = exists() ? m_value->toInteger() : std::nullopt;
        if (!number)
            complain(QStringLiteral("expected a whole number"));
        return number.value_or(0);
    }

    /// Its elements; complains unless it is an array that has some.
    std::vector<Node> elements() const {
        std::vector<Node> nodes;
        if (!exists() || m_value->kind() != Json::Kind::Array || m_value->size() == 0)
            complain(QStringLiteral("expected an array that is not empty"));
        else
            for (std::size_t i = 0; i < m_value->size(); ++i)
                nodes.emplace_back(&m_value->at(i), m_place.child(i), m_file, m_error);
        return nodes;
    }

  private:
    const Json* m_value;
    JsonPointer m_place;
    const QString& m_file;
    std::optional<Error>& m_error;
};

Encoding encodingOf(const Node& node, std::initializer_list<Encoding> allowed) {
    if (!node.exists())
        return *allowed.begin();
    const QString name = node.text();
    QStringList names;
    for (const auto& [known, encoding] : kEncodings) {
        if (std::find(allowed.begin(), allowed.end(), encoding) == allowed.end())
            continue;
        if (name == QStringView(known))
            return encoding;
        names << QString::fromUtf16(known);
    }
    node.complain(QStringLiteral("expected one of %1").arg(names.join(QStringLiteral(", "))));
    return *allowed.begin();
}

/// `"column"`, or `{"column": …, "encoding": …}`; the first of `allowed` is what goes unsaid.
Profile::Column columnOf(const Node& node, std::initializer_list<Encoding> allowed) {
    if (!node.exists())
        return {};
    if (node.isString())
        return {node.text(), *allowed.begin()};
    if (!node.isObject()) {
        node.complain(QStringLiteral("expected a column's name, or an object that names it"));
        return {};
    }
    node.expectKeys({"column", "encoding"});
    return {node["column"].text(), encodingOf(node["encoding"], allowed)};
}

/// An id's column, or `{"pointer": …}` into metadata.
void readId(const Node& node, Profile::Column& column, QString& pointer) {
    if (!node.isObject() || !node["pointer"].exists()) {
        column = columnOf(node, {Encoding::Text});
        return;
    }
    node.expectKeys({"pointer"});
    pointer = node["pointer"].text();
    if (!pointer.isEmpty() && !JsonPointer::parse(pointer.toStdString()))
        node["pointer"].complain(QStringLiteral("expected a JSON pointer such as /correlationId"));
}

void readVersion(const Node& node, Profile& profile) {
    if (!node.isObject()) {
        profile.version = columnOf(node, {Encoding::Text});
        return;
    }
    node.expectKeys({"column", "countsFrom"});
    profile.version = {node["column"].text(), Encoding::Text};
    if (node["countsFrom"].exists())
        profile.versionCountsFrom = node["countsFrom"].integer();
}

/// A column, or `{"pointer": …}` into the data.
void readType(const Node& node, Profile& profile) {
    if (!node.isObject() || !node["pointer"].exists()) {
        profile.type = columnOf(node, {Encoding::Text});
        return;
    }
    node.expectKeys({"pointer"});
    static const QRegularExpression names(QStringLiteral("\\A(/[A-Za-z_][A-Za-z0-9_]*)+\\z"));
    const QString pointer = node["pointer"].text();
    if (!names.match(pointer).hasMatch())
        node["pointer"].complain(QStringLiteral(
            "expected a JSON pointer of plain names (letters, digits and _) such as /type"));
    else
        profile.typePath = pointer.mid(1).split(u'/');
}

void readEvents(const Node& events, Profile& profile) {
    events.expectKeys({"table", "position", "stream", "aggregateType", "aggregateId",
                       "typeSeparator", "version", "id", "type", "data", "metadata",
                       "correlationId", "causationId", "recordedAt"});
    profile.table = events["table"].text();
    profile.position = columnOf(events["position"], {Encoding::Text});
    profile.stream = columnOf(events["stream"], {Encoding::Text});
    profile.aggregateType = columnOf(events["aggregateType"], {Encoding::Text});
    profile.aggregateId = columnOf(events["aggregateId"], {Encoding::Text});
    readVersion(events["version"], profile);
    profile.id = columnOf(events["id"], {Encoding::Text});
    readType(events["type"], profile);
    profile.data = columnOf(events["data"], {Encoding::Json, Encoding::JsonBytes, Encoding::Text});
    profile.metadata =
        columnOf(events["metadata"], {Encoding::Json, Encoding::JsonBytes, Encoding::Text});
    profile.recordedAt =
        columnOf(events["recordedAt"], {Encoding::IsoTime, Encoding::EpochMicroseconds,
                                        Encoding::EpochMilliseconds, Encoding::EpochSeconds});
    readId(events["correlationId"], profile.correlationId, profile.correlationPointer);
    readId(events["causationId"], profile.causationId, profile.causationPointer);
    if (events["typeSeparator"].isNull())
        profile.typeSeparator.clear();
    else if (events["typeSeparator"].exists())
        profile.typeSeparator = events["typeSeparator"].text();

    for (const char* needed : {"version", "type", "data"})
        if (!events[needed].exists())
            events[needed].complain(QStringLiteral("missing, expected a column's name"));
    const bool composed = profile.aggregateType.isPresent() && profile.aggregateId.isPresent();
    if (!profile.stream.isPresent() && !composed)
        events["stream"].complain(QStringLiteral(
            "missing, expected a column's name (or aggregateType and aggregateId instead)"));
    const bool points =
        !profile.correlationPointer.isEmpty() || !profile.causationPointer.isEmpty();
    if (points && !profile.metadata.isPresent())
        events["metadata"].complain(
            QStringLiteral("missing, expected the column that the pointers point into"));
}

} // namespace

Result<Profile> Profile::parse(const QByteArray& json, const QString& file) {
    const auto root =
        Json::parse(std::string_view(json.constData(), static_cast<std::size_t>(json.size())));
    if (!root)
        return fail(Error::Kind::BadInput,
                    QStringLiteral("expected JSON: %1").arg(root.error().what), {},
                    QStringLiteral("%1: %2").arg(file, root.error().where));

    std::optional<Error> error;
    const Node top(&*root, JsonPointer(), file, error);
    top.expectKeys({"name", "title", "database", "recognisedBy", "events", "conditions"});

    Profile profile;
    profile.name = top["name"].text();
    profile.title = top["title"].exists() ? top["title"].text() : profile.name;
    const Node databases = top["database"];
    for (const Node& database :
         databases.isArray() ? databases.elements() : std::vector{databases}) {
        const QString name = database.text();
        if (!kDatabases.contains(name))
            database.complain(
                QStringLiteral("expected \"%1\"").arg(kDatabases.join(QStringLiteral("\" or \""))));
        profile.databases << name;
    }
    for (const Node& node : top["recognisedBy"].elements()) {
        node.expectKeys({"table", "columns"});
        TableShape shape{node["table"].text(), {}};
        for (const Node& column : node["columns"].elements())
            shape.columns.push_back(column.text());
        profile.recognisedBy.push_back(std::move(shape));
    }
    readEvents(top["events"], profile);
    if (top["conditions"].exists())
        for (const Node& node : top["conditions"].elements()) {
            node.expectKeys({"column", "equals"});
            profile.conditions.push_back({node["column"].text(), node["equals"].text()});
        }
    if (error)
        return std::unexpected(*error);
    return profile;
}

} // namespace rewindow
