// Walks without recursion: values can be deep.
#include "model/items/json_search.h"

#include "base/json_pointer.h"

namespace rewindow {

namespace {

constexpr std::size_t kMostSteps = 2'000'000; ///< of all paths kept: hits in deep values are long
constexpr qint64 kLookUpEvery = 4096;         ///< values, between two looks at the token

QString fromUtf8(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Of one root at a time.
class Search {
  public:
    Search(const std::vector<Json>& roots, const QString& text, const CancelToken& cancel)
        : m_roots(roots)
        , m_text(text)
        , m_cancel(cancel) {}

    bool run(std::size_t root) {
        m_root = root;
        m_path.clear();
        m_above.assign(1, &m_roots[root]);
        if (!m_above.back()->isContainer() && isIn(*m_above.back()))
            take(JsonHits::InValue);
        m_path.push_back(0);
        while (!m_above.empty()) {
            if (m_path.back() >= m_above.back()->size()) {
                m_above.pop_back();
                m_path.pop_back();
                if (!m_path.empty())
                    ++m_path.back();
                continue;
            }
            if (++m_seen % kLookUpEvery == 0 && m_cancel.isCancelled())
                return false;
            look();
        }
        return true;
    }

    JsonHits found;

  private:
    /// At the place of m_path; goes on into it, or past it.
    void look() {
        const Json& above = *m_above.back();
        const Json& value = above.at(m_path.back());
        int parts = 0;
        if (above.kind() == Json::Kind::Object && contains(fromUtf8(above.keyAt(m_path.back()))))
            parts |= JsonHits::InKey;
        if (!value.isContainer() && isIn(value))
            parts |= JsonHits::InValue;
        if (parts != 0)
            take(parts);
        if (value.size() > 0) {
            m_above.push_back(&value);
            m_path.push_back(0);
        } else {
            ++m_path.back();
        }
    }

    void take(int parts) {
        ++found.count;
        if (found.hits.size() >= JsonHits::kMost || m_steps + m_path.size() > kMostSteps)
            return;
        m_steps += m_path.size();
        found.hits.push_back({m_root, m_path});
        found.places.insert(found.hits.back().place(m_roots), parts);
    }

    bool contains(const QString& where) const {
        return where.contains(m_text, Qt::CaseInsensitive);
    }
    bool isIn(const Json& scalar) const {
        const bool hasText =
            scalar.kind() == Json::Kind::String || scalar.kind() == Json::Kind::Number;
        return contains(hasText ? fromUtf8(scalar.text()) : QString::fromStdString(scalar.dump()));
    }

    const std::vector<Json>& m_roots;
    const QString& m_text;
    const CancelToken& m_cancel;
    std::size_t m_root = 0;
    std::vector<const Json*> m_above;
    std::vector<std::size_t> m_path;
    std::size_t m_steps = 0;
    qint64 m_seen = 0;
};

} // namespace

QString JsonHit::place(const std::vector<Json>& roots) const {
    std::vector<std::string> tokens;
    const Json* above = &roots[root];
    for (const std::size_t step : path) {
        tokens.push_back(above->kind() == Json::Kind::Object ? std::string(above->keyAt(step))
                                                             : std::to_string(step));
        above = &above->at(step);
    }
    return QString::number(root) +
           QString::fromStdString(JsonPointer(std::move(tokens)).toString());
}

Result<JsonHits> findInJson(const std::vector<Json>& roots, const QString& text,
                            const CancelToken& cancel) {
    Search search(roots, text, cancel);
    for (std::size_t root = 0; root < roots.size() && !text.isEmpty(); ++root) {
        if (!search.run(root))
            return fail(Error::Kind::Cancelled, QStringLiteral("the search was cancelled"));
    }
    return std::move(search.found);
}

} // namespace rewindow
