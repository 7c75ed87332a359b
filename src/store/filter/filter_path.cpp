// Writing paths, and making them of pointers.
#include "store/filter/filter_path.h"

#include "store/filter/filter_text.h"

namespace rewindow {

FilterPath FilterPath::of(const JsonPointer& pointer, const Json& root) {
    std::vector<Step> steps;
    JsonPointer parent;
    for (const std::string& token : pointer.tokens()) {
        const Json* container = parent.in(root);
        bool isIndex = false;
        if (container != nullptr && container->kind() == Json::Kind::Array)
            steps.emplace_back(QString::fromStdString(token).toULongLong(&isIndex));
        else
            steps.emplace_back(token);
        parent = parent.child(token);
    }
    return FilterPath(std::move(steps));
}

QString FilterPath::toString() const {
    QString text;
    for (const Step& step : m_steps) {
        if (const auto* name = std::get_if<std::string>(&step)) {
            const QString shown = QString::fromStdString(*name);
            text += u'.' + (isPlainName(shown) ? shown : quoted(shown));
        } else if (const auto* index = std::get_if<std::size_t>(&step)) {
            text += QStringLiteral("[%1]").arg(*index);
        } else {
            text += QStringLiteral("[*]");
        }
    }
    return text;
}

} // namespace rewindow
