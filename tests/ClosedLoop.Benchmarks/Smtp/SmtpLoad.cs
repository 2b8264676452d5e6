using System.Buffers;
using System.Diagnostics;
using System.Text;
using ClosedLoop.Mail.Mime;
using ClosedLoop.Mail.Smtp;

namespace ClosedLoop.Benchmarks.Smtp;

/// <summary>Sends one composed message again and again over a fixed number of connections, as <c>smtp-source</c> does.</summary>
internal sealed class SmtpLoad(string host, int port, int bytes)
{
    /// <summary>Messages handed to a connection at once: a batch as the service has it.</summary>
    private const int Batch = 64;

    private readonly byte[] _message = Compose(bytes);

    /// <summary>Sends and waits for every reply.</summary>
    public async Task<(double PerSecond, double AllocatedBytes, double CpuMicroseconds, int Failed)> RunAsync(int sessions, int messages)
    {
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var failed = await Task.WhenAll(Enumerable.Range(0, sessions).Select(i => Task.Run(() => SendAsync((messages / sessions) + (i < messages % sessions ? 1 : 0)))));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return (
            Math.Round(messages / seconds),
            Math.Round((double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / messages, 1),
            Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / messages, 1),
            failed.Sum());
    }

    private async Task<int> SendAsync(int messages)
    {
        var failed = 0;
        await using var connection = await SmtpConnection.ConnectAsync(new SmtpRelayOptions { Host = host, Port = port, Tls = SmtpTls.None }, CancellationToken.None);
        var batch = Enumerable.Repeat(new SmtpEnvelope("a@example.org", "b@example.org", _message), Batch).ToList();
        void Report(int index, SmtpResult result) => failed += result.Action == SmtpAction.Accepted ? 0 : 1;
        for (; messages > 0; messages -= batch.Count)
        {
            if (messages < batch.Count) batch.RemoveRange(messages, batch.Count - messages);
            await connection.SendBatchAsync(batch, Report, CancellationToken.None);
        }

        return failed;
    }

    private static byte[] Compose(int bytes)
    {
        var line = new string('x', 76) + "\r\n";
        var text = new StringBuilder(bytes + 78);
        while (text.Length < bytes - 400) text.Append(line);
        var output = new ArrayBufferWriter<byte>();
        new MessageComposer(new MessageComposerOptions { From = new Mailbox("a@example.org") }).Compose(output, new MessageParts
        {
            To = new Mailbox("b@example.org"),
            Subject = "benchmark",
            Date = DateTimeOffset.UnixEpoch,
            MessageId = "1@example.org",
            Text = Encoding.ASCII.GetBytes(text.ToString()),
        });
        return output.WrittenSpan.ToArray();
    }
}
