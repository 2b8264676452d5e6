using ClosedLoop.Liquid.Expressions;
using ClosedLoop.Liquid.Rendering;

namespace ClosedLoop.Liquid.Ast;

/// <summary>What stands in an <c>include</c> or <c>render</c> tag.</summary>
internal sealed record PartialHeader
{
    public required Expression Name { get; init; }

    /// <summary>The value after <c>with</c> or <c>for</c>.</summary>
    public Expression? Bound { get; init; }

    /// <summary>The value came after <c>for</c>.</summary>
    public bool IsFor { get; init; }

    /// <summary>The name after <c>as</c>.</summary>
    public string? Alias { get; init; }

    public KeyValuePair<string, Expression>[] Arguments { get; init; } = [];

    public int Position { get; init; }

    public PartialHeader Bind(BindContext context) => this with
    {
        Name = Name.Bind(context),
        Bound = Bound?.Bind(context),
        Arguments = Array.ConvertAll(Arguments, a => KeyValuePair.Create(a.Key, a.Value.Bind(context))),
    };

    /// <summary>The variable under which the partial sees its value: the alias, or the last part of its name.</summary>
    public string VariableName(string partial) => Alias ?? partial[(partial.LastIndexOf('/') + 1)..];
}
