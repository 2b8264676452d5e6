using System.Runtime.InteropServices;

namespace ClosedLoop.Grains.Embedded;

/// <summary>Identity of a grain: the name of its class and its key. Written <c>type/key</c>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GrainId(string Type, string Key)
{
    /// <summary>Splits at the first slash; the key may hold more.</summary>
    /// <exception cref="FormatException">There is no slash.</exception>
    public static GrainId Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new GrainId(value[..slash], value[(slash + 1)..])
            : throw new FormatException($"Found grain id '{value}', expected 'type/key'.");
    }

    public override string ToString() => $"{Type}/{Key}";
}
