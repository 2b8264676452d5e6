using System.Text;
using ClosedLoop.Data.Products;
using ClosedLoop.Intake.Products;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Products;

namespace ClosedLoop.Intake.Tests.Products;

/// <summary>Short ways to check and read product files.</summary>
internal static class ProductText
{
    public const string Good = "id;name;link1Url\nP-1;Cup;https://shop.example/1\nP-2;Pot;\n";

    public static ClientDefinition Client(ProductSettings? products = null, bool recordErrorsFail = false) => Subscribers.Given.Client with
    {
        Products = products ?? new ProductSettings(),
        Import = new ImportSettings { RecordErrorsFail = recordErrorsFail },
    };

    public static ProductValidation Check(string text, ProductKind kind = ProductKind.Products, ClientDefinition? client = null) => Check(Encoding.UTF8.GetBytes(text), kind, client);

    public static ProductValidation Check(byte[] bytes, ProductKind kind = ProductKind.Products, ClientDefinition? client = null)
    {
        using var stream = new MemoryStream(bytes);
        return ProductCheck.Run(stream, kind, client ?? Client());
    }

    /// <summary>Code, line, record and column of all problems, errors first.</summary>
    public static string Problems(ProductValidation validation) => string.Join(' ', validation.Problems.Errors.Concat(validation.Problems.Warnings)
        .Select(p => FormattableString.Invariant($"{p.Code.Code}@{p.Line}/{p.Record}/{p.Column}")));

    /// <summary>Rows as the second pass writes them, the last of each id.</summary>
    public static Dictionary<string, string> Rows(string text, ProductKind kind)
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var reader = new ProductFileReader(stream, kind, Client(), new());
        while (reader.Read() is { } row) rows[row.Id] = TextOf(row, kind);
        return rows;
    }

    /// <summary>A mapping or recommendation as it is, a product as its columns that are not empty.</summary>
    public static string TextOf(ProductRow row, ProductKind kind) => kind != ProductKind.Products
        ? Encoding.UTF8.GetString(row.Body.Span)
        : string.Join('|', ProductColumns.All.Zip(ProductBody.Unpack(row.Id, row.Body.Span)).Skip(1).Where(c => c.Second is not null).Select(c => $"{c.First}={c.Second}"));
}
