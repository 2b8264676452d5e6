namespace ClosedLoop.Optimove.Double;

/// <summary>What is to go wrong with a function.</summary>
public sealed record DoubleFault
{
    /// <summary>Name of the function, in any case; <c>*</c> for all.</summary>
    public required string Path { get; init; }

    /// <summary>Status to answer instead; 0 answers as usual.</summary>
    public int Status { get; init; }

    /// <summary>How often.</summary>
    public int Times { get; set; } = 1;

    /// <summary>Milliseconds before the answer.</summary>
    public int Delay { get; init; }

    /// <summary>The request is carried out and its connection cut.</summary>
    public bool DropAfterSend { get; init; }

    /// <summary>Body to answer.</summary>
    public string? Body { get; init; }
}
