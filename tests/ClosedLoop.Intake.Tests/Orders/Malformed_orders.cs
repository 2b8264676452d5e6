using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders;

/// <summary>Every rule of the schema and every rule beyond it that needs no account. The mark ¦ stands where a problem is expected; keys are in the order of the marks.</summary>
public sealed class Malformed_orders
{
    private const char Mark = '¦';

    public static TheoryData<string, string, string, string> Emails => new()
    {
        // The tree
        { "<contactlab>", "¦<order>", "</contactlab>→</order>", "E-02" },
        { "<contactlab>", "¦<contactlab xmlns=\"urn:x\">", "", "E-02" },
        { "<contactlab>", "<contactlab ¦version=\"1\">", "", "E-02" },
        { "  <auth><suid>U1</suid><key>K1</key></auth>\n", "", "<contactlab>→¦<contactlab>", "E-02" },
        { "<suid>U1</suid>", "", "<auth>→¦<auth>", "E-02" },
        { "<suid>U1</suid><key>K1</key>", "<key>K1</key>¦<suid>U1</suid>", "", "E-02" },
        { "<suid>U1</suid>", "¦<suid/>", "", "E-03" },
        { "<suid>U1</suid>", "¦<suid>  </suid>", "", "E-03" },
        { "<key>K1</key>", "¦<key>K 1</key>", "", "E-02" },
        { "<key>K1</key>", "<key>K1</key>¦<key>K1</key>", "", "E-02" },
        { "<campaign>", "<campaign>¦oops", "", "E-02" },
        { "<newsletter>2101</newsletter>", "", "<email>\n→¦<email>\n", "E-02" },
        { "<newsletter>2101</newsletter>", "¦<newsletter>0</newsletter>", "", "E-02" },
        { "<newsletter>2101</newsletter>", "¦<newsletter>21 01</newsletter>", "", "E-02" },
        { "<newsletter>2101</newsletter>", "¦<newsletter>99999999999999999999</newsletter>", "", "E-02" },
        { "<newsletter>2101</newsletter>", "<newsletter>2101</newsletter>¦<newsletter>2101</newsletter>", "", "E-02" },
        { "<newsletter>2101</newsletter>", "<newsletter>2101</newsletter>¦<unknown><newsletter>1</newsletter></unknown>", "", "E-02" },
        { "<retry/>", "¦<retry>yes</retry>", "", "E-02" },
        { "<retry/>", "<retry ¦on=\"1\"/>", "", "E-02" },
        { "<retry/>", "", "</test_recipients>→</test_recipients>¦<retry/>", "E-02" },
        { "<recipient><email>a@example.com</email><firstname>A</firstname></recipient>", "", "<new_recipients>→¦<new_recipients>", "E-02" },
        { "<recipient><email>a@example.com</email><firstname>A</firstname></recipient>", "¦<recipient/>", "", "E-02" },
        { "<firstname>A</firstname>", "<firstname>A</firstname>¦<FirstName>B</FirstName>", "", "E-09" },
        { "<firstname>A</firstname>", "¦<xml_delivery_code>X1N</xml_delivery_code>", "", "E-09" },
        { "<firstname>A</firstname>", "¦<firstname></firstname>", "", "E-03" },
        { "<firstname>A</firstname>", "<firstname>¦<b>A</b></firstname>", "", "E-02" },
        { "<firstname>A</firstname>", "¦<firstname lang=\"it\">A</firstname>", "", "E-02" },
        { "</recipient></new_recipients>", "</recipient>¦<csv_file>a.csv</csv_file></new_recipients>", "", "E-02" },
        { "<csv_file>test.csv</csv_file>", "<csv_file>test.csv</csv_file>¦<test_csv_file>b.csv</test_csv_file>", "", "E-02" },
        { "<csv_file>test.csv</csv_file>", "<csv_file>test.csv</csv_file>¦<csv_file>b.csv</csv_file>", "", "E-02" },
        { "<csv_file>test.csv</csv_file>", "¦<csv_file>../test.csv</csv_file>", "", "E-06" },
        { "<csv_file>test.csv</csv_file>", "¦<csv_file>a..b.csv</csv_file>", "", "E-06" },
        { "<csv_file>test.csv</csv_file>", "¦<csv_file>C:test.csv</csv_file>", "", "E-06" },
        { "<csv_file>test.csv</csv_file>", "¦<csv_file>sub\\test.csv</csv_file>", "", "E-06" },
        { "<csv_file>test.csv</csv_file>", "¦<csv_file></csv_file>", "", "E-03" },
        // Delivery
        { "<delivery method=\"auto\">", "¦<delivery>", "", "E-02" },
        { "<delivery method=\"auto\">", "<delivery ¦method=\"now\">", "", "E-02" },
        { "<schedule>2031-05-14T09:30:00</schedule>", "¦<schedule>2031-05-14</schedule>", "", "E-02" },
        { "<schedule>2031-05-14T09:30:00</schedule>", "¦<schedule>2031-05-14T09:30:00Z</schedule>", "", "E-02" },
        { "<schedule>2031-05-14T09:30:00</schedule>", "¦<schedule>2031-05-14T09:30:00.5</schedule>", "", "E-02" },
        { "<schedule>2031-05-14T09:30:00</schedule>", "¦<schedule>2031-02-30T09:30:00</schedule>", "", "E-02" },
        { "<schedule>2031-05-14T09:30:00</schedule>", "¦<schedule>2031-05-14T24:30:00</schedule>", "", "E-02" },
        { "<transactional/>", "<transactional>¦<x/></transactional>", "", "E-02" },
        { "<delay_hour>48</delay_hour>", "¦<delay_hour>11</delay_hour>", "", "E-02" },
        { "<delay_hour>48</delay_hour>", "¦<delay_hour>721</delay_hour>", "", "E-02" },
        { "<delay_hour>48</delay_hour>", "", "<schedule_report>→¦<schedule_report>", "E-02" },
        { "<report_recipient>r@example.com</report_recipient>", "¦<report_recipient>nobody</report_recipient>", "", "E-02" },
        { "<report_recipient>r@example.com</report_recipient>", "¦<report_recipient>a@-b.example</report_recipient>", "", "E-02" },
        // Notes
        { "<label>L2</label>", "¦<label>L1</label>", "", "E-02" },
        { "<value>V2</value>", "", "</note><note>→</note>¦<note>", "E-02" },
        { "<label>L2</label>", "¦<label>" + "12345678901234567890123456789012345678901234567890123456789012345" + "</label>", "", "E-02" },
        // E-mail
        { "<encoding>iso-8859-15</encoding>", "¦<encoding>utf-16</encoding>", "", "E-02" },
        { "<encoding>iso-8859-15</encoding>", "¦<encoding/>", "", "E-03" },
        { "<subject>Hello</subject>", "¦<subject>" + "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345" + "</subject>", "", "E-02" },
        { "<subject>Hello</subject>", "¦<subject>Zażółć</subject>", "", "E-17" },
        { "<subject>Hello</subject>", "¦<subject>Hi &lt;%= name %&gt;</subject>", "", "E-19" },
        { "<address>shop@example.com</address>", "", "<mail_from>→¦<mail_from>", "E-02" },
        { "<address>shop@example.com</address>", "¦<address>shop</address>", "", "E-02" },
        { "<reply_to>Shop &lt;help@example.com&gt;</reply_to>", "¦<reply_to>Shop &lt;help&gt;</reply_to>", "", "E-02" },
        { "<publish_on_web/>", "¦<publish_on_web>yes</publish_on_web>", "", "E-02" },
        { "<preferred_content>both</preferred_content>", "", "<message>→¦<message>", "E-02" },
        { "<preferred_content>both</preferred_content>", "¦<preferred_content>html</preferred_content>", "", "E-02" },
        { "<preferred_content>both</preferred_content>", "¦<preferred_content>simple_text</preferred_content>", "", "E-17" },
        { "<preferred_content>both</preferred_content>", "¦<preferred_content>rich_text</preferred_content>", "", "E-17" },
        { "<text><![CDATA[Hi]]></text>", "", "<preferred_content>→¦<preferred_content>", "E-17" },
        { "<text><![CDATA[Hi]]></text>", "¦<text/>", "", "E-02" },
        { "<text><![CDATA[Hi]]></text>", "¦<text>Hi<content>Ho</content></text>", "", "E-02" },
        { "<text><![CDATA[Hi]]></text>", "<text>Hi<preferences>¦<prettify>on</prettify></preferences></text>", "", "E-02" },
        { "<links>parse</links>", "¦<links>on</links>", "", "E-02" },
        { "<content><![CDATA[<p>Hi</p>]]></content>", "<content>¦<p>Hi</p></content>", "", "E-02" },
        { "<content><![CDATA[<p>Hi</p>]]></content>", "¦<content><![CDATA[ ]]></content>", "", "E-03" },
        { "</body>", "</body>¦<template_from_campaign_id>7</template_from_campaign_id>", "", "E-02" },
        // Report
        { "<report_recipients mode=\"overwrite\">", "<report_recipients ¦mode=\"replace\">", "", "E-02" },
        { "<report_recipient>o@example.com</report_recipient>", "", "<report_recipients→¦<report_recipients", "E-02" },
        { "</email>\n", "</email>¦<report/>\n", "", "E-02" },
        // Channels
        { "</email>\n", "</email>¦<sms/>\n", "", "E-04" },
        { "</email>\n", "</email>¦<fax/>\n", "", "E-04" },
        // Not well-formed
        { "<key>K1</key>", "<key>K1</¦kee>", "", "E-02" },
        { "<retry/>", "<retry/>¦&amp;", "", "E-02" },
        { "<retry/>", "<!¦DOCTYPE x>", "", "E-02" },
    };

