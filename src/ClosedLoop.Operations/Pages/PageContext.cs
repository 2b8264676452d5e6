using ClosedLoop.Data.Access;
using ClosedLoop.Operations.Access;
using ClosedLoop.Operations.Reading;

namespace ClosedLoop.Operations.Pages;

/// <summary>What every page knows of its request.</summary>
public sealed record PageContext
{
    public required string Title { get; init; }

    /// <summary>Entry of the navigation.</summary>
    public required string Section { get; init; }

    /// <summary>Who looks; <c>null</c> on the page to sign in.</summary>
    public Caller? Caller { get; init; }

    /// <summary>The header; <c>null</c> on the page to sign in.</summary>
    public HeaderModel? Header { get; init; }

    /// <summary>Name of the field that proves a form is ours.</summary>
    public required string TokenField { get; init; }

    public required string Token { get; init; }

    /// <summary>Path and query, to come back to after an action.</summary>
    public required string Path { get; init; }

    /// <summary><c>light</c>, <c>dark</c>, or empty for what the system prefers.</summary>
    public string Theme { get; init; } = "";

    /// <summary>What the action before said.</summary>
    public string? Said { get; init; }

    /// <summary>Whether that was carried out.</summary>
    public bool SaidDone { get; init; }

    /// <summary>Microseconds.</summary>
    public required long Now { get; init; }

    /// <summary>The same on the command line; <c>null</c> when there is none.</summary>
    public string? Command { get; init; }

    /// <summary>The same by the API.</summary>
    public string? Api { get; init; }

    public required string Version { get; init; }

    public bool May(OperatorRole role) => Caller?.May(role) == true;
}
