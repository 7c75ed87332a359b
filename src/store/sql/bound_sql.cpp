// Quoting identifiers and literals.
#include "store/sql/bound_sql.h"

namespace rewindow {

QString quotedIdentifier(const QString& name) {
    QString quoted = name;
    return u'"' + quoted.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

} // namespace rewindow
