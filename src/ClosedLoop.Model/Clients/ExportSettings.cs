namespace ClosedLoop.Model.Clients;

/// <summary>The <c>export.*</c> keys of closed-loop spec section 19.</summary>
public sealed record ExportSettings
{
    public bool Enabled { get; init; }

    /// <summary>The export holds personal data; it does not start before somebody has agreed to that in writing (spec section 2).</summary>
    public bool NonAnonymisedAccepted { get; init; }

    /// <summary>Local time of the daily cut-off, from which shorter intervals are counted.</summary>
    public TimeOnly Time { get; init; } = new(2, 0);

    /// <summary>Time from one cut-off to the next: a day, or a part of it in whole minutes that divides it evenly.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>IANA zone of the cut-off and of every date-time written.</summary>
    public string TimeZone { get; init; } = "UTC";

    public bool Header { get; init; } = true;

    public ExportQuote Quote { get; init; }

    /// <summary>Earlier form of <see cref="Quote"/>, which it overrules; definitions stored with it stay readable.</summary>
    public bool? QuoteAll { get; init; }

    public ExportRecipients Recipients { get; init; }

    public ExportLinks Links { get; init; }

    /// <summary>Internal names of recipient fields that are appended to the files that name a recipient (spec section 16.4).</summary>
    public IReadOnlyList<string> ExtraFields { get; init; } = [];

    /// <summary>Whether mailings to test lists are in the files (spec section 15).</summary>
    public bool IncludeTest { get; init; }

    /// <summary>Where opens and clicks by scanners, prefetches and previews are, by the verdict they had at the cut-off.</summary>
    public ExportMachineEvents MachineEvents { get; init; }

    /// <summary>Earlier form of <see cref="MachineEvents"/>, for clicks alone; definitions stored with it go on meaning what they meant.</summary>
    public ExportMachineClicks MachineClicks { get; init; }

    /// <summary>Whether each run has a manifest beside its eight files.</summary>
    public bool Manifest { get; init; } = true;

    /// <summary>
    /// File names by table, and by <c>manifest</c>; <c>{yyyyMMdd}</c>, <c>{HHmmss}</c> and <c>{yyyyMMddHHmmss}</c> stand for the cut-off's local date and time.
    /// </summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the clicks file has clicks by people only.</summary>
    public bool LeavesOutMachineClicks() => MachineEvents != ExportMachineEvents.Include || MachineClicks == ExportMachineClicks.Exclude;
}
