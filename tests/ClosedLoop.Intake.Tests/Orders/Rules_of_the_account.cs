using ClosedLoop.Intake.Orders;
using ClosedLoop.Intake.Orders.Accounts;
using ClosedLoop.Model.Accounts;

namespace ClosedLoop.Intake.Tests.Orders;

/// <summary>What hangs on the account. Each case spoils an order that the account allows.</summary>
public sealed class Rules_of_the_account : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("order-a.xml", "API-KEY-0001", "API-KEY-0002", "E-07", "<auth>")]
    [InlineData("order-a.xml", "USER-KEY-0001", "USER-KEY-0003", "E-07", "<auth>")]
    [InlineData("order-c.xml", "USER-KEY-0002", "USER-KEY-0001", "E-07", "<auth>")]
    [InlineData("order-c.xml", ">2103<", ">9999<", "E-16", "<newsletter>")]
    [InlineData("order-c.xml", ">2103<", ">2104<", "E-16", "<newsletter>")]
    [InlineData("order-a.xml", "<transactional/>", "", "E-15", "<delivery")]
    [InlineData("order-c.xml", "<delivery method=\"manual\"/>", "<delivery method=\"manual\"><transactional/></delivery>", "E-15", "<transactional/>")]
    [InlineData("order-b.xml", ">31<", ">45<", "E-11", "<test rendering")]
    [InlineData("order-b.xml", ">45<", ">31<", "E-11", "<normal>")]
    [InlineData("order-b.xml", ">45<", ">46<", "E-11", "<normal>")]
    [InlineData("order-b.xml", ">45<", ">99<", "E-11", "<normal>")]
    [InlineData("order-b.xml", ">45<", ">0<", "E-11", "<normal>")]
    [InlineData("order-b.xml", ">7788<", ">7789<", "E-16", "<template_from")]
    [InlineData("order-b.xml", ">7788<", ">7790<", "E-16", "<template_from")]
    [InlineData("order-b.xml", "2031-05-14T09", "2031-05-02T09", "E-14", "<schedule>")]
    [InlineData("order-a.xml", "orders@example.com", "orders@example.org", "E-18", "<address>")]
    [InlineData("order-a.xml", "<reply_to><![CDATA[Example Shop <help@example.com>]]></reply_to>", "", "E-18", "<message>")]
    [InlineData("order-a.xml", "<encoding>utf-8", "<encoding>iso-8859-15", "E-17", "<encoding>")]
    [InlineData("order-a.xml", "your order ${ORDER_NO}$", "your order ${ORDER}$", "E-19", "<subject>")]
    [InlineData("order-a.xml", "Hello ${FIRSTNAME}$,<", "Hello @{https://evil.example/}@,<", "E-19", "<html>")]
    [InlineData("order-c.xml", "<firstname>Carla</firstname>", "<surname>Carla</surname>", "E-09", "<recipient>")]
    [InlineData("order-c.xml", "<email>qa@example.com</email>", "", "E-09", "<test_recipient>")]
    public void Order_that_the_account_does_not_allow(string example, string old, string spoilt, string key, string place)
    {
        var xml = File.ReadAllText(Given.ExamplePath(example));
        Assert.Contains(old, xml, StringComparison.Ordinal);
        xml = xml.Replace(old, spoilt, StringComparison.Ordinal);
        var at = xml.IndexOf(place, StringComparison.Ordinal);
        var expected = $"{key} {xml[..at].Count(c => c == '\n') + 1}:{at - xml[..at].LastIndexOf('\n')}";
        Assert.Equal([expected], Check(xml, Given.Account()).Problems.Errors.Select(Given.Words));
    }

    [Fact]
    public void Empty_body_takes_the_groups_content_if_it_has_the_format()
    {
        var xml = File.ReadAllText(Given.ExamplePath("order-c.xml")).Replace("<body><text><content><![CDATA[Dear ${firstname}$, see you at https://events.example.com/]]></content></text></body>", "<body/>", StringComparison.Ordinal);
        Assert.Equal(["E-17"], Check(xml, Given.Account()).Problems.Errors.Select(p => p.Code.Key));
        Assert.Empty(Check(xml.Replace("simple_text", "rich_text", StringComparison.Ordinal), Given.Account()).Problems.Errors);
    }

    [Theory]
    [InlineData(160, null)]
    [InlineData(161, "E-18")]
    public void Text_message_is_as_long_as_the_account_allows(int length, string? key)
    {
        var xml = Known(Given.Sms).Replace("Doors open at 9", new string('x', length), StringComparison.Ordinal);
        Assert.Equal(key, Check(xml, Given.Account()).Problems.Errors.SingleOrDefault()?.Code.Key);
        Assert.Empty(Check(xml, Given.Account() with { SmsConcatenation = true }).Problems.Errors);
    }

    [Fact]
    public void Alias_is_registered_with_regard_to_case()
    {
        Assert.Empty(Check(Known(Given.Sms), Given.Account()).Problems.Errors);
        Assert.Equal(["E-18"], Check(Known(Given.Sms).Replace("<from>EXAMPLE", "<from>Example", StringComparison.Ordinal), Given.Account()).Problems.Errors.Select(p => p.Code.Key));
        Assert.Empty(Check(Known(Given.Sms).Replace("<from>EXAMPLE", "<from>+391234567", StringComparison.Ordinal), Given.Account()).Problems.Errors);
    }

    [Fact]
    public void Push_needs_three_fields_and_a_payload_for_each_endpoint_used()
    {
        var xml = Known(Given.Push).Replace("<filter><normal>45</normal></filter>", "<new_recipients><recipient><push>t1</push><push_endpoint>gcm</push_endpoint><clab_15_name>App</clab_15_name></recipient></new_recipients>", StringComparison.Ordinal);
        Assert.Empty(Check(xml, Given.Account()).Problems.Errors);
        Assert.Empty(Check(xml, null).Problems.Errors);
        Assert.Equal(["E-17"], Check(xml.Replace("<gcm>{\"data\":{}}</gcm>", "", StringComparison.Ordinal), null).Problems.Errors.Select(p => p.Code.Key));
        Assert.Equal(["E-09"], Check(xml.Replace("<clab_15_name>App</clab_15_name>", "", StringComparison.Ordinal), null).Problems.Errors.Select(p => p.Code.Key));
        Assert.Equal(["E-10"], Check(xml.Replace(">gcm<", ">web<", StringComparison.Ordinal), null).Problems.Errors.Select(p => p.Code.Key));
    }

    [Fact]
    public void Database_without_code_field_is_E09() =>
        Assert.Equal(["E-09"], Check(File.ReadAllText(Given.ExamplePath("order-c.xml")).Replace(">2103<", ">2106<", StringComparison.Ordinal).Replace("firstname>", "email>", StringComparison.Ordinal).Replace("<email>Carla</email>", "", StringComparison.Ordinal).Replace("<FirstName>Dario</FirstName>", "", StringComparison.Ordinal).Replace("<email>QA</email>", "", StringComparison.Ordinal)
            .Replace("${firstname}$", "you", StringComparison.Ordinal).Replace("<headers>", "<headers>", StringComparison.Ordinal).Replace("</subject>", "</subject><mail_from><address>a@example.com</address></mail_from><reply_to>a@example.com</reply_to>", StringComparison.Ordinal), Given.Account()).Problems.Errors.Select(p => p.Code.Key));

    [Fact]
    public void Filter_for_added_recipients_is_ignored_with_a_warning()
    {
        var xml = File.ReadAllText(Given.ExamplePath("order-c.xml")).Replace("</test_recipients>", "</test_recipients><filter><test>99</test><normal>98</normal></filter>", StringComparison.Ordinal);
        var result = Check(xml, Given.Account());
        Assert.Empty(result.Problems.Errors);
        Assert.Equal(["W-01", "W-01"], result.Problems.Warnings.Select(p => p.Code.Key));
    }

    [Theory]
    [InlineData("{ \"key\": \"x\", \"kee\": 1 }", "kee")]
    [InlineData("{ \"key\": \"x\", \"apiKeys\": [\"secret\"] }", "apiKeys[0]")]
    [InlineData("{ \"key\": \"x\", \"groups\": [{ \"id\": 1, \"database\": 9 }] }", "groups[id=1].database")]
    [InlineData("{ \"key\": \"x\", \"databases\": [{ \"id\": 1, \"fields\": [{ \"name\": \"a\" }, { \"name\": \"A\" }] }] }", "databases[id=1].fields")]
    [InlineData("{ \"key\": \"x\", \"databases\": [{ \"id\": 1, \"fields\": [{ \"name\": \"a\" }] }], \"filters\": [{ \"id\": 7, \"database\": 1, \"expression\": \"b = 1\" }] }", "filters[id=7].expression: CL4102: position 1")]
    [InlineData("{ \"key\": \"x\", \"xmlDelivery\": { \"timeZone\": \"Mars/Base\" } }", "xmlDelivery.timeZone")]
    public void Account_that_cannot_be_used_says_where(string json, string place)
    {
        _ = AccountFile.Read(json, out var faults);
        Assert.Contains(place, Assert.Single(faults), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", faults[0], StringComparison.Ordinal);
    }

    private static string Known(string xml) => xml
        .Replace("<suid>U1</suid><key>K1</key>", "<suid>USER-KEY-0002</suid><key>API-KEY-0001</key>", StringComparison.Ordinal);

    private OrderCheckResult Check(string xml, AccountDefinition? account)
    {
        File.WriteAllText(_folder.Of("o.xml"), xml);
        File.Copy(Given.ExamplePath("order-a.csv"), _folder.Of("order-a.csv"), overwrite: true);
        return OrderCheck.Run(_folder.Of("o.xml"), account, new SettableClock(new DateTimeOffset(2031, 5, 2, 8, 0, 0, TimeSpan.Zero)));
    }
}
