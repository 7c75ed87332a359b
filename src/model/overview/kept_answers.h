// Questions of one kind: which is the newest of each asker, and answers kept for the next time.
#pragma once

#include "base/cancel_token.h"

#include <QObject>
#include <QPointer>

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace rewindow {

/// A guard's question is overtaken by its next. Belongs to one thread, as what follows.
class NewestQuestions {
  public:
    void overtake(QObject* guard) {
        std::erase_if(m_asked, [guard](const Asked& each) {
            if (each.guard == guard)
                each.cancel.cancel();
            return each.guard == guard || each.guard.isNull();
        });
    }
    void ask(QObject* guard, const CancelToken& cancel) { m_asked.push_back({guard, cancel}); }

  private:
    struct Asked {
        QPointer<QObject> guard;
        CancelToken cancel;
    };
    std::vector<Asked> m_asked;
};

template <class Answer>
class KeptAnswers : public NewestQuestions {
  public:
    using Request = std::decay_t<decltype(std::declval<const Answer&>().request())>;

    /// The last answer to this request, or nothing.
    std::shared_ptr<Answer> find(const Request& request) const {
        const auto found = std::find_if(m_answers.begin(), m_answers.end(), [&](const auto& each) {
            return each->request() == request;
        });
        return found != m_answers.end() ? *found : nullptr;
    }
    /// In the place of what is kept for the same request.
    void keep(std::shared_ptr<Answer> answer) {
        std::erase_if(m_answers,
                      [&](const auto& each) { return each->request() == answer->request(); });
        m_answers.push_front(std::move(answer));
        if (m_answers.size() > kMost)
            m_answers.pop_back();
    }

  private:
    static constexpr std::size_t kMost = 4; // what was counted by stream, or value, may be large
    std::deque<std::shared_ptr<Answer>> m_answers; ///< the newest first
};

} // namespace rewindow
