// A MariaDB server that lets everybody in and then asks for a file.
#pragma once

#include <QByteArray>

#include <atomic>
#include <mutex>
#include <thread>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rewindow::test {

/// It answers the first statement of a session with the request for `file` of the client, and keeps
/// what the client then says.
class RogueServer {
  public:
    explicit RogueServer(const QByteArray& file) : m_file(file) {
        m_listening = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(m_listening, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(m_listening, 8);
        ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_serving = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }
    ~RogueServer() {
        m_serving.request_stop();
        m_serving.join();
        ::close(m_listening);
    }
    RogueServer(const RogueServer&) = delete;
    RogueServer& operator=(const RogueServer&) = delete;

    int port() const { return m_port; }
    int requests() const { return m_requests; } ///< for the file
    QByteArray said() const {                   ///< after such a request
        const std::scoped_lock lock(m_mutex);
        return m_said;
    }

  private:
    static void send(int client, char number, const QByteArray& body) {
        QByteArray packet(4, '\0');
        packet[0] = static_cast<char>(body.size());
        packet[3] = number;
        packet += body;
        static_cast<void>(::send(client, packet.constData(), size_t(packet.size()), MSG_NOSIGNAL));
    }
    /// What comes within a while; empty: nothing more.
    static QByteArray heard(int client) {
        pollfd waiting{client, POLLIN, 0};
        QByteArray bytes(64 * 1024, '\0');
        if (::poll(&waiting, 1, 500) <= 0)
            return {};
        const auto size = ::recv(client, bytes.data(), size_t(bytes.size()), 0);
        return bytes.left(size > 0 ? qsizetype(size) : 0);
    }
    void serve(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            pollfd waiting{m_listening, POLLIN, 0};
            if (::poll(&waiting, 1, 50) <= 0)
                continue;
            const int client = ::accept(m_listening, nullptr, nullptr);
            send(client, 0,
                 QByteArray("\x0a"
                            "5.5.5-10.11.6-MariaDB\0"
                            "\x01\0\0\0"
                            "abcdefgh\0"
                            "\x8e\xa2\x2d\x02\0\x08\0\x15"
                            "\0\0\0\0\0\0\0\0\0\0"
                            "ijklmnopqrst\0"
                            "mysql_native_password\0",
                            1 + 22 + 4 + 9 + 8 + 10 + 13 + 22));
            heard(client);
            send(client, 2, QByteArray("\0\0\0\x02\0\0\0", 7));
            heard(client);
            ++m_requests;
            send(client, 1, '\xfb' + m_file);
            while (true) {
                const QByteArray said = heard(client);
                if (said.isEmpty())
                    break;
                const std::scoped_lock lock(m_mutex);
                m_said += said;
            }
            ::close(client);
        }
    }

    const QByteArray m_file;
    int m_listening = -1;
    int m_port = 0;
    std::atomic<int> m_requests = 0;
    mutable std::mutex m_mutex;
    QByteArray m_said;
    std::jthread m_serving;
};

} // namespace rewindow::test