    public static TheoryData<string, string, string, string> Others => new()
    {
        { Given.Sms, "<subject>sms-1</subject>", "¦<subject></subject>", "E-03" },
        { Given.Sms, "<message><subject>sms-1</subject>", "¦<message>", "E-02" },
        { Given.Sms, "<body>Doors open at 9</body>", "¦<body/>", "E-03" },
        { Given.Sms, "<from>EXAMPLE</from>", "¦<from>MUCH TOO LONG NAME</from>", "E-18" },
        { Given.Sms, "<body>Doors open at 9</body>", "¦<body>&lt;% x %&gt;</body>", "E-19" },
        { Given.Sms, "<filter><test rendering=\"true\">31</test><normal>45</normal></filter>", "<filter/>", "E-08" },
        { Given.Sms, "<test rendering=\"true\">31</test>", "¦<test>0</test>", "E-11" },
        { Given.Sms, "<test rendering=\"true\">31</test>", "<test ¦rendering=\"1\">31</test>", "E-02" },
        { Given.Sms, "<test rendering=\"true\">31</test><normal>45</normal>", "<normal>45</normal>¦<test>31</test>", "E-02" },
        { Given.Sms, "<normal>45</normal>", "¦<normal>-1</normal>", "E-02" },
        { Given.Push, "<subject>push-1</subject>", "<subject>push-1</subject>¦<body>x</body>", "E-02" },
        { Given.Push, "<apn>{\"aps\":{}}</apn>", "¦<apn>{\"aps\":}</apn>", "E-17" },
        { Given.Push, "<gcm>{\"data\":{}}</gcm>", "¦<gcm>{\"data\":{}} x</gcm>", "E-17" },
        { Given.Push, "<push_endpoints><apn>{\"aps\":{}}</apn><gcm>{\"data\":{}}</gcm></push_endpoints>", "¦<push_endpoints/>", "E-17" },
    };

