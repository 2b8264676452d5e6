namespace ClosedLoop.Liquid.Rendering;

/// <summary>Raised where the place in the source is not at hand; the render turns it into a <see cref="LiquidRenderException"/> that has it.</summary>
internal sealed class LimitException : Exception
{
    public LimitException(string code, string problem, string? expected)
        : base(problem)
    {
        Code = code;
        Expected = expected;
    }

    public string Code { get; }

    public string? Expected { get; }
}
