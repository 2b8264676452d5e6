using System.Text;
using ClosedLoop.Intake.Orders;
using ClosedLoop.Intake.Orders.Accounts;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;

namespace ClosedLoop.Intake.Tests.Orders;

/// <summary>Good orders to spoil, and short ways to read them.</summary>
internal static class Given
{
    public const string Head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

    public const string Email = Head + """
        <contactlab>
          <auth><suid>U1</suid><key>K1</key></auth>
          <campaign>
            <email>
              <newsletter>2101</newsletter>
              <recipients>
                <retry/>
                <new_recipients><recipient><email>a@example.com</email><firstname>A</firstname></recipient></new_recipients>
                <test_recipients><csv_file>test.csv</csv_file></test_recipients>
              </recipients>
              <delivery method="auto">
                <schedule>2031-05-14T09:30:00</schedule>
                <remove_duplicates/>
                <transactional/>
                <schedule_report><report_recipient>r@example.com</report_recipient><delay_hour>48</delay_hour></schedule_report>
              </delivery>
              <notes><note><label>L1</label><value>V1</value></note><note><label>L2</label><value>V2</value></note></notes>
              <message>
                <encoding>iso-8859-15</encoding>
                <headers>
                  <label>Title</label>
                  <subject>Hello</subject>
                  <mail_from><name>Shop</name><address>shop@example.com</address></mail_from>
                  <reply_to>Shop &lt;help@example.com&gt;</reply_to>
                </headers>
                <publish_on_web/>
                <preferred_content>both</preferred_content>
                <body>
                  <html><content><![CDATA[<p>Hi</p>]]></content><preferences><prettify>off</prettify><stats><links>parse</links></stats></preferences></html>
                  <text><![CDATA[Hi]]></text>
                </body>
              </message>
              <report><report_recipients mode="overwrite"><report_recipient>o@example.com</report_recipient></report_recipients></report>
            </email>
          </campaign>
        </contactlab>
        """;

    public const string Sms = Head + """
        <contactlab>
          <auth><suid>U1</suid><key>K1</key></auth>
          <campaign>
            <sms>
              <newsletter>2104</newsletter>
              <recipients><filter><test rendering="true">31</test><normal>45</normal></filter></recipients>
              <delivery method="manual"/>
              <message><subject>sms-1</subject><body>Doors open at 9</body><from>EXAMPLE</from></message>
            </sms>
          </campaign>
        </contactlab>
        """;

    public const string Push = Head + """
        <contactlab>
          <auth><suid>U1</suid><key>K1</key></auth>
          <campaign>
            <push>
              <newsletter>2105</newsletter>
              <recipients><filter><normal>45</normal></filter></recipients>
              <delivery method="auto"/>
              <message><subject>push-1</subject><push_endpoints><apn>{"aps":{}}</apn><gcm>{"data":{}}</gcm></push_endpoints></message>
            </push>
          </campaign>
        </contactlab>
        """;

    public static OrderReading Read(string xml, OrderLimits? limits = null) => Read(Encoding.UTF8.GetBytes(xml), limits);

    public static OrderReading Read(byte[] xml, OrderLimits? limits = null) => OrderReader.Read(() => new MemoryStream(xml, writable: false), limits);

    public static string Words(OrderProblem problem) => FormattableString.Invariant($"{problem.Code} {problem.Line}:{problem.Column}");

    public static string[] Words(OrderProblems problems) => [.. problems.Kept.Select(Words)];

    public static string ExamplePath(string name) => Path.Combine(AppContext.BaseDirectory, "Examples", name);

    public static AccountDefinition Account()
    {
        var account = AccountFile.Read(File.ReadAllText(ExamplePath("account.json")), out var faults);
        Assert.Empty(faults);
        return account!;
    }
}