    [Fact]
    public void Unspoilt_orders_have_no_error()
    {
        foreach (var xml in new[] { Given.Email, Given.Sms, Given.Push })
        {
            var reading = Given.Read(xml);
            Assert.Empty(reading.Problems.Errors);
            Assert.NotNull(reading.Order);
        }
    }

    [Trait("XmlCheck", "9")]
    [Theory]
    [MemberData(nameof(Emails))]
    public void Spoilt_email_order_has_its_key_at_its_place(string old, string spoilt, string also, string keys)
    {
        var xml = Spoil(Given.Email, old, spoilt);
        if (also.Length > 0) xml = Spoil(xml, also.Split('→')[0], also.Split('→')[1]);
        Expect(xml, keys);
    }

    [Trait("XmlCheck", "9")]
    [Theory]
    [MemberData(nameof(Others))]
    public void Spoilt_order_of_another_channel_has_its_key_at_its_place(string good, string old, string spoilt, string keys)
    {
        Expect(Spoil(good, old, spoilt).Replace("<recipients><filter/>", "¦<recipients><filter/>", StringComparison.Ordinal), keys);
    }

    [Fact]
    public void All_errors_of_a_file_are_reported_together_and_in_order()
    {
        var xml = Given.Email
            .Replace("<suid>U1</suid>", "<suid/>", StringComparison.Ordinal)
            .Replace("<newsletter>2101</newsletter>", "<newsletter>x</newsletter><odd/>", StringComparison.Ordinal)
            .Replace("<csv_file>test.csv</csv_file>", "<csv_file>/etc/passwd</csv_file>", StringComparison.Ordinal)
            .Replace("<delay_hour>48</delay_hour>", "<delay_hour>1</delay_hour>", StringComparison.Ordinal)
            .Replace("<preferred_content>both</preferred_content>", "<preferred_content>simple_text</preferred_content>", StringComparison.Ordinal);
        var reading = Given.Read(xml);
        Assert.Null(reading.Order);
        Assert.Equal(["E-03", "E-02", "E-02", "E-06", "E-02", "E-17"], reading.Problems.Kept.Where(p => p.IsError).Select(p => p.Code.Key));
        Assert.All(reading.Problems.Kept, problem => Assert.True(problem.Line > 0 && problem.Column > 0 && problem.Message.Length > 10 && problem.Cause.Length > 10 && problem.Hint.Length > 10));
    }

