// How a product evolves, and what it accepts.
#include "model/domain/order/product.h"

#include "model/domain/order/command_fields.h"

namespace rewindow {

using namespace Qt::StringLiterals;

namespace {

Rejection noSuchProduct(const QString& id) {
    return Rejection{u"There is no product %1."_s.arg(id)};
}

Rejection freeProduct() {
    return Rejection{u"A product costs at least 0.01."_s};
}

// Evolving, one event each.

std::unexpected<Error> neverAdded(const char* happened) {
    return fail(Error::Kind::BadInput,
                u"a product %1 that was never added"_s.arg(QLatin1String(happened)));
}

Result<Product> after(Product product, const ProductAddedEvent& event) {
    if (product.exists())
        return fail(Error::Kind::BadInput, u"product %1 is added twice"_s.arg(product.id));
    product.id = event.productId;
    product.name = event.name;
    product.price = event.price;
    return product;
}

Result<Product> after(Product product, const PriceChangedEvent& event) {
    if (!product.exists())
        return neverAdded("changes its price");
    product.price = event.price;
    return product;
}

Result<Product> after(Product product, const ProductDiscontinuedEvent&) {
    if (!product.exists())
        return neverAdded("is discontinued");
    product.discontinued = true;
    return product;
}

} // namespace

Result<Product> evolve(Product product, const ProductEvent& event) {
    return std::visit(
        [&product](const auto& happened) { return after(std::move(product), happened); }, event);
}

ProductCommandHandler::Decision ProductCommandHandler::handle(const Product& product,
                                                              const AddProductCommand& command) {
    if (product.exists())
        return Rejection{u"Product %1 is there already: %2."_s.arg(product.id, product.name)};
    if (command.name.trimmed().isEmpty())
        return Rejection{u"A product needs a name."_s};
    if (command.price < 1)
        return freeProduct();
    return ProductEvents{ProductAddedEvent{command.productId, command.name, command.price}};
}

ProductCommandHandler::Decision ProductCommandHandler::handle(const Product& product,
                                                              const ChangePriceCommand& command) {
    if (!product.exists())
        return noSuchProduct(command.productId);
    if (product.discontinued)
        return Rejection{
            u"Product %1 is discontinued, so its price cannot change."_s.arg(product.id)};
    if (command.price < 1)
        return freeProduct();
    if (command.price == product.price)
        return ProductEvents();
    return ProductEvents{PriceChangedEvent{command.price}};
}

ProductCommandHandler::Decision
ProductCommandHandler::handle(const Product& product, const DiscontinueProductCommand& command) {
    if (!product.exists())
        return noSuchProduct(command.productId);
    if (product.discontinued)
        return Rejection{u"Product %1 is discontinued already."_s.arg(product.id)};
    return ProductEvents{ProductDiscontinuedEvent{}};
}

ProductCommandHandler::Decision ProductCommandHandler::handle(const Product& product,
                                                              const ProductCommand& command) {
    return std::visit([&product](const auto& which) { return handle(product, which); }, command);
}

std::vector<CommandSpec> productCommandSpecs() {
    const CommandField product = referenceField("productId", "Product", "product");
    const CommandField price = moneyField("price", "Price", 1);
    return {
        commandSpec(AddProductCommand::kName, "product", "productId", Creates::Yes,
                    {optional(product), textField("name", "Name"), price},
                    "Puts a new product on the shelf."),
        commandSpec(ChangePriceCommand::kName, "product", "productId", Creates::No,
                    {product, price},
                    "Changes a product's price for what is ordered from now on; lines that are in "
                    "an order keep theirs."),
        commandSpec(DiscontinueProductCommand::kName, "product", "productId", Creates::No,
                    {product}, "Takes a product off the shelf: it can be ordered no more."),
    };
}

} // namespace rewindow
