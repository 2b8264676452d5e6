namespace ClosedLoop.Liquid;

/// <summary>Partials held in memory, by exact name.</summary>
public sealed class LiquidPartials(IReadOnlyDictionary<string, string> sources) : ILiquidPartialLoader
{
    public string? Load(string name) => sources.GetValueOrDefault(name);
}
