using System.Text;
using ClosedLoop.Model.Delivery;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders.Operations;

public sealed class Messages_of_orders
{
    private const string Html = "<html><content><![CDATA[<p>Own</p>]]></content></html>";
    private const string Text = "<text><content>Own</content></text>";

    [Trait("XmlCheck", "19")]
    [Theory]
    [InlineData("<preferred_content>both</preferred_content><body>" + Html + Text + "</body>", null, "<p>Own</p>", "Own")]
    [InlineData("<preferred_content>both</preferred_content><body>" + Html + "</body>", "E-17", null, null)]
    [InlineData("<preferred_content>simple_text</preferred_content><body>" + Html + "</body>", "E-17", null, null)]
    [InlineData("<preferred_content>rich_text</preferred_content><body>" + Html + "</body>", null, "<p>Own</p>", null)]
    [InlineData("<preferred_content>rich_text</preferred_content><body/>", null, "<p>Event</p>", null)]
    [InlineData("<preferred_content>both</preferred_content><body/>", "E-17", null, null)]
    [InlineData("", null, "<p>Event</p>", null)]
    [InlineData("<preferred_content>both</preferred_content>", "E-02", null, null)]
    [InlineData("<preferred_content>both</preferred_content><body/><template_from_campaign_id>7788</template_from_campaign_id>", "E-02", null, null)]
    [InlineData("<template_from_campaign_id>7788</template_from_campaign_id>", null, "<p>Spring</p>", "Spring")]
    [InlineData("<template_from_campaign_id>7790</template_from_campaign_id>", "E-16", null, null)]
    [InlineData("<template_from_campaign_id>1</template_from_campaign_id>", "E-16", null, null)]
    public async Task Format_parts_and_template_agree(string message, string? problem, string? html, string? text)
    {
        await using var harness = await OrderHarness.CreateAsync();
        var operation = await harness.RunAsync(AnOrder.Of(message: message), AnOrder.Rows(1));
        if (problem is not null)
        {
            Assert.Contains(problem, harness.Problems(operation.OperationId));
            return;
        }

        Assert.Empty(harness.Problems(operation.OperationId));
        var source = harness.Content(harness.Delivery(operation.OperationId).DeliveryId).Source;
        Assert.Equal((html, text), (source.Html, source.Text));
    }

    [Trait("XmlCheck", "20")]
    [Theory]
    [InlineData("<headers><subject>Mine</subject><mail_from><address>me@example.com</address></mail_from><reply_to>mine@example.com</reply_to></headers>", true, "Mine", "me@example.com", "mine@example.com")]
    [InlineData("", true, "Event", "news@example.com", "news@example.com")]
    [InlineData("", false, "Event", "events@example.com", "events@example.com")]
    [InlineData("<headers><subject>Mine</subject></headers>", false, "Mine", "events@example.com", "events@example.com")]
    public async Task The_order_goes_before_the_template_and_the_template_before_the_group(string headers, bool template, string subject, string sender, string replyTo)
    {
        await using var harness = await OrderHarness.CreateAsync();
        var operation = await harness.RunAsync(AnOrder.Of(message: headers + (template ? "<template_from_campaign_id>7788</template_from_campaign_id>" : AnOrder.Text)), AnOrder.Rows(1));
        Assert.Empty(harness.Problems(operation.OperationId));
        var source = harness.Content(harness.Delivery(operation.OperationId).DeliveryId).Source;
        Assert.Equal((subject, sender, replyTo), (source.Subject, source.Sender!.Address, source.Sender.ReplyTo));
    }

    [Fact]
    public async Task Links_are_marked_in_html_and_all_in_text_unless_switched_off()
    {
        await using var harness = await OrderHarness.CreateAsync();
        const string Parse = "<preferences><stats><links>parse</links></stats></preferences>";
        const string Off = "<preferences><stats><links>off</links></stats></preferences>";
        foreach (var (html, text, expectedHtml, expectedText) in new[]
        {
            (Parse, "", LinkTracking.Marked, LinkTracking.All),
            (Off, Off, LinkTracking.None, LinkTracking.None),
            ("", Parse, LinkTracking.None, LinkTracking.All),
        })
        {
            var operation = await harness.RunAsync(
                AnOrder.Of(message: $"<preferred_content>both</preferred_content><body><html><content><![CDATA[<p>x</p>]]></content>{html}</html><text><content>x</content>{text}</text></body>"), AnOrder.Rows(1));
            var source = harness.Content(harness.Delivery(operation.OperationId).DeliveryId).Source;
            Assert.Equal((expectedHtml, expectedText), (source.HtmlLinks, source.TextLinks));
        }
    }

