// UUIDs by repeatable chance.
#include "model/domain/order/demo_random.h"

namespace rewindow {

QString DemoRandom::uuid() {
    const quint64 high = (m_engine() & ~quint64(0xf000)) | quint64(0x4000);
    const quint64 low = (m_engine() & ~(quint64(3) << 62)) | (quint64(2) << 62);
    const QString digits = QStringLiteral("%1%2")
                               .arg(high, 16, 16, QLatin1Char('0'))
                               .arg(low, 16, 16, QLatin1Char('0'));
    return QStringLiteral("%1-%2-%3-%4-%5")
        .arg(digits.mid(0, 8), digits.mid(8, 4), digits.mid(12, 4), digits.mid(16, 4),
             digits.mid(20));
}

} // namespace rewindow
