using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Tests.Configuration;

public sealed class TrackingBaseTests
{
    [Theory]
    [InlineData("http://0.0.0.0:8080", null, "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", null, "http://127.0.0.1:8080/")]
    [InlineData("http://192.0.2.1:8080", null, "http://192.0.2.1:8080/")]
    [InlineData("http://0.0.0.0:8080", "https://news.example.org/mail", "https://news.example.org/mail")]
    public void Links_name_an_address_that_can_be_opened(string listen, string? address, string expected) =>
        Assert.Equal(expected, new SiloSettings { Http = new() { Listen = listen }, Tracking = new() { BaseUrl = address } }.TrackingBase.AbsoluteUri);
}
