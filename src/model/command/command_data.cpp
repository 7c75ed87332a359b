// Holding a command's data against what its spec says.
#include "model/command/command_bus.h"

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

/// The whole number a value is, or a text holds.
std::optional<qint64> wholeNumber(const Json& value) {
    if (value.kind() == Json::Kind::Number)
        return value.toInteger();
    if (value.kind() != Json::Kind::String)
        return std::nullopt;
    bool ok = false;
    const qint64 number = value.toQString().trimmed().toLongLong(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

/// Missing, null, or a blank text: what a form sends for a field nobody filled in.
bool isAbsent(const Json* value) {
    return !value || value->isNull() ||
           (value->kind() == Json::Kind::String && value->toQString().trimmed().isEmpty());
}

/// The value as the field wants it, or what is wrong with it.
std::expected<Json, QString> checkedValue(const CommandField& field, const Json& value) {
    switch (field.type) {
    case CommandField::Type::Integer:
    case CommandField::Type::Money: {
        const std::optional<qint64> number = wholeNumber(value);
        if (!number)
            return std::unexpected(field.type == CommandField::Type::Money
                                       ? u"must be a whole number of minor units (12.50 is 1250)"_s
                                       : u"must be a whole number"_s);
        if (field.minimum && *number < *field.minimum)
            return std::unexpected(u"must be at least %1"_s.arg(*field.minimum));
        return Json(*number);
    }
    case CommandField::Type::Choice:
        if (value.kind() != Json::Kind::String || !field.choices.contains(value.toQString()))
            return std::unexpected(u"must be one of %1"_s.arg(field.choices.join(u", "_s)));
        return value;
    case CommandField::Type::Reference:
    case CommandField::Type::Text:
        if (value.kind() != Json::Kind::String)
            return std::unexpected(u"must be a text"_s);
        return value;
    }
    return value;
}

QStringList fieldNames(const CommandSpec& spec) {
    QStringList names;
    for (const CommandField& field : spec.fields)
        names.append(field.required ? field.name : field.name + u" (optional)"_s);
    return names;
}

bool hasField(const CommandSpec& spec, const QString& name) {
    return std::ranges::any_of(spec.fields,
                               [&name](const CommandField& field) { return field.name == name; });
}

} // namespace

Result<Json> checkedCommandData(const CommandSpec& spec, const Json& data) {
    if (data.kind() != Json::Kind::Object)
        return fail(Error::Kind::Usage, u"the data of %1 must be an object"_s.arg(spec.name),
                    u"It takes %1"_s.arg(fieldNames(spec).join(u", "_s)));
    QStringList problems;
    Json checked = Json::object();
    for (const CommandField& field : spec.fields) {
        const std::string key = field.name.toStdString();
        const Json* value = data.find(key);
        if (isAbsent(value)) {
            if (field.required)
                problems.append(u"\"%1\" is missing"_s.arg(field.name));
            continue;
        }
        std::expected<Json, QString> wanted = checkedValue(field, *value);
        if (wanted)
            checked = std::move(checked).with(key, std::move(*wanted));
        else
            problems.append(u"\"%1\" %2"_s.arg(field.name, wanted.error()));
    }
    for (std::size_t i = 0; i < data.size(); ++i) {
        const QString name = toQString(data.keyAt(i));
        if (!hasField(spec, name))
            problems.append(u"\"%1\" is no field of it"_s.arg(name));
    }
    if (!problems.isEmpty())
        return fail(Error::Kind::Usage, u"%1: %2"_s.arg(spec.name, problems.join(u", "_s)),
                    u"It takes %1"_s.arg(fieldNames(spec).join(u", "_s)));
    return checked;
}

} // namespace rewindow
