using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClosedLoop.Mail.Dkim;

namespace ClosedLoop.Benchmarks.Dkim;

/// <summary><c>dkim</c>: processor time of one signature over a message, by key.</summary>
internal static class DkimCommand
{
    public static int Run(IReadOnlyList<string> args)
    {
        var bytes = args is ["--bytes", var size, ..] && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 20_000;
        using var rsa1024 = Rsa(1024);
        using var rsa2048 = Rsa(2048);
        using var ed25519 = DkimKey.FromPem("example.org", "ed", DkimKeyFile.Ed25519Pem());
        var message = Message(bytes);
        DkimReport[] reports =
        [
            Measure("rsa-sha256 1024", [rsa1024], message),
            Measure("rsa-sha256 2048", [rsa2048], message),
            Measure("ed25519-sha256", [ed25519], message),
            Measure("both, 2048", [rsa2048, ed25519], message),
        ];
        if (args.Contains("--json"))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(reports, JsonSerializerOptions.Web));
            return 0;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a message of {message.Length} octets"));
        foreach (var report in reports)
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {report.Keys,-16} {report.MicrosecondsPerMessage,7:0.0} us CPU, {report.AllocatedBytesPerMessage:0} bytes allocated"));
        return 0;
    }

    private static DkimKey Rsa(int bits)
    {
        using var rsa = RSA.Create(bits);
        return DkimKey.FromPem("example.org", "rsa", rsa.ExportPkcs8PrivateKeyPem());
    }

    private static DkimReport Measure(string name, DkimKey[] keys, byte[] message)
    {
        const int count = 2000;
        var signer = new DkimSigner(keys);
        var output = new ArrayBufferWriter<byte>(4096);
        void Sign(int times)
        {
            for (var i = 0; i < times; i++)
            {
                output.ResetWrittenCount();
                signer.Sign(message, DateTimeOffset.UnixEpoch, output);
            }
        }

        Sign(count);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var cpu = Environment.CpuUsage.TotalTime;
        Sign(count);
        return new DkimReport(name, Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count, 1), Math.Round((GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)count));
    }

    private static byte[] Message(int bytes)
    {
        var text = new StringBuilder("From: News <news@example.org>\r\nTo: ann@example.net\r\nSubject: A message of the usual size\r\nDate: Sun, 22 Nov 2026 03:09:43 +0000\r\nMessage-ID: <1.1@example.org>\r\nList-Unsubscribe: <https://news.example.org/u/abcdefghijklmnop>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n");
        while (text.Length < bytes) text.Append("    <td class=\"cell\">Lorem ipsum dolor sit amet, consectetur elit</td>\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
