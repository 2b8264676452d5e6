using Orleans.Metadata;
using Orleans.Placement;

namespace ClosedLoop.Grains.Placement;

/// <summary>The role of a grain class, in its properties that every silo knows.</summary>
/// <param name="role">One of <see cref="Roles"/>.</param>
public sealed class RoleFilter(string role) : PlacementFilterStrategy(0)
{
    private const string Key = "role";

    /// <summary>For Orleans, which reads the role from the properties of the grain class.</summary>
    public RoleFilter()
        : this("")
    {
    }

    public string Role { get; private set; } = role;

    public override void AdditionalInitialize(GrainProperties properties) => Role = GetPlacementFilterGrainProperty(Key, properties) ?? "";

    protected override IEnumerable<KeyValuePair<string, string>> GetAdditionalGrainProperties(
        IServiceProvider services, Type grainClass, GrainType grainType, IReadOnlyDictionary<string, string> existingProperties) => [KeyValuePair.Create(Key, Role)];
}
