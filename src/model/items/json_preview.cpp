#include "model/items/json_preview.h"

#include "model/items/shown_locale.h"
#include "store/recorded_event.h"

#include <QCoreApplication>

#include <iterator>

namespace rewindow {

namespace {

QString cut(const QString& beginning, std::size_t bytes) {
    return QStringLiteral("%1… (%2)").arg(beginning, byteCountText(static_cast<qint64>(bytes)));
}

/// Writes a value with its limits; recursion is bounded by kDeepest.
class PrettyWriter {
  public:
    explicit PrettyWriter(std::size_t limit) : m_limit(limit) {}

    void write(const Json& value, int depth) {
        if (!value.isContainer() || value.size() == 0) {
            writeLeaf(value);
            return;
        }
        if (depth >= kDeepest || m_text.size() >= m_limit) {
            m_whole = false;
            m_text += "…";
            return;
        }
        const bool object = value.kind() == Json::Kind::Object;
        m_text += object ? '{' : '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            m_text += i ? ",\n" : "\n";
            indent(depth + 1);
            if (m_text.size() >= m_limit) {
                m_whole = false;
                m_text += "…";
                break;
            }
            if (object) {
                writeLeaf(Json(value.keyAt(i)));
                m_text += ": ";
            }
            write(value.at(i), depth + 1);
        }
        m_text += '\n';
        indent(depth);
        m_text += object ? '}' : ']';
    }

    PrettyJson take() { return {QString::fromStdString(m_text), m_whole}; }

  private:
    static constexpr int kDeepest = 100;
    static constexpr std::size_t kLongestLeaf = 2000;

    void indent(int depth) { m_text.append(static_cast<std::size_t>(depth) * 2, ' '); }

    void writeLeaf(const Json& value) {
        if (value.text().size() <= kLongestLeaf) {
            m_text += value.dump();
            return;
        }
        m_whole = false;
        m_text += jsonPreview(value, kLongestLeaf).toStdString();
    }

    std::size_t m_limit;
    std::string m_text;
    bool m_whole = true;
};

} // namespace

PrettyJson prettyJson(const Json& value, std::size_t limit) {
    PrettyWriter writer(limit);
    writer.write(value, 0);
    return writer.take();
}

QString jsonPreview(const Json& value, std::size_t limit) {
    switch (value.kind()) {
    case Json::Kind::Array:
        return QStringLiteral("[%1]").arg(value.size());
    case Json::Kind::Object:
        return QStringLiteral("{%1}").arg(value.size());
    case Json::Kind::String: {
        const std::string_view text = value.text();
        if (text.size() <= limit)
            return QString::fromStdString(value.dump());
        QString beginning = QString::fromStdString(Json(utf8Beginning(text, limit)).dump());
        beginning.chop(1);
        return cut(beginning, text.size());
    }
    case Json::Kind::Number:
        if (value.text().size() > limit)
            return cut(toQString(value.text().substr(0, limit)), value.text().size());
        return toQString(value.text());
    case Json::Kind::Null:
    case Json::Kind::Bool:
        break;
    }
    return QString::fromStdString(value.dump());
}

std::string_view utf8Beginning(std::string_view utf8, std::size_t limit) {
    if (utf8.size() <= limit)
        return utf8;
    while (limit > 0 && (static_cast<unsigned char>(utf8[limit]) & 0xc0u) == 0x80u)
        --limit;
    return utf8.substr(0, limit);
}

QString byteCountText(qint64 bytes) {
    if (bytes < 1000)
        return QCoreApplication::translate("json_preview", "%1 bytes").arg(shownNumber(bytes));
    static constexpr const char* units[] = {"kB", "MB", "GB", "TB"};
    double amount = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    while (amount >= 999.95 && unit + 1 < std::size(units)) {
        amount /= 1000;
        ++unit;
    }
    return shownLocale().toString(amount, 'f', 1) + u' ' + QLatin1String(units[unit]);
}

} // namespace rewindow
