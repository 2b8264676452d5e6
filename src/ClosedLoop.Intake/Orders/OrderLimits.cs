namespace ClosedLoop.Intake.Orders;

/// <summary>Bounds on what an order may cost to read (xml-delivery spec sections 2, 5.1 and 7). All are on; a test crosses each by one.</summary>
public sealed record OrderLimits
{
    /// <summary>Bytes of the instructions file. 20 MiB.</summary>
    public long MaxXmlBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Elements inside each other, the root included. 32.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Characters of one tag with its attributes. 16 Ki: the parser keeps a tag whole.</summary>
    public int MaxTagChars { get; init; } = 16 * 1024;

    /// <summary>Processing instructions of the file. 1,000: the parser remembers their names.</summary>
    public int MaxInstructions { get; init; } = 1000;

    /// <summary>Attributes of one element, declarations of namespaces included. 32.</summary>
    public int MaxAttributes { get; init; } = 32;

    /// <summary>Elements skipped inside one that is not known. 1,000: the parser remembers their names.</summary>
    public int MaxSkipped { get; init; } = 1000;

    /// <summary>Characters of the content of a part, an SMS or a payload. 4 Mi.</summary>
    public int MaxContentChars { get; init; } = 4 * 1024 * 1024;

    /// <summary>Characters of any other value. 65,535.</summary>
    public int MaxValueChars { get; init; } = 65_535;

    /// <summary>Different fields of the recipients of an order, columns of a list. 500.</summary>
    public int MaxFields { get; init; } = 500;

    /// <summary>Problems that are kept; after as many errors reading ends. 1,000.</summary>
    public int MaxProblems { get; init; } = 1000;

    /// <summary>Bytes of a list after it was unzipped. 500 MiB.</summary>
    public long MaxListBytes { get; init; } = 500L * 1024 * 1024;

    /// <summary>Bytes of one row of a list. 1 MiB.</summary>
    public int MaxRowBytes { get; init; } = 1024 * 1024;

    /// <summary>How many times larger a list may be than its archive. 100.</summary>
    public int MaxZipRatio { get; init; } = 100;

    /// <summary>Bytes of the directory of an archive. 64 KiB: it is read whole before its only entry is looked at.</summary>
    public int MaxZipDirectoryBytes { get; init; } = 64 * 1024;

    /// <summary>Test recipients that are used. 30.</summary>
    public int MaxTestRecipients { get; init; } = 30;

    public static OrderLimits Default { get; } = new();
}
