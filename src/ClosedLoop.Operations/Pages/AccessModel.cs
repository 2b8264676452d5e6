using ClosedLoop.Data.Access;

namespace ClosedLoop.Operations.Pages;

/// <summary>Who may.</summary>
/// <param name="Users">People.</param>
/// <param name="Keys">Keys of programs.</param>
/// <param name="Clients">Keys of clients, by number.</param>
/// <param name="NewKey">The text of a key just made; shown this once.</param>
public sealed record AccessModel(IReadOnlyList<OperatorUser> Users, IReadOnlyList<ApiKey> Keys, IReadOnlyDictionary<long, string> Clients, string? NewKey);
