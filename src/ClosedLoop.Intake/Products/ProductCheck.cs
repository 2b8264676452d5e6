using System.Text;
using ClosedLoop.Data.Products;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Intake.Products;

/// <summary>The first pass over a product file: everything that is wrong with it, for the server and for the command <c>check</c>.</summary>
public static class ProductCheck
{
    /// <summary>Checks a file on this machine; one whose name the server would not take is reported as E101 and checked all the same.</summary>
    public static ProductValidation Run(string path, ProductKind kind, ClientDefinition client, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var validation = Run(() => File.OpenRead(path), leaveOpen: false, kind, client, cancellation);
        if (ProductFileName.KindOf(Path.GetFileName(path)) is null)
        {
            validation.Problems.Add(FileProblem.OfFile(
                ErrorCodes.E101, FileStep.Name, $"the name is not YYYYMMDDHHMMSS_{kind.ToString().ToLowerInvariant()}.csv, so the server would not take the file"));
        }

        return validation;
    }

    /// <summary>Checks an open file, which stays the caller's.</summary>
    public static ProductValidation Run(Stream stream, ProductKind kind, ClientDefinition client, CancellationToken cancellation = default) =>
        Run(() => stream, leaveOpen: true, kind, client, cancellation);

    /// <summary>One that cannot be opened is E102 like one that cannot be read.</summary>
    private static ProductValidation Run(Func<Stream> open, bool leaveOpen, ProductKind kind, ClientDefinition client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        var pass = new Pass(kind, client);
        Stream? stream = null;
        try
        {
            stream = open();
            pass.ReadAll(stream, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            pass.Problems.Add(FileProblem.OfFile(ErrorCodes.E102, FileStep.Read, $"the file cannot be read: {e.GetType().Name}"));
        }
        catch (DecoderFallbackException e)
        {
            pass.Problems.Add(FileProblem.OfFile(ErrorCodes.E106, FileStep.Parse, $"the file is not valid {client.Dialect.Encoding} near byte {e.Index} of a block"));
        }
        finally
        {
            if (!leaveOpen) stream?.Dispose();
        }

        return pass.Result();
    }

    /// <summary>The cause of a broken file comes first, and before it that it is product data that is broken: what is mailed names E403.</summary>
    private static ProblemList WithSummary(ProblemList problems)
    {
        if (problems.ErrorCount == 0 || problems.Errors is [{ Code.Code: "E403", Line: 0 }, ..]) return problems;
        var all = new ProblemList();
        all.Add(FileProblem.OfFile(
            ErrorCodes.E403, problems.Errors[0].Step, FormattableString.Invariant($"the file cannot be loaded ({problems.Errors[0].Code.Code}); the product data in force stays")));
        foreach (var problem in problems.Errors.Concat(problems.Warnings)) all.Add(problem);
        for (var i = problems.Errors.Count; i < problems.ErrorCount; i++) all.Count(ErrorCodes.E403);
        for (var i = problems.Warnings.Count; i < problems.WarningCount; i++) all.Count(ErrorCodes.W403);
        return all;
    }

    private sealed class Pass(ProductKind kind, ClientDefinition client)
    {
        private readonly KeySet _keys = new();
        private long _records;
        private long _accepted;
        private long _bytes;

        public ProblemList Problems { get; } = new();

        public void ReadAll(Stream stream, CancellationToken cancellation)
        {
            if (stream.CanSeek && stream.Length > client.Products.MaxBytes)
            {
                Problems.Add(FileProblem.OfFile(
                    ErrorCodes.E104, FileStep.Read, $"the file has {stream.Length} bytes; at most {client.Products.MaxBytes} (products.maxBytes) are read"));
                return;
            }

            using var reader = new ProductFileReader(stream, kind, client, Problems);
            while (reader.Read() is { } row)
            {
                if ((++_accepted & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
                _bytes += row.Body.Length;
                if (!_keys.Add(row.Id)) reader.Report(ErrorCodes.W403, FileStep.Validate, 0, "the id is there already; the last record of it is taken");
            }

            _records = reader.Records;
            if (Problems.ErrorCount > 0 || _accepted > 0) return;
            Problems.Add(_records == 0
                ? FileProblem.OfFile(ErrorCodes.E105, FileStep.Parse, "the file has no record; at least one was expected")
                : FileProblem.OfFile(ErrorCodes.E403, FileStep.Validate, "no record of the file can be used; the product data in force stays"));
        }

        public ProductValidation Result() => new()
        {
            Problems = WithSummary(Problems),
            Records = _records,
            Accepted = _accepted,
            Counts = new ProductCounts(_keys.Count, _bytes),
            Keys = _keys,
        };
    }
}
