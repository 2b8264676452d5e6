namespace ClosedLoop.Intake.Subscribers;

/// <summary>
/// One bit per record: whether the first pass accepted it, so that the second pass need not decide again.
/// A million records take 125 kB.
/// </summary>
public sealed class RecordMarks
{
    private ulong[] _bits = new ulong[1024];

    /// <summary>Marks a record (numbered from 1) as accepted.</summary>
    public void Set(long record)
    {
        var word = (int)(record >> 6);
        if (word >= _bits.Length) Array.Resize(ref _bits, Math.Max(word + 1, _bits.Length * 2));
        _bits[word] |= 1UL << (int)(record & 63);
    }

    public bool this[long record]
    {
        get
        {
            var word = (int)(record >> 6);
            return word < _bits.Length && (_bits[word] >> (int)(record & 63) & 1) != 0;
        }
    }
}
