using System.Text;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Lists;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Subscribers;

/// <summary>Every limit of the import settings, met and crossed by one.</summary>
public sealed class Limits
{
    [Theory]
    [InlineData(0)]
    [InlineData(400_000)]
    public void Record_longer_than_its_limit_fails_the_file(int before)
    {
        var client = Client with { Import = new() { MaxRecordBytes = 2000 }, List = LongField(5000) };
        var filler = new StringBuilder();
        for (var i = 0; filler.Length < before; i++) filler.Append(Row($"x{i}@example.org"));
        var start = "a@example.org;71000000100;501;;;;";
        var row = start + new string('x', 2000 - start.Length - 1) + "\n";
        Assert.False(Validate(filler + row, client).Failed);
        var result = Validate(filler + row.Replace("\n", "x\n", StringComparison.Ordinal), client);
        Assert.True(result.Failed);
        Assert.Equal("E104", result.Problems.Errors[^1].Code.Code);
    }

    [Fact]
    public void Endless_record_is_given_up_at_the_limit_and_not_buffered()
    {
        var client = Client with { Import = new() { MaxRecordBytes = 100_000 } };
        using var stream = new EndlessStream((byte)'"');
        var result = new SubscribersValidator(client, _ => SourceVerdict.Usable).Run(stream);
        Assert.Single(result.Problems.Errors).IsAt("E104", 1, 1, 0);
        Assert.InRange(stream.Taken, 100_000, 1_000_000);
    }

    [Fact]
    public void Field_longer_than_its_limit_in_bytes_skips_the_record()
    {
        var client = Client with { Import = new() { MaxFieldBytes = 100 }, List = LongField(1000) };
        Assert.Equal(1, Validate($"a@example.org;71000000100;501;;;;{new string('x', 100)}\n", client).Accepted);
        var result = Validate(Row("b@example.org") + $"a@example.org;71000000100;501;;;;{new string('x', 101)}\n", client);
        result.TheOnlyProblem().IsAt("E204", 2, 2, 7);
    }

    [Fact]
    public void List_with_more_columns_than_the_limit_is_refused()
    {
        Assert.Equal(1, Validate(Row("a@example.org"), Client with { Import = new() { MaxColumns = 7 } }).Accepted);
        var e = Assert.Throws<ArgumentException>(() => Validate(Row("a@example.org"), Client with { Import = new() { MaxColumns = 6 } }));
        Assert.Contains("import.maxColumns", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_with_more_groups_than_the_limit_fails()
    {
        var client = Client with { Import = new() { MaxGroups = 2 } };
        var two = Row("a@example.org", wave: "1") + Row("a@example.org", wave: "2");
        Assert.Equal(2, Validate(two, client).Accepted);
        var result = Validate(two + Row("a@example.org", wave: "3") + Row("a@example.org", wave: "4"), client);
        Assert.True(result.Failed);
        result.TheOnlyProblem().IsAt("E104", 3, 3, 2);
    }

    [Fact]
    public void Record_with_very_many_columns_is_counted_and_not_stored()
    {
        var result = Validate(new string(';', 900_000) + "\n");
        Assert.Contains("900001 columns", Assert.Single(result.Problems.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_charsets_are_decoded_and_their_faults_found()
    {
        var client = Client with { Dialect = new() { Encoding = "windows-1252" } };
        var bytes = Encoding.Latin1.GetBytes("a@example.org;71000000100;501;;J\u00e9;;\n");
        var result = Validate(bytes, client);
        Assert.Equal(1, result.Accepted);
        Assert.Contains("Jé", Encoding.UTF8.GetString(Assert.Single(Import(bytes, client)).Fields), StringComparison.Ordinal);
        var ascii = Client with { Dialect = new() { Encoding = "us-ascii" } };
        Assert.Equal("E106", Assert.Single(Validate(bytes, ascii).Problems.Errors).Code.Code);
    }

    [Fact]
    public void Unknown_charset_is_refused()
    {
        var e = Assert.Throws<ArgumentException>(() => Validate("", Client with { Dialect = new() { Encoding = "klingon" } }));
        Assert.Contains("import.encoding", e.Message, StringComparison.Ordinal);
    }

    private static ListDefinition LongField(int length) =>
        new() { Fields = [.. Client.List.Fields.SkipLast(1), Client.List.Fields[^1] with { Length = length }] };
}
