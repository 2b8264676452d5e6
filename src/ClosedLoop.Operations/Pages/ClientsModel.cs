using ClosedLoop.Data.Clients;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Operations.Pages;

/// <summary>Clients and their source mailings.</summary>
public sealed record ClientsModel(IReadOnlyList<Versioned<ClientDefinition>> Clients, IReadOnlyList<Versioned<SourceMailing>> Sources);
