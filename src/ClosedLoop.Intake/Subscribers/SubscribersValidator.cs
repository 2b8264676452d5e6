using System.Text;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>
/// The first pass: reads a recipient file to its end and decides about every record (closed-loop spec section 4.1).
/// Memory: one buffer, the first problems, one bit a record, and 20 to 25 bytes a recipient to find duplicates.
/// </summary>
public sealed partial class SubscribersValidator
{
    private readonly ClientDefinition _client;
    private readonly Func<long, SourceVerdict> _source;
    private readonly Func<long, long, bool>? _waveUsed;
    private readonly ListColumns _columns;
    private readonly ProblemList _problems;
    private readonly RecordMarks _marks = new();
    private readonly DuplicateSet _addresses = new();
    private readonly GroupTable _groups = new();
    private readonly byte[] _address = new byte[EmailAddress.MaxLength];
    private readonly IReadOnlyList<AddressPattern>? _testList;
    private long _accepted;

    /// <summary>Prepares for one file.</summary>
    /// <param name="client">The contract: columns, dialect, limits.</param>
    /// <param name="source">Tells whether a source mailing may be used; asked once per id.</param>
    /// <param name="waveUsed">Tells whether an earlier file used a wave (source, wave) for W154; null knows none.</param>
    /// <param name="test">Test data: addresses that are not on the client's test list are refused (section 15).</param>
    /// <exception cref="ArgumentException">The list definition cannot be that of a recipient file, or the charset is unknown.</exception>
    public SubscribersValidator(ClientDefinition client, Func<long, SourceVerdict> source, Func<long, long, bool>? waveUsed = null, bool test = false)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(source);
        _client = client;
        _source = source;
        _waveUsed = waveUsed;
        _testList = test ? [.. client.Import.TestList.Select(AddressPattern.TryParse).OfType<AddressPattern>()] : null;
        _columns = ListColumns.Of(client);
        if (!FileText.IsKnown(client.Dialect.Encoding))
        {
            throw new ArgumentException($"The charset '{client.Dialect.Encoding}' of client {client.Key} (import.encoding) is unknown here.", nameof(client));
        }

        _problems = new ProblemList(client.Import.RecordErrorsFail);
    }

    /// <summary>Validates an open file, which stays the caller's. A validator is used once.</summary>
    public FileValidation Run(Stream stream, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Guarded(() => ReadAll(stream, cancellation));
    }

    /// <summary>Opens and validates a file; one that cannot be opened is E102 like one that cannot be read.</summary>
    public FileValidation Run(Func<Stream> open, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        return Guarded(() =>
        {
            using var stream = open();
            return ReadAll(stream, cancellation);
        });
    }

    private FileValidation Guarded(Func<long> read)
    {
        var records = 0L;
        try
        {
            records = read();
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

        return new FileValidation
        {
            Groups = _groups.All,
            Problems = _problems,
            Records = records,
            Accepted = _accepted,
            Marks = _marks,
        };
    }

    // The length is known before the first byte is read, so a file above the limit costs nothing.
    private bool IsWithinLimit(Stream stream)
    {
        if (!stream.CanSeek || stream.Length <= _client.Import.MaxBytes) return true;
        _problems.Add(FileProblem.OfFile(
            ErrorCodes.E104, FileStep.Read, $"the file has {stream.Length} bytes; at most {_client.Import.MaxBytes} (import.maxBytes) are read"));
        return false;
    }

    private long ReadAll(Stream stream, CancellationToken cancellation)
    {
        if (!IsWithinLimit(stream)) return 0;
        var text = FileText.Open(stream, _client.Dialect);
        using var reader = new SubscribersReader(
            text, _client.List.Fields.Count, ReaderLimits.From(_client.Import), _client.Dialect.AcceptCrLf, _problems);
        while (!_groups.Overflown && reader.Read())
        {
            if ((reader.Record & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            CheckRecord(reader);
        }

        if (reader.Record == 0 && !_problems.FileFails)
        {
            _problems.Add(FileProblem.OfFile(ErrorCodes.E105, FileStep.Parse, "the file has no record; at least one was expected"));
        }

        CheckGroups();
        return reader.Record;
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