    [Fact]
    public void File_that_breaks_off_is_E02_at_its_end()
    {
        var xml = Given.Email[..Given.Email.IndexOf("</newsletter>", StringComparison.Ordinal)];
        Assert.Equal("E-02", Assert.Single(Given.Read(xml).Problems.Errors).Code.Key);
        Assert.Equal("E-02", Assert.Single(Given.Read("").Problems.Errors).Code.Key);
        Assert.Equal("E-02", Assert.Single(Given.Read("no xml at all").Problems.Errors).Code.Key);
    }

    [Fact]
    public void No_message_holds_a_token()
    {
        foreach (var (old, spoilt) in new[] { ("U1", "SECRET TOKEN"), ("</suid>", "</key>"), ("K1", "SECRET<b/>"), ("K1", "SECRET & co") })
        {
            var reading = Given.Read(Given.Email.Replace(old, spoilt, StringComparison.Ordinal));
            Assert.NotEmpty(reading.Problems.Errors);
            Assert.All(reading.Problems.Kept, problem => Assert.DoesNotContain("SECRET", problem.Message, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("U1", Given.Read(Given.Email).Order!.ToString(), StringComparison.Ordinal);
    }

    private static string Spoil(string xml, string old, string spoilt)
    {
        Assert.Contains(old, xml, StringComparison.Ordinal);
        var at = xml.IndexOf(old, StringComparison.Ordinal);
        return xml[..at] + spoilt + xml[(at + old.Length)..];
    }

    private static void Expect(string marked, string keys)
    {
        var expected = new List<string>();
        var xml = marked;
        foreach (var key in keys.Split(','))
        {
            var at = xml.IndexOf(Mark, StringComparison.Ordinal);
            Assert.True(at >= 0, "a mark for each key");
            xml = xml.Remove(at, 1);
            var before = xml[..at];
            expected.Add($"{key} {before.Count(c => c == '\n') + 1}:{at - before.LastIndexOf('\n')}");
        }

        var reading = Given.Read(xml);
        Assert.Equal(expected, reading.Problems.Errors.Select(Given.Words));
        Assert.Null(reading.Order);
        Assert.All(reading.Problems.Errors, error => Assert.Equal(error.Code, OrderErrorCodes.Find(error.Code.Key)));
    }
}
