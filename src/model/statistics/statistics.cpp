// Names of kinds.
#include "model/statistics/statistics.h"

#include <QCoreApplication>

namespace rewindow {

namespace {
class Words {
    Q_DECLARE_TR_FUNCTIONS(Statistics)
};
} // namespace

QString valueKindName(ValueKind kind) {
    switch (kind) {
    case ValueKind::String:
        return Words::tr("string");
    case ValueKind::Integer:
        return Words::tr("integer");
    case ValueKind::Number:
        return Words::tr("number");
    case ValueKind::Boolean:
        return Words::tr("boolean");
    case ValueKind::Null:
        return Words::tr("null");
    case ValueKind::Object:
        return Words::tr("object");
    case ValueKind::Array:
        break;
    }
    return Words::tr("array");
}

} // namespace rewindow
