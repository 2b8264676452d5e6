using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClosedLoop.Benchmarks.Channels;

/// <summary>The peer: a program that does nothing but send. No ledger, no templates, no outcomes; for HTTP one loop for each place in the window, for SMPP one that writes and one that reads.</summary>
internal static class BareLoad
{
    private const string Text = "Hello Anna, doors open at 9";

    public static Task<ChannelRate> RunAsync(string provider, int messages, int window, SinkProcess sink) => ChannelRate.MeasureAsync(provider, isPeer: true, () => provider switch
    {
        "smpp" => SmppAsync(messages, window, sink),
        "apns" => HttpAsync(messages, window, Http2(sink), $"{sink.Https}/3/device/{new string('a', 64)}", "{\"aps\":{\"alert\":{\"title\":\"For Anna\",\"body\":\"Doors open\"}}}", "application/json"),
        "fcm" => HttpAsync(messages, window, new SocketsHttpHandler(), $"{sink.Http}/v1/projects/bench/messages:send", "{\"message\":{\"token\":\"t\",\"notification\":{\"title\":\"For Anna\",\"body\":\"Doors open\"}}}", "application/json"),
        _ => HttpAsync(messages, window, new SocketsHttpHandler(), $"{sink.Http}/2010-04-01/Accounts/AC/Messages.json", "To=%2B4915112345678&From=%2B4915550000000&Body=" + Uri.EscapeDataString(Text), "application/x-www-form-urlencoded"),
    });

    private static SocketsHttpHandler Http2(SinkProcess sink)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(sink.Certificate);
        return new SocketsHttpHandler { EnableMultipleHttp2Connections = true, SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
    }

    private static async Task<long> HttpAsync(int messages, int window, SocketsHttpHandler handler, string url, string body, string type)
    {
        using var client = new HttpClient(handler);
        var (next, sent) = (0, 0L);
        await Task.WhenAll(Enumerable.Range(0, window).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) <= messages)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, type), Version = url.StartsWith("https", StringComparison.Ordinal) ? HttpVersion.Version20 : HttpVersion.Version11 };
                using var response = await client.SendAsync(request);
                await response.Content.ReadAsStringAsync();
                if (response.IsSuccessStatusCode) Interlocked.Increment(ref sent);
            }
        }));
        return sent;
    }

    private static async Task<long> SmppAsync(int messages, int window, SinkProcess sink)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, sink.SmppPort);
        var stream = socket.GetStream();
        using var places = new SemaphoreSlim(window);
        var reading = Task.Run(async () =>
        {
            var header = new byte[16];
            for (var answered = 0L; answered < messages; answered++)
            {
                await stream.ReadExactlyAsync(header);
                await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(header) - 16]);
                places.Release();
            }
        });
        var frame = Frame();
        for (var i = 1; i <= messages; i++)
        {
            await places.WaitAsync();
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(12), i);
            await stream.WriteAsync(frame);
        }

        await reading;
        return messages;
    }

    private static byte[] Frame()
    {
        byte[] body = [0, 5, 0, .. "Loop\0"u8, 1, 1, .. "4915112345678\0"u8, 0, 0, 0, 0, 0, 1, 0, 0, 0, (byte)Text.Length, .. Encoding.ASCII.GetBytes(Text)];
        var frame = new byte[16 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), 4);
        body.CopyTo(frame, 16);
        return frame;
    }
}
