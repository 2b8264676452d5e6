namespace ClosedLoop.Grains.Placement;

/// <summary>Which silos a grain may live on. The embedded engine has one, which has all roles.</summary>
/// <param name="role">One of <see cref="Roles"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RunsOnAttribute(string role) : Attribute
{
    public string Role { get; } = role;
}
