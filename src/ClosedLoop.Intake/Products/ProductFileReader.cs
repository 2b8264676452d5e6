using System.Text;
using ClosedLoop.Data.Products;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Products;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Products;

/// <summary>
/// Streams the rows of a product file (closed-loop spec section 9). The grammar is that of recipient files, read by the same scanner. A fault of
/// the grammar, the header or the number of columns makes the file unusable; a record whose id cannot be used is skipped, or makes it unusable,
/// too, with <c>import.recordErrors=fail</c>.
/// </summary>
internal sealed partial class ProductFileReader : IDisposable
{
    private readonly ProductKind _kind;
    private readonly ClientDefinition _client;
    private readonly ProblemList _problems;
    private readonly SubscribersReader _reader;
    private readonly byte[] _address = new byte[EmailAddress.MaxLength];
    private bool _begun;

    /// <summary>Reads from the stream's position; the caller keeps ownership of it.</summary>
    public ProductFileReader(Stream stream, ProductKind kind, ClientDefinition client, ProblemList problems)
    {
        (_kind, _client, _problems) = (kind, client, problems);
        var limits = new ReaderLimits(client.Products.MaxBytes, client.Import.MaxRecordBytes) { Setting = "products.maxBytes" };
        _reader = new SubscribersReader(FileText.Open(stream, client.Dialect), client.Products.MaxColumns, limits, client.Dialect.AcceptCrLf, problems);
    }

    /// <summary>Records read so far, the header not counted.</summary>
    public long Records => Math.Max(0, _reader.Record - (HasHeader && _begun ? 1 : 0));

    private bool HasHeader => _kind != ProductKind.Mapping;

    /// <summary>Goes to the next record that can be used.</summary>
    /// <returns>Null at the end, or where a fault ends the reading.</returns>
    public ProductRow? Read()
    {
        if (!_begun)
        {
            _begun = true;
            if (HasHeader && !ReadHeader()) return null;
        }

        while (_reader.Read())
        {
            if (Records > _client.Products.MaxRows)
            {
                Report(ErrorCodes.E104, FileStep.Read, 0, $"the file has more than {_client.Products.MaxRows} records (products.maxRows)");
                return null;
            }

            if (ReadRecord() is { } row) return row;
        }

        return null;
    }

    public void Dispose() => _reader.Dispose();

    private ProductRow? ReadRecord()
    {
        var columns = HasHeader ? _headings : 2;
        if (_reader.FieldCount != columns)
        {
            var expected = HasHeader ? $"the header has {columns}" : "expected 2, the address and the ids";
            Report(ErrorCodes.E111, FileStep.Parse, Math.Min(_reader.FieldCount, columns) + 1, $"the record has {_reader.FieldCount} columns; {expected}");
            return null;
        }

        if (_reader.RecordIsFaulty) return null;
        for (var i = 0; i < columns; i++)
        {
            if (_reader.Field(i).Length <= _client.Import.MaxFieldBytes) continue;
            Refuse(i, $"the value has {_reader.Field(i).Length} bytes; at most {_client.Import.MaxFieldBytes} (import.maxFieldBytes) are read");
            return null;
        }

        return _kind switch
        {
            ProductKind.Products => ReadProduct(),
            ProductKind.Mapping => ReadMapping(),
            _ => ReadRecommendations(),
        };
    }

    private ProductRow? ReadProduct()
    {
        if (ReadId(_idColumn) is not { } id) return null;
        var values = new string?[ProductColumns.All.Count];
        for (var i = 0; i < _targets.Length; i++)
        {
            if (_targets[i] > 0) values[_targets[i]] = Text(i);
        }

        return new ProductRow(id, ProductBody.Pack(values));
    }

    private ProductRow? ReadRecommendations()
    {
        if (ReadId(_idColumn) is not { } id) return null;
        var ids = new List<string>();
        foreach (var column in _recommended)
        {
            var other = column < 0 ? "" : TrimmedId(column);
            if (other.Length > 0 && !ProductIds.IsId(other))
            {
                Refuse(column, "the value is no product id; expected 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
                return null;
            }

            ids.Add(other);
        }

        // Empty places between others stay: the number of a recommendation is that of its column.
        while (ids is [.., ""]) ids.RemoveAt(ids.Count - 1);
        return new ProductRow(id, Encoding.UTF8.GetBytes(string.Join(',', ids)));
    }

    private ProductRow? ReadMapping()
    {
        if (_reader.Record == 1 && Text(0).Trim() is var first && string.Equals(first, "recipientId", StringComparison.OrdinalIgnoreCase))
        {
            Report(ErrorCodes.E113, FileStep.Parse, 0, "the first record holds the column names; a mapping has no header");
            return null;
        }

        var fault = EmailAddress.Normalise(_reader.Field(0), _address, out var length, _client.Relay.SmtpUtf8);
        if (fault != EmailFault.None)
        {
            Refuse(0, EmailAddress.Describe(fault));
            return null;
        }

        var text = Text(1);
        if (ProductIds.HasBlanks(_reader.Field(1))) Report(ErrorCodes.W403, FileStep.Validate, 2, "blanks beside a product id were trimmed");
        var ids = ProductIds.Split(text);
        if (ids.Length == 0 || !Array.TrueForAll(ids, ProductIds.IsId))
        {
            Refuse(1, "the value is no list of product ids; expected ids of A-Z, a-z, 0-9, '.', '_' and '-' with commas between them");
            return null;
        }

        return new ProductRow(Encoding.UTF8.GetString(_address.AsSpan(0, length)).ToLowerInvariant(), Encoding.UTF8.GetBytes(string.Join(',', ids)));
    }

    private string? ReadId(int column)
    {
        var id = TrimmedId(column);
        if (ProductIds.IsId(id)) return id;
        Refuse(column, id.Length == 0 ? "the product id is empty" : "the value is no product id; expected 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'");
        return null;
    }

    private string TrimmedId(int column)
    {
        var text = Text(column);
        var id = text.Trim();
        if (id.Length != text.Length) Report(ErrorCodes.W403, FileStep.Validate, column + 1, "blanks beside a product id were trimmed");
        return id;
    }

    private string Text(int column) => Encoding.UTF8.GetString(_reader.Field(column));

    private void Refuse(int column, string message) => Report(
        _client.Import.RecordErrorsFail ? ErrorCodes.E403 : ErrorCodes.W403, FileStep.Validate, column + 1,
        _client.Import.RecordErrorsFail ? message : message + "; the record is skipped");

    /// <summary>Tells of the record that was read last.</summary>
    public void Report(ErrorCode code, FileStep step, int column, string message)
    {
        if (_problems.IsFull(code))
        {
            _problems.Count(code);
            return;
        }

        var line = column > 0 && column <= _reader.FieldCount ? _reader.LineOf(column - 1) : _reader.Line;
        _problems.Add(new FileProblem(code, step, line, _reader.Record, column, null, null, message));
    }
}
