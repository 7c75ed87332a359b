// How the commands of the order domain are described.
#include "model/domain/order/command_fields.h"

namespace rewindow {
namespace {

CommandField plainField(const char* name, const char* label, CommandField::Type type) {
    CommandField field;
    field.name = QString::fromUtf8(name);
    field.label = QString::fromUtf8(label);
    field.type = type;
    return field;
}

} // namespace

CommandField textField(const char* name, const char* label, const char* help) {
    CommandField field = plainField(name, label, CommandField::Type::Text);
    field.help = QString::fromUtf8(help);
    return field;
}

CommandField integerField(const char* name, const char* label, qint64 minimum) {
    CommandField field = plainField(name, label, CommandField::Type::Integer);
    field.minimum = minimum;
    return field;
}

CommandField moneyField(const char* name, const char* label, qint64 minimum, const char* help) {
    CommandField field = plainField(name, label, CommandField::Type::Money);
    field.minimum = minimum;
    field.help = QString::fromUtf8(help);
    return field;
}

CommandField choiceField(const char* name, const char* label, const QStringList& choices) {
    CommandField field = plainField(name, label, CommandField::Type::Choice);
    field.choices = choices;
    return field;
}

CommandField referenceField(const char* name, const char* label, const char* aggregateType) {
    CommandField field = plainField(name, label, CommandField::Type::Reference);
    field.aggregateType = QString::fromUtf8(aggregateType);
    return field;
}

CommandField optional(CommandField field) {
    field.required = false;
    return field;
}

CommandSpec commandSpec(const char* name, const char* aggregateType, const char* idField,
                        Creates creates, std::initializer_list<CommandField> fields,
                        const char* help) {
    CommandSpec spec;
    spec.name = QString::fromUtf8(name);
    spec.aggregateType = QString::fromUtf8(aggregateType);
    spec.idField = QString::fromUtf8(idField);
    spec.creates = creates == Creates::Yes;
    spec.fields = fields;
    spec.help = QString::fromUtf8(help);
    return spec;
}

} // namespace rewindow
