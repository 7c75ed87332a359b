// The user aggregate: what it can be told, what can happen to it, what it is.
#pragma once

#include "model/domain/order/messages.h"

#include <QString>

#include <optional>
#include <tuple>
#include <variant>
#include <vector>

namespace rewindow {

// Commands: what a user can be told.

struct RegisterUserCommand {
    static constexpr const char* kName = "RegisterUser";
    QString userId;
    QString name;
    std::optional<QString> email;
    static constexpr auto fields() {
        return std::tuple(field("userId", &RegisterUserCommand::userId),
                          field("name", &RegisterUserCommand::name),
                          field("email", &RegisterUserCommand::email));
    }
};

struct RenameUserCommand {
    static constexpr const char* kName = "RenameUser";
    QString userId;
    QString name;
    static constexpr auto fields() {
        return std::tuple(field("userId", &RenameUserCommand::userId),
                          field("name", &RenameUserCommand::name));
    }
};

using UserCommand = std::variant<RegisterUserCommand, RenameUserCommand>;

// Events: what happened to a user. Names and keys are the storage format: never rename them.

struct UserRegisteredEvent {
    static constexpr const char* kName = "UserRegistered";
    QString userId;
    QString name;
    std::optional<QString> email;
    static constexpr auto fields() {
        return std::tuple(field("userId", &UserRegisteredEvent::userId),
                          field("name", &UserRegisteredEvent::name),
                          field("email", &UserRegisteredEvent::email));
    }
};

struct UserRenamedEvent {
    static constexpr const char* kName = "UserRenamed";
    QString name;
    static constexpr auto fields() { return std::tuple(field("name", &UserRenamedEvent::name)); }
};

using UserEvent = std::variant<UserRegisteredEvent, UserRenamedEvent>;
using UserEvents = std::vector<UserEvent>;

// State: what the events made of a user.

struct User {
    QString id; ///< empty: no such user
    QString name;
    std::optional<QString> email;
    bool exists() const { return !id.isEmpty(); }
    static constexpr auto fields() {
        return std::tuple(field("id", &User::id), field("name", &User::name),
                          field("email", &User::email));
    }
};

/// The user after one more event. Fails with BadInput where there is nothing it can apply to.
Result<User> evolve(User user, const UserEvent& event);

/// Decides what a command comes to, given the user as it is.
struct UserCommandHandler {
    using Decision = Handled<UserEvent>;

    static Decision handle(const User& user, const RegisterUserCommand& command);
    static Decision handle(const User& user, const RenameUserCommand& command);
    /// Whichever command it is.
    static Decision handle(const User& user, const UserCommand& command);
};

/// What forms and the command line need to know of the commands.
std::vector<CommandSpec> userCommandSpecs();

} // namespace rewindow
