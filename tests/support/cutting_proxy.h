// A way to a server that can be cut at a given word.
#pragma once

#include <QByteArray>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rewindow::test {

/// Hands on what a client on port() and a server on a port of this machine say to each other, one
/// client after another or several at once. When the client says the word it was told, it lets that
/// through or not, and ends the connection before any answer: once.
class CuttingProxy {
  public:
    enum class Cut {
        BeforeTheServerHears,
        BeforeTheClientHears,
        InMidAnswer ///< the word is the server's, and half of what comes with it gets through
    };

    explicit CuttingProxy(int serverPort) : m_serverPort(serverPort) {
        m_listening = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = local(0);
        socklen_t size = sizeof address;
        ::bind(m_listening, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(m_listening, 8);
        ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_accepting = std::jthread([this](const std::stop_token& stop) { accept(stop); });
    }
    ~CuttingProxy() {
        m_accepting.request_stop();
        m_accepting.join();
        m_pumps.clear();
        ::close(m_listening);
    }
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    int port() const { return m_port; }
    void cutAt(const QByteArray& word, Cut cut) {
        const std::scoped_lock lock(m_mutex);
        m_word = word;
        m_cut = cut;
    }
    int cuts() const { return m_cuts; }

  private:
    static sockaddr_in local(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    static bool isReady(int socket) {
        pollfd waiting{socket, POLLIN, 0};
        return ::poll(&waiting, 1, 20) > 0;
    }

    void accept(const std::stop_token& stop) {
        while (!stop.stop_requested())
            if (isReady(m_listening)) {
                const int client = ::accept(m_listening, nullptr, nullptr);
                m_pumps.emplace_back(
                    [this, client](const std::stop_token& until) { pump(client, until); });
            }
    }

    void pump(int client, const std::stop_token& stop) {
        const int server = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = local(m_serverPort);
        bool isOpen = ::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        QByteArray fromClient; // the end of what was handed on: a word may lie across two pieces
        QByteArray fromServer;
        while (isOpen && !stop.stop_requested()) {
            std::array<pollfd, 2> sockets{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
            if (::poll(sockets.data(), sockets.size(), 20) <= 0)
                continue;
            if (sockets[0].revents != 0)
                isOpen = handOn(client, server, true, fromClient);
            if (isOpen && sockets[1].revents != 0)
                isOpen = handOn(server, client, false, fromServer);
        }
        ::close(server);
        ::close(client);
    }

    bool handOn(int from, int to, bool isFromClient, QByteArray& before) {
        std::array<char, 65536> bytes{};
        const ssize_t size = ::recv(from, bytes.data(), bytes.size(), 0);
        if (size <= 0)
            return false;
        const std::scoped_lock lock(m_mutex);
        const QByteArray seen = before + QByteArray(bytes.data(), qsizetype(size));
        const bool isCut = isFromClient == (m_cut != Cut::InMidAnswer) && !m_word.isEmpty() &&
                           seen.contains(m_word);
        before = seen.right(std::max<qsizetype>(m_word.size() - 1, 0));
        if (!isCut)
            return ::send(to, bytes.data(), std::size_t(size), MSG_NOSIGNAL) == size;
        m_word.clear();
        ++m_cuts;
        if (m_cut == Cut::InMidAnswer)
            ::send(to, bytes.data(), std::size_t(size) / 2, MSG_NOSIGNAL);
        if (m_cut == Cut::BeforeTheClientHears) {
            ::send(to, bytes.data(), std::size_t(size), MSG_NOSIGNAL);
            // The server has done what it was told once it answers.
            while (!isReady(to)) {
            }
        }
        return false;
    }

    const int m_serverPort;
    int m_listening = -1;
    int m_port = 0;
    std::mutex m_mutex;
    QByteArray m_word;
    Cut m_cut = Cut::BeforeTheServerHears;
    std::atomic<int> m_cuts = 0;
    std::vector<std::jthread> m_pumps;
    std::jthread m_accepting;
};

} // namespace rewindow::test
