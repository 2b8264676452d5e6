using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>The groups of one file. Records of a group mostly stand together, so the last one found is tried first.</summary>
internal sealed class GroupTable
{
    private readonly Dictionary<(long Source, long? Wave), FileGroup> _byKey = [];
    private readonly Dictionary<long, MessageChannel> _sources = [];
    private readonly List<FileGroup> _all = [];
    private FileGroup? _last;
    private long _lastSource;

    public IReadOnlyList<FileGroup> All => _all;

    /// <summary>Distinct source mailings named so far.</summary>
    public int Sources => _sources.Count;

    /// <summary>The file has more groups than the limit; there is no use in reading on.</summary>
    public bool Overflown { get; set; }

    public FileGroup? Find(long source, long? wave)
    {
        if (_last is { } last && last.SourceId == source && last.WaveId == wave) return last;
        return _last = _byKey.GetValueOrDefault((source, wave));
    }

    public FileGroup Add(long source, long? wave, long line, long record)
    {
        var group = new FileGroup { Index = _all.Count, SourceId = source, WaveId = wave, Channel = _sources.GetValueOrDefault(source), FirstLine = line, FirstRecord = record };
        _all.Add(group);
        _byKey.Add((source, wave), group);
        return _last = group;
    }

    /// <summary>True the first time a source mailing is named.</summary>
    public bool IsNewSource(long source)
    {
        if (source == _lastSource) return false;
        _lastSource = source;
        return _sources.TryAdd(source, MessageChannel.Mail);
    }

    /// <summary>Notes the channel of a source mailing, before its first group is added.</summary>
    public void SetChannel(long source, MessageChannel channel) => _sources[source] = channel;
}
