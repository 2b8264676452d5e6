using System.Text;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Subscribers;

/// <summary>Closed-loop spec section 4.1, rows 1 to 17 and 35: the file and its grammar, one fixture each.</summary>
public sealed class Edge_cases_of_the_file
{
    private static readonly string Good = Row("a@example.org");

    [Fact]
    public void Case_01_byte_order_mark_at_the_start_is_dropped()
    {
        var result = Validate("\uFEFF" + Good);
        Assert.False(result.Failed);
        Assert.Equal(1, result.Accepted);
        result.TheOnlyProblem().IsAt("W152", 1, 0, 0);
    }

    [Fact]
    public void Case_02_byte_order_mark_elsewhere_is_a_character()
    {
        var bytes = Encoding.UTF8.GetBytes("a@example.org;71000000100;501;\uFEFF;Anna;Berg;P\n");
        var result = Validate(bytes);
        Assert.Empty(result.Problems.Errors.Concat(result.Problems.Warnings));
        Assert.Contains("\uFEFF", Encoding.UTF8.GetString(Assert.Single(Import(bytes)).Fields), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xE9 })] // é in Latin-1
    [InlineData(new byte[] { 0xC3 })] // cut in the middle
    [InlineData(new byte[] { 0xC0, 0xAF })] // overlong
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })] // surrogate
    public void Case_03_invalid_utf8_fails_the_file(byte[] bad)
    {
        var bytes = Encoding.UTF8.GetBytes(Good + "b@example.org;71000000100;501;Ms;@;Berg;P\n" + Row("c@example.org")).ToList();
        var at = bytes.LastIndexOf((byte)'@', bytes.LastIndexOf((byte)'c') - 1);
        bytes.RemoveAt(at);
        bytes.InsertRange(at, bad);
        var result = Validate([.. bytes]);
        Assert.True(result.Failed);
        var problem = result.TheOnlyProblem();
        problem.IsAt("E106", 2, 2, 5);
        Assert.Contains($"offset {at}", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_03_utf8_cut_at_the_end_of_the_file_fails_it()
    {
        var result = Validate([.. Encoding.UTF8.GetBytes("a@example.org;71000000100;501;;;;P"), 0xC3]);
        Assert.True(result.Failed);
        result.TheOnlyProblem().IsAt("E106", 1, 1, 7);
    }

    [Fact]
    public void Case_04_crlf_is_accepted_with_one_warning()
    {
        var result = Validate(Good + Row("b@example.org").Replace("\n", "\r\n", StringComparison.Ordinal) + Row("c@example.org").Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.False(result.Failed);
        Assert.Equal(3, result.Accepted);
        result.TheOnlyProblem().IsAt("W153", 2, 2, 0);
    }

    [Fact]
    public void Case_04_crlf_fails_the_file_when_the_dialect_says_so()
    {
        var client = Client with { Dialect = new() { AcceptCrLf = false } };
        var result = Validate(Good + Row("b@example.org").Replace("\n", "\r\n", StringComparison.Ordinal), client);
        Assert.True(result.Failed);
        result.TheOnlyProblem().IsAt("E108", 2, 2, 0);
    }

    [Theory]
    [InlineData("b@example.org;71000000100;501;M\rs;Anna;Berg;P\n", 4)]
    [InlineData("b@example.org;71000000100;501;\"Ms\"\r;Anna;Berg;P\n", 4)]
    [InlineData("b@example.org;71000000100;501;Ms;Anna;Berg;P\r", 7)]
    public void Case_05_lone_carriage_return_fails_the_file(string row, int column)
    {
        var result = Validate(Good + row);
        Assert.True(result.Failed);
        result.TheOnlyProblem().IsAt("E108", 2, 2, column);
    }

    [Theory]
    [InlineData("P")]
    [InlineData("\"P\"")]
    [InlineData("")]
    [InlineData("\"\"")]
    public void Case_06_last_line_needs_no_line_feed(string last)
    {
        var result = Validate(Good + "b@example.org;71000000100;501;Ms;Anna;Berg;" + last);
        Assert.Equal(0, result.Problems.ErrorCount + result.Problems.WarningCount);
        Assert.Equal(2, result.Accepted);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\n\n\n")]
    public void Case_07_empty_lines_at_the_end_are_ignored(string tail)
    {
        var result = Validate(Good + tail);
        Assert.Equal(0, result.Problems.ErrorCount + result.Problems.WarningCount);
        Assert.Equal(1, result.Records);
    }

    [Fact]
    public void Case_08_empty_line_between_records_fails_the_file()
    {
        var result = Validate(Good + "\n\r\n" + Row("b@example.org"));
        Assert.True(result.Failed);
        Assert.Collection(
            result.Problems.Errors,
            p => p.IsAt("E111", 2, 2, 1),
            p => p.IsAt("E111", 3, 3, 1));
    }

    [Fact]
    public void Case_09_separator_line_break_and_doubled_quote_inside_quotes_are_kept()
    {
        var bytes = Encoding.UTF8.GetBytes("a@example.org;71000000100;501;\"x;y\";\"1\n2\r\n3\";\"\"\"q\"\"\";\"P\"\nnobody;71000000100;501;;;;\n");
        var result = Validate(bytes);
        result.TheOnlyProblem().IsAt("E202", 4, 2, 1);
        var fields = Encoding.UTF8.GetString(Assert.Single(Import(bytes)).Fields);
        Assert.Equal("\u000ea@example.org\u000c71000000100\u0004501\u0004x;y\u00071\n2\r\n3\u0004\"q\"\u0002P", fields);
    }

    [Fact]
    public void Case_10_quote_inside_a_bare_field_fails_the_file()
    {
        var result = Validate(Good + "b@example.org;71000000100;501;ab\"c;Anna;Berg;P\n" + Good);
        Assert.True(result.Failed);
        result.TheOnlyProblem().IsAt("E110", 2, 2, 4);
    }

    [Theory]
    [InlineData("\"ab\"c")]
    [InlineData("\"ab\" ")]
    [InlineData("\"ab\"\t\"c\"")]
    public void Case_11_text_after_a_closing_quote_fails_the_file(string field)
    {
        var result = Validate(Good + $"b@example.org;71000000100;501;{field};Anna;Berg;P\n");
        Assert.True(result.Failed);
        result.TheOnlyProblem().IsAt("E110", 2, 2, 4);
    }

    [Fact]
    public void Case_12_file_that_ends_inside_quotes_fails_where_the_quote_opens()
    {
        var result = Validate(Good + "b@example.org;71000000100;501;\"M\ns\";\"Anna;Berg;P\n" + Good + Good);
        Assert.True(result.Failed);
        result.TheOnlyProblem().IsAt("E109", 3, 2, 5);
    }

    [Theory]
    [InlineData("b@example.org;71000000100;501;Ms;Anna;Berg\n", "6 columns", 7)]
    [InlineData("b@example.org;71000000100;501;Ms;Anna;Berg;P;\n", "8 columns", 8)]
    [InlineData("  \n", "1 columns", 2)]
    public void Case_13_wrong_number_of_columns_fails_the_file(string row, string found, int column)
    {
        var result = Validate(Good + row + Row("c@example.org"));
        Assert.True(result.Failed);
        var problem = result.TheOnlyProblem();
        problem.IsAt("E111", 2, 2, column);
        Assert.Contains(found, problem.Message, StringComparison.Ordinal);
        Assert.Contains("the list has 7", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\n\r\n")]
    [InlineData("\uFEFF\n")]
    public void Case_14_file_without_a_record_fails(string text)
    {
        var result = Validate(text);
        Assert.True(result.Failed);
        Assert.Single(result.Problems.Errors).IsAt("E105", 0, 0, 0);
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\u0001')]
    [InlineData('\u001F')]
    [InlineData('\u007F')]
    public void Case_15_control_character_fails_the_file(char control)
    {
        var bare = Validate(Good + $"b@example.org;71000000100;501;Ms;An{control}na;Berg;P\n");
        Assert.True(bare.Failed);
        bare.TheOnlyProblem().IsAt("E112", 2, 2, 5);
        var quoted = Validate(Good + $"b@example.org;71000000100;501;\"M\ns\";\"An\n{control}na\";Berg;P\n");
        Assert.True(quoted.Failed);
        quoted.TheOnlyProblem().IsAt("E112", 4, 2, 5);
    }

    [Fact]
    public void Case_15_tab_is_no_control_character()
    {
        Assert.Equal(1, Validate("a@example.org;71000000100;501;\t;\"\t\";Berg;P\n").Accepted);
    }

    [Theory]
    [InlineData("Email;broadmail_ID;WAVE_ID;Salutation;First name;Last name;Products\n")]
    [InlineData("\"email\";\"BROADMAIL_ID\";\"wave_id\";\"salutation\";\"firstname\";\"lastname\";\"products\"\n")]
    public void Case_16_header_fails_the_file(string header)
    {
        var result = Validate(header + Good);
        Assert.True(result.Failed);
        result.TheOnlyProblem().IsAt("E113", 1, 1, 0);
    }

    [Fact]
    public void Case_17_nothing_is_null_and_two_quotes_are_an_empty_string()
    {
        var bytes = Encoding.UTF8.GetBytes("a@example.org;71000000100;501;;\"\";Berg;P\n");
        var result = Validate(bytes);
        Assert.Equal(0, result.Problems.ErrorCount + result.Problems.WarningCount);
        var fields = Encoding.UTF8.GetString(Assert.Single(Import(bytes)).Fields);
        Assert.Equal("\u000ea@example.org\u000c71000000100\u0004501\0\u0001\u0005Berg\u0002P", fields);
    }

    [Fact]
    public void Case_35_file_above_the_limit_fails_and_one_at_the_limit_passes()
    {
        var text = Good + Row("b@example.org");
        Assert.Equal(2, Validate(text, Client with { Import = new() { MaxBytes = text.Length } }).Accepted);
        var result = Validate(text, Client with { Import = new() { MaxBytes = text.Length - 1 } });
        Assert.True(result.Failed);
        result.TheOnlyProblem().IsAt("E104", 0, 0, 0);
    }
}
