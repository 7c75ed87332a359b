// The product aggregate: what it can be told, what can happen to it, what it is.
#pragma once

#include "model/domain/order/messages.h"
#include "model/domain/order/money.h"

#include <QString>

#include <tuple>
#include <variant>
#include <vector>

namespace rewindow {

// Commands: what a product can be told.

struct AddProductCommand {
    static constexpr const char* kName = "AddProduct";
    QString productId;
    QString name;
    MinorUnits price = 0;
    static constexpr auto fields() {
        return std::tuple(field("productId", &AddProductCommand::productId),
                          field("name", &AddProductCommand::name),
                          field("price", &AddProductCommand::price));
    }
};

struct ChangePriceCommand {
    static constexpr const char* kName = "ChangePrice";
    QString productId;
    MinorUnits price = 0;
    static constexpr auto fields() {
        return std::tuple(field("productId", &ChangePriceCommand::productId),
                          field("price", &ChangePriceCommand::price));
    }
};

struct DiscontinueProductCommand {
    static constexpr const char* kName = "DiscontinueProduct";
    QString productId;
    static constexpr auto fields() {
        return std::tuple(field("productId", &DiscontinueProductCommand::productId));
    }
};

using ProductCommand =
    std::variant<AddProductCommand, ChangePriceCommand, DiscontinueProductCommand>;

// Events: what happened to a product. Names and keys are the storage format: never rename them.

struct ProductAddedEvent {
    static constexpr const char* kName = "ProductAdded";
    QString productId;
    QString name;
    MinorUnits price = 0;
    static constexpr auto fields() {
        return std::tuple(field("productId", &ProductAddedEvent::productId),
                          field("name", &ProductAddedEvent::name),
                          field("price", &ProductAddedEvent::price, 0));
    }
};

struct PriceChangedEvent {
    static constexpr const char* kName = "PriceChanged";
    MinorUnits price = 0;
    static constexpr auto fields() {
        return std::tuple(field("price", &PriceChangedEvent::price, 0));
    }
};

struct ProductDiscontinuedEvent {
    static constexpr const char* kName = "ProductDiscontinued";
    static constexpr auto fields() { return std::tuple(); }
};

using ProductEvent = std::variant<ProductAddedEvent, PriceChangedEvent, ProductDiscontinuedEvent>;
using ProductEvents = std::vector<ProductEvent>;

// State: what the events made of a product.

struct Product {
    QString id; ///< empty: no such product
    QString name;
    MinorUnits price = 0;
    bool discontinued = false;
    bool exists() const { return !id.isEmpty(); }
    static constexpr auto fields() {
        return std::tuple(field("id", &Product::id), field("name", &Product::name),
                          field("price", &Product::price),
                          field("discontinued", &Product::discontinued));
    }
};

/// The product after one more event. Fails with BadInput where there is nothing it can apply to.
Result<Product> evolve(Product product, const ProductEvent& event);

/// Decides what a command comes to, given the product as it is.
struct ProductCommandHandler {
    using Decision = Handled<ProductEvent>;

    static Decision handle(const Product& product, const AddProductCommand& command);
    static Decision handle(const Product& product, const ChangePriceCommand& command);
    static Decision handle(const Product& product, const DiscontinueProductCommand& command);
    /// Whichever command it is.
    static Decision handle(const Product& product, const ProductCommand& command);
};

/// What forms and the command line need to know of the commands.
std::vector<CommandSpec> productCommandSpecs();

} // namespace rewindow
