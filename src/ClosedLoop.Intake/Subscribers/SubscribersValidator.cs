using System.Text;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>
/// Reads a recipient file to its end, decides about every record (closed-loop spec section 4.1) and hands out what it accepts block by block.
/// Memory: one buffer, the first problems, and 20 to 25 bytes a recipient to find duplicates.
/// </summary>
public sealed partial class SubscribersValidator : IDisposable
{
    private readonly ClientDefinition _client;
    private readonly Func<long, SourceVerdict> _source;
    private readonly Func<long, long, bool>? _waveUsed;
    private readonly BlockedAddresses? _blocked;
    private readonly ListColumns _columns;
    private readonly ProblemList _problems;
    private readonly AddressSet _addresses = new();
    private readonly GroupTable _groups = new();
    private readonly byte[] _address = new byte[Math.Max(EmailAddress.MaxLength, PushAddress.MaxLength)];
    private readonly IReadOnlyList<AddressPattern>? _testList;
    private SubscribersReader? _reader;
    private RecipientBlock? _block;
    private long _accepted;

    /// <summary>Prepares for one file.</summary>
    /// <param name="client">The contract: columns, dialect, limits.</param>
    /// <param name="source">Tells whether a source mailing may be used; asked once per id.</param>
    /// <param name="waveUsed">Tells whether an earlier file used a wave (source, wave) for W154; null knows none.</param>
    /// <param name="blocked">Whom the client does not want written to; null leaves W207 out.</param>
    /// <param name="test">Test data: addresses that are not on the client's test list are refused (section 15).</param>
    /// <exception cref="ArgumentException">The list definition cannot be that of a recipient file, or the charset is unknown.</exception>
    public SubscribersValidator(
        ClientDefinition client, Func<long, SourceVerdict> source, Func<long, long, bool>? waveUsed = null, BlockedAddresses? blocked = null, bool test = false)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(source);
        _client = client;
        _source = source;
        _waveUsed = waveUsed;
        _blocked = blocked;
        _testList = test ? [.. client.Import.TestList.Select(AddressPattern.TryParse).OfType<AddressPattern>()] : null;
        _columns = ListColumns.Of(client);
        if (!FileText.IsKnown(client.Dialect.Encoding))
        {
            throw new ArgumentException($"The charset '{client.Dialect.Encoding}' of client {client.Key} (import.encoding) is unknown here.", nameof(client));
        }

        _problems = new ProblemList(client.Import.RecordErrorsFail);
    }

    /// <summary>Groups found so far, in the order of their first records.</summary>
    public IReadOnlyList<FileGroup> Groups => _groups.All;

    /// <summary>Something found so far makes the whole file fail.</summary>
    public bool Failed => _problems.FileFails;

    /// <summary>Validates an open file, which stays the caller's. A validator is used once.</summary>
    public FileValidation Run(Stream stream, CancellationToken cancellation = default)
    {
        Begin(stream);
        Read(block: null, int.MaxValue, cancellation);
        return End();
    }

    /// <summary>Opens and validates a file; one that cannot be opened is E102 like one that cannot be read.</summary>
    public FileValidation Run(Func<Stream> open, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        Stream? stream = null;
        try
        {
            Guarded(() => stream = open());
            return stream is null ? End() : Run(stream, cancellation);
        }
        finally
        {
            stream?.Dispose();
        }
    }

    /// <summary>Begins with an open file, which stays the caller's.</summary>
    public void Begin(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!IsWithinLimit(stream)) return;
        _reader = new SubscribersReader(
            FileText.Open(stream, _client.Dialect), _client.List.Fields.Count, ReaderLimits.From(_client.Import), _client.Dialect.AcceptCrLf, _problems);
    }

    /// <summary>
    /// Reads on and adds what it accepts to the block, until that holds <paramref name="rows"/> or the file ends. Once something makes the
    /// whole file fail, nothing more is added, but reading goes on, to show all its faults.
    /// </summary>
    /// <returns>False when there is nothing more to read.</returns>
    public bool Read(RecipientBlock? block, int rows, CancellationToken cancellation = default)
    {
        if (_reader is not { } reader) return false;
        _block = block;
        var more = false;
        Guarded(() => more = ReadRows(reader, rows, cancellation));
        _block = null;
        return more;
    }

    /// <summary>What was found.</summary>
    public FileValidation End()
    {
        var records = _reader?.Record ?? 0;
        if (records == 0 && !_problems.FileFails) _problems.Add(FileProblem.OfFile(ErrorCodes.E105, FileStep.Parse, "the file has no record; at least one was expected"));
        CheckGroups();
        Dispose();
        return new FileValidation { Groups = _groups.All, Problems = _problems, Records = records, Accepted = _accepted };
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _reader = null;
    }

    private bool ReadRows(SubscribersReader reader, int rows, CancellationToken cancellation)
    {
        while (!_groups.Overflown && reader.Read())
        {
            if ((reader.Record & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            CheckRecord(reader);
            if (_block?.Count >= rows) return true;
        }

        return false;
    }

    private void Guarded(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add(FileProblem.OfFile(ErrorCodes.E102, FileStep.Read, $"the file cannot be read: {e.GetType().Name}"));
        }
        catch (DecoderFallbackException e)
        {
            _problems.Add(FileProblem.OfFile(
                ErrorCodes.E106, FileStep.Parse, $"the file is not valid {_client.Dialect.Encoding} near byte {e.Index} of a block"));
        }
    }

    // The length is known before the first byte is read, so a file above the limit costs nothing.
    private bool IsWithinLimit(Stream stream)
    {
        if (!stream.CanSeek || stream.Length <= _client.Import.MaxBytes) return true;
        _problems.Add(FileProblem.OfFile(
            ErrorCodes.E104, FileStep.Read, $"the file has {stream.Length} bytes; at most {_client.Import.MaxBytes} (import.maxBytes) are read"));
        return false;
    }

    private void CheckGroups()
    {
        // After a fault of the file the counts say nothing about the groups.
        if (_problems.FileFails || _groups.All.Count == 0)
        {
            if (!_problems.FileFails && _problems.ErrorCount > 0) NoRecipient();
            return;
        }

        if (_accepted == 0)
        {
            NoRecipient();
            return;
        }

        foreach (var group in _groups.All)
        {
            if (group.Net > 0) continue;
            _problems.Add(new FileProblem(
                ErrorCodes.W308, FileStep.Validate, group.FirstLine, group.FirstRecord, 0, group.SourceId, group.WaveId,
                $"none of the group's {group.Total} records is valid"));
        }
    }

    private void NoRecipient() =>
        _problems.Add(FileProblem.OfFile(ErrorCodes.E308, FileStep.Validate, "no record of the file is valid, so no group has a recipient"));
}
