using ClosedLoop.Model.Clients;

namespace ClosedLoop.Model.Accounts;

/// <summary>What a polled folder says about its orders (xml-delivery spec section 14).</summary>
public sealed record OrderConfiguration
{
    /// <summary>Whether the folder is polled at all.</summary>
    public bool Enabled { get; init; }

    /// <summary>Name of the configuration, for operations and summaries.</summary>
    public string Name { get; init; } = "orders";

    /// <summary>Folder of the orders, below the root of the client's folders or of <see cref="Sftp"/>.</summary>
    public string Directory { get; init; } = "orders";

    /// <summary>Server of the folder; null is where the client's other folders are.</summary>
    public SftpSettings? Sftp { get; init; }

    /// <summary>Seconds between two looks into the folder; each accepts one semaphore at most.</summary>
    public int PollSeconds { get; init; } = 20;

    /// <summary>Operations at the same time.</summary>
    public int MaxParallel { get; init; } = 4;

    /// <summary>What becomes of the files of an operation that is over.</summary>
    public AfterProcessing AfterProcessing { get; init; } = AfterProcessing.Keep;

    /// <summary>A report is written into the folder while the operation runs.</summary>
    public bool XmlReport { get; init; } = true;

    /// <summary>A summary is mailed when the operation has ended.</summary>
    public bool MailReport { get; init; } = true;

    /// <summary>Who gets the summary unless the order says otherwise.</summary>
    public IReadOnlyList<string> ReportRecipients { get; init; } = [];

    /// <summary>Seconds between two attempts to get a locked database.</summary>
    public int RetryDelaySeconds { get; init; } = 5;

    /// <summary>Hours after which an order with <c>retry</c> gives a locked database up.</summary>
    public int RetryMaxHours { get; init; } = 5;

    /// <summary>Between the fields of a list: comma, semicolon, tab or bar.</summary>
    public char CsvSeparator { get; init; } = ',';

    /// <summary>Charset of lists; null means that of the database.</summary>
    public string? CsvEncoding { get; init; }

    /// <summary>IANA name of the zone that <c>schedule</c> is meant in.</summary>
    public string TimeZone { get; init; } = "Europe/Rome";

    /// <summary>Orders may name filter 0, the whole database.</summary>
    public bool AllowFilterZero { get; init; }
}
