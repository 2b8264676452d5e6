using ClosedLoop.Liquid.Values;

namespace ClosedLoop.Liquid;

/// <summary>Named data prepared for templates: converted once, read by any number of renders at the same time.</summary>
public sealed class LiquidData
{
    private LiquidData(LiquidHash root) => Root = root;

    public static LiquidData Empty { get; } = new(new LiquidHash());

    internal LiquidHash Root { get; }

    /// <summary>
    /// Takes a dictionary, or a JSON object. Values may be null, bool, numbers, strings, dates, lists, dictionaries and JSON elements.
    /// </summary>
    /// <exception cref="ArgumentException">The data is not a set of names.</exception>
    /// <exception cref="LiquidRenderException">The data is nested too deeply.</exception>
    public static LiquidData From(object? data)
    {
        if (data is LiquidData done)
        {
            return done;
        }

        var value = ValueConverter.Convert(data);
        return value.Kind switch
        {
            LiquidKind.Nil => Empty,
            LiquidKind.Hash => new LiquidData(value.Hash),
            _ => throw new ArgumentException("Template data is a dictionary or a JSON object: names with values.", nameof(data)),
        };
    }
}
