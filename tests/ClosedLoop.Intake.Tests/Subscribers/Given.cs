using System.Text;
using ClosedLoop.Data.Ledger;
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

    /// <summary>What a file gives the ledger, in order, read in blocks of a few rows.</summary>
    public static List<(int Group, string Address, byte[] Fields)> Import(byte[] bytes, ClientDefinition? client = null, int rowsPerBlock = 3)
    {
        using var stream = new MemoryStream(bytes);
        using var validator = new SubscribersValidator(client ?? Client, _ => SourceVerdict.Usable);
        using var block = new RecipientBlock();
        var rows = new List<(int, string, byte[])>();
        validator.Begin(stream);
        bool more;
        do
        {
            block.Clear();
            more = validator.Read(block, rowsPerBlock);
            foreach (ref readonly var row in block.Rows) rows.Add((row.Group, Encoding.UTF8.GetString(block.Address(row)), block.Fields(row).ToArray()));
        }
        while (more);
        return rows;
    }
}
