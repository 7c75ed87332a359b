// Starting the window.
#pragma once

namespace rewindow {

/// Opens a window, or draws one to a picture (`--image`); returns the exit code: 0 done, 2 wrong
/// use, 3 the store failed. Errors go to stderr as sentences.
int runWindow(int argc, char** argv);

} // namespace rewindow
