using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Suppression;
using ClosedLoop.Model.Clients;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>One client's contract.</summary>
public sealed record ClientModel(Versioned<ClientDefinition> Client, string Json, ZoneLine? Zone, string Root, IReadOnlyList<BlockEntry> Patterns, long Blocked, long Unsubscribed, int BulkMost);
