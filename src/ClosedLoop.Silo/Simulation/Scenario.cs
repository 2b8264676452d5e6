namespace ClosedLoop.Silo.Simulation;

/// <summary>How an invented audience behaves. Percentages are of the people who can still do it: who was refused opens nothing.</summary>
internal sealed record Scenario
{
    /// <summary>What it is called in the report.</summary>
    public string Name { get; init; } = "everyday";

    /// <summary>Rows of the file.</summary>
    public int Recipients { get; init; } = 500;

    /// <summary>Everything else follows from it: the same seed, the same people doing the same.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Seconds into which two days of reactions are pressed, counted from each message, on a service whose clock is the machine's.</summary>
    public double OverSeconds { get; init; } = 20;

    /// <summary>Rows that are wrong and must be rejected; of all.</summary>
    public double RejectedPercent { get; init; } = 1;

    /// <summary>Mailboxes that do not exist; refused in the dialogue. Of all.</summary>
    public double RefusedPercent { get; init; } = 1;

    /// <summary>Full mailboxes; refused in the dialogue. Of all.</summary>
    public double FullPercent { get; init; } = 0.5;

    /// <summary>Reports that come later and mean the address is gone; of all.</summary>
    public double HardBouncePercent { get; init; } = 1;

    /// <summary>Reports that come later and mean that it may work again; of all.</summary>
    public double SoftBouncePercent { get; init; } = 1.5;

    /// <summary>Absent, in one of twelve languages; of those delivered to.</summary>
    public double OutOfOfficePercent { get; init; } = 2;

    /// <summary>Answers of people; of those who opened.</summary>
    public double ReplyPercent { get; init; } = 1;

    /// <summary>Complaints in the Abuse Reporting Format (RFC 5965); of those who opened.</summary>
    public double ComplaintPercent { get; init; } = 0.3;

    /// <summary>One-click unsubscriptions (RFC 8058); of those who opened.</summary>
    public double UnsubscribePercent { get; init; } = 1;

    /// <summary>People who open; of those delivered to.</summary>
    public double OpenPercent { get; init; } = 35;

    /// <summary>People who open a second time; of those who opened.</summary>
    public double ReopenPercent { get; init; } = 15;

    /// <summary>People who click; of those who opened.</summary>
    public double ClickPercent { get; init; } = 18;

    /// <summary>People who click another link as well; of those who clicked.</summary>
    public double SecondClickPercent { get; init; } = 25;

    /// <summary>Messages whose picture Apple's privacy proxy loads though nobody looks; of those delivered to.</summary>
    public double ProxyPercent { get; init; } = 20;

    /// <summary>Messages whose links a security gateway follows within seconds; of those delivered to.</summary>
    public double ScannerPercent { get; init; } = 4;
}
