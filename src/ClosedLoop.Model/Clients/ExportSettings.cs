namespace ClosedLoop.Model.Clients;

/// <summary>The <c>export.*</c> keys of closed-loop spec section 19.</summary>
public sealed record ExportSettings
{
    public bool Enabled { get; init; }

    /// <summary>The export holds personal data; it does not start before somebody has agreed to that in writing (spec section 2).</summary>
    public bool NonAnonymisedAccepted { get; init; }

    /// <summary>Local time of the daily cut-off.</summary>
    public TimeOnly Time { get; init; } = new(2, 0);

    /// <summary>IANA zone of the cut-off and of every date-time written.</summary>
    public string TimeZone { get; init; } = "UTC";

    public bool Header { get; init; } = true;

    /// <summary><c>true</c> quotes every value that is not NULL; <c>false</c> only where the grammar needs it.</summary>
    public bool QuoteAll { get; init; } = true;

    /// <summary>Whether mailings that came by the test folder are in the files (spec section 15).</summary>
    public bool IncludeTest { get; init; }

    /// <summary>File names by table; <c>{yyyyMMdd}</c> and <c>{HHmmss}</c> stand for the cut-off's local date and time.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
