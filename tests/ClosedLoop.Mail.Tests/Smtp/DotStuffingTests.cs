using System.Text;
using ClosedLoop.Mail.Smtp;
using ClosedLoop.Mail.Tests.Support;

namespace ClosedLoop.Mail.Tests.Smtp;

public sealed class DotStuffingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a\r\n")]
    [InlineData(".", "..\r\n")]
    [InlineData("..\r\n", "...\r\n")]
    [InlineData("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n")]
    [InlineData("a.b\r\nc.\r\n", "a.b\r\nc.\r\n")]
    [InlineData("a\n.\nb", "a\r\n..\r\nb\r\n")]
    [InlineData("a\r.\rb", "a\r\n..\r\nb\r\n")]
    [InlineData("a\n.\r\nb", "a\r\n..\r\nb\r\n")]
    [InlineData("a\r\r\n.\r\n", "a\r\n\r\n..\r\n")]
    [InlineData("a\r\n\r\n", "a\r\n\r\n")]
    [InlineData("\r\n.", "\r\n..\r\n")]
    public void Text_is_made_transparent_whatever_the_block_size(string message, string expected)
    {
        for (var block = 1; block <= 20; block++)
            Assert.Equal(expected, Stuff(Samples.Bytes(message), block));
    }

    [Fact]
    public void Random_text_is_the_same_in_any_block_size_and_never_ends_early()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        for (var i = 0; i < 2000; i++)
        {
            var message = new string(random.GetItems("ab.\r\n\r\n.".AsSpan(), random.Next(60)));
            var whole = Stuff(Samples.Bytes(message), 4096);
            var block = random.Next(1, 17);
            Assert.True(whole == Stuff(Samples.Bytes(message), block), $"seed {Seed}, block {block}, {message.Replace("\r", "\\r").Replace("\n", "\\n")}");
            Assert.DoesNotContain("\r\n.\r\n", "\r\n" + whole, StringComparison.Ordinal);
            var lines = message.ReplaceLineEndings("\n");
            if (lines.Length > 0 && !lines.EndsWith('\n'))
                lines += "\n";
            Assert.Equal(lines, ("\n" + whole.Replace("\r\n", "\n")).Replace("\n.", "\n")[1..]);
        }
    }

    private static string Stuff(byte[] message, int blockSize)
    {
        var stuffer = default(DotStuffer);
        var result = new StringBuilder();
        var block = new byte[blockSize];
        bool done;
        do
        {
            done = stuffer.Fill(message, block, out var written);
            result.Append(Encoding.Latin1.GetString(block, 0, written));
        }
        while (!done);
        return result.ToString();
    }
}
