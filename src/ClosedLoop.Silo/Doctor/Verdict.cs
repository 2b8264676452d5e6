namespace ClosedLoop.Silo.Doctor;

/// <summary>What a check came to.</summary>
internal enum Verdict
{
    Ok,

    /// <summary>Not looked at, and why.</summary>
    Skipped,

    /// <summary>Mail goes out, but not as well as it might.</summary>
    Warning,

    /// <summary>To be put right before mail goes to people.</summary>
    Fault,
}
