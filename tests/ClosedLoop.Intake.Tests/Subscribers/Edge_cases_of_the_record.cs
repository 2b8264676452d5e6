using System.Globalization;
using System.Text;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Lists;
using static ClosedLoop.Intake.Tests.Subscribers.Given;

namespace ClosedLoop.Intake.Tests.Subscribers;

/// <summary>Closed-loop spec section 4.1, rows 18 to 34: records and groups, one fixture each.</summary>
public sealed class Edge_cases_of_the_record
{
    private static readonly string Good = Row("a@example.org");

    [Fact]
    public void Case_18_value_longer_than_its_field_skips_the_record()
    {
        var limit = string.Concat(Enumerable.Repeat("é", 19)) + "\U0001F600";
        Assert.Equal(1, Validate($"a@example.org;71000000100;501;;;;{limit}\n").Accepted);
        SkipsTheRecord($"b@example.org;71000000100;501;;;;{limit}x\n", "E204", 7);
    }

    [Theory]
    [InlineData("P-1,P-2", "")]
    [InlineData("\"P-1, P-2\"", "W403")]
    [InlineData("\" P-1\"", "W403")]
    [InlineData("", "")]
    public void Blanks_beside_product_ids_are_told_and_the_record_is_taken(string ids, string codes)
    {
        var client = Client with { List = Client.List with { Fields = [.. Client.List.Fields.SkipLast(1), new() { Name = "products", Content = FieldContent.ProductId }] } };
        var validation = Validate($"a@example.org;71000000100;501;;;;{ids}\n", client);
        Assert.Equal(1, validation.Accepted);
        Assert.Equal(codes, string.Join(' ', validation.Problems.Warnings.Select(problem => problem.Code.Code)));
        Assert.Equal(256, client.List.Fields[^1].EffectiveLength);
    }

    [Theory]
    [InlineData(FieldType.Long, "9223372036854775807", "9223372036854775808")]
    [InlineData(FieldType.Long, " -5\t", "+5")]
    [InlineData(FieldType.Integer, "-2147483648", "2147483648")]
    [InlineData(FieldType.Short, "32767", "32768")]
    [InlineData(FieldType.Short, "1", "1.0")]
    [InlineData(FieldType.Decimal, "-12.50", "12,50")]
    [InlineData(FieldType.Float, "3", "3.")]
    [InlineData(FieldType.Float, "0.1", ".1")]
    [InlineData(FieldType.Date, "2024-02-29", "2023-02-29")]
    [InlineData(FieldType.Date, "2024-12-31", "31.12.2024")]
    [InlineData(FieldType.Timestamp, "2024-02-29 23:59:59", "2024-02-29 24:00:00")]
    [InlineData(FieldType.Timestamp, "2024-02-29 00:00:00", "2024-02-29T00:00:00")]
    [InlineData(FieldType.Boolean, "true", "yes")]
    [InlineData(FieldType.Boolean, "0", "TRUE")]
    public void Case_19_value_not_of_its_type_skips_the_record(FieldType type, string right, string wrong)
    {
        var client = WithLastField(f => f with { Type = type });
        Assert.Equal(1, Validate($"a@example.org;71000000100;501;;;;{right}\n", client).Accepted);
        Assert.Equal(1, Validate("a@example.org;71000000100;501;;;;\n", client).Accepted);
        SkipsTheRecord($"b@example.org;71000000100;501;;;;{wrong}\n", "E205", 7, client);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    public void Case_20_empty_required_field_skips_the_record(string empty) =>
        SkipsTheRecord($"b@example.org;71000000100;501;;;;{empty}\n", "E206", 7, WithLastField(f => f with { Required = true }));

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("   ")]
    public void Case_21_missing_address_skips_the_record(string address) => SkipsTheRecord(Row(address), "E201", 1);

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@b@example.org")]
    [InlineData("a b@example.org")]
    public void Case_22_malformed_address_skips_the_record(string address) => SkipsTheRecord(Row(address), "E202", 1);

    [Fact]
    public void Address_with_letters_beyond_ascii_is_for_clients_whose_relay_takes_it()
    {
        SkipsTheRecord(Row("käthe@example.org"), "E202", 1);
        var client = Client with { Relay = new() { SmtpUtf8 = true } };

        // The fourth is the first in another case.
        var result = Validate(Row("käthe@example.org") + Row("käthe@example.net") + Row("kättie@example.org") + Row("Käthe@example.org"), client);
        Assert.Equal(3, result.Accepted);
        result.TheOnlyProblem().IsAt("W203", 4, 4, 1);
    }

