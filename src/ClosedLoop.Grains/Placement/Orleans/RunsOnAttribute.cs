using Orleans.Placement;

namespace ClosedLoop.Grains.Placement;

/// <summary>Which silos a grain may live on. Where no silo has the role, calls fail until one joins.</summary>
/// <param name="role">One of <see cref="Roles"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RunsOnAttribute(string role) : PlacementFilterAttribute(new RoleFilter(role))
{
    public string Role { get; } = role;
}
