// RFC 7396 (merge patch) and RFC 6902 (JSON patch): how one value becomes another.
#pragma once

#include "base/json.h"
#include "base/json_pointer.h"

#include <vector>

namespace rewindow {

/// RFC 7396: `patch` merged onto `target`; a null removes its key. Works in place on an rvalue.
Json mergePatch(Json target, const Json& patch);

/// One operation of RFC 6902.
struct JsonPatchOperation {
    enum class Op { Add, Remove, Replace, Move, Copy, Test };
    Op op = Op::Replace;
    JsonPointer path;
    JsonPointer from; ///< of Move and Copy
    Json value;       ///< of Add, Replace and Test

    Json toJson() const;
};

/// The operations (add, remove, replace) that make `to` of `from`, in an order in which they
/// apply; shared parts are skipped without a look. Empty when they are equal.
std::vector<JsonPatchOperation> jsonDiff(const Json& from, const Json& to);

/// As one RFC 6902 document.
Json toJson(const std::vector<JsonPatchOperation>& patch);

/// Applies all of `patch` or nothing. Fails with BadInput, naming the operation.
Result<Json> applyPatch(const Json& target, const std::vector<JsonPatchOperation>& patch);
/// Reads an RFC 6902 document. Fails with BadInput, naming the operation.
Result<std::vector<JsonPatchOperation>> parsePatch(const Json& document);

} // namespace rewindow
