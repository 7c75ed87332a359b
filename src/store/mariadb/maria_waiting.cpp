// Waiting for a MariaDB server, but not for ever.
#include "store/mariadb/maria_waiting.h"

#include <QElapsedTimer>

#include <mysql.h>

#include <poll.h>
#include <sys/socket.h>

namespace rewindow {

namespace {

constexpr int kLookMs = 20;

short eventsOf(int wanted) {
    int events = 0;
    events |= (wanted & MYSQL_WAIT_READ) != 0 ? POLLIN : 0;
    events |= (wanted & MYSQL_WAIT_WRITE) != 0 ? POLLOUT : 0;
    events |= (wanted & MYSQL_WAIT_EXCEPT) != 0 ? POLLPRI : 0;
    return static_cast<short>(events);
}

int readyOf(short events) {
    int ready = 0;
    ready |= (events & (POLLIN | POLLHUP | POLLERR)) != 0 ? MYSQL_WAIT_READ : 0;
    ready |= (events & (POLLOUT | POLLERR)) != 0 ? MYSQL_WAIT_WRITE : 0;
    ready |= (events & POLLPRI) != 0 ? MYSQL_WAIT_EXCEPT : 0;
    return ready;
}

} // namespace

void waitFor(st_mysql* handle, int wanted, qint64 patienceMs, const std::function<int(int)>& goOn,
             const std::function<void()>& look) {
    if (wanted == 0)
        return;
    QElapsedTimer waited;
    waited.start();
    QElapsedTimer sinceAnswer;
    sinceAnswer.start();
    while (wanted != 0) {
        look();
        pollfd socket{mysql_get_socket(handle), eventsOf(wanted), 0};
        if (waited.elapsed() > patienceMs)
            ::shutdown(socket.fd, SHUT_RDWR);
        int ready = ::poll(&socket, 1, kLookMs) > 0 ? readyOf(socket.revents) & wanted : 0;
        if (ready == 0 && (wanted & MYSQL_WAIT_TIMEOUT) != 0 &&
            sinceAnswer.elapsed() >= qint64(mysql_get_timeout_value_ms(handle)))
            ready = MYSQL_WAIT_TIMEOUT;
        if (ready == 0)
            continue;
        wanted = goOn(ready);
        sinceAnswer.restart();
    }
}

} // namespace rewindow
