namespace ClosedLoop.Grains.Embedded;

/// <summary>Stable name of a type or method in the wire format, so that it may be renamed in code. A no-op here.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class AliasAttribute(string alias) : Attribute
{
    public string Alias { get; } = alias;
}
