using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Tests.Configuration;

public sealed class ContentFetchSettingsTests
{
    public static TheoryData<string, ContentFetchSettings> Faulty() => new()
    {
        { "ClosedLoop:ContentFetch:AllowedHosts: '*.com' is no host", new() { AllowedHosts = "cms.example.com, *.com" } },
        { "ClosedLoop:ContentFetch:AllowedHosts: '*' is no host", new() { AllowedHosts = "*" } },
        { "ClosedLoop:ContentFetch:AllowedHosts: 'http://a.example' is no host", new() { AllowedHosts = "http://a.example" } },
        { "ClosedLoop:ContentFetch:AllowedHosts: 'a.example:80' is no host", new() { AllowedHosts = "a.example:80" } },
        { "ClosedLoop:ContentFetch:AllowedHosts: '127.1' is no host", new() { AllowedHosts = "127.1" } },
        { "ClosedLoop:ContentFetch:Ports is ''", new() { Ports = "" } },
        { "ClosedLoop:ContentFetch:Ports is '80,0'", new() { Ports = "80,0" } },
        { "ClosedLoop:ContentFetch:Ports is '65536'", new() { Ports = "65536" } },
        { "ClosedLoop:ContentFetch:AllowPrivate has '10.0.0.1'", new() { AllowPrivate = "10.0.0.1" } },
        { "ClosedLoop:ContentFetch:AllowPrivate has '0.0.0.0/7'", new() { AllowPrivate = "10.0.0.0/8,0.0.0.0/7" } },
        { "ClosedLoop:ContentFetch:AllowPrivate has '::/6'", new() { AllowPrivate = "fc00::/7,::/6" } },
        { "ClosedLoop:ContentFetch:ConnectSeconds is 0.09", new() { ConnectSeconds = 0.09 } },
        { "ClosedLoop:ContentFetch:ConnectSeconds is 61", new() { ConnectSeconds = 61 } },
        { "ClosedLoop:ContentFetch:TimeoutSeconds is 301", new() { TimeoutSeconds = 301 } },
        { "ClosedLoop:ContentFetch:TimeoutSeconds is NaN", new() { TimeoutSeconds = double.NaN } },
        { "ClosedLoop:ContentFetch:MaxRedirects is 6", new() { MaxRedirects = 6 } },
        { "ClosedLoop:ContentFetch:MaxRedirects is -1", new() { MaxRedirects = -1 } },
        { "ClosedLoop:ContentFetch:MaxTextBytes is 1023", new() { MaxTextBytes = 1023 } },
        { "ClosedLoop:ContentFetch:MaxTextBytes is 10485761", new() { MaxTextBytes = 10_485_761 } },
        { "ClosedLoop:ContentFetch:PerHost is 0", new() { PerHost = 0 } },
        { "ClosedLoop:ContentFetch:PerHost is 65", new() { PerHost = 65 } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_value_out_of_bounds_is_named_with_its_key(string fault, ContentFetchSettings fetch) =>
        Assert.Contains(fault, Assert.Single(SettingsValidator.Validate(new SiloSettings { ContentFetch = fetch })), StringComparison.Ordinal);

    [Fact]
    public void The_limits_themselves_are_in_order()
    {
        var fetch = new ContentFetchSettings
        {
            AllowedHosts = "cms.example.com, *.example.net, b\u00fccher.example, 93.184.215.14",
            Ports = "1,65535",
            AllowPrivate = "10.0.0.0/8, fc00::/7",
            ConnectSeconds = 60,
            TimeoutSeconds = 300,
            MaxRedirects = 5,
            MaxTextBytes = 10_485_760,
            PerHost = 64,
        };
        Assert.Empty(SettingsValidator.Validate(new SiloSettings { ContentFetch = fetch }));
        Assert.Equal([1, 65535], fetch.ToOptions().Ports);
        Assert.Equal(2, fetch.ToOptions().AllowPrivate.Count);
    }
}
