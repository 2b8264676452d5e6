namespace ClosedLoop.Grains.Embedded;

/// <summary>
/// Name of a grain class in ids and tables. Without it the name is the class name in lower case, less the suffix <c>grain</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    public string GrainType { get; } = grainType;
}
