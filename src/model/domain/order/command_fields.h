// Short ways to describe the commands of the order domain and their fields.
#pragma once

#include "model/domain/domain.h"

#include <initializer_list>

namespace rewindow {

/// Whether a command starts a new stream.
enum class Creates { No, Yes };

CommandField textField(const char* name, const char* label, const char* help = "");
CommandField integerField(const char* name, const char* label, qint64 minimum);
CommandField moneyField(const char* name, const char* label, qint64 minimum, const char* help = "");
CommandField choiceField(const char* name, const char* label, const QStringList& choices);
CommandField referenceField(const char* name, const char* label, const char* aggregateType);
/// The same field, which may be left out.
CommandField optional(CommandField field);

CommandSpec commandSpec(const char* name, const char* aggregateType, const char* idField,
                        Creates creates, std::initializer_list<CommandField> fields,
                        const char* help);

} // namespace rewindow
