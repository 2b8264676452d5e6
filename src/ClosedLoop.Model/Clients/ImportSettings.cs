namespace ClosedLoop.Model.Clients;

/// <summary>The <c>import.*</c> keys of closed-loop spec section 19.</summary>
public sealed record ImportSettings
{
    public bool Enabled { get; init; } = true;

    /// <summary>Seconds between two looks into the folder.</summary>
    public int PollSeconds { get; init; } = 600;

    /// <summary>A record error skips the record; <c>true</c> makes it fail the file.</summary>
    public bool RecordErrorsFail { get; init; }

    /// <summary>A failed file stops the folder until an operator acts; <c>false</c> only sets the file aside.</summary>
    public bool StopOnError { get; init; } = true;

    /// <summary>Largest file, in bytes.</summary>
    public long MaxBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Longest record, in bytes.</summary>
    public int MaxRecordBytes { get; init; } = 1024 * 1024;

    /// <summary>Longest field, in bytes.</summary>
    public int MaxFieldBytes { get; init; } = 64 * 1024;

    /// <summary>Most columns a list may have.</summary>
    public int MaxColumns { get; init; } = 500;

    /// <summary>Most groups (source mailing and wave) in one file; each becomes a mailing.</summary>
    public int MaxGroups { get; init; } = 1000;

    /// <summary>Hours after which an unchanged temporary file is reported (W151).</summary>
    public int StaleTempHours { get; init; } = 24;

    /// <summary>Seconds a file must not change before it is claimed; 0 trusts the final name.</summary>
    public int StableSeconds { get; init; }

    /// <summary>A second drop folder takes test data: addresses of <see cref="TestList"/> only (closed-loop spec section 15).</summary>
    public bool Test { get; init; }

    /// <summary>Addresses and patterns that may be mailed by the test folder, as in a blocklist.</summary>
    public IReadOnlyList<string> TestList { get; init; } = [];

    /// <summary>Guard rails; <c>null</c> takes every good file in without asking.</summary>
    public ImportGuards? Guards { get; init; }

    /// <summary>A further group of a source waits while a copy of it is being sent.</summary>
    public bool SerializePerSource { get; init; } = true;
}
