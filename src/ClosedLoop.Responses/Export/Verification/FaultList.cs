namespace ClosedLoop.Responses.Export.Verification;

/// <summary>Faults of one set: the first ones in words, the others counted.</summary>
internal sealed class FaultList
{
    private const int Most = 100;

    private readonly List<ExportFault> _faults = [];

    public IReadOnlyList<ExportFault> Faults => _faults;

    public long Count { get; private set; }

    public void Add(string code, string file, long row, string message)
    {
        Count++;
        if (_faults.Count < Most) _faults.Add(new ExportFault(code, file, row, message));
    }
}