    [Fact]
    public void Case_23_repeated_address_in_a_group_keeps_the_first_record()
    {
        var bytes = Encoding.UTF8.GetBytes("A@Example.org;71000000100;501;Ms;First;;\na@example.ORG;71000000100;501;Ms;Second;;\n");
        var result = Validate(bytes);
        Assert.False(result.Failed);
        result.TheOnlyProblem().IsAt("W203", 2, 2, 1);
        var group = Assert.Single(result.Groups);
        Assert.Equal((2, 1, 1), (group.Total, group.Net, group.Skipped));
        Assert.Contains("First", Encoding.UTF8.GetString(Assert.Single(Import(bytes)).Fields), StringComparison.Ordinal);
    }

    [Fact]
    public void Case_23_the_first_valid_record_wins_over_a_faulty_one()
    {
        var result = Validate("a@example.org;71000000100;501;;;;012345678901234567890\n" + Good);
        Assert.Equal("E204", result.TheOnlyProblem().Code.Code);
        Assert.Equal(1, result.Accepted);
    }

    [Fact]
    public void Case_24_same_address_in_two_groups_is_kept_in_both()
    {
        var result = Validate(Row("a@example.org", wave: "1") + Row("a@example.org", wave: "2"));
        Assert.Equal(0, result.Problems.WarningCount);
        Assert.Equal([1L, 1L], result.Groups.Select(g => g.Net));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("071000000100")]
    [InlineData("-71000000100")]
    [InlineData("71000000100x")]
    [InlineData("12345678901234567890")]
    [InlineData("9999999999999999999")]
    public void Case_28_malformed_mailing_id_fails_the_file(string id)
    {
        var result = Validate(Good + Row("b@example.org", id));
        Assert.True(result.Failed);
        result.TheOnlyProblem().IsAt("E301", 2, 2, 2);
    }

    [Fact]
    public void Case_29_unknown_mailing_id_in_any_record_fails_the_file()
    {
        var text = Good + Row("bad address", "71000000999") + Row("c@example.org", "71000000999");
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var asked = new List<long>();
        var result = new SubscribersValidator(Client, Lookup).Run(stream);
        Assert.True(result.Failed);
        Assert.Collection(result.Problems.Errors, p => p.IsAt("E302", 2, 2, 2), p => p.IsAt("E202", 2, 2, 1));
        Assert.Equal([71000000100, 71000000999], asked);

        SourceVerdict Lookup(long id)
        {
            asked.Add(id);
            return id == 71000000100 ? SourceVerdict.Usable : SourceVerdict.Of(null, Client);
        }
    }

    [Fact]
    public void Cases_30_and_31_every_pair_of_mailing_and_wave_is_a_group_in_file_order()
    {
        var text = Row("a@example.org", "71", "2") + Row("b@example.org", "72", "2") + Row("c@example.org", "71", "1") + Row("d@example.org", "71", "2");
        var bytes = Encoding.UTF8.GetBytes(text);
        var result = Validate(bytes);
        Assert.Equal([(71L, 2L, 2L), (72, 2, 1), (71, 1, 1)], result.Groups.Select(g => (g.SourceId, g.WaveId!.Value, g.Net)));
        Assert.Equal(
            [(0, "a@example.org"), (1, "b@example.org"), (2, "c@example.org"), (0, "d@example.org")],
            Import(bytes).Select(r => (r.Group, r.Address)));
    }

    [Fact]
    public void Case_32_empty_wave_is_a_group_of_its_own()
    {
        var result = Validate(Good + Row("b@example.org", wave: "") + Row("c@example.org", wave: "\"\""));
        Assert.Equal(0, result.Problems.ErrorCount);
        Assert.Equal([501L, null], result.Groups.Select(g => g.WaveId));
        Assert.Equal(2, result.Groups[1].Net);
    }

    [Fact]
    public void Case_32_wave_that_is_no_number_skips_the_record() => SkipsTheRecord(Row("b@example.org", wave: "x1"), "E205", 3);

