// How a user evolves, and what it accepts.
#include "model/domain/order/user.h"

#include "model/domain/order/command_fields.h"

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

Rejection noSuchUser(const QString& id) {
    return Rejection{u"There is no user %1."_s.arg(id)};
}

Rejection namelessUser() {
    return Rejection{u"A user needs a name."_s};
}

bool isBlank(const QString& text) {
    return text.trimmed().isEmpty();
}

// Evolving, one event each.

Result<User> after(User user, const UserRegisteredEvent& event) {
    if (user.exists())
        return fail(Error::Kind::BadInput, u"user %1 is registered twice"_s.arg(user.id));
    user.id = event.userId;
    user.name = event.name;
    user.email = event.email;
    return user;
}

Result<User> after(User user, const UserRenamedEvent& event) {
    if (!user.exists())
        return fail(Error::Kind::BadInput, u"a user is renamed that was never registered"_s);
    user.name = event.name;
    return user;
}

} // namespace

Result<User> evolve(User user, const UserEvent& event) {
    return std::visit([&user](const auto& happened) { return after(std::move(user), happened); },
                      event);
}

UserCommandHandler::Decision UserCommandHandler::handle(const User& user,
                                                        const RegisterUserCommand& command) {
    if (user.exists())
        return Rejection{u"User %1 is registered already, as %2."_s.arg(user.id, user.name)};
    if (isBlank(command.name))
        return namelessUser();
    return UserEvents{UserRegisteredEvent{command.userId, command.name, command.email}};
}

UserCommandHandler::Decision UserCommandHandler::handle(const User& user,
                                                        const RenameUserCommand& command) {
    if (!user.exists())
        return noSuchUser(command.userId);
    if (isBlank(command.name))
        return namelessUser();
    if (command.name == user.name)
        return UserEvents();
    return UserEvents{UserRenamedEvent{command.name}};
}

UserCommandHandler::Decision UserCommandHandler::handle(const User& user,
                                                        const UserCommand& command) {
    return std::visit([&user](const auto& which) { return handle(user, which); }, command);
}

std::vector<CommandSpec> userCommandSpecs() {
    const CommandField user = referenceField("userId", "User", "user");
    const CommandField name = textField("name", "Name");
    return {
        commandSpec(RegisterUserCommand::kName, "user", "userId", Creates::Yes,
                    {optional(user), name, optional(textField("email", "E-mail"))},
                    "Makes a new user known to the shop."),
        commandSpec(RenameUserCommand::kName, "user", "userId", Creates::No, {user, name},
                    "Gives a user another name; every order's row in order_views follows."),
    };
}

} // namespace rewindow