    [Fact]
    public async Task What_a_charset_lacks_is_a_reference_in_html_and_an_error_elsewhere()
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { Databases = [account.Databases[0] with { Charset = "iso-8859-15" }, .. account.Databases.Skip(1)] });
        var good = await harness.RunAsync(
            AnOrder.Of(message: "<encoding>iso-8859-15</encoding><preferred_content>rich_text</preferred_content><body><html><content><![CDATA[<p>€ 日</p>]]></content></html></body>"), AnOrder.Rows(1));
        var source = harness.Content(harness.Delivery(good.OperationId).DeliveryId).Source;
        Assert.Equal(("<p>€ &#26085;</p>", "iso-8859-15"), (source.Html, source.Charset));
        var bad = await harness.RunAsync(AnOrder.Of(message: "<encoding>iso-8859-15</encoding><preferred_content>simple_text</preferred_content><body><text><content>日</content></text></body>"), AnOrder.Rows(1));
        Assert.Equal(["E-17"], harness.Problems(bad.OperationId));
    }

    [Fact]
    public async Task Entities_inside_placeholders_are_decoded_unless_that_is_switched_off()
    {
        await using var harness = await OrderHarness.CreateAsync();
        foreach (var (preference, expected) in new[] { ("", "<p>%{https://e.example.com/?a=1&b=2}% a &amp; b</p>"), ("<preferences><unescape>off</unescape></preferences>", "<p>%{https://e.example.com/?a=1&amp;b=2}% a &amp; b</p>") })
        {
            var operation = await harness.RunAsync(
                AnOrder.Of(message: $"<preferred_content>rich_text</preferred_content><body><html><content><![CDATA[<p>%{{https://e.example.com/?a=1&amp;b=2}}% a &amp; b</p>]]></content>{preference}</html></body>"), AnOrder.Rows(1));
            Assert.Equal(expected, harness.Content(harness.Delivery(operation.OperationId).DeliveryId).Source.Html);
        }
    }

    [Fact]
    public async Task What_is_published_holds_nothing_personal()
    {
        await using var harness = await OrderHarness.CreateAsync();
        var operation = await harness.RunAsync(
            AnOrder.Of(
                notes: "<notes><note><label>code</label><value>A &amp; B</value></note></notes>",
                message: "<publish_on_web/><preferred_content>rich_text</preferred_content><body><html><content><![CDATA[<p>Hello ${firstname}$ <{code}> %{https://e.example.com/${email}$}%</p>]]></content></html></body>"), AnOrder.Rows(1));
        var delivery = harness.Delivery(operation.OperationId);
        Assert.Matches("^[0-9a-f]{32}$", delivery.WebToken!);
        Assert.Equal("<p>Hello  A &amp; B https://e.example.com/</p>", Encoding.UTF8.GetString(harness.Deliveries.Page(delivery.WebToken!)!));
        Assert.Null(harness.Deliveries.Page(new string('0', 32)));
    }

    [Fact]
    public async Task What_the_renderer_refuses_leaves_no_trace_but_the_record()
    {
        await using var harness = await OrderHarness.CreateAsync();
        harness.ContentFault = "no such thing";
        var operation = await harness.RunAsync(AnOrder.Of(), AnOrder.Rows(1));
        Assert.Equal(["E-19"], harness.Problems(operation.OperationId));
        Assert.Equal(0, harness.Scalar("SELECT COUNT(*) FROM contact") + harness.Scalar("SELECT COUNT(*) FROM delivery") + harness.Scalar("SELECT COUNT(*) FROM mailing"));
    }

    [Trait("XmlCheck", "22")]
    [Theory]
    [InlineData("@{https://content.example.com/}@")]
    [InlineData("<@https://content.example.com/@>")]
    [InlineData("@(https://content.example.com/)@")]
    [InlineData("^(https://content.example.com/)^")]
    [InlineData("<% x %>")]
    [InlineData("${shoe_size}$")]
    public async Task Codes_that_fetch_run_or_name_nothing_end_the_order_where_no_host_is_allowed(string code)
    {
        await using var harness = await OrderHarness.CreateAsync();
        var operation = await harness.RunAsync(AnOrder.Of(message: InText(code)), AnOrder.Rows(1));
        Assert.Equal(["E-19"], harness.Problems(operation.OperationId));
    }

    [Trait("XmlCheck", "22")]
    [Theory]
    [InlineData("<@https://content.example.com/${firstname}$@>", true)]
    [InlineData("<@https://content.example.com/${shoe_size}$@>", false)]
    [InlineData("<@https://sub.content.example.com/@>", false)]
    [InlineData("<@https://sub.wide.example.com/@>", true)]
    [InlineData("<@https://wide.example.com/@>", false)]
    [InlineData("<@http://content.example.com/@>", false)]
    [InlineData("<@https://${firstname}$/@>", false)]
    [InlineData("<@https://content.example.com@evil.example/@>", false)]
    [InlineData("@{https://content.example.com/${firstname}$}@", false)]
    [InlineData("@(https://content.example.com/${firstname}$)@", false)]
    [InlineData("^(https://content.example.com/${firstname}$)^", true)]
    public async Task Addresses_that_are_fetched_are_https_on_a_host_of_the_account(string code, bool isGood)
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { ContentHosts = ["content.example.com", "*.wide.example.com"] });
        var operation = await harness.RunAsync(AnOrder.Of(message: InText(code)), AnOrder.Rows(1));
        Assert.Equal(isGood ? [] : ["E-19"], harness.Problems(operation.OperationId).Distinct());
    }

    [Trait("XmlCheck", "22")]
    [Fact]
    public async Task What_is_fetched_for_all_is_asked_for_once_and_its_fault_leaves_no_trace_but_the_record()
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { ContentHosts = ["content.example.com"] });
        var asked = 0;
        harness.Fetched = (content, hosts) =>
        {
            asked++;
            Assert.Equal(["content.example.com"], hosts);
            return new CodedMailing(content with { Source = content.Source with { Text = "what was there" } }, [[1, 2, 3]]);
        };
        var good = await harness.RunAsync(AnOrder.Of(message: InText("@{https://content.example.com/}@")), AnOrder.Rows(1));
        Assert.Equal((1, "what was there"), (asked, harness.Content(harness.Delivery(good.OperationId).DeliveryId).Source.Text));
        Assert.Equal(1, harness.Scalar("SELECT COUNT(*) FROM file_content"));
        harness.Fetched = (_, _) => throw new ContentException(ContentFault.Status, "https://content.example.com/ answers 500", "200");
        var bad = await harness.RunAsync(AnOrder.Of(message: InText("@{https://content.example.com/}@")), AnOrder.Rows(2));
        Assert.Equal(["E-19"], harness.Problems(bad.OperationId));
        Assert.Contains("answers 500", harness.Report(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (harness.Scalar("SELECT COUNT(*) FROM contact"), harness.Scalar("SELECT COUNT(*) FROM delivery")));
    }

    [Theory]
    [InlineData(true, "true", "W-17")]
    [InlineData(false, "true", "W-09")]
    [InlineData(true, "false", null)]
    public async Task A_test_with_rendering_says_what_is_doubtful_and_is_sent_all_the_same(bool hasOption, string asks, string? expected)
    {
        await using var harness = await OrderHarness.CreateAsync(account => account with { Rendering = hasOption });
        var operation = await harness.RunAsync(AnOrder.Of(AnOrder.List + $"<filter><test rendering=\"{asks}\">31</test></filter>"), AnOrder.Rows(1));
        Assert.Equal(expected is null ? [] : [expected], harness.Problems(operation.OperationId));
        Assert.NotNull(harness.Delivery(operation.OperationId, test: true));
        Assert.Equal(expected == "W-17", harness.Report().Contains("LT203", StringComparison.Ordinal));
    }

    private static string InText(string code) => $"<preferred_content>simple_text</preferred_content><body><text><content><![CDATA[x {code}]]></content></text></body>";

    [Fact]
    public async Task Sms_and_push_go_to_the_engine_with_their_channel_and_its_addresses()
    {
        await using var harness = await OrderHarness.CreateAsync(channels: new Model.Clients.ChannelSettings { Sms = new Model.Clients.SmsSettings { CountryCode = "39" }, Push = new Model.Clients.PushSettings() });
        var sms = await harness.RunAsync(Of("sms", 2104, "<recipient><phone>0039 333 1234567</phone><firstname>A</firstname></recipient><recipient><phone>+393331234567</phone></recipient>", "<delivery method=\"auto\"><remove_duplicates/></delivery>", "<message><subject>s</subject><body>Hi ${firstname}$</body></message>"));
        Assert.Equal(["W-08"], harness.Problems(sms.OperationId));
        var delivery = harness.Delivery(sms.OperationId);
        Assert.Equal(["+393331234567"], harness.Recipients(delivery.DeliveryId));
        var source = harness.Content(delivery.DeliveryId).Source;
        Assert.Equal((MessageChannel.Sms, "Hi ${firstname}$", "EXAMPLE", 1), (source.Channel, source.Text, source.Sms!.From, source.Sms.MaxSegments));
        Assert.Equal(MessageChannel.Sms, harness.Mailings.Find(delivery.DeliveryId)!.Channel);

        var push = await harness.RunAsync(Of("push", 2105, "<recipient><PUSH>AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12AB12</PUSH><PUSH_ENDPOINT>APN</PUSH_ENDPOINT><CLAB_15_NAME>app</CLAB_15_NAME></recipient><recipient><PUSH>Tok</PUSH><PUSH_ENDPOINT>GCM</PUSH_ENDPOINT><CLAB_15_NAME>app</CLAB_15_NAME></recipient>", AnOrder.Auto, "<message><subject>p</subject><push_endpoints><apn>{\"aps\":{}}</apn><gcm>{\"data\":{}}</gcm></push_endpoints></message>"));
        Assert.Empty(harness.Problems(push.OperationId));
        delivery = harness.Delivery(push.OperationId);
        Assert.Equal(["apns:ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12", "fcm:Tok"], harness.Recipients(delivery.DeliveryId));
        Assert.DoesNotContain("DELIVERY_CONTENT", harness.Steps(push.OperationId));
        Assert.Equal(("{\"aps\":{}}", "{\"data\":{}}"), (harness.Content(delivery.DeliveryId).Source.Push!.Apns, harness.Content(delivery.DeliveryId).Source.Push!.Fcm));

        var missing = await harness.RunAsync(Of("push", 2105, "<recipient><PUSH>Tok</PUSH><PUSH_ENDPOINT>GCM</PUSH_ENDPOINT><CLAB_15_NAME>app</CLAB_15_NAME></recipient>", AnOrder.Auto, "<message><subject>p</subject><push_endpoints><apn>{}</apn></push_endpoints></message>"));
        Assert.Equal(["E-17"], harness.Problems(missing.OperationId));
    }

    private static string Of(string channel, long group, string recipients, string delivery, string message) => FormattableString.Invariant(
        $"<contactlab><auth><suid>USER-KEY-0002</suid><key>API-KEY-0001</key></auth><campaign><{channel}><newsletter>{group}</newsletter><recipients><new_recipients>{recipients}</new_recipients></recipients>{delivery}{message}</{channel}></campaign></contactlab>");

    [Theory]
    [InlineData("sms", 2104, "<message><subject>s</subject><body>Doors open</body></message>", "<recipient><phone>+39333123456</phone></recipient>")]
    [InlineData("push", 2105, "<message><subject>s</subject><push_endpoints><apn>{}</apn></push_endpoints></message>", "<recipient><PUSH>t</PUSH><PUSH_ENDPOINT>APN</PUSH_ENDPOINT><CLAB_15_NAME>app</CLAB_15_NAME></recipient>")]
    public async Task A_channel_without_an_adapter_is_an_error_before_anything_is_written(string channel, long group, string message, string recipient)
    {
        await using var harness = await OrderHarness.CreateAsync();
        var operation = await harness.RunAsync(Of(channel, group, recipient, AnOrder.Auto, message));
        Assert.Equal((OperationStatus.Error, "API_COMMUNICATION_ERROR"), (operation.Status, operation.SubStatus));
        Assert.Equal(["E-20"], harness.Problems(operation.OperationId));
        Assert.Equal(0, harness.Scalar("SELECT COUNT(*) FROM contact"));
    }
}
