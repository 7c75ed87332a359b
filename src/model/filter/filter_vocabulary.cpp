// Looking things up in what was learnt.
#include "model/filter/filter_vocabulary.h"

#include <algorithm>

namespace rewindow {

bool VocabularyPath::isA(ValueKind kind) const {
    return std::ranges::find(kinds, kind) != kinds.end();
}

bool VocabularyPath::isScalar() const {
    return std::ranges::any_of(kinds, [](ValueKind kind) {
        return kind != ValueKind::Object && kind != ValueKind::Array;
    });
}

const VocabularyPath* FilterVocabulary::find(const QString& path) const {
    const auto found = std::ranges::find(paths, path, &VocabularyPath::path);
    return found == paths.end() ? nullptr : &*found;
}

QString vocabularyPathOf(const FilterPlace& place) {
    std::vector<FilterPath::Step> steps = place.path.steps();
    for (FilterPath::Step& step : steps)
        if (std::holds_alternative<std::size_t>(step))
            step = FilterPath::Every();
    return FilterPlace{place.field, FilterPath(std::move(steps))}.toString();
}

} // namespace rewindow
