using System.Text;
using System.Text.Json;
using ClosedLoop.Silo.Proofs;

namespace ClosedLoop.Silo.Tests.Proofs;

/// <summary>One form for each document (RFC 8785).</summary>
public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("{ \"b\" : 1, \"a\" : [ true, null, \"x\" ] }", "{\"a\":[true,null,\"x\"],\"b\":1}")]
    [InlineData("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\"", "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"")]
    [InlineData("{\"\\u20ac\":1,\"\\r\":2,\"1\":3,\"\\u00f6\":4}", "{\"\\r\":2,\"1\":3,\"ö\":4,\"€\":1}")]
    public void Names_are_ordered_and_nothing_is_escaped_without_need(string text, string expected)
    {
        using var document = JsonDocument.Parse(text);
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Of(document.RootElement)));
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("1.5")]
    [InlineData("1e400")]
    public void What_readers_may_read_differently_is_refused(string text)
    {
        using var document = JsonDocument.Parse(text);
        Assert.Throws<FormatException>(() => CanonicalJson.Of(document.RootElement));
    }
}
