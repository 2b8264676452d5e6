using System.Text;
using ClosedLoop.Silo.Simulation;

namespace ClosedLoop.Silo.Tests.Simulation;

public sealed class SimulatedReaderTests
{
    private static readonly Uri Service = new("http://127.0.0.1:8080");

    [Fact]
    public void Only_the_service_itself_is_asked_whatever_host_a_message_names()
    {
        var reader = SimulatedReader.Of(Message("https://news.example.org/t/o/PIXEL.gif", "https://news.example.org/t/c/LINK", "https://shop.example.com/c/elsewhere"), new Uri("https://news.example.org/t"), Service);

        Assert.Equal(new Uri("http://127.0.0.1:8080/o/PIXEL.gif"), reader.Pixel);
        Assert.Equal([new Uri("http://127.0.0.1:8080/c/LINK")], reader.Links);
        Assert.Equal(new Uri("http://127.0.0.1:8080/u/TOKEN"), reader.Unsubscribe);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://*:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://10.0.0.5:8080", "http://10.0.0.5:8080/")]
    public void A_listener_on_every_address_is_reached_on_this_machine(string listen, string expected) => Assert.Equal(new Uri(expected), SimulatedReader.ServiceOf(listen));

    private static byte[] Message(string pixel, params string[] links) => Encoding.UTF8.GetBytes($"""
        From: a@news.example.org
        To: b@example.org
        List-Unsubscribe: <mailto:u@news.example.org>, <https://news.example.org/t/u/TOKEN>
        MIME-Version: 1.0
        Content-Type: text/html; charset=utf-8

        <html>{string.Concat(links.Select(link => $"<a href=\"{link}\">x</a>"))}<img alt="" src="{pixel}" width="1"></html>
        """.ReplaceLineEndings("\r\n"));
}
