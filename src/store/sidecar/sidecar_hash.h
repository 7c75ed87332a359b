// The checksum of the sidecar index, which also spreads its names.
#pragma once

#include <QtGlobal>

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace rewindow {

/// Every step can be undone, so that bytes that differ within one word of 64 bits never have the
/// same hash; others do by a chance of 2^-64. Not proof against someone who tries.
inline quint64 sidecarHash(std::string_view bytes, quint64 seed) {
    constexpr std::size_t kLanes = 4;
    constexpr std::size_t kWord = sizeof(quint64);
    constexpr std::array<quint64, kLanes> kOdd{0x9d1c6f2b5a7e3b91u, 0xc3a5c85c97cb3127u,
                                               0xb492b66fbe98f273u, 0x8fb0a4c1d6e2f7a5u};
    constexpr int kTurn = 29;
    const auto step = [](quint64 lane, quint64 word, quint64 odd) {
        return std::rotl(lane ^ word, kTurn) * odd;
    };
    const auto word = [](const char* at, std::size_t size) {
        quint64 value = 0;
        std::memcpy(&value, at, size);
        return value;
    };

    std::array<quint64, kLanes> lanes = kOdd;
    for (quint64& lane : lanes)
        lane ^= seed;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= kLanes * kWord; left -= kLanes * kWord, at += kLanes * kWord)
        for (std::size_t i = 0; i < kLanes; ++i)
            lanes[i] = step(lanes[i], word(at + i * kWord, kWord), kOdd[i]);
    for (; left >= kWord; left -= kWord, at += kWord)
        lanes[0] = step(lanes[0], word(at, kWord), kOdd[0]);
    if (left > 0)
        lanes[1] = step(lanes[1], word(at, left), kOdd[1]);

    constexpr int kHalf = 32;
    quint64 hash = seed ^ bytes.size();
    for (std::size_t i = 0; i < kLanes; ++i) {
        hash = (hash ^ lanes[i]) * kOdd[i];
        hash ^= hash >> kHalf;
    }
    return hash;
}

} // namespace rewindow
