namespace ClosedLoop.Liquid;

/// <summary>Finds the source of the templates that <c>include</c> and <c>render</c> name.</summary>
public interface ILiquidPartialLoader
{
    /// <summary>The source of the partial, or null when there is none of that name. Called once per name and template.</summary>
    string? Load(string name);
}
