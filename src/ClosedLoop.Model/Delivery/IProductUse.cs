using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Model.Delivery;

/// <summary>Tells whether a mailing asks for product data.</summary>
public interface IProductUse
{
    /// <summary>True when a template of the mailing, or a field function, looks up a product or a recommendation.</summary>
    bool IsUsed(SourceMailing source, ClientDefinition client);
}
