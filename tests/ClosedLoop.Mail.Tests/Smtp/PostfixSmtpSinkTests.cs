using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

/// <summary>Against the SMTP peer of Debian's postfix package.</summary>
public sealed class PostfixSmtpSinkTests
{
    private static async Task<string[]> RunAsync(string[] options, int messages)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var user = Environment.UserName == "root" ? (string[])["-u", "nobody"] : [];
        using var process = Process.Start(NeedsFactAttribute.Find("smtp-sink")!, [.. user, .. options, "127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture), "100"]);
        try
        {
            var relay = new SmtpRelayOptions { Host = "127.0.0.1", Port = port, Tls = SmtpTls.None };
            await using var connection = await ConnectAsync(relay, process);
            var results = new List<string>();
            await connection.SendBatchAsync(
                [.. Enumerable.Range(0, messages).Select(i => new SmtpEnvelope("f@x.org", $"a{i}@x.org", Samples.Message(text: new string('.', 100_000).Replace("...", "..\n"), id: $"{i}@x.org")))],
                (_, r) => results.Add($"{r.Action} {r.Code} {r.Stage}"),
                CancellationToken.None);
            return [.. results];
        }
        finally
        {
            process.Kill();
        }
    }

    private static async Task<SmtpConnection> ConnectAsync(SmtpRelayOptions relay, Process process)
    {
        while (true)
        {
            try
            {
                return await SmtpConnection.ConnectAsync(relay, CancellationToken.None);
            }
            catch (SmtpConnectException e) when (e.Result.Stage == SmtpStage.Connect && !process.HasExited)
            {
                // It has not opened its port yet.
                await Task.Yield();
            }
        }
    }

    [NeedsFact("smtp-sink", "postfix")]
    public async Task Pipelined_batch_is_taken_whole() =>
        Assert.Equal(Enumerable.Repeat("Accepted 250 Body", 50), await RunAsync([], 50));

    [NeedsFact("smtp-sink", "postfix")]
    public async Task Batch_is_taken_whole_without_pipelining() =>
        Assert.Equal(Enumerable.Repeat("Accepted 250 Body", 20), await RunAsync(["-p"], 20));

    [NeedsFact("smtp-sink", "postfix")]
    public async Task Server_without_ehlo_is_served_by_helo() =>
        Assert.Equal(Enumerable.Repeat("Accepted 250 Body", 3), await RunAsync(["-e"], 3));

    [NeedsFact("smtp-sink", "postfix")]
    public async Task Soft_refusals_of_recipients_leave_the_connection_usable() =>
        Assert.Equal(Enumerable.Repeat("Retry 450 Rcpt", 3), await RunAsync(["-r", "rcpt"], 3));

    [NeedsFact("smtp-sink", "postfix")]
    public async Task Hard_refusals_at_the_final_dot_are_for_each_message_alone() =>
        Assert.Equal(Enumerable.Repeat("GiveUp 500 Body", 3), await RunAsync(["-f", "."], 3));

    [NeedsFact("smtp-sink", "postfix")]
    public async Task Disconnect_instead_of_the_reply_to_the_dot_is_unknown() =>
        Assert.Equal(["Unknown 0 Body", "DropConnection 0 None"], await RunAsync(["-q", "."], 2));
}
