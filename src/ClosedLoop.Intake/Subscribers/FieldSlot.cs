namespace ClosedLoop.Intake.Subscribers;

/// <summary>Where a field of the current record lies, relative to the record or, once unescaped, in the scratch buffer.</summary>
internal struct FieldSlot
{
    public int RawStart;
    public int Start;
    public int Length;
    public bool Quoted;

    /// <summary>The value holds quote pairs.</summary>
    public bool Pairs;

    public bool Unescaped;
}
