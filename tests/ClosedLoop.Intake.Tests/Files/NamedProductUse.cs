using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Tests.Files;

/// <summary>Says of mailings whose subject names products that they use them.</summary>
internal sealed class NamedProductUse : IProductUse
{
    public bool IsUsed(SourceMailing source, ClientDefinition client) => source.Subject.Contains("product", StringComparison.Ordinal);
}
