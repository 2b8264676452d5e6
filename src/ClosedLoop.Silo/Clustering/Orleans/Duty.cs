using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Clustering;

/// <summary>Services of which one silo runs a set for all.</summary>
/// <param name="Name">Name in the database.</param>
/// <param name="Role">Silos that may have it.</param>
/// <param name="Services">Types of the hosted services.</param>
internal sealed record Duty(string Name, SiloRoles Role, IReadOnlyList<Type> Services);
