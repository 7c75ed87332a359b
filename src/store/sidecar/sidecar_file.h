// The file of a sidecar index: segments are read from it and added to it, and never changed.
#pragma once

#include "base/error.h"
#include "store/sidecar/sidecar_segment.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

namespace rewindow {

/// `PATH.lock`, locked while this lives, unless somebody else has it. Never deleted: a lock on a
/// deleted file excludes nobody.
class SidecarLock {
  public:
    explicit SidecarLock(const QString& path);
    bool isHeld() const { return m_isHeld; }

  private:
    FileDescriptor m_file;
    bool m_isHeld = false;
};

/// What was once read from it or added to it stays readable, whatever becomes of its name: a file
/// never shrinks, and one that is of no use is replaced by another.
class SidecarFile {
  public:
    /// Holds nothing, not even a file.
    SidecarFile() = default;

    /// What lies at `path`, as far as it is whole and of `store`; the rest counts as not written.
    /// Whoever wants to append holds the lock.
    static SidecarFile open(const QString& path, quint64 store, bool forAppending);
    /// A new one in the place of what is at `path`. Fails with Storage.
    static Result<SidecarFile> replace(const QString& path, quint64 store, quint64 seed);
    /// One that nobody else finds and that goes with this object. Fails with Storage.
    static Result<SidecarFile> makePrivate(quint64 store, quint64 seed);

    bool isOpen() const { return m_file != nullptr; }
    /// Whether nobody has cut off what was there.
    bool isWhole() const;
    quint64 seed() const { return m_seed; }
    /// The checksum that the next segment names as `previous`.
    quint64 chain() const { return m_chain; }
    const std::vector<SidecarSegment>& segments() const { return m_segments; }
    /// Writes a whole segment, made with chain(). After a failure (Storage) the file is as it was.
    Result<void> append(const QByteArray& segment);

  private:
    Result<void> begin(quint64 store, quint64 seed);
    void readSegments(std::size_t size);
    Result<void> write(const char* bytes, std::size_t size) const;
    std::shared_ptr<const char> mapped(std::size_t from, std::size_t to) const;

    QString m_path;
    std::shared_ptr<const FileDescriptor> m_file; ///< segments look at it, too
    quint64 m_seed = 0;
    quint64 m_chain = 0;
    std::size_t m_end = 0; ///< of what is whole
    std::vector<SidecarSegment> m_segments;
};

} // namespace rewindow
