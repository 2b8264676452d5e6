using System.Text;
using ClosedLoop.Data.Ledger;
using ClosedLoop.Intake.Subscribers;
using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Lists;
using ClosedLoop.Model.Mailings;

namespace ClosedLoop.Intake.Tests.Subscribers;

public sealed class Records_of_other_channels
{
    private static readonly ClientDefinition Client = Given.Client with
    {
        List = new ListDefinition
        {
            Fields = [new() { Name = "email", Required = true }, new() { Name = "broadmail_id", Type = FieldType.Long, Required = true }, new() { Name = "phone" }, new() { Name = "push_token", Length = 4091 }, new() { Name = "push_platform" }],
        },
        Channels = new ChannelSettings
        {
            Sms = new SmsSettings { CountryCode = "49", Smpp = new SmppSettings { Host = "h", SystemId = "s", PasswordSetting = "P" } },
            Push = new PushSettings { Fcm = new FcmSettings { ServiceAccountFile = "/a" } },
        },
    };

    [Fact]
    public void Each_group_is_addressed_by_the_column_of_its_channel() => Assert.Equal(
        ["1 anna@example.org", "2 +4915112345678", "3 fcm:Token"],
        Accepted("anna@example.org;1;;;\n;2;0151/12345678;;\n;3;;Token;android\n", out _));

    [Fact]
    public void The_same_number_in_another_spelling_is_the_same_recipient()
    {
        Assert.Single(Accepted(";2;0151 12345678;;\n;2;+49 151 12345678;;\n", out var validation));
        validation.TheOnlyProblem().IsAt("W203", line: 2, record: 2, column: 3);
    }

    [Theory]
    [InlineData("a@example.org;2;;;\n", "E201", 3)]
    [InlineData("a@example.org;2;nobody;;\n", "E202", 3)]
    [InlineData("a@example.org;3;;;fcm\n", "E201", 4)]
    [InlineData("a@example.org;3;;a b;fcm\n", "E202", 4)]
    [InlineData("a@example.org;3;;Token;windows\n", "E202", 4)]
    [InlineData("a@example.org;3;;Token;apns\n", "E202", 4)]
    [InlineData(";1;;;\n", "E201", 1)]
    public void A_faulty_address_is_named_with_its_column(string row, string code, int column)
    {
        Accepted(row, out var validation);
        Assert.Contains(validation.Problems.Errors, problem => (problem.Code.Code, problem.Column) == (code, column));
    }

    [Fact]
    public void A_mailing_of_a_channel_that_the_client_has_not_is_refused()
    {
        var source = new SourceMailing { Id = 1, ClientId = Given.ClientId, Name = "x", Subject = "", Channel = MessageChannel.Sms };
        Assert.Equal("E303", SourceVerdict.Of(source, Given.Client).Code?.Code);
        Assert.Equal((null, MessageChannel.Sms), (SourceVerdict.Of(source, Client).Code, SourceVerdict.Of(source, Client).Channel));
    }

    private static List<string> Accepted(string text, out FileValidation validation)
    {
        using var validator = new SubscribersValidator(Client, id => SourceVerdict.Usable with { Channel = (MessageChannel)(id - 1) });
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var block = new RecipientBlock();
        validator.Begin(stream);
        while (validator.Read(block, int.MaxValue))
        {
            // Everything in one block.
        }

        var rows = new List<string>();
        foreach (ref readonly var row in block.Rows) rows.Add($"{validator.Groups[row.Group].SourceId} {Encoding.UTF8.GetString(block.Address(row))}");
        validation = validator.End();
        return rows;
    }
}
