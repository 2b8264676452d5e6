namespace ClosedLoop.Intake.Tests.Orders.Operations;

/// <summary>Orders for the account of the guide page, of which a test writes only what it is about.</summary>
internal static class AnOrder
{
    public const string List = "<new_recipients><csv_file>list.csv</csv_file></new_recipients>";
    public const string Auto = "<delivery method=\"auto\"/>";
    public const string Text = "<preferred_content>simple_text</preferred_content><body><text><content><![CDATA[Hello ${firstname}$]]></content></text></body>";

    public static string Of(
        string recipients = List, string delivery = Auto, string message = Text, string report = "", string notes = "", long group = 2103, string auth = "<suid>USER-KEY-0002</suid><key>API-KEY-0001</key>") =>
        FormattableString.Invariant(
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <contactlab>
              <auth>{auth}</auth>
              <campaign>
                <email>
                  <newsletter>{group}</newsletter>
                  <recipients>{recipients}</recipients>
                  {delivery}{notes}
                  <message>{message}</message>
                  {report}
                </email>
              </campaign>
            </contactlab>
            """);

    /// <summary>A list of that many recipients.</summary>
    public static (string Name, string Content) Rows(int count, string name = "list.csv") =>
        (name, "email,firstname\n" + string.Concat(Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"reader.{i}@example.com,R{i}\n"))));
}
