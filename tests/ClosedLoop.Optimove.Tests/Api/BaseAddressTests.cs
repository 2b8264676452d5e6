using System.Net;
using ClosedLoop.Optimove.Api;

namespace ClosedLoop.Optimove.Tests.Api;

/// <summary>Where Optimove is, and where it cannot be.</summary>
public sealed class BaseAddressTests
{
    [Theory]
    [InlineData("https://api5.optimove.net", "https://api5.optimove.net")]
    [InlineData("https://api5.optimove.net/", "https://api5.optimove.net")]
    [InlineData(" https://api5.optimove.net/Current/ ", "https://api5.optimove.net")]
    [InlineData("http://api5.optimove.net", null)]
    [InlineData("https://user:secret@api5.optimove.net", null)]
    [InlineData("https://api5.optimove.net?x=1", null)]
    [InlineData("api5.optimove.net", null)]
    public void An_address_has_one_form(string text, string? expected) => Assert.Equal(expected, BaseAddress.TryNormalise(text, allowInside: false));

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fd00::1", false)]
    public void Addresses_inside_are_told_from_those_outside(string address, bool isOutside) => Assert.Equal(isOutside, PublicAddress.Is(IPAddress.Parse(address)));
}
