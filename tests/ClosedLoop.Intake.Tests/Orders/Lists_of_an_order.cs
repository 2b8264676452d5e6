using System.IO.Compression;
using System.Text;
using ClosedLoop.Intake.Orders;
using ClosedLoop.Intake.Orders.Lists;

namespace ClosedLoop.Intake.Tests.Orders;

public sealed class Lists_of_an_order : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("email,n\na@b.example,1\n", ',', "a@b.example/1")]
    [InlineData("email;n\r\na@b.example;1\r\n", ';', "a@b.example/1")]
    [InlineData("email\tn\na@b.example\t1", '\t', "a@b.example/1")]
    [InlineData("email|n\na@b.example|1;2\n", '|', "a@b.example/1;2")]
    [InlineData("\uFEFF email , n \n\n\"a@b.example\",\"x \"\"y\"\",\nz\"\n\n", ',', "a@b.example/x \"y\",\nz")]
    [InlineData("email,n\na@b.example,\n,=1+1\n", ',', "a@b.example/ /=1+1")]
    public void Grammar_of_lists_is_read(string text, char separator, string expected)
    {
        var problems = new OrderProblems();
        using var rows = Open(Encoding.UTF8.GetBytes(text), problems, separator)!;
        Assert.Equal(["email", "n"], rows.Columns);
        Assert.Equal(expected, string.Join(' ', All(rows)));
        Assert.Empty(problems.Kept);
    }

    [Fact]
    public void Row_with_other_cells_is_skipped_and_told_with_its_line()
    {
        var problems = new OrderProblems();
        using var rows = Open("email,n\na@b.example\nb@b.example,2\nc@b.example,3,4\n"u8.ToArray(), problems)!;
        Assert.Equal(["b@b.example/2"], All(rows));
        Assert.Equal(3, rows.Count);
        Assert.Equal(["W-04 2:0", "W-04 4:0"], Given.Words(problems));
    }

    [Theory]
    [InlineData("", "E-13 0:0")]
    [InlineData("email,,n\n", "E-09 1:2")]
    [InlineData("email,Email\n", "E-09 1:2")]
    [InlineData("email,xml_Delivery_code\n", "E-09 1:2")]
    [InlineData("email,\"n\n", "E-13 1:2")]
    public void List_that_cannot_be_used_says_why(string text, string expected)
    {
        var problems = new OrderProblems();
        Assert.Null(Open(Encoding.UTF8.GetBytes(text), problems));
        Assert.Equal([expected], Given.Words(problems));
    }

    [Theory]
    [InlineData("email,n\na@b.example,1\nb@b.example,x\"y\n", "E-13 3:2")]
    [InlineData("email,n\na@b.example,1\nb@b.example,\"x\"y\n", "E-13 3:2")]
    [InlineData("email,n\na@b.example,\u0001\n", "E-13 2:2")]
    public void Fault_in_a_row_ends_the_list(string text, string expected)
    {
        var problems = new OrderProblems();
        using var rows = Open(Encoding.UTF8.GetBytes(text), problems)!;
        _ = All(rows);
        Assert.Equal([expected], Given.Words(problems));
    }

    [Fact]
    public void Charset_is_that_of_the_configuration_unless_a_mark_says_UTF8()
    {
        var problems = new OrderProblems();
        using (var rows = ListRows.Open(() => new MemoryStream([.. "email,n\na@b.example,"u8, 0xA4, 0x0A]), "l.csv", "iso-8859-15", ',', OrderLimits.Default, problems)!) Assert.Equal(["a@b.example/€"], All(rows));
        using (var rows = ListRows.Open(() => new MemoryStream([0xEF, 0xBB, 0xBF, .. "email,n\na@b.example,€\n"u8]), "l.csv", "iso-8859-15", ',', OrderLimits.Default, problems)!) Assert.Equal(["a@b.example/€"], All(rows));
        using (var rows = Open([.. "email,n\na@b.example,"u8, 0xA4, 0x0A], problems)!) _ = All(rows);
        Assert.Equal(["E-13 2:2"], Given.Words(problems));
        using (var rows = ListRows.Open(() => new MemoryStream([.. "email,n\na@b.example,"u8, 0x81, 0x0A]), "l.csv", "shift_jis", ',', OrderLimits.Default, problems)) _ = rows is null ? [] : All(rows);
        Assert.Equal(2, problems.ErrorCount);
    }

    [Fact]
    public void Archive_with_one_list_is_read_whatever_its_name()
    {
        var problems = new OrderProblems();
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("folder/");
            using var stream = zip.CreateEntry("folder/any name.txt").Open();
            stream.Write("email,n\na@b.example,1\n"u8);
        }

        using var rows = Open(memory.ToArray(), problems)!;
        Assert.Equal(["a@b.example/1"], All(rows));
        Assert.Empty(problems.Kept);
    }

    [Fact]
    public void Each_limit_of_lists_is_crossed_by_one()
    {
        var text = "email,n\na@b.example,1\n"u8.ToArray();
        Assert.Equal(0, Errors(text, OrderLimits.Default with { MaxListBytes = text.Length, MaxRowBytes = 14, MaxFields = 2 }));
        Assert.Equal(1, Errors(text, OrderLimits.Default with { MaxListBytes = text.Length - 1 }));
        Assert.Equal(1, Errors(text, OrderLimits.Default with { MaxRowBytes = 13 }));
        Assert.Equal(1, Errors(text, OrderLimits.Default with { MaxFields = 1 }));

        static int Errors(byte[] bytes, OrderLimits limits)
        {
            var problems = new OrderProblems();
            using var rows = ListRows.Open(() => new MemoryStream(bytes), "l.csv", "utf-8", ',', limits, problems);
            if (rows is not null) _ = All(rows);
            return (int)problems.ErrorCount;
        }
    }

    [Fact]
    public void Missing_empty_and_unusable_lists_have_their_keys()
    {
        const string order = Given.Email;
        Assert.Equal(["E-05 10:26"], Check(order, null).Where(words => words[0] == 'E'));
        Assert.Equal(["E-10 10:26"], Check(order, "email\n").Where(words => words[0] == 'E'));
        Assert.Equal(["E-10 10:26", "W-04 2:1"], Check(order, "email\nnobody\n"));
        Assert.Equal(["W-02 32:0"], Check(order, "email\n" + string.Concat(Enumerable.Range(0, 31).Select(i => $"t{i}@example.com\n"))));
        Assert.Empty(Check(order, "email\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"t{i}@example.com\n"))));
    }

    private string[] Check(string order, string? list)
    {
        File.WriteAllText(_folder.Of("o.xml"), order);
        File.Delete(_folder.Of("test.csv"));
        if (list is not null) File.WriteAllText(_folder.Of("test.csv"), list);
        return Given.Words(OrderCheck.Run(_folder.Of("o.xml"), null, new SettableClock(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero))).Problems);
    }

    private static ListRows? Open(byte[] bytes, OrderProblems problems, char separator = ',') =>
        ListRows.Open(() => new MemoryStream(bytes), "l.csv", "utf-8", separator, OrderLimits.Default, problems);

    private static List<string> All(ListRows rows)
    {
        var all = new List<string>();
        while (rows.Read()) all.Add(string.Join('/', rows.Columns.Select((_, i) => rows.Value(i))));
        return all;
    }
}
