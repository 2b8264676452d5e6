using System.Text;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Files;
using ClosedLoop.Model.Lists;

namespace ClosedLoop.Intake.Tests.Subscribers;

/// <summary>A client with the seven-column list of the interface's example, and short ways to validate text.</summary>
internal static class Given
{
    public const long ClientId = 90000000001;

    public static ClientDefinition Client { get; } = new()
    {
        Id = ClientId,
        Key = "acme",
        Sender = new SenderSettings { Address = "news@acme.example" },
        List = ListDefinition.Default with
        {
            Fields = [.. ListDefinition.Default.Fields, new() { Name = "products", DisplayName = "Products", Length = 20 }],
        },
    };

    public static string Row(string address, string source = "71000000100", string wave = "501") => $"{address};{source};{wave};Ms;Anna;Berg;P-1\n";

    public static FileValidation Validate(string text, ClientDefinition? client = null) => Validate(Encoding.UTF8.GetBytes(text), client);

    public static FileValidation Validate(byte[] bytes, ClientDefinition? client = null)
    {
        using var stream = new MemoryStream(bytes);
        return new SubscribersValidator(client ?? Client, _ => SourceVerdict.Usable).Run(stream);
    }

    public static FileProblem TheOnlyProblem(this FileValidation validation) =>
        Assert.Single(validation.Problems.Errors.Concat(validation.Problems.Warnings));

    public static void IsAt(this FileProblem problem, string code, long line, long record, int column) =>
        Assert.Equal((code, line, record, column), (problem.Code.Code, problem.Line, problem.Record, problem.Column));

    /// <summary>Addresses the second pass yields, in order, with their group.</summary>
    public static List<(int Group, string Address, byte[] Fields)> Import(byte[] bytes, FileValidation validation, ClientDefinition? client = null, int chunk = 3)
    {
        using var stream = new MemoryStream(bytes);
        var rows = new List<(int, string, byte[])>();
        foreach (var part in SubscribersImport.Read(stream, client ?? Client, validation, chunk))
        {
            using (part)
            {
                foreach (ref readonly var row in part.Rows)
                {
                    rows.Add((row.Group, Encoding.ASCII.GetString(part.Address(row)), part.Fields(row).ToArray()));
                }
            }
        }

        return rows;
    }
}
