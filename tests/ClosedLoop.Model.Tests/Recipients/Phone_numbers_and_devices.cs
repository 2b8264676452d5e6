using System.Text;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Model.Tests.Recipients;

public sealed class Phone_numbers_and_devices
{
    [Theory]
    [InlineData("+4915112345678", null, "+4915112345678")]
    [InlineData(" +49 (151) 123-456.78 ", null, "+4915112345678")]
    [InlineData("004915112345678", null, "+4915112345678")]
    [InlineData("0151 12345678", "49", "+4915112345678")]
    [InlineData("3331234567", "39", "+393331234567")]
    [InlineData("+123456789012345", null, "+123456789012345")]
    [InlineData("+1234567", null, "+1234567")]
    public void A_number_has_one_form(string raw, string? country, string expected) => Assert.Equal(expected, PhoneNumber.TryNormalise(raw, country));

    [Theory]
    [InlineData("")]
    [InlineData("0151 12345678")]
    [InlineData("+123456")]
    [InlineData("+1234567890123456")]
    [InlineData("+0123456789")]
    [InlineData("000123456789")]
    [InlineData("+49151x234567")]
    [InlineData("49+151234567")]
    [InlineData("anna@example.com")]
    [InlineData("+49 151 １２３４５６７８")]
    [InlineData("12345678901234567890123456789012345678901234567890")]
    public void What_is_no_number_is_refused(string raw) => Assert.Null(PhoneNumber.TryNormalise(raw));

    [Theory]
    [InlineData("fcm", PushPlatform.Fcm)]
    [InlineData("GCM", PushPlatform.Fcm)]
    [InlineData("Android", PushPlatform.Fcm)]
    [InlineData("apns", PushPlatform.Apns)]
    [InlineData("APN", PushPlatform.Apns)]
    [InlineData(" ios ", PushPlatform.Apns)]
    public void A_platform_has_the_names_that_files_use(string name, PushPlatform expected) => Assert.Equal(expected, PushAddress.PlatformOf(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void A_device_says_by_itself_whose_it_is()
    {
        var hex = new string('A', 64);
        Assert.Equal("apns:" + hex.ToLowerInvariant(), Normal(PushPlatform.Apns, hex));
        Assert.Equal("fcm:Case:Counts_-", Normal(PushPlatform.Fcm, "Case:Counts_-"));
        Assert.Equal(new PushAddress(PushPlatform.Fcm, "Case:Counts_-"), PushAddress.TryParse("fcm:Case:Counts_-"));
        Assert.Null(PushAddress.TryParse("anna@example.com"));
        Assert.Null(PushAddress.PlatformOf("windows"u8));
    }

    [Theory]
    [InlineData(PushPlatform.Apns, "abc")]
    [InlineData(PushPlatform.Apns, "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData(PushPlatform.Fcm, "")]
    [InlineData(PushPlatform.Fcm, "a b")]
    [InlineData(PushPlatform.Fcm, "a\u00e9")]
    public void What_is_no_token_is_refused(PushPlatform platform, string token) => Assert.Null(Normal(platform, token));

    /// <summary>4,096 bytes with the prefix are the most.</summary>
    [Fact]
    public void The_limit_of_tokens_is_crossed_by_one()
    {
        Assert.NotNull(Normal(PushPlatform.Fcm, new string('x', 4091)));
        Assert.Null(Normal(PushPlatform.Fcm, new string('x', 4092)));
    }

    [Theory]
    [InlineData("Anna@Example.COM", "Anna@example.com")]
    [InlineData("+49 151 12345678", "+4915112345678")]
    [InlineData("fcm:T", "fcm:T")]
    [InlineData("nobody", null)]
    public void Operators_may_write_any_of_them(string text, string? expected) => Assert.Equal(expected, AnyAddress.TryNormalise(text));

    private static string? Normal(PushPlatform platform, string token)
    {
        var destination = new byte[PushAddress.MaxLength];
        return PushAddress.Normalise(platform, Encoding.UTF8.GetBytes(token), destination, out var length) is null ? Encoding.ASCII.GetString(destination, 0, length) : null;
    }
}
