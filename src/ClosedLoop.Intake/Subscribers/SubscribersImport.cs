using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>
/// The second pass: streams the records that the first pass accepted, in file order, in chunks. It decides nothing
/// again; it only needs the same bytes, which is why the file lies in a folder that nobody else can write.
/// </summary>
public static class SubscribersImport
{
    /// <summary>Records in one chunk.</summary>
    public const int DefaultChunk = 5000;

    /// <summary>Reads the accepted records of every group. Each chunk belongs to the caller, who disposes it.</summary>
    /// <exception cref="InvalidDataException">The file is not the one that was validated.</exception>
    public static IEnumerable<RecipientChunk> Read(
        Stream stream, ClientDefinition client, FileValidation validation, int chunkSize = DefaultChunk)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunkSize);
        return ReadChunks(stream, client, validation, chunkSize);
    }

    private static IEnumerable<RecipientChunk> ReadChunks(Stream stream, ClientDefinition client, FileValidation validation, int chunkSize)
    {
        var pass = new Pass(client, validation);
        using var reader = new SubscribersReader(
            FileText.Open(stream, client.Dialect), client.List.Fields.Count, ReaderLimits.From(client.Import), client.Dialect.AcceptCrLf, pass.Problems);
        var accepted = 0L;
        while (true)
        {
            var chunk = pass.ReadChunk(reader, chunkSize);
            if (chunk.Count == 0)
            {
                chunk.Dispose();
                break;
            }

            accepted += chunk.Count;
            yield return chunk;
        }

        if (accepted != validation.Accepted) throw Changed($"{accepted} accepted records instead of {validation.Accepted}");
    }

    private static InvalidDataException Changed(string found) =>
        new($"The recipient file changed between validation and import: {found}. Nothing of it is published.");

    /// <summary>What one pass keeps; apart from the iterator, because spans cannot live across a yield.</summary>
    private sealed class Pass
    {
        private readonly ClientDefinition _client;
        private readonly FileValidation _validation;
        private readonly ListColumns _columns;
        private readonly GroupTable _groups = new();
        private readonly byte[] _address = new byte[EmailAddress.MaxLength];

        public Pass(ClientDefinition client, FileValidation validation)
        {
            _client = client;
            _validation = validation;
            _columns = ListColumns.Of(client);
            foreach (var group in validation.Groups) _groups.Add(group.SourceId, group.WaveId, group.FirstLine, group.FirstRecord);
        }

        public ProblemList Problems { get; } = new();

        public RecipientChunk ReadChunk(SubscribersReader reader, int size)
        {
            var chunk = new RecipientChunk();
            while (chunk.Count < size && reader.Read())
            {
                if (_validation.Marks[reader.Record]) Append(reader, chunk);
            }

            return chunk;
        }

        private void Append(SubscribersReader reader, RecipientChunk chunk)
        {
            var fields = _client.List.Fields;
            if (reader.FieldCount != fields.Count) throw Changed($"record {reader.Record} has {reader.FieldCount} columns");
            var group = Group(reader);
            if (EmailAddress.Normalise(reader.Field(_columns.Email), _address, out var length, _client.Relay.SmtpUtf8) != EmailFault.None)
            {
                throw Changed($"the address of record {reader.Record} is not valid any more");
            }

            var addressStart = chunk.Position;
            _address.AsSpan(0, length).CopyTo(chunk.GetSpan(length));
            chunk.Advance(length);
            var fieldsStart = chunk.Position;
            for (var i = 0; i < fields.Count; i++)
            {
                if (i == _columns.Email)
                {
                    RecipientFields.Write(chunk, _address.AsSpan(0, length), isNull: false);
                    continue;
                }

                var typed = FieldCheck.IsTyped(fields[i].Type);
                var value = typed ? FieldCheck.Trim(reader.Field(i)) : reader.Field(i);
                RecipientFields.Write(chunk, value, typed ? value.IsEmpty : reader.IsNull(i));
            }

            chunk.AddRow(new RecipientRow(group.Index, reader.Record, addressStart, length, fieldsStart, chunk.Position - fieldsStart));
        }

        private FileGroup Group(SubscribersReader reader)
        {
            long? wave = null;
            FieldCheck.TrySourceId(FieldCheck.Trim(reader.Field(_columns.Source)), out var source);
            if (_columns.Wave >= 0 && FieldCheck.TryLong(FieldCheck.Trim(reader.Field(_columns.Wave)), out var number)) wave = number;
            return _groups.Find(source, wave) ?? throw Changed($"record {reader.Record} names a group that was not there");
        }
    }
}