    [Fact]
    public void Case_33_wave_of_an_earlier_file_is_sent_again_with_a_warning()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Good + Row("b@example.org", wave: "502")));
        var result = new SubscribersValidator(Client, _ => SourceVerdict.Usable, (source, wave) => (source, wave) == (71000000100, 502)).Run(stream);
        Assert.Equal(2, result.Accepted);
        result.TheOnlyProblem().IsAt("W154", 2, 2, 3);
    }

    [Fact]
    public void Case_34_group_without_valid_recipient_is_left_out_with_a_warning()
    {
        var result = Validate(Good + Row("nobody", wave: "502"));
        Assert.False(result.Failed);
        Assert.Single(result.Problems.Warnings).IsAt("W308", 2, 2, 0);
        Assert.Equal([1L, 0L], result.Groups.Select(g => g.Net));
    }

    [Theory]
    [InlineData("nobody", "501")]
    [InlineData("a@example.org", "x")]
    public void Case_34_file_without_any_valid_recipient_fails(string address, string wave)
    {
        var result = Validate(Row(address, wave: wave));
        Assert.True(result.Failed);
        Assert.Equal("E308", result.Problems.Errors[^1].Code.Code);
        Assert.Equal(0, result.Problems.WarningCount);
    }

    [Fact]
    public void Record_errors_fail_the_file_when_the_client_wants_it()
    {
        var client = Client with { Import = new() { RecordErrorsFail = true } };
        Assert.True(Validate(Good + Row("nobody"), client).Failed);
        Assert.False(Validate(Good + Good, client).Failed);
    }

    [Fact]
    public void Every_fault_of_a_record_is_reported_on_the_line_of_its_field()
    {
        var result = Validate(Good + "\"b\";71000000100;501;\"two\nlines\";;;012345678901234567890\n");
        Assert.Collection(result.Problems.Errors, p => p.IsAt("E202", 2, 2, 1), p => p.IsAt("E204", 3, 2, 7));
        Assert.All(result.Problems.Errors, p => Assert.Equal("71000000100/501", p.Group));
    }

    [Fact]
    public void First_thousand_errors_are_kept_and_the_rest_is_counted()
    {
        var text = new StringBuilder(Good);
        for (var i = 0; i < ProblemList.Capacity + 7; i++) text.Append(Row("nobody" + i.ToString(CultureInfo.InvariantCulture)));
        var result = Validate(text.ToString());
        Assert.Equal(ProblemList.Capacity, result.Problems.Errors.Count);
        Assert.Equal(7, result.Problems.ErrorsLeftOut);
        Assert.Equal(1001, result.Problems.Errors[^1].Line);
        Assert.Equal((7, ProblemList.Capacity), (result.Problems.LeftOut, result.Problems.Kept.Count()));
    }

    [Fact]
    public void Messages_hold_no_value_of_the_file()
    {
        var result = Validate("secret;71000000100;secret;secret;;;\nsecret@x;71000000100;1;;;;secretsecretsecretsecret\nsecret;secret;1;;;;\nsecret\n");
        Assert.True(result.Problems.ErrorCount >= 5);
        Assert.All(result.Problems.Errors, p => Assert.DoesNotContain("secret", p.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Verdicts_follow_the_rules_for_source_mailings()
    {
        var good = new ClosedLoop.Model.Mailings.SourceMailing { Id = 1, ClientId = ClientId, Name = "n", Subject = "s" };
        Assert.Null(SourceVerdict.Of(good, Client).Code);
        Assert.Null(SourceVerdict.Of(good with { Status = Model.Mailings.SourceStatus.New }, Client).Code);
        Assert.Equal(ErrorCodes.E302, SourceVerdict.Of(null, Client).Code);
        Assert.Equal(ErrorCodes.E303, SourceVerdict.Of(good with { Origin = Model.Mailings.SourceOrigin.Api }, Client).Code);
        Assert.Equal(ErrorCodes.E303, SourceVerdict.Of(good with { Type = Model.Mailings.SourceType.Event }, Client).Code);
        Assert.Equal(ErrorCodes.E304, SourceVerdict.Of(good with { Status = Model.Mailings.SourceStatus.Activated }, Client).Code);
        Assert.Equal(ErrorCodes.E305, SourceVerdict.Of(good with { ClientId = 5 }, Client).Code);
    }

    private static void SkipsTheRecord(string row, string code, int column, ClientDefinition? client = null)
    {
        var before = client is null ? Good : "a@example.org;71000000100;501;;;;1\n";
        var after = client is null ? Row("z@example.org") : "z@example.org;71000000100;501;;;;1\n";
        if (client?.List.Fields[^1].Type is FieldType.Date) (before, after) = (before.Replace(";1\n", ";2020-01-01\n", StringComparison.Ordinal), after.Replace(";1\n", ";2020-01-01\n", StringComparison.Ordinal));
        if (client?.List.Fields[^1].Type is FieldType.Timestamp) (before, after) = (before.Replace(";1\n", ";2020-01-01 00:00:00\n", StringComparison.Ordinal), after.Replace(";1\n", ";2020-01-01 00:00:00\n", StringComparison.Ordinal));
        var result = Validate(before + row + after, client);
        Assert.False(result.Failed);
        Assert.Equal((3, 2, 1), (result.Records, result.Accepted, result.Skipped));
        result.TheOnlyProblem().IsAt(code, 2, 2, column);
    }

    private static ClientDefinition WithLastField(Func<FieldDefinition, FieldDefinition> change) =>
        Client with { List = new() { Fields = [.. Client.List.Fields.SkipLast(1), change(Client.List.Fields[^1])] } };
}
