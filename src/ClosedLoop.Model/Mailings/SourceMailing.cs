namespace ClosedLoop.Model.Mailings;

/// <summary>
/// A mailing edited by a person and never sent itself; every group of a file sends a copy of it
/// (closed-loop spec section 7). Stored versioned; the copy freezes one version.
/// </summary>
public sealed record SourceMailing
{
    public required long Id { get; init; }

    /// <summary>The client that may use it.</summary>
    public required long ClientId { get; init; }

    public required string Name { get; init; }

    public SourceStatus Status { get; init; } = SourceStatus.ActivationRequired;

    public SourceOrigin Origin { get; init; } = SourceOrigin.Editor;

    public SourceType Type { get; init; } = SourceType.Regular;

    /// <summary>Liquid, one line.</summary>
    public required string Subject { get; init; }

    /// <summary>Liquid; the HTML part.</summary>
    public string? Html { get; init; }

    /// <summary>Liquid; the text part.</summary>
    public string? Text { get; init; }

    public bool TrackOpens { get; init; } = true;

    public bool TrackClicks { get; init; } = true;

    /// <summary>Values frozen with the copy, under <c>campaign</c> in the templates.</summary>
    public IReadOnlyDictionary<string, string> Campaign { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
